"""Signed requests of other systems: which were seen, and which were refused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwen.channels import signing


class Reason(models.TextChoices):
    UNSIGNED = signing.UNSIGNED, _("No signature")
    BAD_TIME = signing.BAD_TIME, _("The timestamp is not a number of seconds")
    OLD = signing.OLD, _("The timestamp is too far from our clock")
    WRONG = signing.WRONG, _("Wrong signature")
    REPLAYED = signing.REPLAYED, _("The same request once more")


class SignedSeen(models.Model):
    """A request that was taken in, by its mark; kept as long as its timestamp would still be accepted."""

    source = models.CharField(max_length=80)
    mark = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("source", "mark"), name="channels_signed_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.mark[:12]}"


class SignedRefusal(models.Model):
    """A request that was not taken in. `source` such as "phone:3", `network` the sender's address."""

    source = models.CharField(max_length=80)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    network = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=("source", "-id"), name="channels_refusal_source"),
            models.Index(fields=("at",), name="channels_refusal_at"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.reason}"
