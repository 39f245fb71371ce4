"""A customer's share of the data that lies in this room, for export and erasure (CUS-7)."""

from datetime import datetime
from typing import Any

from shouwen.cases.models import Case, Confirmation, Understanding
from shouwen.platform.access import Actor
from shouwen.platform.search import services as search


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


def erase(customer_id: int, *, at: datetime, by: Actor) -> None:
    """The facts of service stay for counting; every word that could be personal goes."""
    ids = list(Case.objects.filter(customer_id=customer_id).values_list("pk", flat=True))
    Case.objects.filter(pk__in=ids).update(subject_line="—", last_words="", last_author="", fields={})
    Understanding.objects.filter(case_id__in=ids).update(text="—")
    Confirmation.objects.filter(case_id__in=ids).update(word="")
    for pk in ids:
        search.index("case", pk)
