"""Reads on conversations by the other side's address, and on what may be written to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shouwen.channels import kinds, measuring, registry, rules, subjects
from shouwen.channels.answering import Where
from shouwen.channels.models import Account, Conversation, InboundRecord, Message, Reach
from shouwen.channels.queries.accounts import account_to
from shouwen.channels.registry import Limit, Room

Subject = tuple[str, int]


@dataclass(frozen=True)
class Known:
    """The newest conversation with an address, and when something was last said in it."""

    subject: Subject
    customer_id: int
    last_at: datetime | None


def conversation_with(account_id: int, address: str) -> Known | None:
    """The newest conversation of an account with an address."""
    found = Conversation.objects.filter(
        Q(account_id=account_id) | Q(account_id=None), external_key=address
    ).order_by("-id")
    newest = found.first() if address else None
    if newest is None:
        return None
    last = Message.objects.filter(conversation=newest).order_by("-id").values_list("at", flat=True).first()
    return Known(newest.subject, newest.customer_id, last)


def goes_on(subject: Subject) -> bool:
    return subjects.is_open(subject)


def sent_as(channel: str, reference: str) -> Message | None:
    """The message of ours that the other side calls so."""
    if not reference:
        return None
    found = Message.objects.filter(channel=channel, external_id=reference, direction="outbound")
    return found.order_by("-id").first()


def arrived_from(address: str, account_id: int, at: datetime) -> int:
    """How many callbacks of one address came in the loop window."""
    low, high = rules.loop_window(at)
    found = InboundRecord.objects.filter(from_address=address, arrived_at__gt=low, arrived_at__lt=high)
    return found.filter(account_id=account_id).count() if address else 0


def wrote_since(address: str, account_id: int, since: datetime) -> bool:
    """Whether anything came from this address since then."""
    found = InboundRecord.objects.filter(from_address=address, arrived_at__gt=since, account_id=account_id)
    return found.exists()


def reach(account_id: int, address: str) -> Reach | None:
    return Reach.objects.filter(account_id=account_id, address=address).first()


def stopped(channel: str, address: str) -> Reach | None:
    """Where this address said on a channel that it wants no more."""
    found = Reach.objects.filter(account__channel=channel, address=address, stopped_at__isnull=False)
    return found.order_by("-stopped_at").first()


def room_for(where: Where, at: datetime) -> Room:
    """What may be written the way an answer goes. Mail and what is only written down ask no question."""
    able = registry.carriers(where.channel, where.address)
    if not able or not any(vendor.rationed for vendor in able):
        return Room(able[0].limit if able else None)
    own = None
    if where.conversation_id is not None:
        rows = Conversation.objects.filter(pk=where.conversation_id)
        own = rows.values_list("account_id", flat=True).first()
    account = account_to(where.channel, where.address, own)
    vendor = registry.get(account.vendor) if account else able[0]
    return vendor.room(account, where.address, at)


def may_say(where: Where, text: str, at: datetime) -> bool:
    """Whether a text can go out the way an answer goes, now and as it is."""
    if where.live:
        return True
    if not where.address:
        return False
    room = room_for(where, at)
    return not room.closed and (
        room.limit is None or measuring.length(text, room.limit.unit) <= room.limit.most
    )


def limit_of(channel: str) -> Limit | None:
    """How long one message on a channel may be."""
    return next((vendor.limit for vendor in registry.carriers(channel)), None)


def sending_channels() -> list[str]:
    """Channels that an account writes by to whoever has the right contact, the most usual first."""
    found = Account.objects.filter(active=True).only("channel", "vendor", "settings")
    there = {a.channel for a in found if registry.get(a.vendor).can_send(a)}
    return [code for code in kinds.labels() if code in there and kinds.contact(code)]


def waiting_too_long(before: datetime) -> list[int]:
    """Callbacks that were accepted before then and are still not read."""
    found = InboundRecord.objects.filter(result=rules.WAITING, arrived_at__lt=before).order_by("id")
    return list(found.values_list("pk", flat=True)[:200])
