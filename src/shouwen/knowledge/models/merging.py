"""Which articles became one, and what moved."""

from django.db import models
from django.db.models import Q

from shouwen.knowledge.models.articles import Article


class ArticleMerge(models.Model):
    """`moved` is what an undo gives back. `left_at`: the one that went was brought back by itself, as a draft,
    and what had moved stayed where it was."""

    stays = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="merges_won")
    goes = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="merges_lost")
    moved = models.JSONField(default=dict)
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=80, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["goes"],
                condition=Q(undone_at__isnull=True, left_at__isnull=True),
                name="knowledge_merged_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.goes_id} → {self.stays_id}"
