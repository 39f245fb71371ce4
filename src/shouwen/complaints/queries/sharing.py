"""A customer's share of the data that lies in this room, for export (CUS-7)."""

from typing import Any

from shouwen.complaints.models import Complaint


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
