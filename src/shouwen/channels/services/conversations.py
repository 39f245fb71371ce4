"""Writing down what was said.

These are inner steps of a larger transaction (a mail taken in, a case opened), hence `savepoint=False`: a
savepoint for each would cost two more statements, and nobody goes on after one of them failed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from shouwen.channels import rules
from shouwen.channels.events import MessageReceived
from shouwen.channels.models import Attachment, Conversation, Direction, Message
from shouwen.channels.models.conversations import AuthorKind
from shouwen.platform import db
from shouwen.platform.access import Actor, customer_actor
from shouwen.platform.ledger import bus

Subject = tuple[str, int]
GOING_ON = db.Read(
    lambda kind, pk, channel, customer: Conversation.objects.filter(
        subject_kind=kind, subject_id=pk, channel=channel, customer_id=customer
    ).order_by("-id")[:1]
)


class Attached(NamedTuple):
    """A stored file as it hangs on a message."""

    file_id: int
    inline: bool = False
    content_id: str = ""


@transaction.atomic(savepoint=False)
def receive(
    *,
    channel: str,
    customer_id: int,
    subject: Subject,
    text: str,
    author_name: str,
    at: datetime,
    by: Actor | None = None,
    account_id: int | None = None,
    html: str = "",
    quoted: str = "",
    title: str = "",
    address: str = "",
    external_id: str = "",
    in_reply_to: str = "",
    attachments: Iterable[int | Attached] = (),
    raw_file: int | None = None,
    automatic: bool = False,
    new_subject: bool = False,
    announce: bool = True,
    key: str = "",
    meta: Mapping[str, Any] | None = None,
) -> Message:
    """Write down what a customer said. `new_subject` saves the look for an earlier conversation about it;
    whoever has a fact of their own that says the same announces that one instead.
    """
    begin = begun if new_subject else conversation_for
    conversation = begin(
        subject=subject, channel=channel, account_id=account_id, customer_id=customer_id, at=at, key=key
    )
    message = Message(
        conversation=conversation,
        subject_kind=subject[0],
        subject_id=subject[1],
        direction=Direction.INBOUND,
        channel=channel,
        author_kind=AuthorKind.CUSTOMER,
        author_id=customer_id,
        at=at,
        raw_file_id=raw_file,
        automatic=automatic,
        **_heading(author_name, address, title, external_id, in_reply_to),
        **_words(text, html, quoted, meta),
    )
    if conversation.pk is None:
        db.insert_with(conversation, [message], by="conversation_id")
    else:
        db.insert(message)
    attach(message, attachments)
    if announce:
        _announce_received(message, customer_id, by or customer_actor(customer_id, author_name), at)
    return message


@transaction.atomic(savepoint=False)
def record(
    *,
    subject: Subject,
    direction: str,
    channel: str,
    text: str,
    at: datetime,
    by: Actor,
    customer_id: int | None = None,
    author_name: str | None = None,
    attachments: Iterable[int | Attached] = (),
    kind: str = "note",
    html: str = "",
    new_subject: bool = False,
    automatic: bool = False,
    meta: Mapping[str, Any] | None = None,
) -> Message:
    """Write down what needs no delivery: a note among ourselves, what was said on the phone or at the desk.

    A note has no customer; everything else needs one, because it belongs to a conversation.
    """
    conversation = None
    if customer_id is not None and direction != Direction.INTERNAL:
        conversation = conversation_for(
            subject=subject,
            channel=channel,
            account_id=None,
            customer_id=customer_id,
            at=at,
            new_subject=new_subject,
        )
    from_customer = direction == Direction.INBOUND
    message = Message(
        conversation=conversation,
        subject_kind=subject[0],
        subject_id=subject[1],
        direction=direction,
        channel=channel,
        author_kind=_author_kind(by, from_customer),
        author_id=customer_id if from_customer else by.user_id,
        author_name=(by.name if author_name is None else author_name)[:200],
        text=rules.cut(text)[0],
        html=html,
        at=at,
        kind=kind,
        automatic=automatic,
        meta=dict(meta or {}),
    )
    db.insert(message)
    attach(message, attachments)
    if from_customer and customer_id is not None:
        _announce_received(message, customer_id, by, at)
    return message


def _heading(
    author_name: str, address: str, title: str, external_id: str, in_reply_to: str
) -> dict[str, Any]:
    """What stands above the text, within the columns' limits."""
    return {
        "author_name": author_name[:200],
        "address": address[:320],
        "title": title[:300],
        "external_id": external_id[:500],
        "in_reply_to": in_reply_to[:500],
    }


def _words(text: str, html: str, quoted: str, meta: Mapping[str, Any] | None) -> dict[str, Any]:
    """The text within its limit; `cut` in meta says that something was cut off."""
    shown, was_cut = rules.cut(text)
    return {
        "text": shown,
        "html": html if len(html) <= rules.MOST_HTML else "",
        "quoted": rules.cut(quoted)[0],
        "meta": {**(meta or {}), **({"cut": True} if was_cut else {})},
    }


def begun(
    *, subject: Subject, channel: str, account_id: int | None, customer_id: int, at: datetime, key: str = ""
) -> Conversation:
    """A new conversation with this customer. Not saved here."""
    return Conversation(
        subject_kind=subject[0],
        subject_id=subject[1],
        channel=channel,
        account_id=account_id,
        customer_id=customer_id,
        external_key=key,
        started_at=at,
    )


def conversation_for(
    *,
    subject: Subject,
    channel: str,
    account_id: int | None,
    customer_id: int,
    at: datetime,
    new_subject: bool = False,
    key: str = "",
) -> Conversation:
    """The conversation with this customer about the subject on the channel, begun when there is none.

    `key` finds it again by the other side's address; one that was begun without takes it.
    """
    if not new_subject:
        known = GOING_ON.first(kind=subject[0], pk=subject[1], channel=channel, customer=customer_id)
        if known is not None:
            if key and known.external_key != key:
                known.external_key, known.account_id = key, account_id
                known.save(update_fields=["external_key", "account"])
            return known
    return db.insert(
        begun(
            subject=subject,
            channel=channel,
            account_id=account_id,
            customer_id=customer_id,
            at=at,
            key=key,
        )
    )


def attach(message: Message, attachments: Iterable[int | Attached]) -> None:
    """Hang stored files on a message, in one statement."""
    wanted = [a if isinstance(a, Attached) else Attached(a) for a in attachments]
    if wanted:
        Attachment.objects.bulk_create(
            Attachment(message=message, file_id=a.file_id, inline=a.inline, content_id=a.content_id[:200])
            for a in wanted[: rules.MOST_ATTACHMENTS]
        )


def author_kind(by: Actor) -> str:
    return _author_kind(by, from_customer=by.kind == "customer")


def _author_kind(by: Actor, from_customer: bool) -> str:
    if from_customer:
        return AuthorKind.CUSTOMER
    return AuthorKind.STAFF if by.user_id is not None else AuthorKind.SYSTEM


def _announce_received(message: Message, customer_id: int, by: Actor, at: datetime) -> None:
    bus.announce(
        MessageReceived(
            message_id=message.pk,
            subject_kind=message.subject_kind,
            subject_id=message.subject_id,
            customer_id=customer_id,
            channel=message.channel,
            automatic=message.automatic,
        ),
        subjects=[message.subject, ("customer", customer_id)],
        by=by,
        at=at,
    )
