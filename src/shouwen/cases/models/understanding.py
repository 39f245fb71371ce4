"""What was understood, what could be done, and the five behaviours of a good contact (CAS-4, CAS-5)."""

from django.db import models

from shouwen.cases.models.case import Case

BEHAVIOURS = ("tone", "diagnose", "solve", "sum_up", "follow_through")


class Understanding(models.Model):
    """The customer's wish in our words. An earlier one stays; the newest counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="understandings")
    text = models.TextField()
    restated_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    restated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.text[:80]


class SolutionOption(models.Model):
    """One thing we could do. Where a plain refusal would stand, at least two are offered."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(max_length=1000)
    gain = models.CharField(max_length=400, blank=True)
    created_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:80]


class ChecklistMark(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="marks")
    behaviour = models.CharField(max_length=20)
    marked_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "behaviour"], name="cases_behaviour_once")]

    def __str__(self) -> str:
        return self.behaviour
