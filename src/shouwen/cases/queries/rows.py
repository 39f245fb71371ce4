"""Rows of the inbox list: two lines a person reads at a glance."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from shouwen.cases import permissions
from shouwen.cases.models import SavedView
from shouwen.cases.queries.chips import Chip, chip_of
from shouwen.cases.queries.inbox import Filter, exact, paged, rare, rows_of, view_of
from shouwen.cases.queries.kinds import kind_label, kinds
from shouwen.cases.queries.one import visible_to
from shouwen.kernel.references import reference
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.web.environment import ago
from shouwen.platform.web.paging import first_page

OWN_ACTIVE, OWN_LATEST = 20, 8  # of one customer
URGENT = 2  # priorities 1 and 2 are shown; the ordinary ones would be noise


PLAIN = {"mine", "escalated", "resolved", "aside", "active", "all"}  # views that depend only on who asks
COLUMNS = (
    "id",
    "subject_line",
    "last_words",
    "customer__name",
    "tier",
    "channel",
    "owner_id",
    "owner__name",
    "kind",
    "priority",
    "emotion",
    "active",
    "awaiting",
    "last_direction",
    "last_at",
    "state",
    "due_at",
    "due_sort",
)


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    ref: str
    subject: str
    last: str
    customer: str
    tier: str
    channel: str
    owner: str
    mine: bool
    kind: str
    priority: int
    emotion: str
    waits: bool
    chip: Chip | None
    at: datetime
    ago: str
    state: str


def row_page(
    code: str, actor: Actor, at: datetime, *, chosen: Filter, cursor: str | None = None, limit: int = 50
) -> tuple[list[Row], str | None]:
    """One page of a view's rows and the cursor of the next: one statement that reads what is shown and no more."""
    order = view_of(code).order
    if cursor is None and _plain(code, actor, chosen):
        asked = exact(chosen)
        read = _prepared(code, actor.can(permissions.SEE_RESTRICTED), tuple(asked), limit)
        page = first_page(read.all(staff=actor.user_id, **asked), order=order, limit=limit)
    else:
        found = rows_of(code, actor, at, chosen).values_list(*COLUMNS, named=True)
        page = paged(found, code, chosen, cursor=cursor, limit=limit)
    labels = {code: kind_label(code) for code in kinds()}
    return [_row(case, labels, actor, at) for case in page.items], page.next_cursor


def _plain(code: str, actor: Actor, chosen: Filter) -> bool:
    """Whether the first page is asked for as it nearly always is: by view and exact filters, by who sees all cases."""
    usual = code in PLAIN and not chosen.tag and not chosen.q.strip() and not rare(code, chosen)
    return usual and actor.is_staff and actor.user_id is not None and actor.can(permissions.SEE_ALL)


@lru_cache(maxsize=256)
def _prepared(code: str, restricted: bool, names: tuple[str, ...], limit: int) -> db.Read[Any]:
    may = {permissions.SEE, permissions.SEE_ALL, *([permissions.SEE_RESTRICTED] if restricted else [])}

    def ask(*, staff: Any, **asked: Any) -> Any:
        who = Actor(user_id=staff, kind="staff", permissions=frozenset(may))
        view = view_of(code)
        rows = view.narrow(visible_to(who), who, datetime.min.replace(tzinfo=UTC)).filter(**asked)
        return rows.order_by(*view.order).values_list(*COLUMNS, named=True)[: limit + 1]

    return db.Read(ask, gaps=("staff", *names))


def _row(case: Any, labels: dict[str, str], actor: Actor, at: datetime) -> Row:
    return Row(
        case.id,
        reference(case.id),
        case.subject_line,
        case.last_words,
        case.customer__name,
        case.tier,
        case.channel,
        case.owner__name or "",
        case.owner_id == actor.user_id,
        labels.get(case.kind, case.kind),
        case.priority if case.priority <= URGENT else 0,
        "" if case.emotion == "calm" else case.emotion,
        case.active and case.awaiting == "us" and case.last_direction == "inbound",
        chip_of(case, at),
        case.last_at,
        ago(case.last_at, at),
        case.state,
    )


@dataclass(frozen=True)
class Requests:
    """A customer's requests: those in work, then the latest others; `more` when there are further ones."""

    active: list[Row]
    ended: list[Row]
    more: bool


def requests_of(customer_id: int, actor: Actor, at: datetime) -> Requests:
    """Two statements, each led by the customer."""
    asked = Filter(customer_id=customer_id)
    active, more_active = row_page("active", actor, at, chosen=asked, limit=OWN_ACTIVE)
    latest, more = row_page("all", actor, at, chosen=asked, limit=OWN_LATEST)
    shown = {row.pk for row in active}
    return Requests(active, [row for row in latest if row.pk not in shown], bool(more or more_active))


def saved_views(actor: Actor) -> list[SavedView]:
    """A person's own saved views and those shared with all."""
    return list(SavedView.objects.filter(Q(staff_id=actor.user_id) | Q(shared=True))[:60])
