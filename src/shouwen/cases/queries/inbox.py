"""The inbox: views, their lists and counts. Every list reads one index from its newest end; counts stop at 100."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions
from shouwen.cases.models import Case, Handoff, Notice, Watch
from shouwen.cases.queries import asking
from shouwen.cases.queries.one import visible_to
from shouwen.cases.rules.asking import Asked
from shouwen.kernel.errors import Invalid
from shouwen.kernel.references import parse
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.search import queries as search
from shouwen.platform.waiting import Counted, Figure
from shouwen.platform.web.paging import Page, paginate, paginate_in_windows
from shouwen.promises import queries as promises

MOST = 100  # a count above this is shown as 99+: nobody acts on the difference, and it would cost a scan
COUNTED = (
    20_000  # of everything there ever was, so many are looked at for one page or count of what may be rare
)
MOST_FOUND = 500  # the newest hits of a search inside a view
SOON = timedelta(hours=4)
NEWEST = ("-last_at", "-id")
Rows = QuerySet[Case]
# What the frame of every page counts.
HANDED = db.Read(lambda staff: Handoff.objects.filter(to_id=staff, state="asked").values_list("case_id")[:50])
WAITING = db.Read(
    lambda staff: _own(Case.objects.all(), staff).filter(awaiting="us").values_list("pk")[:MOST]
)
UNREAD = db.Read(lambda user: Notice.objects.filter(user_id=user, read_at=None).values_list("pk")[:MOST])


@dataclass(frozen=True)
class View:
    code: str
    label: Any
    icon: str
    narrow: Callable[[Rows, Actor, datetime], Rows]
    order: tuple[str, ...] = NEWEST
    counted: bool = True


def _mine(rows: Rows, actor: Actor, at: datetime) -> Rows:
    return _own(rows, actor.user_id)


def _own(rows: Rows, staff: Any) -> Rows:
    return rows.filter(active=True, owner_id=staff, snoozed_until=None)


def _unowned(rows: Rows, actor: Actor, at: datetime) -> Rows:
    rows = rows.filter(active=True, owner=None)
    return rows.filter(team_id__in=actor.team_ids) if actor.team_ids else rows


def _waiting_for_me(rows: Rows, actor: Actor, at: datetime) -> Rows:
    """Mine where the customer waits for us, and what a colleague asks me to take over."""
    handed = [pk for (pk,) in HANDED.all(staff=actor.user_id)] if actor.user_id else []
    if not handed:
        return _mine(rows, actor, at).filter(awaiting="us")
    mine = Q(owner_id=actor.user_id, snoozed_until=None, awaiting="us")
    return rows.filter(mine | Q(pk__in=handed), active=True)


def _promised(rows: Rows, actor: Actor, at: datetime) -> Rows:
    ids = promises.subjects_due(actor.user_id, "case", until=at + timedelta(days=1)) if actor.user_id else []
    return rows.filter(pk__in=ids)


def _soon(rows: Rows, actor: Actor, at: datetime) -> Rows:
    rows = rows.filter(active=True, due_at__lte=at + SOON)
    return rows.filter(Q(owner_id=actor.user_id) | Q(team_id__in=actor.team_ids))


def _watching(rows: Rows, actor: Actor, at: datetime) -> Rows:
    watched = Watch.objects.filter(staff_id=actor.user_id).order_by("-id").values_list("case_id", flat=True)
    return rows.filter(pk__in=list(watched[:500]))


VIEWS: dict[str, View] = {
    view.code: view
    for view in (
        View("mine", _("Mine"), "user-round", _mine),
        View("unowned", _("Unowned, my teams"), "hand", _unowned),
        View("waiting", _("Waiting for me"), "reply", _waiting_for_me),
        View("promised", _("Promises due"), "handshake", _promised, ("due_at", "id")),
        View("soon", _("Breaching soon"), "alarm-clock", _soon, ("due_at", "id")),
        View(
            "escalated",
            _("Escalated"),
            "circle-arrow-up",
            lambda rows, actor, at: rows.filter(active=True, escalation_level__gt=0),
        ),
        View(
            "resolved",
            _("To be confirmed"),
            "circle-check",
            lambda rows, actor, at: rows.filter(state="resolved", owner_id=actor.user_id),
        ),
        View(
            "aside",
            _("Put aside"),
            "moon",
            lambda rows, actor, at: rows.filter(owner_id=actor.user_id, snoozed_until__isnull=False),
        ),
        View("watching", _("Watching"), "eye", _watching),
        View(
            "active",
            _("All in work"),
            "layers",
            lambda rows, actor, at: rows.filter(active=True),
            counted=False,
        ),
        View("all", _("All"), "archive", lambda rows, actor, at: rows, counted=False),
    )
}


@dataclass(frozen=True)
class Filter:
    """What narrows a view further; empty means all."""

    kind: str = ""
    channel: str = ""
    tier: str = ""
    state: str = ""
    priority: int | None = None
    owner_id: int | None = None
    customer_id: int | None = None
    tag: str = ""
    q: str = ""
    asked: Asked | None = None
    """What `q` asks for, when it is known already."""


def view_of(code: str) -> View:
    if code not in VIEWS:
        raise Invalid(_("There is no such view."), field="view")
    return VIEWS[code]


def exact(chosen: Filter) -> dict[str, str | int]:
    """What is asked to be just so, by column."""
    asked = {
        "kind": chosen.kind,
        "channel": chosen.channel,
        "tier": chosen.tier,
        "state": chosen.state,
        "priority": chosen.priority,
        "owner_id": chosen.owner_id,
        "customer_id": chosen.customer_id,
    }
    return {name: value for name, value in asked.items() if value not in ("", None)}


def narrowed(rows: Rows, chosen: Filter, actor: Actor, at: datetime) -> Rows:
    """Only those that fit the filter. What can't be understood of `q` narrows nothing."""
    rows = rows.filter(**exact(chosen))
    if chosen.tag:
        rows = rows.filter(asking.tagged(chosen.tag))
    if not chosen.q.strip():
        return rows
    asked = chosen.asked or asking.understood(chosen.q, at)
    rows = asking.narrowed(rows, asked, actor, at)
    if asked.words:
        named = parse(asked.words)
        ids = search.find("case", asked.words, unwanted=asked.unwanted, limit=MOST_FOUND)
        return rows.filter(pk__in=[named] if named else ids)
    return rows


