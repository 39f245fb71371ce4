"""Which complaints stand behind each figure of the analysis: the figure is counted over the very rows its list shows."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.utils.translation import gettext_lazy as _

from shouwen.complaints.models import Body, Cause, Complaint, Grant, OutsideMatter, Recovery, StageVisit
from shouwen.complaints.queries.labels import STAGE_LABELS
from shouwen.kernel.errors import Invalid

LATER = timedelta(days=180)  # who complains again within it
CLOSED = timedelta(days=730)  # of these who were closed within it: older ones say little about us today

FIGURES: dict[str, Any] = {
    "all": _("all complaints"),
    "decided": _("nature decided"),
    "valid": _("valid"),
    "ours": _("ours or shared"),
    "repeats": _("of customers who complained more than once"),
    "outside": _("with an outside body"),
    "granted": _("something was granted"),
    "cause": _("Main cause"),
    "body": _("Outside body"),
    "stage": _("passed or left this stage"),
    "granted_in": _("something was granted in this stage"),
    "recovered": _("closed with a recovery"),
    "recovered_again": _("complained again after a recovery"),
    "others": _("closed without a recovery"),
    "others_again": _("complained again without a recovery"),
}
KEYS: dict[str, dict[str, Any]] = {
    "cause": dict(Cause.choices),
    "body": dict(Body.choices),
    "stage": STAGE_LABELS,
    "granted_in": STAGE_LABELS,
}


def label(figure: str, key: str) -> str:
    """How the list says what it was narrowed to."""
    said = str(FIGURES[figure])
    return f"{said}: {KEYS[figure].get(key, key)}" if figure in KEYS else said


def known(figure: str, key: str) -> str:
    """The figure, if it is one and has that key."""
    if figure and figure not in FIGURES:
        raise Invalid(_("Choose one of the listed values."), field="figure")
    if key and key not in KEYS.get(figure, ()):
        raise Invalid(_("Choose one of the listed values."), field="key")
    return figure


def of_span(rows: QuerySet[Complaint], since: datetime, until: datetime) -> QuerySet[Complaint]:
    return rows.filter(opened_at__gte=since, opened_at__lt=until).exclude(state="no_complaint")


def behind(
    rows: QuerySet[Complaint], figure: str, key: str, since: datetime, until: datetime
) -> QuerySet[Complaint]:
    """Of `rows` those that the figure counts."""
    if figure == "stage":
        return rows.filter(Exists(visits(since, until).filter(complaint=OuterRef("pk"), stage=key)))
    if figure == "granted_in":
        return rows.filter(Exists(grants(since, until).filter(complaint=OuterRef("pk"), in_stage=key)))
    if figure in {"recovered", "recovered_again", "others", "others_again"}:
        ended = closed(rows, until, with_recovery=figure.startswith("recovered"))
        return ended.filter(Exists(_later())) if figure.endswith("_again") else ended
    return _narrowed(of_span(rows, since, until), figure, key)


def _narrowed(rows: QuerySet[Complaint], figure: str, key: str) -> QuerySet[Complaint]:
    matters = OutsideMatter.objects.filter(complaint=OuterRef("pk"))
    live = Grant.objects.filter(complaint=OuterRef("pk"), released_at=None)
    narrow: dict[str, Any] = {
        "all": lambda: rows,
        "decided": lambda: rows.exclude(validity=""),
        "valid": lambda: rows.filter(validity="valid"),
        "ours": lambda: rows.filter(liability__in=["ours", "shared"]),
        "repeats": lambda: rows.filter(case__customer_id__in=often(rows)),
        "outside": lambda: rows.filter(Exists(matters)),
        "body": lambda: rows.filter(Exists(matters.filter(body=key))),
        "granted": lambda: rows.filter(Exists(live)),
        "cause": lambda: rows.filter(cause=key) if key else rows.exclude(cause=""),
    }
    found: QuerySet[Complaint] = narrow[figure]()
    return found


def often(rows: QuerySet[Complaint]) -> QuerySet[Any, Any]:
    """Customers with more than one of `rows`."""
    counted = rows.order_by().values("case__customer_id").annotate(n=Count("pk")).filter(n__gt=1)
    return counted.values("case__customer_id")


def visits(since: datetime, until: datetime) -> QuerySet[StageVisit]:
    return StageVisit.objects.filter(left_at__gte=since, left_at__lt=until)


def grants(since: datetime, until: datetime) -> QuerySet[Any]:
    """What was granted in the span and not released, each with the stage the complaint stood in then."""
    then = StageVisit.objects.filter(
        complaint=OuterRef("complaint"), entered_at__lte=OuterRef("granted_at")
    ).order_by("-entered_at", "-id")
    rows = Grant.objects.filter(granted_at__gte=since, granted_at__lt=until, released_at=None)
    return rows.annotate(in_stage=Subquery(then.values("stage")[:1])).order_by()


def closed(rows: QuerySet[Complaint], until: datetime, *, with_recovery: bool) -> QuerySet[Complaint]:
    """Valid complaints that were closed, with or without a recovery whose customer was asked whether it helped."""
    done = rows.filter(state="closed", validity="valid", closed_at__gte=until - CLOSED, closed_at__lt=until)
    helped = Exists(Recovery.objects.filter(complaint=OuterRef("pk"), followed_at__isnull=False))
    return done.filter(helped) if with_recovery else done.filter(~helped)


def _later() -> QuerySet[Complaint]:
    """Another complaint of the same customer within 180 days after this one was closed."""
    end = ExpressionWrapper(OuterRef("closed_at") + LATER, output_field=DateTimeField())
    return Complaint.objects.filter(
        case__customer_id=OuterRef("case__customer_id"),
        opened_at__gt=OuterRef("closed_at"),
        opened_at__lt=end,
    )
