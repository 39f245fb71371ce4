"""One cause behind many cases now."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shouwen.incidents.rules import states
from shouwen.incidents.rules.clusters import Profile


class State(models.TextChoices):
    SUSPECTED = states.SUSPECTED, pgettext_lazy("incident", "Suspected")
    OPEN = states.OPEN, pgettext_lazy("incident", "Open")
    PARTLY = states.PARTLY, pgettext_lazy("incident", "Partly restored")
    RESTORED = states.RESTORED, pgettext_lazy("incident", "Restored")
    CLOSED = states.CLOSED, pgettext_lazy("incident", "Closed")
    REOPENED = states.REOPENED, pgettext_lazy("incident", "Reopened")
    DISMISSED = states.DISMISSED, pgettext_lazy("incident", "Dismissed")


class Incident(models.Model):
    """`active` repeats "open, partly restored, restored or reopened" for partial indexes; `evidence` is why it was
    suspected. `linked_count` is kept up with the links, so that no list counts them, `area_names` repeats the
    names of its areas."""

    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    model = models.CharField(max_length=80, blank=True)
    terms = models.JSONField(default=list)
    area_names = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices)
    active = models.BooleanField(default=False)
    cause = models.TextField(blank=True)
    interim = models.TextField(blank=True)
    interim_en = models.TextField(blank=True)
    estimate_at = models.DateTimeField(null=True, blank=True)
    public = models.BooleanField(default=False)
    owner = models.ForeignKey(
        "people.Staff", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    evidence = models.JSONField(default=dict)
    linked_count = models.PositiveIntegerField(default=0)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    restored_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["state", "-began_at", "-id"], name="incidents_by_state"),
            models.Index(fields=["-began_at", "-id"], name="incidents_newest"),
            models.Index(fields=["-began_at", "-id"], condition=Q(active=True), name="incidents_active"),
            models.Index(fields=["-changed_at"], condition=Q(public=True), name="incidents_public"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(active=True, state__in=states.ACTIVE)
                | Q(active=False) & ~Q(state__in=states.ACTIVE),
                name="incidents_active_says_the_state",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> tuple[str, int]:
        return ("incident", int(self.pk))

    def set_state(self, state: str) -> None:
        """Change the state and what repeats it."""
        self.state = state
        self.active = state in states.ACTIVE

    @property
    def profile(self) -> Profile:
        """What its cases have in common."""
        return Profile(frozenset(filter(None, self.area_names)), self.model, frozenset(self.terms))

    def titled(self, language: str) -> str:
        """The title for a reader of `language`."""
        return self.title_en if language.startswith("en") and self.title_en else self.title


class Area(models.Model):
    """A place of an incident, restored by itself. The name "" is for cases of which no place is known."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(max_length=80, blank=True)
    restored_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["incident", "name"], name="incidents_one_area"),)

    def __str__(self) -> str:
        return self.name

    def as_rule(self) -> states.Area:
        return states.Area(self.pk, self.restored_at is not None)


class LinkState(models.TextChoices):
    SUGGESTED = "suggested", pgettext_lazy("link", "Suggested")
    LINKED = "linked", pgettext_lazy("link", "Linked")
    UNLINKED = "unlinked", pgettext_lazy("link", "Unlinked")


class Link(models.Model):
    """A case of an incident. `promise_id` is this customer's own promise of the estimated time; `answer` what they
    said to "is it working again?" ("" while nobody has asked or answered)."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="links")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=LinkState.choices)
    why = models.JSONField(default=list)
    promise_id = models.PositiveBigIntegerField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.PositiveBigIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["incident", "state", "id"], name="incidents_link_page"),
            models.Index(fields=["case", "state"], name="incidents_link_case"),
        )
        constraints = (
            models.UniqueConstraint(fields=["incident", "case"], name="incidents_one_link"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="linked"), name="incidents_one_incident_per_case"
            ),
        )

    def __str__(self) -> str:
        return f"{self.incident_id}: {self.case_id}"


PUBLIC_STATES = (State.OPEN, State.PARTLY, State.REOPENED, State.RESTORED)
STATE_TONES = {
    State.SUSPECTED: "warn",
    State.OPEN: "bad",
    State.PARTLY: "warn",
    State.RESTORED: "good",
    State.CLOSED: "neutral",
    State.REOPENED: "bad",
    State.DISMISSED: "neutral",
}
