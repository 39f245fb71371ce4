"""Writes on chats. Each visitor's row is locked first, so that a message sent twice is stored once."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from shouwen.channels import intake, queries, subjects
from shouwen.channels import rules as channel_rules
from shouwen.channels.events import ChatMoved, ChatSaid, ContactWaits
from shouwen.channels.intake import Inbound
from shouwen.channels.models import Account, Chat, ChatLine, Direction, Message, Talk
from shouwen.channels.services import outgoing
from shouwen.channels.services.conversations import receive
from shouwen.channels.vendors.chat import queries as chats
from shouwen.channels.vendors.chat import rules
from shouwen.channels.vendors.chat.queries import CHANNEL
from shouwen.channels.vendors.chat.rules import Visitor
from shouwen.customers import queries as customers
from shouwen.customers import services as customer_services
from shouwen.kernel.errors import Refused
from shouwen.platform import db, live
from shouwen.platform.access import SYSTEM, Actor, customer_actor
from shouwen.platform.files import services as files
from shouwen.platform.ledger import bus


@dataclass(frozen=True)
class Said:
    """`again`: it had come before, and nothing was written. `staffed`: somebody answers now, where that was asked."""

    line_id: int
    chat: Chat
    again: bool = False
    staffed: bool | None = None


@transaction.atomic
def open_chat(
    *, account: Account, origin: str, visitor: Visitor, language: str, page: str, at: datetime, by: Actor
) -> Chat:
    """A visitor opens the window. Nothing upstairs hears of it until they say something."""
    return Chat.objects.create(
        key=secrets.token_urlsafe(24),
        account=account,
        origin=origin,
        page=page[:500] if rules.origin_of(page) else "",
        language=language if language in rules.LANGUAGES else rules.LANGUAGES[0],
        name=visitor.name,
        email=visitor.email,
        phone=visitor.phone,
        matter=visitor.matter,
        opened_at=at,
        seen_at=at,
    )


def keep_file(*, name: str, content: IO[bytes], at: datetime) -> int:
    """A file the visitor attaches, before the message it belongs to. Its type is read from its bytes."""
    stored = files.store(name=name or "file", content=content, at=at, limit=rules.MOST_FILE_BYTES)
    rules.no_program(stored.content_type)
    return stored.pk


def say(*, chat_id: int, client_id: str, text: str, file_ids: Collection[int], at: datetime) -> Said:
    """The visitor says something. The first message opens a request; the same `client_id` again is answered
    with what was stored then.
    """
    client_id, text = rules.client_id(client_id), rules.text(text, len(file_ids))
    return db.tried_in_one_piece(lambda: _say(chat_id, client_id, text, file_ids, at))


def _say(chat_id: int, client_id: str, text: str, file_ids: Collection[int], at: datetime) -> Said:
    chat = chats.locked_after_subject(chat_id)
    known = chats.line_of(chat, client_id)
    if known is not None:
        return Said(known.pk, chat, again=True)
    if not intake.is_open():
        raise Refused(_("Messages cannot be taken in at the moment."))
    customer, is_new = _customer(chat, at)
    message, opened = _take_in(chat, customer, is_new, text or _("(Files only)"), file_ids, client_id, at)
    line = ChatLine(chat=chat, message=message, client_id=client_id)
    db.insert(line)
    staffed = _note_asked(chat, message, customer.pk, opened, at)
    _announce_said(chat, message, customer_actor(customer.pk, chat.name or customer.name), at)
    return Said(line.pk, chat, staffed=staffed)


def _announce_said(chat: Chat, message: Message, by: Actor, at: datetime) -> None:
    fact = ChatSaid(
        chat_id=chat.pk,
        message_id=message.pk,
        subject_kind=message.subject_kind,
        subject_id=message.subject_id,
        customer_id=chat.customer_id or 0,
        ours=message.direction == Direction.OUTBOUND,
    )
    bus.announce(fact, subjects=[("chat", chat.pk)], by=by, at=at)


def _customer(chat: Chat, at: datetime) -> tuple[Any, bool]:
    """Who writes: the customer of this chat, one known by the address given, or a new one."""
    if chat.customer_id is not None:
        return customers.current(chat.customer_id), False
    with override(chat.language):
        unnamed = _("Visitor %(number)s") % {"number": f"{chat.pk:04d}"[-4:]}
    return customer_services.recognise(
        name=chat.name or unnamed,
        email=chat.email or None,
        phone=chat.phone or None,
        language=chat.language,
        announce=False,
        at=at,
        by=SYSTEM,
    )


def _take_in(
    chat: Chat,
    customer: Any,
    is_new: bool,
    text: str,
    file_ids: Collection[int],
    client_id: str,
    at: datetime,
) -> tuple[Message, bool]:
    """The message upstairs, and whether a new request was opened with it."""
    inbound = Inbound(
        channel=CHANNEL,
        at=at,
        customer_id=customer.pk,
        customer=customer,
        new_customer=is_new,
        account_id=chat.account_id,
        team_id=chat.account.team_id,
        from_name=chat.name or customer.name,
        from_address=chat.email,
        title=chat.matter or text.splitlines()[0][:60],
        text=text,
        attachments=tuple(file_ids),
        external_id=f"{chat.key}/{client_id}",
        subject=chat.subject,
        meta={"page": chat.page} if chat.page else {},
    )
    taken = intake.offer(inbound)
    opened = taken.result == channel_rules.OPENED
    if taken.message_id is not None:
        return queries.message(taken.message_id), opened
    message = receive(
        channel=CHANNEL,
        account_id=chat.account_id,
        customer_id=customer.pk,
        subject=taken.subject,
        text=text,
        author_name=inbound.from_name,
        address=inbound.from_address,
        external_id=inbound.external_id,
        attachments=inbound.attachments,
        new_subject=opened,
        announce=False,
        at=at,
    )
    return message, opened


def _note_asked(chat: Chat, message: Message, customer_id: int, opened: bool, at: datetime) -> bool:
    """The chat after a message: whose it is, since when they wait, and that they are here. Whether somebody
    answers now."""
    if opened and chat.subject is not None:  # a new request grew out of an old chat: whoever is free takes it
        chat.agent_id, chat.agent_name, chat.asked_at, chat.taken_at = None, "", None, None
    if chat.asked_at is None:
        chat.ahead, chat.asked_at = chats.ahead_of(chat), at
        chat.offered_at = at
    chat.customer_id, chat.conversation_id = customer_id, message.conversation_id
    chat.subject_kind, chat.subject_id = message.subject
    chat.seen_at, chat.gone_at = at, None
    staffed = chats.is_staffed(chat.account, at)
    if chat.state == Talk.CLOSED and not opened:
        staffed = False  # kept with the request and read later: we ended the talk
    else:
        chat.state = Talk.TALKING if staffed else Talk.MAIL
    db.update(chat)
    return staffed


def written(message: Message) -> None:
    """We wrote a message on this channel: it stands in the visitor's window at once."""
    chat = chats.locked_about(message.subject)
    if chat is None:
        return
    db.insert(ChatLine(chat=chat, message=message))
    _announce_said(chat, message, SYSTEM, message.at)