def rows_of(code: str, actor: Actor, at: datetime, chosen: Filter | None = None) -> Rows:
    rows = view_of(code).narrow(visible_to(actor), actor, at)
    return narrowed(rows, chosen, actor, at) if chosen else rows


def listed(
    code: str,
    actor: Actor,
    at: datetime,
    *,
    chosen: Filter | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page[Case]:
    """One page of a view: one statement, customers and owners joined by key."""
    if chosen and chosen.q and chosen.asked is None:
        chosen = replace(chosen, asked=asking.understood(chosen.q, at))
    rows = rows_of(code, actor, at, chosen).select_related("customer", "owner")
    rows = rows.defer("fields", "customer__note", "customer__consent", "customer__spelling")
    return paged(rows, code, chosen, cursor=cursor, limit=limit)


def rare(code: str, chosen: Filter | None) -> bool:
    """Whether what is asked for may be rare among all there ever was, with no index that leads to it."""
    if code != "all" or chosen is None:
        return False
    led = chosen.kind or chosen.owner_id or chosen.customer_id or (chosen.asked and chosen.asked.words)
    loose = chosen.channel or chosen.tier or chosen.state or chosen.priority or chosen.tag or chosen.q.strip()
    return bool(loose and not led)


def paged(
    rows: QuerySet[Any], code: str, chosen: Filter | None, *, cursor: str | None, limit: int
) -> Page[Any]:
    """A page in the view's order. Where the rows may be rare, a short page leads on to the next stretch of cases."""
    order = view_of(code).order
    if order != NEWEST:
        rows = rows.filter(due_at__isnull=False)
    if rare(code, chosen):
        return paginate_in_windows(
            rows, Case.objects.all(), order=order, cursor=cursor, limit=limit, window=COUNTED
        )
    return paginate(rows, order=order, cursor=cursor, limit=limit)


def count(code: str, actor: Actor, at: datetime) -> int:
    """How many, counted no further than MOST."""
    return len(rows_of(code, actor, at).order_by().values_list("pk", flat=True)[:MOST])


def kept_filter(query: Mapping[str, Any]) -> Filter:
    """The filter a saved view was kept with; what is no number any more narrows nothing."""

    def number(name: str) -> int | None:
        given = str(query.get(name, ""))
        return int(given) if given.isdecimal() and len(given) < 19 else None

    words: dict[str, Any] = {
        name: str(query.get(name, "")) for name in ("kind", "channel", "tier", "state", "tag", "q")
    }
    return Filter(
        **words, priority=number("priority"), owner_id=number("owner"), customer_id=number("customer")
    )


def saved_count(query: Mapping[str, Any], actor: Actor, at: datetime) -> int | None:
    """How many a saved view holds, no further than MOST. Of all that ever was only the newest are looked at: a rare
    filter would read the whole table for it."""
    code = str(query.get("view", "active"))
    if code not in VIEWS:
        return None
    rows = rows_of(code, actor, at, kept_filter(query))
    if code == "all":
        newest = Case.objects.order_by("-id").values_list("pk", flat=True).first() or 0
        rows = rows.filter(pk__gt=newest - COUNTED)
    return len(rows.order_by().values_list("pk", flat=True)[:MOST])


def counts(actor: Actor, at: datetime) -> dict[str, int]:
    return {code: count(code, actor, at) for code, view in VIEWS.items() if view.counted}


def waiting_badge(actor: Actor) -> Figure:
    """Where handoffs are offered, the cases among them may be mine too, and the view itself is counted."""
    from shouwen.platform.access import now

    def figure(handed: int, waiting: int) -> int | None:
        return (count("waiting", actor, now()) if handed else waiting) or None

    if not (actor.user_id and actor.can(permissions.SEE_ALL)):
        return count("waiting", actor, now()) or None
    asked = {"staff": actor.user_id}
    return Counted(((HANDED, asked), (WAITING, asked)), figure)


def unread_notices(actor: Actor) -> Counted:
    return Counted(((UNREAD, {"user": actor.user_id or 0}),))


def notices(actor: Actor, *, cursor: str | None = None, limit: int = 30) -> Page[Notice]:
    rows = Notice.objects.filter(user_id=actor.user_id or 0).select_related("case")
    return paginate(rows, order=("-id",), cursor=cursor, limit=limit)


def open_by_owner(staff_ids: Collection[int]) -> dict[int, int]:
    """Active cases by owner, for those asked about."""
    rows = Case.objects.filter(active=True, owner_id__in=staff_ids).values_list("owner_id")
    return dict(rows.annotate(n=Count("id")))
