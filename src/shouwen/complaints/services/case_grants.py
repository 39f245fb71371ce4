"""Authority in any case (ESC-2): what is asked, granted, settled and released where there is no complaint.

The same books and the same one place that grants as for complaints; only the words stand in the question itself.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.complaints import policies, queries
from shouwen.complaints.models import Approval, Grant
from shouwen.complaints.rules import facts, remedies
from shouwen.complaints.services import approving
from shouwen.complaints.services.approving import Matter
from shouwen.kernel.errors import Refused
from shouwen.platform.access import Actor, ensure


@transaction.atomic
def ask_for_case(
    *, case_id: int, remedy: str, amount: int, title: str, why: str = "", at: datetime, by: Actor
) -> Approval:
    """One action: everybody who can decide this now is asked."""
    matter = approving.in_case(case_id, by)
    remedies.check_amounts(amount=amount)
    remedies.check_amount_fits(remedy, amount)
    title = facts.text(title, "title", most=200)
    if not amount:
        raise Refused(_("This costs nothing that somebody would have to grant."))
    if Approval.objects.filter(case=matter.case, complaint=None, remedy=remedy, state="asked").exists():
        raise Refused(_("This was asked already."))
    return approving.ask(matter, remedy, amount, title, why, at=at, by=by)


@transaction.atomic
def grant_in_case(
    *, case_id: int, remedy: str, amount: int, title: str, why: str = "", at: datetime, by: Actor
) -> Approval:
    """Whose own authority reaches: asked and granted in one step."""
    asked = ask_for_case(case_id=case_id, remedy=remedy, amount=amount, title=title, why=why, at=at, by=by)
    return approving.sign(approval_id=asked.pk, yes=True, word=why, at=at, by=by)


def _standing(case_id: int, grant_id: int, by: Actor) -> tuple[Matter, Grant]:
    """A line of the ledger that belongs to a case and no complaint; the case may be closed by now."""
    case = cases.locked(case_id, by)
    ensure(policies.may_work, by, None)
    rows = Grant.objects.select_for_update(of=("self",)).filter(case=case, complaint=None)
    grant = queries.row(rows, grant_id)
    approving.must_stand(grant)
    return Matter(case, None), grant


@transaction.atomic
def settle_in_case(*, case_id: int, grant_id: int, settled_ref: str = "", at: datetime, by: Actor) -> Grant:
    """What was granted has reached the customer."""
    matter, grant = _standing(case_id, grant_id, by)
    settled_ref = facts.text(settled_ref, "settled_ref", least=0, most=120)
    approving.settle(matter, grant, settled_ref, at, by)
    return grant


@transaction.atomic
def release_in_case(*, case_id: int, grant_id: int, reason: str, at: datetime, by: Actor) -> Grant:
    matter, grant = _standing(case_id, grant_id, by)
    return approving.release(matter, grant, reason, at, by)
