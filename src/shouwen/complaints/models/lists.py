"""Lists of complaints from elsewhere, to hold our own against (CMP-9)."""

from django.db import models


class ComplaintList(models.Model):
    """One imported file. `refused` keeps the first rows that could not be taken, with line and reason."""

    name = models.CharField(max_length=120)
    mapping = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    refused_rows = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list)
    imported_by = models.PositiveBigIntegerField(null=True, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, int]:
        return ("complaint_list", self.pk)


class ListedComplaint(models.Model):
    """One row of such a list."""

    of = models.ForeignKey(ComplaintList, on_delete=models.CASCADE, related_name="entries", db_index=False)
    issue = models.CharField(max_length=200)
    company = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["of", "issue"], name="complaints_list_issue"),
            models.Index(fields=["of", "company"], name="complaints_list_company"),
        ]

    def __str__(self) -> str:
        return self.issue
