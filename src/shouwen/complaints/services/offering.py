"""Ways out: written down side by side, chosen by the customer, carried out (CMP-5)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.complaints import queries
from shouwen.complaints.events import ComplaintOptionChosen
from shouwen.complaints.models import Acceptance, Complaint, Option
from shouwen.complaints.rules import facts, remedies
from shouwen.complaints.services import recording
from shouwen.complaints.services.approving import Matter, settle
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor

MOST = 12


@transaction.atomic
def add_option(
    *,
    complaint_id: int,
    remedy: str,
    title: str,
    gain: str,
    amount: int = 0,
    effort: int = 0,
    gain_amount: int = 0,
    worry: str = "",
    if_declined: str = "",
    declined_cost: int = 0,
    at: datetime,
    by: Actor,
) -> Option:
    """One more way out, with what it costs, what the customer gains, which worry it removes, and what follows
    if it is declined."""
    return write_option(
        recording.opened(complaint_id, by),
        remedy=remedy,
        title=title,
        gain=gain,
        amount=amount,
        effort=effort,
        gain_amount=gain_amount,
        worry=worry,
        if_declined=if_declined,
        declined_cost=declined_cost,
        at=at,
        by=by,
    )


def write_option(
    complaint: Complaint,
    *,
    remedy: str,
    title: str,
    gain: str,
    amount: int = 0,
    effort: int = 0,
    gain_amount: int = 0,
    worry: str = "",
    if_declined: str = "",
    declined_cost: int = 0,
    at: datetime,
    by: Actor,
) -> Option:
    """The row itself, in a complaint that is locked; who may write it was asked before."""
    if complaint.options.count() >= MOST:
        raise Refused(_("At most %(most)s options.") % {"most": MOST})
    remedies.check_amounts(amount=amount, effort=effort, gain_amount=gain_amount, declined_cost=declined_cost)
    remedies.check_amount_fits(remedy, amount)
    made = Option.objects.create(
        complaint=complaint,
        remedy=remedy,
        title=facts.text(title, "title", most=200),
        amount=amount,
        effort=effort,
        gain=facts.text(gain, "gain", most=2000),
        gain_amount=gain_amount,
        worry=facts.text(worry, "worry", least=0, most=2000),
        if_declined=facts.text(if_declined, "if_declined", least=0, most=2000),
        declined_cost=declined_cost,
        added_by=by.user_id,
        added_at=at,
    )
    recording.recorded(complaint, "options", by=by, at=at, text=made.title)
    return made


def _option(complaint: Complaint, option_id: int) -> Option:
    return queries.row_of(Option.objects.select_for_update(of=("self",)), complaint, option_id)


@transaction.atomic
def set_acceptance(
    *, complaint_id: int, option_id: int, acceptance: str, note: str = "", at: datetime, by: Actor
) -> Option:
    """Whether the customer would take it: their own word, or our guess and why."""
    complaint = recording.opened(complaint_id, by)
    option = _option(complaint, option_id)
    if acceptance not in Acceptance.values:
        raise Invalid(_("Choose one of the listed values."), field="acceptance")
    if acceptance == "guessed":
        facts.text(note, "note", most=400)
    if option.chosen_at is not None and acceptance == "refused":
        raise Refused(_("The customer chose this option; choose another one first."))
    option.acceptance = acceptance
    option.acceptance_note = facts.text(note, "note", least=0, most=400)
    option.save(update_fields=["acceptance", "acceptance_note"])
    recording.recorded(complaint, "acceptance", by=by, at=at, text=option.title)
    return option


@transaction.atomic
def choose_option(*, complaint_id: int, option_id: int, at: datetime, by: Actor) -> Option:
    """The customer says: this one. Another one that was chosen before is not any more, unless it was granted."""
    complaint = recording.opened(complaint_id, by)
    option = _option(complaint, option_id)
    parts = queries.parts(complaint)
    before = parts.chosen
    if before is not None and before.pk != option.pk and _standing(parts, before):
        raise Refused(_("What was granted before has to be released first."))
    if complaint.performed_at is not None:
        raise Refused(_("The solution was carried out already."))
    complaint.options.filter(chosen_at__isnull=False).update(chosen_at=None)
    option.chosen_at, option.acceptance = at, "said"
    option.save(update_fields=["chosen_at", "acceptance"])
    fact = ComplaintOptionChosen(complaint.pk, complaint.case_id, option.pk, option.title)
    recording.announce(complaint, fact, by=by, at=at)
    return option


def _standing(parts: queries.Parts, option: Option) -> bool:
    """Whether money was granted for it that was not released."""
    live = {one.approval_id for one in parts.grants if one.released_at is None}
    return any(one.pk in live for one in parts.approvals if one.option_id == option.pk)


@transaction.atomic
def carry_out(*, complaint_id: int, note: str, settled_ref: str = "", at: datetime, by: Actor) -> Complaint:
    """What was agreed has been done; what was granted for it is settled in the ledger."""
    complaint = recording.opened(complaint_id, by)
    parts = queries.parts(complaint)
    chosen = parts.chosen
    if chosen is None:
        raise Refused(_("Nothing is agreed yet that could be carried out."))
    if chosen.amount and not parts.granted(chosen):
        raise Refused(_("Nobody with authority has granted this yet."))
    if complaint.performed_at is not None:
        raise Refused(_("The solution was carried out already."))
    complaint.performed_note = facts.text(note, "note", most=4000)
    complaint.performed_at = at
    complaint.save(update_fields=["performed_at", "performed_note"])
    settled_ref = facts.text(settled_ref, "settled_ref", least=0, most=120)
    _settle(complaint, chosen, settled_ref, at, by)
    recording.recorded(complaint, "performance", by=by, at=at, text=complaint.performed_note)
    return complaint


def _settle(complaint: Complaint, chosen: Option, settled_ref: str, at: datetime, by: Actor) -> Any:
    for grant in complaint.grants.filter(approval__option=chosen, settled_at=None, released_at=None):
        settle(Matter(complaint.case, complaint), grant, settled_ref, at, by)
