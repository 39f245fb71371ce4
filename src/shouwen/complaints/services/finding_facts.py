"""Investigation: by whom, what each side says, what shows it, and what the customer confirms (CMP-2)."""

from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.complaints import queries
from shouwen.complaints.models import Account, Complaint, Evidence, EvidenceSort, Interest, Party
from shouwen.complaints.rules import facts
from shouwen.complaints.services import filing, recording
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.files import removing


@transaction.atomic
def name_investigator(
    *, complaint_id: int, staff_id: int, interest: bool, checked: str = "", at: datetime, by: Actor
) -> Complaint:
    """Who looks into it. `interest`: that person has one of their own; it goes on record, and somebody else must."""
    complaint = recording.opened(complaint_id, by)
    person = people.staff(staff_id)
    note = facts.text(checked, "checked", least=0, most=400)
    declared = complaint.interests.filter(staff_id=person.pk, lifted_at=None)
    if interest:
        if not declared.exists():
            Interest.objects.create(
                complaint=complaint, staff_id=person.pk, note=note, declared_by=by.user_id, declared_at=at
            )
            recording.recorded(complaint, "interest", by=by, at=at, text=person.name)
        if complaint.investigator_id == person.pk:
            _looks_into_it(complaint, None, None, "")
        return complaint
    facts.check_investigator(
        staff_id=person.pk,
        about_staff_id=complaint.about_staff_id,
        declared=declared.exists(),
        checked=note,
    )
    if declared.update(lifted_by=by.user_id, lifted_at=at, lifted_why=note):
        recording.recorded(complaint, "interest_lifted", by=by, at=at, text=person.name)
    _looks_into_it(complaint, person.pk, at, note)
    recording.recorded(complaint, "investigator", by=by, at=at, text=person.name)
    return complaint


def _looks_into_it(complaint: Complaint, staff_id: int | None, since: datetime | None, checked: str) -> None:
    complaint.investigator_id, complaint.investigator_since = staff_id, since
    complaint.interest_checked = checked
    complaint.save(update_fields=["investigator_id", "investigator_since", "interest_checked"])


@transaction.atomic
def add_account(
    *, complaint_id: int, party: str, text: str, who: str = "", at: datetime, by: Actor
) -> Account:
    """What one side says happened."""
    complaint = recording.opened(complaint_id, by)
    if party not in Party.values:
        raise Invalid(_("Choose one of the listed values."), field="party")
    made = Account.objects.create(
        complaint=complaint,
        party=party,
        who=facts.text(who, "who", least=0, most=80),
        text=facts.text(text, "text"),
        recorded_by=by.user_id,
        recorded_at=at,
    )
    what = "customer_account" if party == "customer" else "our_account"
    recording.recorded(complaint, what, by=by, at=at, text=made.text)
    return made


@transaction.atomic
def add_evidence(
    *,
    complaint_id: int,
    sort: str,
    party: str,
    title: str,
    shows: str = "",
    happened_at: datetime | None = None,
    file: tuple[str, bytes | IO[bytes]] | None = None,
    at: datetime,
    by: Actor,
) -> Evidence:
    """Something that shows what happened: a file (name and bytes), or what is described where it lies elsewhere."""
    complaint = recording.opened(complaint_id, by)
    errors = {}
    if sort not in EvidenceSort.values:
        errors["sort"] = _("Choose one of the listed values.")
    if party not in Party.values:
        errors["party"] = _("Choose one of the listed values.")
    if errors:
        raise Invalid(_("Please look at the marked fields."), errors=errors)
    shows = facts.text(shows, "shows", least=0 if file else 1)
    kept = filing.keep(file, at=at) if file else None
    made = Evidence.objects.create(
        complaint=complaint,
        sort=sort,
        party=party,
        title=facts.text(title, "title", most=200),
        shows=shows,
        file=kept,
        happened_at=happened_at,
        added_by=by.user_id,
        added_at=at,
    )
    recording.recorded(complaint, "evidence", by=by, at=at, text=made.title)
    return made


@transaction.atomic
def state_no_evidence(*, complaint_id: int, reason: str, at: datetime, by: Actor) -> Complaint:
    """Why there can be none: only then a verdict goes without."""
    complaint = recording.opened(complaint_id, by)
    complaint.no_evidence_reason = facts.text(reason, "reason", least=facts.SHORTEST_REASON, most=2000)
    complaint.save(update_fields=["no_evidence_reason"])
    recording.recorded(complaint, "evidence", by=by, at=at, text=complaint.no_evidence_reason)
    return complaint


@transaction.atomic
def record_customers_answer(
    *,
    complaint_id: int,
    accounts: list[int],
    evidence: list[int],
    word: str = "",
    at: datetime,
    by: Actor,
) -> Complaint:
    """The facts were laid before the customer: which of them they confirm, and what they say to the others."""
    complaint = recording.opened(complaint_id, by)
    known = queries.parts(complaint)
    told = {one.pk for one in known.accounts}, {one.pk for one in known.evidence}
    if not {*accounts} <= told[0] or not {*evidence} <= told[1]:
        raise Invalid(_("Choose from the list."), field="accounts")
    word = facts.text(word, "word", least=0, most=4000)
    if not accounts and not evidence and not word:
        raise Invalid(_("Say what the customer confirms, or what they say to it."), field="word")
    complaint.accounts.filter(confirmed_at__isnull=False).exclude(pk__in=accounts).update(confirmed_at=None)
    complaint.evidence.filter(confirmed_at__isnull=False).exclude(pk__in=evidence).update(confirmed_at=None)
    complaint.accounts.filter(pk__in=accounts, confirmed_at=None).update(confirmed_at=at)
    complaint.evidence.filter(pk__in=evidence, confirmed_at=None).update(confirmed_at=at)
    complaint.customer_asked_at, complaint.customer_asked_word = at, word
    complaint.save(update_fields=["customer_asked_at", "customer_asked_word"])
    recording.recorded(complaint, "customer_asked", by=by, at=at, text=word)
    return complaint


@transaction.atomic
def remove_evidence(*, complaint_id: int, evidence_id: int, reason: str, at: datetime, by: Actor) -> None:
    """Taken off the list with a reason, as long as no verdict rests on it; the ledger keeps that it was there."""
    complaint = recording.opened(complaint_id, by)
    found = queries.row_of(Evidence.objects.all(), complaint, evidence_id)
    if complaint.findings.exists():
        raise Refused(_("A verdict rests on the facts: evidence is not taken away any more."))
    reason = facts.text(reason, "reason", most=400)
    file_id = found.file_id
    found.delete()
    if file_id:
        removing.remove([file_id], at=at)
    recording.recorded(complaint, "evidence_removed", by=by, at=at, text=f"{found.title}: {reason}")
