"""One cause behind cases over time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shouwen.incidents.models.incidents import Incident
from shouwen.incidents.rules import problems as rules


class ProblemState(models.TextChoices):
    CANDIDATE = rules.CANDIDATE, pgettext_lazy("problem", "Candidate")
    OPEN = rules.OPEN, pgettext_lazy("problem", "Looking for the cause")
    CAUSE_KNOWN = rules.CAUSE_KNOWN, pgettext_lazy("problem", "Cause known")
    WATCHING = rules.WATCHING, pgettext_lazy("problem", "Fixed, being watched")
    CLOSED = rules.CLOSED, pgettext_lazy("problem", "Closed")
    DISMISSED = rules.DISMISSED, pgettext_lazy("problem", "Dismissed")


PROBLEM_TONES = {
    ProblemState.CANDIDATE: "warn",
    ProblemState.OPEN: "bad",
    ProblemState.CAUSE_KNOWN: "info",
    ProblemState.WATCHING: "info",
    ProblemState.CLOSED: "good",
    ProblemState.DISMISSED: "neutral",
}


class Problem(models.Model):
    """`whys` is the chain of causes, the last one the root; `fixed_at` parts before from after. `model`, `kind` and
    `terms` say which new cases belong to it."""

    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=ProblemState.choices)
    live = models.BooleanField(default=False)
    model = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=30, blank=True)
    terms = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    key = models.CharField(max_length=200, blank=True)
    whys = models.JSONField(default=list)
    fix = models.TextField(blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    period_days = models.PositiveSmallIntegerField(default=7)
    result = models.TextField(blank=True)
    owner = models.ForeignKey(
        "people.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "-changed_at", "-id"], name="incidents_problem_state"),
            models.Index(fields=["-changed_at", "-id"], name="incidents_problem_newest"),
            models.Index(
                fields=["-changed_at", "-id"], condition=Q(live=True), name="incidents_problem_live"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key=""), name="incidents_one_problem_per_key"
            ),
            models.CheckConstraint(
                condition=Q(live=True, state__in=rules.LIVE) | Q(live=False) & ~Q(state__in=rules.LIVE),
                name="incidents_live_says_the_state",
            ),
            models.CheckConstraint(
                condition=Q(period_days__gte=1, period_days__lte=90), name="incidents_period_1_to_90"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> tuple[str, int]:
        return ("problem", int(self.pk))

    @property
    def cause(self) -> str:
        """The root: the answer to the last why."""
        return str(self.whys[-1]) if self.whys else ""

    def set_state(self, state: str) -> None:
        self.state = state
        self.live = state in rules.LIVE


class ProblemCase(models.Model):
    """A case of a problem; `opened_at` repeats the case's, so that counting per period reads one index.
    `removed` stays, so that the same case is not found again."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="cases", db_index=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    removed = models.BooleanField(default=False)
    found = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["problem", "removed", "-opened_at", "-id"], name="incidents_problem_cases"),
        )
        constraints = (models.UniqueConstraint(fields=["problem", "case"], name="incidents_case_once"),)

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.case_id}"


class ProblemIncident(models.Model):
    """An incident that had the problem's cause."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="incidents", db_index=False)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="problems")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["problem", "incident"], name="incidents_incident_once"),
        )

    def __str__(self) -> str:
        return f"{self.problem_id}: {self.incident_id}"
