"""Conversations, their messages, attachments and attempts to deliver."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.channels import rules, wording
from shouwen.channels.models.accounts import Account


class Direction(models.TextChoices):
    INBOUND = "inbound", _("From the customer")
    OUTBOUND = "outbound", _("To the customer")
    INTERNAL = "internal", _("Among ourselves")


class AuthorKind(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    STAFF = "staff", _("Staff")
    SYSTEM = "system", _("System")


class Delivery(models.TextChoices):
    NONE = rules.NONE, _("Nothing to deliver")
    QUEUED = rules.QUEUED, _("Waiting to be sent")
    SENDING = rules.SENDING, _("Being sent")
    SENT = rules.SENT, _("Sent")
    FAILED = rules.FAILED, _("Not delivered")
    MAYBE_SENT = rules.MAYBE_SENT, _("Possibly sent")
    HELD = rules.HELD, _("Held back")


class Conversation(models.Model):
    """One customer, one channel, one subject. `merges` keeps (merge id, former customer) for an undo.

    `external_key` is the other side's address where messages carry no sign of what they answer.
    """

    channel = models.CharField(max_length=20)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    customer_id = models.PositiveBigIntegerField(db_index=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    external_key = models.CharField(max_length=200, blank=True)
    merges = models.JSONField(default=list)
    started_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=("subject_kind", "subject_id"), name="channels_conv_subject"),
            models.Index(fields=("external_key", "-id"), name="channels_conv_external"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.subject_kind}:{self.subject_id}"

    @property
    def subject(self) -> tuple[str, int]:
        return (self.subject_kind, self.subject_id)


class Message(models.Model):
    """One thing said. `address` is the other side's: From of what comes in, To of what goes out.

    Notes among ourselves have no conversation. `deliver_at` is when the next attempt is due.

    `meta` holds what only some channels know: to, sent_at, folded (a machine wrote it), forged (a subject
    token that was not ours), cut, left_out (attachments that are only in the raw mail), undone, call.
    """

    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    direction = models.CharField(max_length=8, choices=Direction.choices)
    channel = models.CharField(max_length=20)
    author_kind = models.CharField(max_length=8, choices=AuthorKind.choices)
    author_id = models.PositiveBigIntegerField(null=True, blank=True)
    author_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=320, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    at = models.DateTimeField()
    external_id = models.CharField(max_length=500, blank=True)
    in_reply_to = models.CharField(max_length=500, blank=True)
    raw_file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    delivery = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.NONE)
    delivery_note = models.CharField(max_length=wording.MOST_NOTE, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    undo_until = models.DateTimeField(null=True, blank=True)
    deliver_at = models.DateTimeField(null=True, blank=True)
    kind = models.CharField(max_length=20, default="reply")
    automatic = models.BooleanField(default=False)
    meta = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=("subject_kind", "subject_id", "id"), name="channels_msg_subject"),
            models.Index(fields=("delivery", "-id"), name="channels_msg_delivery"),
            # not partial: SQLite does not see that a given id is not the empty one
            models.Index(fields=("external_id",), name="channels_msg_external"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("channel", "external_id"),
                condition=~Q(external_id=""),
                name="channels_msg_external_once",
            ),
            models.CheckConstraint(
                condition=Q(delivery=rules.NONE) | Q(direction=Direction.OUTBOUND),
                name="channels_msg_only_outbound_is_delivered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"

    @property
    def subject(self) -> tuple[str, int]:
        return (self.subject_kind, self.subject_id)

    @property
    def folded(self) -> bool:
        return bool(self.meta.get("folded"))

    @property
    def delivery_sentence(self) -> Any:
        """Why it stands where it stands, for a person; "" when there is nothing to say."""
        return wording.say(self.delivery_note)


class Attachment(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.file_id} of message {self.message_id}"


class Attempt(models.Model):
    """One try to deliver, written before the conversation with the other server, so that a crash shows.

    `worker` names the process (host, number, start), so that a dead one is known at once on its own host.
    """

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    worker = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=10, default=rules.CONNECTING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=wording.MOST_NOTE, blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("message", "number"), name="channels_attempt_number_once")
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} of message {self.message_id}"

    @property
    def sentence(self) -> Any:
        return wording.say(self.note)
