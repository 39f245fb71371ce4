"""Kinds of cases (CAS-1) with their own fields, and the rules that read a new contact."""

from django.db import models


class CaseKind(models.Model):
    """`fields` is a list of {"code", "label", "label_en", "type": text|number|date|choice|flag, "required", "choices"}."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    icon = models.CharField(max_length=40, default="circle-help")
    position = models.PositiveSmallIntegerField(default=50)
    active = models.BooleanField(default=True)
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class IntakeRule(models.Model):
    """Reads a new contact and proposes. Empty conditions hold for all; of several rules the first per field counts."""

    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=50)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    words = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    tiers = models.JSONField(default=list)
    kind = models.CharField(max_length=30, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(null=True, blank=True)
    team = models.ForeignKey("people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tags = models.JSONField(default=list)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name
