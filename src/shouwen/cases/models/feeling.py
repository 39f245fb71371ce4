"""What a colleague says of the customer's mood and style (ESC-3). Never shown to the customer."""

from django.db import models

from shouwen.cases.models.case import Case


class FeelingMark(models.Model):
    """An own mark goes before what the words say; later messages move on from it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="feelings")
    level = models.CharField(max_length=8)
    style = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=200, blank=True)
    marked_by = models.ForeignKey("people.Staff", null=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.level} {self.style}"
