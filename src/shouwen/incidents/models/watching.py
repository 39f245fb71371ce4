"""What is kept of every new case for a few days, to compare it with the others."""

from django.db import models

from shouwen.incidents.rules.clusters import Seen


class Sighting(models.Model):
    """Written by the job that looks, never by what opens a case; gone after a few days."""

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.CASCADE, related_name="+")
    customer_id = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    area = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=80, blank=True)
    terms = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["at"], name="incidents_sighting_at"),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.area} {self.model}"

    def as_rule(self) -> Seen:
        return Seen(self.case_id, self.customer_id, self.at, self.area, self.model, frozenset(self.terms))
