"""Our complaints in figures, and lists from elsewhere beside them (CMP-9); recovered customers against others (CMP-7).

Shares carry their n and a 95 % interval (Wilson). Everything counts complaints opened in the asked span, but times and
grants of stages, which count what happened in it, and recoveries, which count what was closed within two years.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from shouwen.complaints.models import (
    Body,
    Cause,
    Complaint,
    ComplaintList,
    ListedComplaint,
    OutsideMatter,
)
from shouwen.complaints.queries import figures as behind
from shouwen.complaints.queries.labels import STAGE_LABELS
from shouwen.complaints.queries.one import hidden_from, visible_to
from shouwen.complaints.rules import lists
from shouwen.complaints.rules.lists import Bar
from shouwen.customers import queries as customers
from shouwen.kernel.errors import Invalid, NotFound, Sentence
from shouwen.kernel.money import Money
from shouwen.kernel.statistics import Share, share_with_interval
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.files import queries as files

SALT = "shouwen.complaints.list"
UPLOAD_SECONDS = 3600
PARTS = ("issue", "company", "product", "outcome")


@dataclass(frozen=True)
class StageTime:
    """Visits of a stage that ended in the span, and what was granted while complaints stood in it."""

    stage: str
    label: Any
    hours: float | None
    visits: int
    complaints: int
    granted: Money


@dataclass(frozen=True)
class Figures:
    """`per_thousand`: complaints per thousand customers on record; None where there is nobody."""

    count: int
    per_thousand: float | None
    valid: Share
    ours: Share
    repeats: Share
    outside: Share
    bodies: list[Bar]
    causes: list[Bar]
    stages: list[StageTime]
    cost: Money
    cost_each: Money | None
    granted: int
    recovered: Share
    others: Share


def figures(since: datetime, until: datetime, actor: Actor = SYSTEM) -> Figures:
    """Over the complaints that exist for `actor`, so that each figure is as long as the list behind it."""
    hidden = hidden_from(actor)
    known = visible_to(actor) if hidden is None else Complaint.objects.exclude(pk__in=hidden)
    rows = behind.of_span(known, since, until)
    verdicts = _verdicts(rows)
    whole, cost = verdicts["all"], verdicts["cost"]
    decided = whole - verdicts["undecided"]
    people = customers.visible_to(SYSTEM).count()
    outside, bodies = _outside(rows)
    recovered, others = _recoveries(known, until)
    return Figures(
        count=whole,
        per_thousand=1000 * whole / people if people else None,
        valid=share_with_interval(verdicts["valid"], decided),
        ours=share_with_interval(verdicts["ours"], decided),
        repeats=_repeats(rows),
        outside=share_with_interval(outside, whole),
        bodies=bodies,
        causes=_named(
            [(code, n) for code in Cause.values if (n := verdicts[f"cause_{code}"])], dict(Cause.choices)
        ),
        stages=stage_times(since, until, known, hidden),
        cost=Money(cost),
        cost_each=Money(round(cost / whole)) if whole else None,
        granted=verdicts["given"],
        recovered=recovered,
        others=others,
    )


def _verdicts(rows: QuerySet[Complaint]) -> dict[str, int]:
    """Counts by verdict and by cause (`cause_…`), and what was granted: one pass, nothing sorted into groups."""

    def where(**kept: Any) -> Count:  # of a column of the index, so that no row is looked up
        return Count("opened_at", filter=Q(**kept))

    causes = {f"cause_{code}": where(cause=code) for code in Cause.values}
    found = rows.order_by().aggregate(
        all=Count("*"),
        undecided=where(validity=""),
        valid=where(validity="valid"),
        ours=where(liability__in=behind.OURS),
        given=where(granted__gt=0),
        cost=Sum("granted"),
        **causes,
    )
    return {name: value or 0 for name, value in found.items()}


def _repeats(rows: QuerySet[Complaint]) -> Share:
    """Customers who complained more than once, of all who complained."""
    each = rows.order_by().values("customer_id").annotate(n=Count("*"))
    found = each.aggregate(everybody=Count("customer_id"), often=Count("customer_id", filter=Q(n__gt=1)))
    return share_with_interval(found["often"], found["everybody"])


def _recoveries(known: QuerySet[Complaint], until: datetime) -> tuple[Share, Share]:
    """Who complained again: of those whose recovery was asked after, and of the others."""
    closed = behind.closed(known, until).order_by().values("recovered")
    counted = closed.annotate(n=Count("*"), came=Count("closed_at", filter=Q(again=True)))
    found = {row["recovered"]: (row["came"], row["n"]) for row in counted}
    return share_with_interval(*found.get(True, (0, 0))), share_with_interval(*found.get(False, (0, 0)))


def _named(counts: Any, labels: dict[str, Any]) -> list[Bar]:
    bars = lists.pareto((code, n) for code, n in counts)
    return [replace(bar, label=str(labels.get(bar.label, bar.label)), key=bar.label) for bar in bars]


def _outside(rows: QuerySet[Complaint]) -> tuple[int, list[Bar]]:
    """How many complaints an outside body deals with, and how many each; one with two of them counts for both."""
    matters = OutsideMatter.objects.filter(complaint__in=rows)
    pairs = set(matters.order_by().values_list("complaint_id", "body"))
    return len({pk for pk, _body in pairs}), _named(
        Counter(body for _pk, body in pairs).items(), dict(Body.choices)
    )


def stage_times(
    since: datetime, until: datetime, known: QuerySet[Complaint], hidden: list[int] | None
) -> list[StageTime]:
    """Mean hours by the wall clock of visits that ended in the span, and what was granted in it, by stage: of all
    complaints but `hidden`, or where that is None of those `known`."""
    ended, given = behind.visits(since, until), behind.grants(since, until)
    if hidden is None:
        ended, given = ended.filter(complaint__in=known), given.filter(complaint__in=known)
    else:
        ended, given = ended.exclude(complaint__in=hidden), given.exclude(complaint__in=hidden)
    counted = ended.values("stage").annotate(
        mean=Avg("lasted"),
        n=Count("*"),
        of=Count("left_at", filter=Q(left_before=None) | Q(left_before__lt=since)),
    )
    timed = {row["stage"]: row for row in counted.order_by()}
    sums = {row["in_stage"]: row["sum"] for row in given.values("in_stage").annotate(sum=Sum("amount"))}
    found = []
    for code, label in STAGE_LABELS.items():
        row: Any = timed.get(code, {})
        if row or sums.get(code):
            mean = row["mean"].total_seconds() / 3600 if row else None
            granted = Money(sums.get(code) or 0)
            found.append(StageTime(code, label, mean, row.get("n", 0), row.get("of", 0), granted))
    return found


# --- lists from elsewhere --------------------------------------------------------------------------------


def complaint_lists() -> QuerySet[ComplaintList]:
    return ComplaintList.objects.all()


def complaint_list(list_id: int) -> ComplaintList:
    found = ComplaintList.objects.filter(pk=list_id).first()
    if found is None:
        raise NotFound(_("There is no such list."))
    return found


def part(by: str) -> str:
    """What a list can be counted by."""
    if by not in PARTS:
        raise Invalid(_("Choose one of the listed values."), field="by")
    return by


def mapping(text: str, content: bytes) -> dict[str, str]:
    """The mapping that was sent as JSON; where none was, what the table's columns are probably called."""
    return lists.mapping_of(text) or lists.guess(lists.headers(lists.decoded(content)))


def reason(entry: dict[str, Any]) -> Sentence:
    """Why a row was refused."""
    return Sentence(entry["reason"], entry["params"])


def list_pareto(list_id: int, by: str = "issue") -> list[Bar]:
    """By one of PARTS; rows that say nothing of it are left out."""
    counted = ListedComplaint.objects.filter(of=list_id).exclude(**{by: ""})
    return lists.pareto(counted.values_list(by).annotate(n=Count("*")).order_by())


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
