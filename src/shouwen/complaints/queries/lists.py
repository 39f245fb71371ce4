"""Lists: complaints by stage and verdict, the compensation ledger with its sums."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from shouwen.complaints.models import Budget, Complaint, Grant, OutsideMatter
from shouwen.complaints.queries import figures
from shouwen.complaints.queries.one import WITH, visible_to
from shouwen.complaints.rules import authority
from shouwen.kernel.money import Money
from shouwen.platform.access import Actor

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
LEDGER_ORDER = ("-granted_at", "-id")


@dataclass(frozen=True)
class Filter:
    state: str = "active"
    stage: str = ""
    whose: str = "all"
    liability: str = ""
    validity: str = ""
    overdue: bool = False
    outside: bool = False
    heavy: bool = False
    figure: str = ""
    key: str = ""
    since: datetime | None = None


def listed(actor: Actor, chosen: Filter, at: datetime) -> QuerySet[Complaint]:
    """Newest first; page it by ("-opened_at", "-id")."""
    rows = visible_to(actor).select_related(*WITH)
    if chosen.state not in {"", "all"}:
        rows = rows.filter(state=chosen.state)
    if chosen.stage:
        rows = rows.filter(stage=chosen.stage)
    if chosen.liability:
        rows = rows.filter(liability=chosen.liability)
    if chosen.validity:
        rows = rows.filter(validity=chosen.validity)
    if chosen.whose == "mine":
        rows = rows.filter(pk__in=_mine(actor))
    if chosen.overdue:
        # Said so that the list comes in its own order: by the index over `due_at` all that is late would be sorted.
        rows = rows.alias(due=Coalesce("due_at", Value(NEVER))).filter(state="active", due__lte=at)
    if chosen.heavy:
        rows = rows.filter(weight__gte=3)
    if chosen.figure:
        rows = figures.behind(rows, chosen.figure, chosen.key, chosen.since or at - figures.CLOSED, at)
    if chosen.outside:
        rows = rows.filter(Exists(OutsideMatter.objects.filter(complaint=OuterRef("pk"))))
    return rows


def _mine(actor: Actor) -> QuerySet[Any, Any]:
    """Two looks into two indexes: said as "or" over two tables, PostgreSQL walks through all complaints there are."""
    owned = Complaint.objects.filter(case__owner_id=actor.user_id).order_by().values("pk")
    return owned.union(Complaint.objects.filter(investigator_id=actor.user_id).order_by().values("pk"))


def stage_counts(actor: Actor) -> dict[str, int]:
    """How many are in work in each stage: over the open ones only, which stay few."""
    rows = visible_to(actor).filter(state="active").values("stage").annotate(n=Count("pk")).order_by()
    return {row["stage"]: row["n"] for row in rows}


def ledger(*, remedy: str = "", month: date | None = None, standing: str = "") -> QuerySet[Grant]:
    """Lines of the compensation ledger, newest first; page it by LEDGER_ORDER."""
    rows = Grant.objects.select_related("case__customer", "approval")
    if remedy:
        rows = rows.filter(remedy=remedy)
    if month is not None:
        start = datetime(month.year, month.month, 1, tzinfo=_zone())
        end = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=_zone())
        rows = rows.filter(granted_at__gte=start, granted_at__lt=end)
    if standing == "open":
        rows = rows.filter(settled_at=None, released_at=None)
    elif standing == "settled":
        rows = rows.filter(settled_at__isnull=False)
    elif standing == "released":
        rows = rows.filter(released_at__isnull=False)
    return rows


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class MonthSum:
    """What was granted in a month and not released; `left` of its budget, None where none was set."""

    month: date
    count: int
    granted: Money
    settled: Money
    budget: Money | None

    @property
    def left(self) -> Money | None:
        return self.budget - self.granted if self.budget is not None else None

    @property
    def share(self) -> int:
        """Of the budget, in per cent."""
        if self.budget is None or not self.budget.amount:
            return 0
        return round(100 * self.granted.amount / self.budget.amount)


def month_sums(at: datetime, *, months: int = 6) -> list[MonthSum]:
    """The newest months first, each with its budget."""
    first = authority.start_of("month", at, settings.TIME_ZONE)
    wanted = [first.date()]
    while len(wanted) < months:
        last = wanted[-1]
        wanted.append(date(last.year - (last.month == 1), (last.month - 2) % 12 + 1, 1))
    starts = [datetime(one.year, one.month, 1, tzinfo=_zone()) for one in wanted]
    of_month = Case(
        *(When(granted_at__gte=start, then=Value(number)) for number, start in enumerate(starts)),
        output_field=IntegerField(),
    )
    rows = (
        Grant.objects.filter(granted_at__gte=starts[-1], released_at=None)
        .annotate(in_month=of_month)
        .values("in_month")
        .annotate(n=Count("pk"), sum=Sum("amount"), paid=Sum("amount", filter=Q(settled_at__isnull=False)))
        .order_by()
    )
    sums = {wanted[row["in_month"]]: row for row in rows}
    budgets = dict(Budget.objects.filter(month__in=wanted).values_list("month", "amount"))
    found = []
    for month in wanted:
        row: Any = sums.get(month, {})
        budget = Money(budgets[month]) if month in budgets else None
        found.append(
            MonthSum(month, row.get("n", 0), Money(row.get("sum") or 0), Money(row.get("paid") or 0), budget)
        )
    return found


def sums_by_remedy(since: datetime) -> list[tuple[str, int, Money]]:
    rows = (
        Grant.objects.filter(granted_at__gte=since, released_at=None)
        .values("remedy")
        .annotate(n=Count("pk"), sum=Sum("amount"))
        .order_by("-sum")
    )
    return [(row["remedy"], row["n"], Money(row["sum"] or 0)) for row in rows]
