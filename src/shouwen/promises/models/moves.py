"""What followed a merge of two customers, so that it can go back."""

from django.db import models


class CustomerMove(models.Model):
    """The rows whose customer changed with one merge."""

    merge_id = models.PositiveBigIntegerField(unique=True)
    promise_ids = models.JSONField(default=list)
    expectation_ids = models.JSONField(default=list)
    perception_ids = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"merge {self.merge_id}"
