"""Tables of customers."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwen.customers import rules

HERE = Q(merged_into__isnull=True, erased_at__isnull=True)


class CustomerKind(models.TextChoices):
    PERSON = "person", pgettext_lazy("customer kind", "Person")
    ORGANISATION = "organisation", _("Organisation")
    INTERNAL = "internal", _("Internal customer")


class ContactKind(models.TextChoices):
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    WECHAT = "wechat", _("WeChat")
    OTHER = "other", _("Other")


def no_consent() -> dict[str, Any]:
    return {}


class Customer(models.Model):
    kind = models.CharField(max_length=12, choices=CustomerKind.choices, default=CustomerKind.PERSON)
    name = models.CharField(max_length=120)
    spelling = models.CharField(max_length=120, blank=True)
    initials = models.CharField(max_length=120, blank=True)
    salutation = models.CharField(max_length=40, blank=True)
    tier = models.CharField(max_length=1, default="C")
    organisation = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    language = models.CharField(max_length=10, default="zh-hans")
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    region = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    consent = models.JSONField(default=no_consent, blank=True)
    external_ref = models.CharField(max_length=80, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    created_at = models.DateTimeField()
    last_contact_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["-last_contact_at", "-id"], condition=HERE, name="customers_recent"),
            models.Index(
                fields=["tier", "-last_contact_at", "-id"], condition=HERE, name="customers_by_tier"
            ),
            models.Index(
                fields=["kind", "-last_contact_at", "-id"], condition=HERE, name="customers_by_kind"
            ),
            models.Index(fields=["name"], opclasses=["varchar_pattern_ops"], name="customers_name"),
            models.Index(fields=["spelling"], opclasses=["varchar_pattern_ops"], name="customers_spelling"),
            models.Index(fields=["initials"], opclasses=["varchar_pattern_ops"], name="customers_initials"),
            models.Index(fields=["external_ref"], condition=~Q(external_ref=""), name="customers_external"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(tier__in=rules.TIERS), name="customers_tier_a_to_d"),
            models.CheckConstraint(condition=~Q(organisation=models.F("id")), name="customers_not_own_org"),
        )

    def __str__(self) -> str:
        return self.name or say("Erased customer")

    @property
    def subject(self) -> tuple[str, int]:
        return ("customer", int(self.pk))

    @property
    def here(self) -> bool:
        """Neither merged away nor erased."""
        return self.merged_into_id is None and self.erased_at is None


class ContactPoint(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=8, choices=ContactKind.choices)
    value = models.CharField(max_length=254)
    normalised = models.CharField(max_length=254)
    backwards = models.CharField(
        max_length=254
    )  # the normalised form reversed: finds the last digits by index
    label = models.CharField(max_length=40, blank=True)
    primary = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "normalised"], name="customers_one_per_contact"),
        )
        indexes = (
            models.Index(
                fields=["normalised"], opclasses=["varchar_pattern_ops"], name="customers_contact_start"
            ),
            models.Index(
                fields=["backwards"], opclasses=["varchar_pattern_ops"], name="customers_contact_end"
            ),
        )

    def __str__(self) -> str:
        return self.value

    @property
    def masked(self) -> str:
        return rules.masked(self.kind, self.value)


class Asset(models.Model):
    """A machine, device or contract of ours that the customer has."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="assets")
    name = models.CharField(max_length=120)
    model = models.CharField(max_length=80, blank=True)
    serial_number = models.CharField(max_length=80, blank=True, db_index=True)
    bought_on = models.DateField(null=True, blank=True)
    warranty_until = models.DateField(null=True, blank=True)
    location = models.CharField(max_length=160, blank=True)
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["customer", "serial_number"],
                condition=~Q(serial_number=""),
                name="customers_serial_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.model}".strip()

    @property
    def subject(self) -> tuple[str, int]:
        return ("asset", int(self.pk))

    def warranty(self, on: date) -> rules.Warranty:
        return rules.warranty(self.warranty_until, on)

    def in_warranty(self, on: date) -> bool:
        return self.warranty(on).holds


class CautionFlag(models.Model):
    """A word to the next colleague. It ends by itself; keeping it longer is a decision somebody makes."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=200)
    evidence = models.TextField(blank=True)
    set_by = models.PositiveBigIntegerField(null=True, blank=True)
    set_by_name = models.CharField(max_length=80, blank=True)
    set_at = models.DateTimeField()
    review_on = models.DateField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    heard_words = models.TextField(blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    heard_by_name = models.CharField(max_length=80, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["expires_at"], condition=Q(ended_at__isnull=True), name="customers_flag_ends"
            ),
            models.Index(
                fields=["review_on"], condition=Q(ended_at__isnull=True), name="customers_flag_reviews"
            ),
        )

    def __str__(self) -> str:
        return self.reason

    def active(self, at: datetime) -> bool:
        return self.ended_at is None and self.expires_at > at

    @property
    def objected(self) -> bool:
        """The customer has said something to it that nobody has weighed yet."""
        return self.heard_at is not None and (self.reviewed_at is None or self.reviewed_at < self.heard_at)


class LegalHold(models.Model):
    """Why this customer's data must not be erased for now: a lawsuit, an inquiry, a term of the law."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=200)
    until = models.DateField(null=True, blank=True)
    set_by = models.PositiveBigIntegerField(null=True, blank=True)
    set_by_name = models.CharField(max_length=80, blank=True)
    set_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (models.Index(fields=["customer", "-id"], name="customers_hold"),)

    def __str__(self) -> str:
        return self.reason

    def holds(self, on: date) -> bool:
        return self.released_at is None and (self.until is None or self.until >= on)


class Merge(models.Model):
    winner = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges_won")
    loser = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="merges_lost")
    moved = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.PositiveBigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=80, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["loser"], condition=Q(undone_at__isnull=True), name="customers_merged_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.loser_id} → {self.winner_id}"


class AccessLog(models.Model):
    """Who looked at a customer's data, when, and at what."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="accesses")
    user_id = models.PositiveBigIntegerField(null=True, blank=True)
    user_name = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=60)

    class Meta:
        indexes = (models.Index(fields=["customer", "-at"], name="customers_access"),)

    def __str__(self) -> str:
        return self.what
