"""How each team's contacts are offered, and what nobody has taken yet (CAS-11)."""

from django.db import models

from shouwen.cases.models.case import Case


class RoutingPlan(models.Model):
    """One team's own way. A team without one offers by skill and load, as `rules.routing.Plan` says."""

    team = models.OneToOneField("people.Team", primary_key=True, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=0)
    order = models.JSONField(default=list)
    only = models.JSONField(default=list)
    offer_to = models.PositiveSmallIntegerField(null=True, blank=True)
    limits = models.JSONField(default=dict)
    skills = models.JSONField(default=dict)
    levels = models.JSONField(default=dict)
    back = models.PositiveIntegerField(default=0)
    up = models.PositiveIntegerField(default=0)
    service_hours = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"team {self.pk} v{self.version}"


class Unclaimed(models.Model):
    """A case that nobody has taken: when it goes back to the whole team, and when up to the supervisors."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=10, default="first")
    back_at = models.DateTimeField(null=True, blank=True)
    up_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_at"], name="cases_unclaimed_next")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"
