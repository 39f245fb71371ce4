"""A customer's share of the data that lies in this room, for export (CUS-7)."""

from typing import Any

from shouwen.cases.models import Case, Confirmation, Understanding


def export(customer_id: int) -> list[dict[str, Any]]:
    return [
        {
            "reference": case.reference,
            "subject": case.subject_line,
            "kind": case.kind,
            "state": case.state,
            "opened_at": case.opened_at.isoformat(),
            "understood": list(Understanding.objects.filter(case=case).values_list("text", flat=True)),
            "confirmations": list(Confirmation.objects.filter(case=case).values("solved", "levels", "word")),
        }
        for case in Case.objects.filter(customer_id=customer_id).order_by("pk")
    ]
