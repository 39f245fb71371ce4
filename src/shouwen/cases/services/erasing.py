"""Forgetting a customer (CUS-7)."""

from datetime import datetime

from django.db import transaction

from shouwen.cases.models import (
    Case,
    Confirmation,
    Draft,
    Escalation,
    FeelingMark,
    Handoff,
    Notice,
    Resolution,
    RuleRun,
    SolutionOption,
    Task,
    Understanding,
)
from shouwen.channels import services as channels
from shouwen.platform.access import Actor
from shouwen.platform.ledger.redacting import redact
from shouwen.platform.search import services as search

GONE = "—"


@transaction.atomic
def erase(customer_id: int, *, at: datetime, by: Actor) -> None:
    """The facts of service stay for counting; every word that could be personal goes, and every file."""
    ids = list(Case.objects.filter(customer_id=customer_id).values_list("pk", flat=True))
    Case.objects.filter(pk__in=ids).update(
        subject_line=GONE, last_words="", last_author="", fields={}, tags=[]
    )
    Understanding.objects.filter(case_id__in=ids).update(text=GONE)
    SolutionOption.objects.filter(case_id__in=ids).update(text=GONE, gain="")
    Resolution.objects.filter(case_id__in=ids).update(summary=GONE)
    Confirmation.objects.filter(case_id__in=ids).update(word="")
    FeelingMark.objects.filter(case_id__in=ids).update(note="")
    Escalation.objects.filter(case_id__in=ids).update(reason=GONE, said=[], ruling="")
    Handoff.objects.filter(case_id__in=ids).update(reason=GONE, summary=GONE, answer="")
    tasks = Task.objects.filter(case_id__in=ids)
    subjects = [("case", pk) for pk in ids] + [("task", pk) for pk in tasks.values_list("pk", flat=True)]
    tasks.update(title=GONE, ask=GONE, standard="", delivery="", answer="")
    Draft.objects.filter(case_id__in=ids).delete()
    Notice.objects.filter(case_id__in=ids).delete()
    RuleRun.objects.filter(case_id__in=ids).update(did=[], refused=[])
    channels.erase_notes(subjects=subjects, at=at, by=by)
    redact(subjects)
    for pk in ids:
        search.index("case", pk)
