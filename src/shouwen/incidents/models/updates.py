"""What is said to all customers of an incident, and to whom it has been said."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shouwen.incidents.models.incidents import Incident, Link


class UpdateSort(models.TextChoices):
    NEWS = "news", pgettext_lazy("update", "News")
    RESTORED = "restored", pgettext_lazy("update", "Restored")


class Update(models.Model):
    """`cursor` is the last link that was handled: it moves in the transaction that tells those customers, so a
    process killed in the middle has told them and moved on, or neither. `areas` empty: everybody."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="updates", db_index=False)
    sort = models.CharField(max_length=10, choices=UpdateSort.choices)
    text = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    estimate_at = models.DateTimeField(null=True, blank=True)
    areas = models.JSONField(default=list)
    made_by = models.PositiveBigIntegerField(null=True, blank=True)
    made_by_name = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    cursor = models.PositiveBigIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["incident", "-id"], name="incidents_update_page"),
            models.Index(fields=["id"], condition=Q(finished_at=None), name="incidents_update_unsent"),
        )

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def asks(self) -> bool:
        """Whether the customer is asked if it works again."""
        return self.sort == UpdateSort.RESTORED


class Way(models.TextChoices):
    SENT = "sent", pgettext_lazy("told", "Sent")
    BY_HAND = "by_hand", pgettext_lazy("told", "To be told by phone")
    BY_WORD = "by_word", pgettext_lazy("told", "Told by word of mouth")
    CLOSED = "closed", pgettext_lazy("told", "Closed before, not told")
    FAILED = "failed", pgettext_lazy("told", "Could not be told")


class Told(models.Model):
    """One customer and one update: written in the transaction that queues the message, so it is there once."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="told", db_index=False)
    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="told", db_index=False)
    way = models.CharField(max_length=8, choices=Way.choices)
    note = models.CharField(max_length=200, blank=True)
    message_id = models.PositiveBigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["update", "way", "id"], name="incidents_told_way"),
            models.Index(fields=["link", "-id"], name="incidents_told_link"),
        )
        constraints = (models.UniqueConstraint(fields=["update", "link"], name="incidents_told_once"),)

    def __str__(self) -> str:
        return f"{self.update_id}: {self.link_id} {self.way}"
