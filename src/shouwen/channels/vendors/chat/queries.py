"""Reads on chats: whose token this is, what was said since, where the visitor stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwen.channels import policies, subjects
from shouwen.channels.lines import Demand, Way
from shouwen.channels.models import Account, Attachment, Chat, ChatLine, Direction, Talk
from shouwen.channels.vendors.chat import rules
from shouwen.kernel.errors import Forbidden, NotFound
from shouwen.people import queries as people
from shouwen.people.models import Presence, Staff
from shouwen.platform import db, preferences
from shouwen.platform.access import Actor
from shouwen.platform.files import queries as files

CHANNEL = "chat"
SALT = "shouwen.chat"
FILE_SALT = "shouwen.chat.file"
MOST_LINES = 200  # of one catch-up; the browser asks again from the last
MEASURED = 200
MEASURED_DAYS = 14

# Asked for with every message of every chat.
ACCOUNT = db.Read(lambda key: Account.objects.filter(channel=CHANNEL, address=key, active=True)[:1])
OF_KEY = db.Read(lambda key, account: Chat.objects.filter(key=key, account_id=account))
WHOLE = db.Read(lambda pk: Chat.objects.select_related("account").filter(pk=pk))
LOCKED = db.Read(
    lambda pk: Chat.objects.select_for_update(of=("self",)).select_related("account").filter(pk=pk)
)
ABOUT = db.Read(
    lambda kind, pk: (
        Chat.objects.filter(subject_kind=kind, subject_id=pk).select_related("account").order_by("-id")[:1]
    )
)
LOCKED_ABOUT = db.Read(
    lambda kind, pk: (
        Chat.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(subject_kind=kind, subject_id=pk)
        .order_by("-id")[:1]
    )
)
KNOWN = db.Read(
    lambda chat, name: ChatLine.objects.filter(chat_id=chat, client_id=name).select_related("message")
)
SINCE = db.Read(
    lambda chat, after: (
        ChatLine.objects.filter(chat_id=chat, pk__gt=after)
        .select_related("message")
        .order_by("pk")[:MOST_LINES]
    )
)
FILES = db.Read(
    lambda ids: Attachment.objects.filter(db.Among("message_id", ids)).select_related("file").order_by("id")
)
ANYBODY = db.Read(lambda: _at_work().values_list("pk")[:1])
ANYBODY_OF = db.Read(lambda team: _at_work().filter(memberships__team_id=team).values_list("pk")[:1])


def own_origin() -> str:
    """Where our own pages are served from: the hosted chat page and the preview."""
    parts = urlsplit(settings.PUBLIC_URL)
    return rules.origin_of(f"{parts.scheme}://{parts.netloc}")


def account(key: str) -> Account:
    """The active chat behind a public key."""
    found = ACCOUNT.first(key=key) if key else None
    if found is None:
        raise NotFound(_("There is no such chat."))
    return found


def one(account_id: int) -> Account:
    """A chat as the settings know it, switched off or not."""
    found = Account.objects.filter(channel=CHANNEL, pk=account_id).first()
    if found is None:
        raise NotFound(_("There is no such chat."))
    return found


def listed(at: datetime) -> list[tuple[Account, bool, int]]:
    """Every chat, whether somebody answers in it now, and how many wait."""
    found = Account.objects.filter(channel=CHANNEL)
    return [(one, is_staffed(one, at), len(waiting(one.pk))) for one in found]


def sites(account: Account) -> frozenset[str]:
    """The origins that may use it; our own is always one."""
    return frozenset([*account.settings.get("sites", []), own_origin()])


def token(chat: Chat) -> str:
    """What the visitor's browser keeps: signed, bound to this chat and to the site it was opened on."""
    return signing.dumps({"c": chat.key, "o": chat.origin}, salt=SALT)


def of_token(text: str, account: Account, origin: str) -> Chat:
    """The chat a token stands for; Forbidden for one that is forged, too old, or from another site or chat."""
    refused = Forbidden(_("This chat has ended. Please begin anew."))
    try:
        said = signing.loads(text, salt=SALT, max_age=timedelta(days=rules.TOKEN_DAYS))
    except signing.BadSignature:
        raise refused from None
    if said["o"] != origin or origin not in sites(account):
        raise refused
    found = OF_KEY.first(key=said["c"], account=account.pk)
    if found is None:
        raise refused
    found.account = account
    return found


def file_token(chat: Chat, file_id: int) -> str:
    return signing.dumps([chat.pk, file_id], salt=FILE_SALT)


def file_of(chat: Chat, text: str) -> int:
    """The stored file that this chat sent before."""
    try:
        chat_id, file_id = signing.loads(text, salt=FILE_SALT, max_age=timedelta(days=1))
    except (signing.BadSignature, ValueError):
        chat_id, file_id = 0, 0
    if chat_id != chat.pk:
        raise NotFound(_("There is no such file."), field="files")
    return int(file_id)


