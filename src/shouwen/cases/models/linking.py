"""Cases that belong together, and cases that were one all along."""

from django.db import models

from shouwen.cases.models.case import Case


class CaseLink(models.Model):
    """`sort`: related, follows (a new case after a closed one), split (taken out of the other)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links_back")
    sort = models.CharField(max_length=10, default="related")
    made_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="cases_link_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sort} {self.other_id}"


class CaseMerge(models.Model):
    """`moved` remembers what came from where, so that a merge can be undone."""

    winner = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    loser = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    merged_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.loser_id} into {self.winner_id}"


class CustomerMove(models.Model):
    """Which cases followed their customer into another record, for the undo."""

    merge_id = models.PositiveBigIntegerField(unique=True)
    loser_id = models.PositiveBigIntegerField()
    case_ids = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"merge {self.merge_id}"


class Measured(models.Model):
    """A reply that has been counted in the reply check's figures; facts may be delivered twice."""

    message_id = models.PositiveBigIntegerField(unique=True)
    event_id = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.message_id)
