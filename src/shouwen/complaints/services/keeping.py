"""Figures kept beside what they are counted from: changed in the same transaction, and reckoned anew where something
below moved (customers merged) or the rows were written in bulk."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import (
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from shouwen.cases.models import Case
from shouwen.complaints.models import Complaint, Grant, Recovery, StageVisit
from shouwen.complaints.queries.figures import LATER

JUST_NOW = timedelta(days=2)  # long enough for a worker that was down over night


def opened(complaint: Complaint) -> None:
    """A new one: what the same customer complained of before was not the last time."""
    earlier = Complaint.objects.filter(
        customer_id=complaint.customer_id,
        closed_at__gt=complaint.opened_at - LATER,
        closed_at__lt=complaint.opened_at,
    )
    earlier.update(again=True)


def closed(complaint: Complaint, at: datetime) -> bool:
    """Whether the customer of a complaint that is closed now came with another one since. Not saved here."""
    since = Complaint.objects.filter(customer_id=complaint.customer_id, opened_at__gt=at)
    return since.filter(opened_at__lt=at + LATER).exists()


def granted(complaint: Complaint) -> None:
    """What stands in the ledger for it now."""
    live = Grant.objects.filter(complaint=complaint, released_at=None)
    complaint.granted = live.aggregate(sum=Sum("amount"))["sum"] or 0
    complaint.save(update_fields=["granted"])


@transaction.atomic
def reckon(rows: QuerySet[Complaint]) -> None:
    """Every kept figure of these complaints from what it is counted from; running it again changes nothing."""
    case = Case.objects.filter(pk=OuterRef("case_id")).values("customer_id")
    live = Grant.objects.filter(complaint=OuterRef("pk"), released_at=None).order_by().values("complaint")
    helped = Recovery.objects.filter(complaint=OuterRef("pk"), followed_at__isnull=False)
    rows.update(
        customer_id=Subquery(case[:1]),
        granted=Coalesce(Subquery(live.annotate(sum=Sum("amount")).values("sum")), 0),
        recovered=Exists(helped),
    )
    rows.update(again=Exists(_since()))
    ids = rows.values("pk")
    StageVisit.objects.filter(complaint__in=ids, left_at__isnull=False).update(
        lasted=F("left_at") - F("entered_at")
    )
    before = StageVisit.objects.filter(
        complaint=OuterRef("complaint"), stage=OuterRef("stage"), left_at__isnull=False, pk__lt=OuterRef("pk")
    )
    StageVisit.objects.filter(complaint__in=ids).update(
        left_before=Subquery(before.order_by("-pk").values("left_at")[:1])
    )
    then = StageVisit.objects.filter(
        complaint=OuterRef("complaint"), entered_at__lte=OuterRef("granted_at")
    ).order_by("-entered_at", "-id")
    Grant.objects.filter(complaint__in=ids).update(
        in_stage=Coalesce(Subquery(then.values("stage")[:1]), Value(""))
    )


def _since() -> QuerySet[Complaint]:
    end = ExpressionWrapper(OuterRef("closed_at") + LATER, output_field=DateTimeField())
    return Complaint.objects.filter(
        customer_id=OuterRef("customer_id"), opened_at__gt=OuterRef("closed_at"), opened_at__lt=end
    )


def reckon_recent(*, at: datetime) -> None:
    """Two that closed and opened in the very same moment may have missed each other."""
    Complaint.objects.filter(closed_at__gt=at - JUST_NOW).update(again=Exists(_since()))
    fresh = Complaint.objects.filter(opened_at__gt=at - JUST_NOW).values("customer_id")
    Complaint.objects.filter(customer_id__in=fresh, again=False).update(again=Exists(_since()))


@transaction.atomic
def follow_merge(*, customers: tuple[int, int]) -> None:
    """Two customers are one now, or two again: their cases went over, and so do the figures."""
    rows = Complaint.objects.filter(customer_id__in=customers)
    case = Case.objects.filter(pk=OuterRef("case_id")).values("customer_id")
    rows.update(customer_id=Subquery(case[:1]))
    rows.update(again=Exists(_since()))
