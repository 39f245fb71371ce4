"""Who may promise what: a kind of promise with its shortest time, and the roles that may make it (PRO-2)."""

from django.db import models
from django.db.models import Q


class PromiseKind(models.Model):
    """What holds for one kind of promise (`work`, as `rules.leeway` names it). `strict` refuses what is else
    only doubted: no authority, outside working hours. `restricted`: only the roles below may make it."""

    work = models.CharField(max_length=12, unique=True)
    minimum_lead_minutes = models.PositiveIntegerField(null=True, blank=True)
    strict = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)

    class Meta:
        ordering = ("work",)

    def __str__(self) -> str:
        return self.work

    @property
    def subject(self) -> tuple[str, int]:
        return ("promise_kind", self.pk)


class PromiseAuthority(models.Model):
    """A role may make promises of this kind, of money up to `most_amount` (none: without limit)."""

    kind = models.ForeignKey(PromiseKind, on_delete=models.CASCADE, related_name="authorities")
    role = models.CharField(max_length=40)
    most_amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("role",)
        constraints = (
            models.UniqueConstraint(fields=["kind", "role"], name="promises_authority_once"),
            models.CheckConstraint(
                condition=Q(most_amount__isnull=True) | Q(most_amount__gt=0),
                name="promises_authority_positive",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind_id} {self.role}"
