"""How a complaint reads to other rooms, and a customer's share of the data that lies here (CUS-7)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shouwen.complaints.models import AbuseRecord, Complaint, Threat
from shouwen.complaints.queries.one import visible_to
from shouwen.platform.access import Actor
from shouwen.promises.subjects import Line


def describe(ids: frozenset[int], actor: Actor) -> Mapping[int, Line]:
    rows = visible_to(actor).filter(pk__in=ids).select_related("case")
    return {
        one.pk: Line(
            one.reference,
            one.case.subject_line,
            reverse("complaints:complaint", args=[one.reference]),
        )
        for one in rows
    }


def export(customer_id: int) -> list[dict[str, Any]]:
    rows = Complaint.objects.filter(case__customer_id=customer_id).order_by("pk")
    return [*_complaints(rows), *_abuse(customer_id)]


def _abuse(customer_id: int) -> list[dict[str, Any]]:
    """What the customer was told about their manner, and what they objected; threats are the house's own matter."""
    rows = AbuseRecord.objects.filter(case__customer_id=customer_id).select_related("case").order_by("pk")
    return [
        {
            "reference": one.case.reference,
            "step": one.step,
            "given_at": one.given_at.isoformat(),
            "expires_at": one.expires_at.isoformat(),
            "words": one.words,
            "told": one.told,
            "objection": one.objection,
            "verdict": one.verdict,
        }
        for one in rows
    ]


def why_held(customer_id: int, at: datetime) -> list[Any]:
    """A threat that has not ended keeps its customer's data: it may yet be a matter for the police or a court."""
    running = Threat.objects.filter(case__customer_id=customer_id).exclude(state="ended").exists()
    return [_("A threat by this customer is not over; its record is needed.")] if running else []


def _complaints(rows: Iterable[Complaint]) -> list[dict[str, Any]]:
    return [
        {
            "reference": one.reference,
            "stage": one.stage,
            "state": one.state,
            "opened_at": one.opened_at.isoformat(),
            "remedy_sought": one.remedy_sought,
            "validity": one.validity,
            "demand": one.demand,
            "liability": one.liability,
            "accounts": list(one.accounts.filter(party="customer").values_list("text", flat=True)),
            "evidence": list(one.evidence.filter(party="customer").values_list("title", flat=True)),
            "explanations": list(one.explanations.values_list("text", flat=True)),
            "remedies": list(one.grants.filter(released_at=None).values("remedy", "amount")),
        }
        for one in rows
    ]
