"""What belongs to one person at a case: watching, a draft, a saved view."""

from django.db import models

from shouwen.cases.models.case import Case


class Watch(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watches")
    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "case"], name="cases_watch_once")]

    def __str__(self) -> str:
        return f"{self.staff_id} watches {self.case_id}"


class Draft(models.Model):
    """What somebody was writing; kept on the server every few seconds."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    sort = models.CharField(max_length=10, default="reply")
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff", "sort"], name="cases_draft_once")]

    def __str__(self) -> str:
        return self.text[:80]


class SavedView(models.Model):
    """A question kept by name: the view, the words searched for, and the filters."""

    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name
