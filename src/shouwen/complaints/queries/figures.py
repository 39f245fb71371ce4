"""Which complaints stand behind each figure of the analysis: the figure is counted over the very rows its list shows."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from shouwen.complaints.models import Body, Cause, Complaint, Grant, OutsideMatter, StageVisit
from shouwen.complaints.queries.labels import STAGE_LABELS
from shouwen.kernel.errors import Invalid

LATER = timedelta(days=180)  # who complains again within it
CLOSED = timedelta(days=730)  # of these who were closed within it: older ones say little about us today

FEW = 500
OURS = ("ours", "shared")

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
        return _of(rows, visits(since, until).filter(stage=key))
    if figure == "granted_in":
        return _of(rows, grants(since, until).filter(in_stage=key))
    if figure in {"recovered", "recovered_again", "others", "others_again"}:
        helped = figure.startswith("recovered")
        if figure.endswith("_again"):
            return closed(rows, until, recovered=helped, again=True)
        # In the list's order, never by the index over the end: two years of ends would be sorted for one page.
        return closed(rows.alias(ended=Coalesce("closed_at", "opened_at")), until, "ended", recovered=helped)
    return _narrowed(of_span(rows, since, until), figure, key)


def _of(rows: QuerySet[Complaint], records: QuerySet[Any]) -> QuerySet[Complaint]:
    """Complaints with such a record. Few records name them; among many the newest complaints are soon found."""
    few = list(records.order_by().values_list("complaint_id", flat=True).distinct()[: FEW + 1])
    if len(few) <= FEW:
        return rows.filter(pk__in=few)
    return rows.filter(Exists(records.filter(complaint=OuterRef("pk"))))


def _narrowed(rows: QuerySet[Complaint], figure: str, key: str) -> QuerySet[Complaint]:
    matters = OutsideMatter.objects.filter(complaint=OuterRef("pk"))
    narrow: dict[str, Any] = {
        "all": lambda: rows,
        "decided": lambda: rows.exclude(validity=""),
        "valid": lambda: rows.filter(validity="valid"),
        "ours": lambda: rows.filter(liability__in=OURS),
        "repeats": lambda: rows.filter(customer_id__in=often(rows)),
        "outside": lambda: rows.filter(Exists(matters)),
        "body": lambda: rows.filter(Exists(matters.filter(body=key))),
        "granted": lambda: rows.filter(granted__gt=0),
        "cause": lambda: rows.filter(cause=key) if key else rows.exclude(cause=""),
    }
    found: QuerySet[Complaint] = narrow[figure]()
    return found


def often(rows: QuerySet[Complaint]) -> QuerySet[Any, Any]:
    """Customers with more than one of `rows`."""
    counted = rows.order_by().values("customer_id").annotate(n=Count("pk")).filter(n__gt=1)
    return counted.values("customer_id")


def visits(since: datetime, until: datetime) -> QuerySet[StageVisit]:
    return StageVisit.objects.filter(left_at__gte=since, left_at__lt=until)


def grants(since: datetime, until: datetime) -> QuerySet[Any]:
    """What was granted in complaints in the span and not released."""
    rows = Grant.objects.filter(granted_at__gte=since, granted_at__lt=until, released_at=None)
    return rows.filter(complaint__isnull=False).order_by()


def closed(
    rows: QuerySet[Complaint], until: datetime, ended: str = "closed_at", **kept: bool
) -> QuerySet[Complaint]:
    """Valid complaints that were closed; with or without a recovery whose customer was asked whether it helped."""
    within = {f"{ended}__gte": until - CLOSED, f"{ended}__lt": until}
    return rows.filter(state="closed", validity="valid", **within, **kept)
