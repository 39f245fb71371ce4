"""Our complaints in figures, and lists from elsewhere beside them (CMP-9); recovered customers against others (CMP-7).

Shares carry their n and a 95 % interval (Wilson). Everything counts complaints opened in the asked span.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Avg, Count, Exists, F, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from shouwen.complaints.models import (
    Cause,
    Complaint,
    ComplaintList,
    Grant,
    ListedComplaint,
    OutsideMatter,
    Recovery,
    StageVisit,
)
from shouwen.complaints.queries.labels import STAGE_LABELS
from shouwen.complaints.rules import lists
from shouwen.complaints.rules.lists import Bar
from shouwen.customers import queries as customers
from shouwen.kernel.errors import NotFound
from shouwen.kernel.money import Money
from shouwen.kernel.statistics import Share, share_with_interval
from shouwen.platform.access import SYSTEM
from shouwen.platform.files import queries as files

SALT = "shouwen.complaints.list"
UPLOAD_SECONDS = 3600
LATER = timedelta(days=180)
MOST_COMPARED = 5_000  # the newest; more would say the same


@dataclass(frozen=True)
class Figures:
    """`per_thousand`: complaints per thousand customers on record; None where there is nobody."""

    count: int
    per_thousand: float | None
    valid: Share
    ours: Share
    repeats: Share
    outside: Share
    causes: list[Bar]
    stages: list[tuple[Any, float, int]]
    cost: Money
    cost_each: Money | None
    recovered: Share
    others: Share


def figures(since: datetime, until: datetime) -> Figures:
    rows = Complaint.objects.filter(opened_at__gte=since, opened_at__lt=until).exclude(state="no_complaint")
    count = rows.count()
    decided = rows.exclude(validity="")
    n_decided = decided.count()
    people = customers.visible_to(SYSTEM).count()
    cost = Grant.objects.filter(complaint__in=rows, released_at=None).aggregate(sum=Sum("amount"))["sum"] or 0
    outside = rows.filter(Exists(OutsideMatter.objects.filter(complaint=OuterRef("pk")))).count()
    return Figures(
        count=count,
        per_thousand=1000 * count / people if people else None,
        valid=share_with_interval(decided.filter(validity="valid").count(), n_decided),
        ours=share_with_interval(decided.filter(liability__in=["ours", "shared"]).count(), n_decided),
        repeats=_repeats(rows),
        outside=share_with_interval(outside, count),
        causes=causes(rows),
        stages=stage_times(since, until),
        cost=Money(cost),
        cost_each=Money(round(cost / count)) if count else None,
        recovered=_came_back(with_recovery=True),
        others=_came_back(with_recovery=False),
    )


def _repeats(rows: QuerySet[Complaint]) -> Share:
    """Customers who complained more than once, of all who complained."""
    by_customer = rows.values("case__customer_id").annotate(n=Count("pk")).order_by()
    many = sum(1 for row in by_customer if row["n"] > 1)
    return share_with_interval(many, len(by_customer))


def causes(rows: QuerySet[Complaint]) -> list[Bar]:
    labels = dict(Cause.choices)
    counted = rows.exclude(cause="").values_list("cause").annotate(n=Count("pk")).order_by()
    return lists.pareto((str(labels.get(code, code)), n) for code, n in counted)


def stage_times(since: datetime, until: datetime) -> list[tuple[Any, float, int]]:
    """(stage, mean hours by the wall clock, how many visits) of visits that ended in the span."""
    visits = StageVisit.objects.filter(left_at__gte=since, left_at__lt=until)
    counted = visits.values("stage").annotate(mean=Avg(F("left_at") - F("entered_at")), n=Count("pk"))
    known = {row["stage"]: row for row in counted.order_by()}
    return [
        (label, known[code]["mean"].total_seconds() / 3600, known[code]["n"])
        for code, label in STAGE_LABELS.items()
        if code in known
    ]


def _came_back(*, with_recovery: bool) -> Share:
    """Of customers whose valid complaint was closed (with or without a followed-up recovery): how many complained
    again within 180 days. Fewer among the recovered would be the recovery paradox; the intervals say how sure."""
    done = Complaint.objects.filter(state="closed", validity="valid", closed_at__isnull=False)
    helped = Exists(Recovery.objects.filter(complaint=OuterRef("pk"), followed_at__isnull=False))
    done = done.filter(helped) if with_recovery else done.filter(~helped)
    ended = list(done.order_by("-closed_at").values_list("case__customer_id", "closed_at")[:MOST_COMPARED])
    later: dict[int, list[datetime]] = {}
    who = {customer for customer, _closed in ended}
    opened = Complaint.objects.filter(case__customer_id__in=who).values_list("case__customer_id", "opened_at")
    for customer, moment in opened:
        later.setdefault(customer, []).append(moment)
    again = sum(
        any(closed < moment < closed + LATER for moment in later.get(customer, ()))
        for customer, closed in ended
        if closed is not None
    )
    return share_with_interval(again, len(ended))


# --- lists from elsewhere --------------------------------------------------------------------------------


def complaint_lists() -> QuerySet[ComplaintList]:
    return ComplaintList.objects.all()


def complaint_list(list_id: int) -> ComplaintList:
    found = ComplaintList.objects.filter(pk=list_id).first()
    if found is None:
        raise NotFound(_("There is no such list."))
    return found


def list_pareto(list_id: int, by: str = "issue") -> list[Bar]:
    """By "issue" or "company"."""
    counted = ListedComplaint.objects.filter(of=list_id).exclude(**{by: ""})
    return lists.pareto(counted.values_list(by).annotate(n=Count("pk")).order_by())


def upload_token(file_id: int) -> str:
    return signing.dumps(file_id, salt=SALT)


@dataclass(frozen=True)
class Preview:
    """An uploaded table before it is taken in: its columns, what they probably mean, its first rows."""

    name: str
    content: bytes
    columns: list[str]
    guess: dict[str, str]
    first: list[list[str]]


def preview(token: str) -> Preview:
    try:
        file_id = signing.loads(token, salt=SALT, max_age=UPLOAD_SECONDS)
    except signing.BadSignature:
        raise NotFound(_("This upload is gone; hand the file in again.")) from None
    name, content = files.get(file_id).name, files.content(file_id)
    text = lists.decoded(content)
    columns = lists.headers(text)
    rows = lists.table(text)
    next(rows)
    return Preview(
        name, content, columns, lists.guess(columns), [row for row, _n in zip(rows, range(5), strict=False)]
    )
