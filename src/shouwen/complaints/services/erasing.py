"""Forgetting a customer (CUS-7): what was decided stays for counting, every word that could be personal goes."""

from datetime import datetime

from django.db import transaction

from shouwen.complaints.models import (
    AbuseRecord,
    Account,
    Approval,
    Complaint,
    DeadlockMove,
    Evidence,
    Explanation,
    Finding,
    Grant,
    Interest,
    LibraryEntry,
    Member,
    Option,
    OutsideMatter,
    Recovery,
    Signature,
    StageVisit,
    Threat,
    ThreatEvidence,
    ThreatStep,
)
from shouwen.platform.access import Actor
from shouwen.platform.files import removing
from shouwen.platform.ledger.redacting import redact

GONE = "—"


@transaction.atomic
def erase(customer_id: int, *, at: datetime, by: Actor) -> None:
    _forget_threats(customer_id, at)
    rows = Complaint.objects.filter(case__customer_id=customer_id)
    ids = list(rows.values_list("pk", flat=True))
    Member.objects.filter(case__customer_id=customer_id).update(name=GONE, contact="")
    Approval.objects.filter(case__customer_id=customer_id).update(why="", title=GONE)
    Grant.objects.filter(case__customer_id=customer_id).update(settled_ref="", released_why="")
    Signature.objects.filter(approval__case__customer_id=customer_id).update(word="")
    if not ids:
        return
    rows.update(
        remedy_sought=GONE,
        assessment_note="",
        urgent_settled_note="",
        interest_checked="",
        no_evidence_reason="",
        customer_asked_word="",
        performed_note="",
        ways_named="",
        cause_note="",
        lesson="",
        measure="",
        end_note="",
    )
    kept = Evidence.objects.filter(complaint_id__in=ids, file__isnull=False)
    file_ids = list(kept.values_list("file_id", flat=True))
    Evidence.objects.filter(complaint_id__in=ids).update(title=GONE, shows="", file=None)
    removing.remove(file_ids, at=at)
    for rows_of, words in (
        (Account, {"who": "", "text": GONE}),
        (Interest, {"note": "", "lifted_why": ""}),
        (Finding, {"reasons": GONE}),
        (Explanation, {"text": GONE}),
        (
            Option,
            {"title": GONE, "gain": GONE, "worry": "", "if_declined": "", "acceptance_note": ""},
        ),
        (DeadlockMove, {"reason": GONE, "outcome_note": ""}),
        (Recovery, {"text": GONE, "word": ""}),
        (OutsideMatter, {"reference": "", "asks": "", "answer": ""}),
        (Member, {"name": GONE, "contact": ""}),
        (StageVisit, {"note": ""}),
    ):
        rows_of.objects.filter(complaint_id__in=ids).update(**words)
    _forget_library(ids)
    redact([("complaint", pk) for pk in ids])


def _forget_threats(customer_id: int, at: datetime) -> None:
    """That there was a threat, of which kind and how it ended, stays for counting; one that runs keeps all (a hold)."""
    threats = Threat.objects.filter(case__customer_id=customer_id)
    evidence = ThreatEvidence.objects.filter(threat__in=threats)
    file_ids = list(evidence.exclude(file=None).values_list("file_id", flat=True))
    ThreatStep.objects.filter(threat__in=threats).update(text=GONE)
    evidence.update(title=GONE, file=None)
    removing.remove(file_ids, at=at)
    threats.update(who=GONE, place="", held="", words=GONE, outcome_note="")
    AbuseRecord.objects.filter(case__customer_id=customer_id).update(
        words=GONE, told=GONE, ways="", objection="", verdict_why=""
    )


def _forget_library(complaint_ids: list[int]) -> None:
    """A draft nobody has looked over may still name them and goes; a published entry names nobody and stays, without
    its way back to the complaint."""
    made = LibraryEntry.objects.filter(source_id__in=complaint_ids)
    redact([("library_entry", pk) for pk in made.values_list("pk", flat=True)])
    made.filter(looked_over_by=None).delete()
    made.update(source=None)