def chat(chat_id: int) -> Chat:
    found = WHOLE.first(pk=chat_id)
    if found is None:
        raise NotFound(_("There is no such chat."))
    return found


def several(chat_ids: Collection[int]) -> list[Chat]:
    """Those of them that have not been forgotten meanwhile."""
    return list(Chat.objects.filter(pk__in=chat_ids))


def locked(chat_id: int) -> Chat:
    assert transaction.get_connection().in_atomic_block
    found = LOCKED.first(pk=chat_id)
    if found is None:
        raise NotFound(_("There is no such chat."))
    return found


def locked_after_subject(chat_id: int) -> Chat:
    """The chat, and before it what it is about: in the order of who answers, or the two wait for each other."""
    if connection.features.has_select_for_update:
        kind, pk = Chat.objects.filter(pk=chat_id).values_list("subject_kind", "subject_id").first() or (
            "",
            None,
        )
        if pk is not None:
            subjects.hold((kind, pk))
    return locked(chat_id)


def locked_about(subject: tuple[str, int]) -> Chat | None:
    """The newest chat about something, held for this transaction."""
    return LOCKED_ABOUT.first(kind=subject[0], pk=subject[1])


def newest_about(subject: tuple[str, int]) -> Chat | None:
    return ABOUT.first(kind=subject[0], pk=subject[1])


def way(subject: tuple[str, int]) -> Way | None:
    """Into the chat while the visitor talks there, by mail once it goes on by mail."""
    found = newest_about(subject)
    if found is None:
        return None
    if found.state != Talk.TALKING and found.email:
        return Way("email", found.email)
    return Way(CHANNEL, "", found.conversation_id, live=True)


def line_of(chat: Chat, client_id: str) -> ChatLine | None:
    return KNOWN.first(chat=chat.pk, name=client_id)


def lines_after(chat_id: int, after: int) -> list[dict[str, Any]]:
    """What was said in this chat after a line, as the visitor's browser shows it."""
    rows = SINCE.all(chat=chat_id, after=after)
    files_of: dict[int, list[Attachment]] = {}
    for one in FILES.all(ids=[row.message_id for row in rows]) if rows else []:
        files_of.setdefault(one.message_id, []).append(one)
    return [_line(row, files_of.get(row.message_id, [])) for row in rows]


def _line(row: ChatLine, attached: list[Attachment]) -> dict[str, Any]:
    said = row.message
    ours = said.direction == Direction.OUTBOUND
    by = said.author_name if said.author_kind != "system" else str(preferences.get("organisation.name"))
    return {
        "id": row.pk,
        "client_id": row.client_id,
        "ours": ours,
        "by": by if ours else "",
        "text": said.text,
        "at": said.at.isoformat(),
        "files": [
            {"name": a.file.name, "size": a.file.size, "url": settings.PUBLIC_URL + files.link(a.file_id)}
            for a in attached
        ],
    }


def last_line(chat_id: int) -> int:
    return ChatLine.objects.filter(chat_id=chat_id).aggregate(last=Max("pk"))["last"] or 0


def last_lines(chat_id: int) -> tuple[int, int]:
    """The last line, and the last of ours."""
    ours = Max("pk", filter=Q(message__direction=Direction.OUTBOUND))
    found = ChatLine.objects.filter(chat_id=chat_id).aggregate(last=Max("pk"), ours=ours)
    return found["last"] or 0, found["ours"] or 0


def seen_by(chat_id: int, actor: Actor) -> Chat:
    """The chat, for who may see what it is about; to everybody else it does not exist."""
    found = chat(chat_id)
    if found.subject is None or not subjects.may_see(actor, found.subject):
        raise NotFound(_("There is no such chat."))
    return found


def on_duty(account: Account) -> int:
    """How many who could take a chat are at work, free or busy; providers' people take none."""
    at_work = _at_work()
    if account.team_id:
        at_work = at_work.filter(memberships__team_id=account.team_id)
    return at_work.count()


def _at_work() -> QuerySet[Staff]:
    at_work = people.active_staff().filter(presence__in=(Presence.ON_DUTY, Presence.BUSY))
    return at_work.filter(provider__isnull=True)


