"""How a complaint reads to other rooms, and a customer's share of the data that lies here (CUS-7)."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from shouwen.complaints.models import Complaint
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
