"""Rules that act by themselves, what they did to which case, and macros: the same actions at a person's word."""

from django.db import models
from django.db.models import Q

from shouwen.cases.models.case import Case


class AutomationRule(models.Model):
    """`events` or `moment` and `minutes` say when, `conditions` {code: wanted} whether, `actions` {code: given} what.

    `starts_at`: what was due before then is left alone. A time rule has looked at all cases up to `looked_at` and,
    at that very moment, up to `looked_id`.
    """

    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=50)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    events = models.JSONField(default=list)
    moment = models.CharField(max_length=20, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    conditions = models.JSONField(default=dict)
    actions = models.JSONField(default=dict)
    last = models.BooleanField(default=False)
    in_hours = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    looked_id = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, int]:
        return ("rule", self.pk)


class RuleRun(models.Model):
    """One time that a rule acted on a case, or was stopped. `chain`: the rules before it and itself, by id.

    `did`: [{"code", "label", "was", "now"}]; `refused`: [{"code", "why"}].
    """

    rule = models.ForeignKey(AutomationRule, on_delete=models.PROTECT, related_name="runs", db_index=False)
    version = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rule_runs", db_index=False)
    cause = models.CharField(max_length=60)
    at = models.DateTimeField()
    stopped = models.CharField(max_length=10, blank=True)
    chain = models.JSONField(default=list)
    did = models.JSONField(default=list)
    refused = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at"], name="cases_rule_run_case"),
            models.Index(fields=["rule", "-id"], name="cases_rule_run_rule"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "rule", "cause"], name="cases_rule_once_per_cause")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} v{self.version} on {self.case_id}"


class Macro(models.Model):
    """Actions with a text, done together at one word. Everybody's, a team's, or (with `owner`) one person's."""

    name = models.CharField(max_length=80)
    position = models.PositiveIntegerField(default=50)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        "people.Staff", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    team = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reply = models.TextField(blank=True)
    waiting = models.BooleanField(default=False)
    actions = models.JSONField(default=dict)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(owner=None) | Q(team=None), name="cases_macro_is_one_of_both")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, int]:
        return ("macro", self.pk)
