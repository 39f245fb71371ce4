"""What a customer perceived, held against what they expected: one row for each answer (PRO-8)."""

from django.db import models


class Perception(models.Model):
    """`answer_id` is the answer it rests on, so that hearing of it twice counts once. Of each dimension `perceived`
    and `expected` hold the levels 1–5; `mean` is the mean difference, `state` above, equal or below."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    answer_id = models.PositiveBigIntegerField()
    customer_id = models.PositiveBigIntegerField(null=True, blank=True)
    item_id = models.PositiveBigIntegerField(null=True, blank=True)
    team_id = models.PositiveBigIntegerField(null=True, blank=True)
    perceived = models.JSONField(default=dict)
    expected = models.JSONField(default=dict)
    mean = models.FloatField()
    state = models.CharField(max_length=5)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["at", "id"], name="promises_perception_at"),
            models.Index(fields=["item_id", "at"], name="promises_perception_item"),
            models.Index(fields=["team_id", "at"], name="promises_perception_team"),
            models.Index(fields=["customer_id", "at"], name="promises_perception_customer"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "answer_id"], name="promises_perception_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.mean:+.1f}"

    @property
    def subject(self) -> tuple[str, int]:
        return (self.subject_kind, self.subject_id)