def is_staffed(account: Account, at: datetime) -> bool:
    """Whether somebody will answer here now: within the hours, and somebody is at work."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    if not rules.is_open(account.settings, local):
        return False
    return bool(ANYBODY_OF.all(team=account.team_id) if account.team_id else ANYBODY.all())


def waiting(account_id: int) -> list[Chat]:
    rows = Chat.objects.filter(
        account_id=account_id, state=Talk.TALKING, agent_id=None, asked_at__isnull=False
    )
    return list(rows.order_by("asked_at", "pk"))


def ahead_of(chat: Chat) -> int:
    """How many have waited longer in the same chat."""
    rows = Chat.objects.filter(
        account_id=chat.account_id, state=Talk.TALKING, agent_id=None, asked_at__isnull=False
    )
    if chat.asked_at is None:
        return rows.count()
    return rows.filter(Q(asked_at__lt=chat.asked_at) | Q(asked_at=chat.asked_at, pk__lt=chat.pk)).count()


def measured_waits(account_id: int, at: datetime) -> list[tuple[int, float]]:
    """(ahead at the beginning, seconds until taken) of the chats taken lately, the newest first."""
    rows = Chat.objects.filter(account_id=account_id, taken_at__gt=at - timedelta(days=MEASURED_DAYS))
    found = rows.order_by("-taken_at").values_list("ahead", "asked_at", "taken_at")[:MEASURED]
    return [(ahead, (taken - asked).total_seconds()) for ahead, asked, taken in found if asked and taken]


@dataclass(frozen=True)
class Standing:
    """Where a visitor stands, as their window says it."""

    mode: str
    staffed: bool
    agent: str
    place: int | None
    wait: int | None
    read: int
    need_address: bool
    asked: bool

    def shown(self) -> dict[str, Any]:
        return dict(self.__dict__)


def standing(chat: Chat, at: datetime, *, staffed: bool | None = None) -> Standing:
    """Asks the database; `place` counts from 1 and is None for who does not wait. `staffed` when it is known."""
    staffed = is_staffed(chat.account, at) if staffed is None else staffed
    place = wait = None
    if chat.waits and staffed:
        ahead = ahead_of(chat)
        waited = (at - (chat.asked_at or at)).total_seconds()
        place, wait = ahead + 1, rules.waiting_seconds(measured_waits(chat.account_id, at), ahead, waited)
    return Standing(
        mode=chat.state,
        staffed=staffed,
        agent=chat.agent_name if chat.state == Talk.TALKING else "",
        place=place,
        wait=wait,
        read=chat.read_by_us,
        need_address=not chat.email and (chat.state == Talk.MAIL or not staffed),
        asked=chat.asked_at is not None,
    )


def held_by(staff_ids: Collection[int]) -> dict[int, int]:
    """How many chats each of these talks in now."""
    rows = Chat.objects.filter(state=Talk.TALKING, agent_id__in=staff_ids).values_list("agent_id")
    return dict(rows.annotate(n=Count("pk")))


def demand(subject: tuple[str, int], staff_ids: Collection[int]) -> Demand | None:
    """What the chat about a subject asks of whom it is offered to."""
    found = newest_about(subject)
    if found is None:
        return None
    settings = found.account.settings
    return Demand(settings.get("at_once", 3), held_by(staff_ids), settings.get("skill", ""))


def unread(chat: Chat) -> list[ChatLine]:
    """What we wrote and the visitor has neither read nor been sent."""
    rows = ChatLine.objects.filter(
        chat=chat, pk__gt=max(chat.read_by_visitor, chat.mailed), message__direction=Direction.OUTBOUND
    )
    return list(rows.select_related("message").order_by("pk"))


def to_look_at(at: datetime, limit: int = 500) -> list[Chat]:
    """Chats whose visitor has perhaps left: written in, still going, and not seen for a while."""
    rows = Chat.objects.filter(state=Talk.TALKING, asked_at__isnull=False, seen_at__lt=at - rules.LEFT_AFTER)
    return list(rows.select_related("account").order_by("seen_at")[:limit])


def to_offer(at: datetime, limit: int = 200) -> list[Chat]:
    """Chats that still wait and were not offered for a while."""
    rows = Chat.objects.filter(state=Talk.TALKING, agent_id=None, asked_at__isnull=False)
    due = rows.filter(Q(offered_at=None) | Q(offered_at__lt=at - rules.OFFER_AGAIN))
    return list(due.select_related("account").order_by("asked_at")[:limit])


def listed_to(actor: Actor, which: str) -> QuerySet[Chat]:
    """Talks in which something was said: one's own and those that wait; all for who tends the channels."""
    rows = Chat.objects.filter(asked_at__isnull=False)
    if which == "waiting":
        rows = rows.filter(state=Talk.TALKING, agent_id=None)
    elif which == "open":
        rows = rows.filter(state=Talk.TALKING)
    if actor.is_system or policies.may_see_register(actor):
        return rows
    return rows.filter(Q(agent_id=actor.user_id) | Q(agent_id=None, state=Talk.TALKING))


def only_seen(rows: Sequence[Chat], actor: Actor) -> list[Chat]:
    """Of one page those whose case this person may see."""
    return [one for one in rows if one.subject is not None and subjects.may_see(actor, one.subject)]


def unused(at: datetime, limit: int = 500) -> list[int]:
    rows = Chat.objects.filter(asked_at=None, state=Talk.TALKING, seen_at__lt=at - rules.UNUSED_AFTER)
    return list(rows.order_by("seen_at").values_list("pk", flat=True)[:limit])
