"""Everything on record of a complaint as plain values: for the record's JSON part, and for programs."""

from datetime import datetime
from typing import Any

from shouwen.complaints.models import Approval
from shouwen.complaints.queries.page import Page
from shouwen.complaints.queries.parts import Parts
from shouwen.kernel.money import Money


def as_data(shown: Page, names: dict[int, str], events: list[dict[str, Any]]) -> dict[str, Any]:
    """`names`: where each piece of evidence lies in the file; `events`: the ledger of the complaint."""
    one = shown.complaint
    return {
        "reference": one.reference,
        "customer": one.case.customer.name if not one.anonymous else "",
        "subject": one.case.subject_line,
        "state": one.state,
        "stage": one.stage,
        **_receipt(shown),
        **_investigation(shown, names),
        **_findings(shown),
        **_solutions(shown),
        **_hard(shown),
        **_ending(shown),
        "events": [{**e, "at": e["at"].isoformat()} for e in events],
    }


def _receipt(shown: Page) -> dict[str, Any]:
    one = shown.complaint
    return {
        "receipt": {
            "opened_at": one.opened_at.isoformat(),
            "channel": one.case.channel,
            "remedy_sought": one.remedy_sought,
            "wanted_amount": _money(one.wanted_amount),
            "happened_on": one.happened_on.isoformat() if one.happened_on else None,
            "anonymous": one.anonymous,
            "about_staff": shown.names.get(one.about_staff_id or 0, ""),
            "received_by": shown.names.get(one.received_by or 0, ""),
        },
        "acknowledgement": {"at": _time(one.acknowledged_at), "how": one.acknowledged_how},
        "assessment": {
            "severity": one.severity,
            "complexity": one.complexity,
            "impact": one.impact,
            "safety": one.safety,
            "immediate": one.immediate,
            "weight": one.weight,
            "note": one.assessment_note,
            "at": _time(one.assessed_at),
            "by": shown.names.get(one.assessed_by or 0, ""),
            "urgent_part_settled_at": _time(one.urgent_settled_at),
            "urgent_part_settled_how": one.urgent_settled_note,
        },
    }


def _investigation(shown: Page, names: dict[int, str]) -> dict[str, Any]:
    one, has = shown.complaint, shown.parts
    return {
        "investigation": {
            "investigator": shown.names.get(one.investigator_id or 0, ""),
            "investigator_since": _time(one.investigator_since),
            "interest_checked": one.interest_checked,
            "interests": [
                {
                    "colleague": shown.names.get(i.staff_id, ""),
                    "note": i.note,
                    "declared_by": shown.names.get(i.declared_by or 0, ""),
                    "declared_at": _time(i.declared_at),
                    "lifted_by": shown.names.get(i.lifted_by or 0, ""),
                    "lifted_at": _time(i.lifted_at),
                    "lifted_because": i.lifted_why,
                }
                for i in has.interests
            ],
            "accounts": [
                {
                    "id": a.pk,
                    "party": a.party,
                    "who": a.who,
                    "text": a.text,
                    "recorded_by": shown.names.get(a.recorded_by or 0, ""),
                    "recorded_at": _time(a.recorded_at),
                    "confirmed_at": _time(a.confirmed_at),
                }
                for a in has.accounts
            ],
            "evidence": [
                {
                    "id": e.pk,
                    "sort": e.sort,
                    "party": e.party,
                    "title": e.title,
                    "shows": e.shows,
                    "file": names.get(e.pk, ""),
                    "sha256": e.file.sha256 if e.file else "",
                    "added_at": _time(e.added_at),
                    "added_by": shown.names.get(e.added_by or 0, ""),
                    "accepted_at": _time(e.confirmed_at),
                }
                for e in has.evidence
            ],
            "no_evidence_because": one.no_evidence_reason,
            "customer_asked_at": _time(one.customer_asked_at),
            "customers_answer": one.customer_asked_word,
        },
    }


def _findings(shown: Page) -> dict[str, Any]:
    has = shown.parts
    return {
        "findings": [
            {
                "validity": f.validity,
                "demand": f.demand,
                "liability": f.liability,
                "our_share": f.our_share,
                "reasons": f.reasons,
                "decided_by": shown.names.get(f.decided_by or 0, ""),
                "decided_at": _time(f.decided_at),
                "replaced_at": _time(f.replaced_at),
                "rests_on": [{"aspect": g.aspect, "title": g.title, "text": g.text} for g in f.grounds.all()],
            }
            for f in has.findings
        ],
    }


