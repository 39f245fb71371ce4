"""Reads on messages."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from shouwen.channels import subjects
from shouwen.channels.models import Attachment, Conversation, Direction, Message
from shouwen.channels.models.conversations import AuthorKind
from shouwen.kernel.errors import NotFound
from shouwen.platform import db
from shouwen.platform.access import Actor

Subject = tuple[str, int]
MOST_REFERENCES = 20  # RFC 5322 sets no limit; servers cut header lines that grow without end


class Said(NamedTuple):
    """One thing said, as lists of it need it; `files` are names."""

    id: int
    direction: str
    channel: str
    author_name: str
    text: str
    at: datetime
    delivery: str
    files: tuple[str, ...]


def heard_again(kind: str, pk: Any, since: Any, until: Any) -> Exists:
    """Whether a customer said more about a subject after `since`, up to `until`; for another room's query."""
    said = Message.objects.filter(
        subject_kind=kind, subject_id=pk, direction=Direction.INBOUND, automatic=False
    )
    return Exists(said.filter(at__gt=since, at__lte=until))


def any_of_ours(kind: str, pk: Any) -> Exists:
    """Whether one of our people wrote anything about a subject, to the customer or as a note."""
    said = Message.objects.filter(subject_kind=kind, subject_id=pk, author_kind=AuthorKind.STAFF)
    return Exists(said)


LAST = 2**62  # behind every id
MOST_SAID = 50
MOST_TEXTS = 200
SAID = db.Read(
    lambda kind, pk: (
        Message.objects.filter(subject_kind=kind, subject_id=pk)
        .order_by("-id")
        .values_list(*Said._fields[:-1])[:MOST_SAID]
    )
)
FILES = db.Read(
    lambda kind, pk, oldest: (
        Attachment.objects.filter(message__subject_kind=kind, message__subject_id=pk, message__id__gte=oldest)
        .order_by("id")
        .values_list("message_id", "file__name")
    )
)
TEXTS = db.Read(
    lambda kind, pk: (
        Message.objects.filter(subject_kind=kind, subject_id=pk)
        .order_by("-id")
        .values_list("text")[:MOST_TEXTS]
    )
)
NO_FILES = Attachment.objects.none()
LOCKED = db.Read(
    lambda pk: Message.objects.select_for_update(of=("self",)).select_related("conversation").filter(pk=pk)
)
LATEST = db.Read(lambda kind, pk: _inbound(kind, pk).order_by("-id")[:1])
LATEST_BY = db.Read(lambda kind, pk, channel: _inbound(kind, pk).filter(channel=channel).order_by("-id")[:1])


def _inbound(kind: Any, pk: Any) -> QuerySet[Message]:
    return Message.objects.filter(
        subject_kind=kind, subject_id=pk, direction=Direction.INBOUND, automatic=False
    )


def message(message_id: int) -> Message:
    try:
        return Message.objects.select_related("conversation").get(pk=message_id)
    except Message.DoesNotExist:
        raise NotFound(_("There is no such message.")) from None


def get(message_id: int, actor: Actor) -> Message:
    """The message, for who may see what it belongs to; to everybody else it does not exist."""
    found = message(message_id)
    if not (actor.is_system or subjects.may_see(actor, found.subject)):
        raise NotFound(_("There is no such message."))
    return found


def locked(message_id: int) -> Message:
    """The message, held for this transaction."""
    assert transaction.get_connection().in_atomic_block
    found = LOCKED.first(pk=message_id)
    if found is None:
        raise NotFound(_("There is no such message."))
    return found


def messages_of(subject: Subject, *, limit: int = 50, before: int | None = None) -> list[Message]:
    """The newest messages about a subject, oldest first, with their files. `before` is a message id."""
    kind, pk = subject
    found = _newest(limit).all(kind=kind, pk=pk, before=LAST if before is None else before)[::-1]
    _with_files(kind, pk, found)
    return found


def _with_files(kind: str, pk: int, found: list[Message]) -> None:
    """Their files come with them; most messages have none, and one prepared question says so."""
    if found and FILES.first(kind=kind, pk=pk, oldest=found[0].pk) is not None:
        prefetch_related_objects(found, "attachments__file")
        return
    for message in found:
        message.__dict__["_prefetched_objects_cache"] = {"attachments": NO_FILES}


