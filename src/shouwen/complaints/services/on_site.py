"""A decision asked for from on site (ESC-2, ESC-6): whoever stands there asks, whatever else their role may do."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.complaints import policies, queries
from shouwen.complaints.models import Approval
from shouwen.complaints.queries import threats as reads
from shouwen.complaints.rules import facts, remedies, threats
from shouwen.complaints.services import approving, offering
from shouwen.complaints.services.approving import Matter
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import Actor, ensure


@transaction.atomic
def ask_on_site(*, threat_id: int, remedy: str, amount: int, title: str, at: datetime, by: Actor) -> Approval:
    """One action for whoever stands there: the question to all who may grant it now, by the authority matrix. In a
    complaint it is one of its options; any other case is asked for by itself, nobody has to call it something first.
    The page of the threat is the only key: a technician who works on no complaint is held all the same."""
    threat = reads.locked(threat_id, by)
    ensure(policies.may_ask_on_site, by, threat)
    threats.must_be_open(threat.state)
    matter = _matter(threat.case_id)
    if not amount:
        raise Invalid(_("Fill this in."), field="amount")
    remedies.check_amounts(amount=amount)
    remedies.check_amount_fits(remedy, amount)
    title = facts.text(title, "title", most=200)
    if _waits(matter, remedy, amount, title):
        raise Refused(_("This was asked already."))
    why = str(_("Somebody stands on site and waits for this decision."))
    option = None
    if matter.complaint is not None:
        option = offering.write_option(
            matter.complaint, remedy=remedy, title=title, amount=amount, gain=title, at=at, by=by
        )
    return approving.ask(matter, remedy, amount, title, why, at=at, by=by, option=option)


def _matter(case_id: int) -> Matter:
    """The case, locked, with its complaint if that is in work."""
    case = cases.locked(case_id)
    if not case.active:
        raise Refused(_("This case is closed. Reopen it first."))
    found = queries.of_case(case.pk)
    if found is None or not found.is_active:
        return Matter(case, None)
    complaint = queries.locked(found.pk)
    return Matter(complaint.case, complaint if complaint.is_active else None)


def _waits(matter: Matter, remedy: str, amount: int, title: str) -> bool:
    """The same question, or in a case that is no complaint any of its sort, as with every question there."""
    waiting = Approval.objects.filter(
        case=matter.case, complaint=matter.complaint, remedy=remedy, state="asked"
    )
    return (waiting.filter(amount=amount, title=title) if matter.complaint else waiting).exists()