def _solutions(shown: Page) -> dict[str, Any]:
    has = shown.parts
    return {
        "response": [
            {
                "sort": e.sort,
                "how": e.how,
                "text": e.text,
                "at": _time(e.told_at),
                "by": shown.names.get(e.told_by or 0, ""),
            }
            for e in has.explanations
        ],
        "options": [
            {
                "id": w.option.pk,
                "remedy": w.option.remedy,
                "title": w.option.title,
                "amount": str(w.amount),
                "cost": str(w.cost),
                "gain": w.option.gain,
                "gain_amount": str(w.gain),
                "worry_removed": w.option.worry,
                "if_declined": w.option.if_declined,
                "declined_cost": str(w.declined),
                "acceptance": w.option.acceptance,
                "acceptance_rests_on": w.option.acceptance_note,
                "least_cost": w.picked,
                "chosen_at": _time(w.option.chosen_at),
            }
            for w in shown.ways
        ],
        "approvals": [_approval(shown, q) for q in has.approvals],
        "ledger": [
            {
                "id": g.pk,
                "remedy": g.remedy,
                "amount": str(Money(g.amount)),
                "granted_by": shown.names.get(g.granted_by, ""),
                "granted_at": _time(g.granted_at),
                "settled_at": _time(g.settled_at),
                "settled_by": shown.names.get(g.settled_by or 0, ""),
                "settled_ref": g.settled_ref,
                "released_at": _time(g.released_at),
                "released_because": g.released_why,
            }
            for g in has.grants
        ],
    }


def _approval(shown: Page, asked: Approval) -> dict[str, Any]:
    """A question with every word given to it: that there were two people can be seen."""
    return {
        "id": asked.pk,
        "option": asked.option_id,
        "amount": str(Money(asked.amount)),
        "people_needed": asked.hands,
        "state": asked.state,
        "why": asked.why,
        "asked_by": shown.names.get(asked.asked_by or 0, ""),
        "asked_at": _time(asked.asked_at),
        "decided_at": _time(asked.decided_at),
        "words": [
            {"by": shown.names.get(w.by, ""), "yes": w.yes, "word": w.word, "at": _time(w.at)}
            for w in asked.signatures.all()
        ],
    }


def _hard(shown: Page) -> dict[str, Any]:
    has = shown.parts
    return {
        "deadlock": [
            {
                "id": m.pk,
                "sort": m.sort,
                "reason": m.reason,
                "made_by": shown.names.get(m.made_by or 0, ""),
                "made_at": _time(m.made_at),
                "to": shown.names.get(m.to_id or 0, ""),
                "basis": str(m.basis) if m.basis else "",
                "option": m.option_id,
                "until": _time(m.until),
                "outcome": m.outcome,
                "outcome_note": m.outcome_note,
            }
            for m in has.moves
        ],
        "recovery": [
            {
                "id": r.pk,
                "sort": r.sort,
                "text": r.text,
                "follow_up_at": _time(r.follow_up_at),
                "planned_by": shown.names.get(r.planned_by or 0, ""),
                "followed_at": _time(r.followed_at),
                "level": r.level,
                "word": r.word,
            }
            for r in has.recoveries
        ],
        **_others(has),
    }


def _others(has: Parts) -> dict[str, Any]:
    """Who else took part: bodies outside, and the others who complained."""
    return {
        "outside": [
            {
                "id": o.pk,
                "body": o.body,
                "name": o.name,
                "reference": o.reference,
                "asks": o.asks,
                "came_at": _time(o.came_at),
                "due_at": _time(o.due_at),
                "answered_at": _time(o.answered_at),
                "answer": o.answer,
            }
            for o in has.outside
        ],
        "members": [
            {
                "id": m.pk,
                "name": m.name,
                "contact": m.contact,
                "representative": m.representative,
                "case": m.case.reference if m.case else "",
                "told_at": _time(m.told_at),
            }
            for m in has.members
        ],
    }


def _ending(shown: Page) -> dict[str, Any]:
    one, has = shown.complaint, shown.parts
    return {
        "closing": {
            "performed_at": _time(one.performed_at),
            "performed_how": one.performed_note,
            "confirmed_at": _time(one.confirmed_at),
            "outside_ways_named": one.ways_named,
            "outside_ways_named_at": _time(one.ways_named_at),
            "cause": one.cause,
            "cause_note": one.cause_note,
            "lesson": one.lesson,
            "measure": one.measure,
            "closed_at": _time(one.closed_at),
            "end_note": one.end_note,
            "reopened": one.reopen_count,
        },
        "way": [
            {
                "stage": v.stage,
                "entered_at": _time(v.entered_at),
                "due_at": _time(v.due_at),
                "left_at": _time(v.left_at),
                "left_by": shown.names.get(v.left_by or 0, ""),
                "passed": v.passed,
                "note": v.note,
            }
            for v in has.visits
        ],
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _money(amount: int | None) -> str | None:
    return str(Money(amount)) if amount is not None else None
