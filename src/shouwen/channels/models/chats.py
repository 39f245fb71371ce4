"""Live chats: one row for each visitor's window, and the line of what was said in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwen.channels.models.accounts import Account
from shouwen.channels.models.conversations import Message


class Talk(models.TextChoices):
    TALKING = "talking", _("In the chat")
    MAIL = "mail", _("Goes on by mail")
    ENDED = "ended", _("Ended by the visitor")
    CLOSED = "closed", _("Ended by us")


class Chat(models.Model):
    """One visitor in one browser. `key` is what nobody can guess; the visitor's token carries it, signed.

    `asked_at` is the first message, from when they wait; `ahead` is how many waited before them then, so that
    later waits are told from measured ones. `seen_at`/`gone_at` say whether the window is open. The three
    marks are ids of lines: read by the visitor, read by us, sent after them by mail. `merges` says whose it was
    before customers were merged.
    """

    key = models.CharField(max_length=40, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=300)
    page = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    matter = models.CharField(max_length=200, blank=True)
    customer_id = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    conversation_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=Talk.choices, default=Talk.TALKING)
    opened_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    ahead = models.PositiveIntegerField(default=0)
    offered_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    agent_id = models.PositiveBigIntegerField(null=True, blank=True)
    agent_name = models.CharField(max_length=80, blank=True)
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)
    read_by_visitor = models.PositiveBigIntegerField(default=0)
    read_by_us = models.PositiveBigIntegerField(default=0)
    mailed = models.PositiveBigIntegerField(default=0)
    merges = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(
                fields=("account", "asked_at"),
                condition=Q(state="talking", agent_id=None, asked_at__isnull=False),
                name="channels_chat_waiting",
            ),
            models.Index(fields=("subject_kind", "subject_id"), name="channels_chat_subject"),
            models.Index(
                fields=("agent_id",),
                condition=Q(state="talking", agent_id__isnull=False),
                name="channels_chat_held",
            ),
            models.Index(fields=("state", "seen_at"), name="channels_chat_seen"),
            models.Index(
                fields=("account", "-taken_at"),
                condition=Q(taken_at__isnull=False),
                name="channels_chat_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"chat {self.pk}"

    @property
    def subject(self) -> tuple[str, int] | None:
        return (self.subject_kind, self.subject_id) if self.subject_id is not None else None

    @property
    def topic(self) -> str:
        return f"chat:{self.pk}"

    @property
    def waits(self) -> bool:
        return self.state == Talk.TALKING and self.asked_at is not None and self.agent_id is None


class ChatLine(models.Model):
    """A message as it stands in a chat; its id is the event id by which a browser resumes.

    `client_id` is the browser's own name for what it sent: the same one again is the same message.
    """

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="lines", db_index=False)
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="+")
    client_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=("chat", "id"), name="channels_line_chat")]
        constraints = [
            models.UniqueConstraint(
                fields=("chat", "client_id"), condition=~Q(client_id=""), name="channels_line_client_once"
            )
        ]

    def __str__(self) -> str:
        return f"line {self.pk} of chat {self.chat_id}"
