from django.db import models


class Preference(models.Model):
    """One setting that differs from its default."""

    code = models.CharField(max_length=80, unique=True)
    value = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return self.code
