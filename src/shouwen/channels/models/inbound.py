"""The register of what came in: every mail and every callback that reached us, and what became of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwen.channels import rules, wording
from shouwen.channels.models.accounts import Account
from shouwen.channels.models.conversations import Message


class Result(models.TextChoices):
    OPENED = rules.OPENED, _("New request")
    APPENDED = rules.APPENDED, _("Added to a request")
    DUPLICATE = rules.DUPLICATE, _("Known already")
    BOUNCE = rules.BOUNCE, _("Delivery report")
    AUTO_REPLY = rules.AUTO_REPLY, _("Automatic reply")
    REFUSED = rules.REFUSED, _("Refused")
    WAITING = rules.WAITING, _("Accepted, being read")
    NOTED = rules.NOTED, _("Noted")


class InboundRecord(models.Model):
    """One raw mail or callback. `mail_id` is its Message-ID or its name on the other side; `fingerprint` is the
    SHA-256 of its bytes, of a callback that of its account and name: the same one twice changes nothing.

    `arrived_at` is what the loop guard counts by; `at` is when we stored it.
    """

    source = models.CharField(max_length=500)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    mail_id = models.CharField(max_length=500, db_index=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    from_address = models.CharField(max_length=320, blank=True)
    title = models.CharField(max_length=300, blank=True)
    raw_file = models.ForeignKey("files.StoredFile", null=True, on_delete=models.SET_NULL, related_name="+")
    result = models.CharField(max_length=10, choices=Result.choices)
    reason = models.CharField(max_length=wording.MOST_NOTE, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    arrived_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=("from_address", "arrived_at"), name="channels_inbound_loop"),
            models.Index(fields=("result", "-id"), name="channels_inbound_result"),
        ]

    def __str__(self) -> str:
        return f"{self.result} {self.mail_id}"

    @property
    def sentence(self) -> Any:
        """Why, for a person."""
        return wording.say(self.reason)

    @property
    def openable(self) -> bool:
        """Whether a person may still make a request of it: it is none yet, and its bytes are here."""
        lies_in_one = self.message_id is not None and self.result not in (rules.DUPLICATE, rules.BOUNCE)
        settled = self.result in (rules.WAITING, rules.NOTED)
        return self.raw_file_id is not None and not lies_in_one and not settled