def texts_of(subject: Subject) -> list[str]:
    """The texts of the newest messages about a subject, oldest first; at most MOST_TEXTS."""
    kind, pk = subject
    return [row[0] for row in TEXTS.all(kind=kind, pk=pk)[::-1]]


@lru_cache(maxsize=20)
def _newest(limit: int) -> db.Read[Message]:
    return db.Read(
        lambda kind, pk, before: Message.objects.filter(
            subject_kind=kind, subject_id=pk, pk__lt=before
        ).order_by("-id")[:limit]
    )


def said_lately(subject: Subject, author_id: int, text: str, since: datetime) -> bool:
    """Whether this person of ours has said just this since then, and not taken it back."""
    kind, pk = subject
    said = Message.objects.filter(subject_kind=kind, subject_id=pk, author_id=author_id, at__gte=since)
    rows = said.exclude(direction=Direction.INBOUND).values_list("text", "meta")
    return any(words.strip() == text and not meta.get("undone") for words, meta in rows)


def newest_said(subject: Subject) -> list[Said]:
    """The same in plain columns: at most MOST_SAID, in two statements however many there are."""
    kind, pk = subject
    rows = SAID.all(kind=kind, pk=pk)[::-1]
    if not rows:
        return []
    names: dict[int, list[str]] = defaultdict(list)
    for message_id, name in FILES.all(kind=kind, pk=pk, oldest=rows[0][0]):
        names[message_id].append(name)
    return [Said._make((*row, tuple(names.get(row[0], ())))) for row in rows]


def attachments_of(message: Message) -> list[Attachment]:
    return list(message.attachments.select_related("file").order_by("id"))


def with_attachment(subject_kind: str) -> "QuerySet[Message]":
    """Messages of subjects of one kind that carry a file; part of a room above's own question, not read yet."""
    return Message.objects.filter(subject_kind=subject_kind, attachments__isnull=False).order_by()


def inbound_since(subject: Subject, since: datetime, *, most: int = 20) -> int:
    """How often the customer wrote or spoke since then; counted to `most`."""
    kind, pk = subject
    found = Message.objects.filter(subject_kind=kind, subject_id=pk, direction="inbound", at__gte=since)
    return found.order_by("-id")[:most].count()


def latest_inbound(subject: Subject, channel: str = "") -> Message | None:
    """What the customer said last: its address is where an answer goes."""
    kind, pk = subject
    if channel:
        return LATEST_BY.first(kind=kind, pk=pk, channel=channel)
    return LATEST.first(kind=kind, pk=pk)


def subject_of(channel: str, external_id: str) -> Subject | None:
    """What the message with this name of its channel belongs to; None when there is none."""
    found = Message.objects.filter(channel=channel, external_id=external_id).first() if external_id else None
    return found.subject if found is not None else None


def references_for(message: Message) -> tuple[str, ...]:
    """Message-IDs earlier in the thread; the customer's newest stands last, for clients to thread on."""
    found = list(
        Message.objects.filter(
            subject_kind=message.subject_kind,
            subject_id=message.subject_id,
            channel=message.channel,
            pk__lt=message.pk,
        )
        .exclude(external_id="")
        .order_by("-id")
        .values_list("external_id", "direction")[: MOST_REFERENCES * 2]
    )
    theirs: Sequence[str] = [
        external_id for external_id, direction in found if direction == Direction.INBOUND
    ]
    last = theirs[0] if theirs else (found[0][0] if found else "")
    chain = [
        external_id for external_id, _direction in reversed(found[:MOST_REFERENCES]) if external_id != last
    ]
    return (*chain, last) if last else ()


def export_of(customer_id: int) -> list[dict[str, Any]]:
    """Everything said in conversations with a customer, for their own copy."""
    conversations = Conversation.objects.filter(customer_id=customer_id).values_list("pk", flat=True)
    rows = Message.objects.filter(conversation_id__in=conversations).prefetch_related("attachments__file")
    return [
        {
            "at": row.at.isoformat(),
            "direction": row.direction,
            "channel": row.channel,
            "author": row.author_name,
            "title": row.title,
            "text": row.text,
            "files": [a.file.name for a in row.attachments.all()],
        }
        for row in rows.order_by("id")
    ]
