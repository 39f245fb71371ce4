"""Where customers reach us: one row for each mailbox or line."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.channels import wording


class Account(models.Model):
    """One mailbox, form or line. `secrets` holds sealed passwords by name and is never shown again.

    `state` is what the receiver does now: "", "connecting", "waiting", "error". `position` is how far the mailbox has been
    read; `receiver` is the process that reads it, which shows that it lives by `receiver_seen_at`.
    """

    channel = models.CharField(max_length=20)
    vendor = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=254, blank=True)
    settings = models.JSONField(default=dict)
    secrets = models.JSONField(default=dict)
    active = models.BooleanField(default=True)
    default = models.BooleanField(default=False)
    team_id = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, blank=True)
    last_ok_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=wording.MOST_NOTE, blank=True)
    position = models.JSONField(default=dict)
    receiver = models.CharField(max_length=120, blank=True)
    receiver_seen_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("channel", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("channel", "address"),
                condition=~Q(address=""),
                name="channels_account_address_once",
                violation_error_message=_("This address has been set up already."),
            ),
            models.UniqueConstraint(
                fields=("channel",),
                condition=Q(default=True),
                name="channels_account_one_default",
                violation_error_message=_("Only one account of a channel is the default."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.address else self.name

    @property
    def subject(self) -> tuple[str, int]:
        return ("account", self.pk)

    @property
    def trouble(self) -> Any:
        """What is wrong with it, for a person; "" when nothing is."""
        return wording.say(self.last_error)