@transaction.atomic
def taken(subject: tuple[str, int], staff_id: int, name: str, at: datetime) -> None:
    """Somebody answers for the subject from now on. The wait of the queue is measured by the first."""
    found = chats.newest_about(subject)
    if found is None:
        return
    chat = chats.locked(found.pk)
    chat.agent_id, chat.agent_name = staff_id, name[:80]
    chat.taken_at = chat.taken_at or at
    chat.save(update_fields=["agent_id", "agent_name", "taken_at"])
    _moved(chat, "taken", at)


@transaction.atomic
def give_address(*, chat_id: int, email: str, at: datetime) -> Chat:
    """Where answers shall go when nobody is in the chat. Somebody else's address is kept with the chat only."""
    email = rules.mail(email)
    chat = chats.locked(chat_id)
    chat.email = email
    if chat.state != Talk.CLOSED and not chats.is_staffed(chat.account, at):
        chat.state = Talk.MAIL
    chat.save(update_fields=["email", "state"])
    if chat.customer_id is not None and customers.of_contact("email", email) is None:
        customer_services.add_contact(
            customer_id=customers.current(chat.customer_id).pk, kind="email", value=email, at=at, by=SYSTEM
        )
    if chat.state == Talk.MAIL:
        _mail_unread(chat, at)
    _moved(chat, "address", at)
    return chat


@transaction.atomic
def end(*, chat_id: int, at: datetime) -> Chat:
    """The visitor ends the chat; what they have not read follows by mail when there is an address."""
    chat = chats.locked(chat_id)
    if chat.state not in (Talk.ENDED, Talk.CLOSED):
        chat.state, chat.gone_at = Talk.ENDED, at
        chat.save(update_fields=["state", "gone_at"])
        _mail_unread(chat, at)
        _moved(chat, "ended", at)
    return chat


@transaction.atomic
def hang_up(subject: tuple[str, int], at: datetime) -> bool:
    """We end the chat about something. What was said stays in the window, and what they write afterwards is kept with
    the request; nobody is there to answer at once."""
    chat = chats.locked_about(subject)
    if chat is None or chat.state in (Talk.ENDED, Talk.CLOSED):
        return False
    chat.state, chat.gone_at = Talk.CLOSED, at
    chat.save(update_fields=["state", "gone_at"])
    _mail_unread(chat, at)
    _moved(chat, "hung_up", at)
    return True


@transaction.atomic
def hand_to_mail(*, chat_id: int, at: datetime) -> bool:
    """The visitor has left: answers go out by mail from now on, beginning with what they have not read."""
    chat = chats.locked(chat_id)
    if chat.state != Talk.TALKING or not rules.has_left(chat.seen_at, chat.gone_at, at):
        return False
    chat.state = Talk.MAIL
    chat.save(update_fields=["state"])
    _mail_unread(chat, at)
    _moved(chat, "left", at)
    return True


def _mail_unread(chat: Chat, at: datetime) -> None:
    rows = chats.unread(chat)
    if not rows or not chat.email or chat.subject is None:
        return
    with override(chat.language):
        title = _("Our answer to your chat (%(name)s)") % {"name": subjects.name(chat.subject)}
        opening = _("You had left the chat before you could read this:")
    outgoing.send(
        subject=chat.subject,
        customer_id=chat.customer_id or 0,
        to=chat.email,
        title=title,
        text="\n\n".join([opening, *(row.message.text for row in rows)]),
        attachments=[a.file_id for row in rows for a in queries.attachments_of(row.message)],
        kind="chat",
        at=at,
        by=SYSTEM,
    )
    chat.mailed = rows[-1].pk
    chat.save(update_fields=["mailed"])


@transaction.atomic
def mark_read(*, chat_id: int, by_visitor: int | None = None, by_us: int | None = None) -> Chat:
    """How far a side has read; never back, and never further than there are lines."""
    chat = chats.locked(chat_id)
    last = chats.last_line(chat_id)
    if by_visitor is not None and (read := min(by_visitor, last)) > chat.read_by_visitor:
        chat.read_by_visitor = read
        chat.save(update_fields=["read_by_visitor"])
        tell_desk(chat)
    if by_us is not None and (read := min(by_us, last)) > chat.read_by_us:
        chat.read_by_us = read
        chat.save(update_fields=["read_by_us"])
        transaction.on_commit(lambda: live.publish([chat.topic], "read", {"read": read}))
    return chat


def tell_desk(chat: Chat, **more: Any) -> None:
    """Tell the pages of who works on it what is not kept: typing, reading, coming and going."""
    if chat.subject is None:
        return
    kind, pk = chat.subject
    said = {"chat": chat.pk, "read": chat.read_by_visitor, **more}
    transaction.on_commit(lambda: live.publish([f"{kind}:{pk}"], "typing.chat", said))


@transaction.atomic
def note_seen(*, chat_ids: Collection[int], at: datetime) -> int:
    """These windows are open."""
    return Chat.objects.filter(pk__in=chat_ids).update(seen_at=at, gone_at=None)


@transaction.atomic
def note_gone(*, chat_ids: Collection[int], at: datetime) -> int:
    """These windows were closed, or their connections broke."""
    return Chat.objects.filter(pk__in=chat_ids, gone_at=None).update(seen_at=at, gone_at=at)


def sweep(*, at: datetime) -> int:
    """Hand over what visitors have left, offer again who waits, forget windows nobody wrote in."""
    moved = sum(hand_to_mail(chat_id=chat.pk, at=at) for chat in chats.to_look_at(at))
    for chat in chats.to_offer(at):
        _offer_again(chat_id=chat.pk, at=at)
    if unused := chats.unused(at):
        Chat.objects.filter(pk__in=unused, asked_at=None).delete()
    return moved


@transaction.atomic
def _offer_again(*, chat_id: int, at: datetime) -> None:
    chat = chats.locked(chat_id)
    if not chat.waits or chat.subject is None:
        return
    chat.offered_at = at
    chat.save(update_fields=["offered_at"])
    waits = ContactWaits(subject_kind=chat.subject[0], subject_id=chat.subject[1], channel=CHANNEL)
    bus.announce(waits, subjects=[("chat", chat.pk)], by=SYSTEM, at=at)


@transaction.atomic
def forget_offers(*, at: datetime) -> int:
    """Somebody came on duty: whoever waits is offered at the next look, not only after a while."""
    return Chat.objects.filter(state=Talk.TALKING, agent_id=None, asked_at__isnull=False).update(
        offered_at=None
    )


def _moved(chat: Chat, how: str, at: datetime) -> None:
    kind, pk = chat.subject or ("chat", chat.pk)
    bus.announce(
        ChatMoved(chat_id=chat.pk, how=how, subject_kind=kind, subject_id=pk),
        subjects=[("chat", chat.pk), *([chat.subject] if chat.subject else [])],
        by=SYSTEM,
        at=at,
    )


def enter_windows(*, chat_ids: Collection[int], at: datetime) -> None:
    """Visitors' windows are there (again)."""
    note_seen(chat_ids=chat_ids, at=at)
    for found in chats.several(chat_ids):
        tell_desk(found, here=True)


def leave_windows(*, chat_ids: Collection[int], at: datetime) -> None:
    """Windows have been closed for a moment, and not for another page."""
    note_gone(chat_ids=chat_ids, at=at)
    for found in chats.several(chat_ids):
        tell_desk(found, here=False)
