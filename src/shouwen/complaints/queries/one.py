"""Finding one complaint or one of its records, for reading or for changing."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions
from shouwen.cases import queries as cases
from shouwen.complaints import policies
from shouwen.complaints.models import Complaint
from shouwen.kernel.errors import NotFound
from shouwen.platform.access import Actor

Row = TypeVar("Row", bound=Model)
MOST_HIDDEN = 500
WITH = ("case__customer", "case__owner", "case__team")


def visible_to(actor: Actor) -> QuerySet[Complaint]:
    """Complaints whose case exists for `actor`."""
    if actor.is_system:
        return Complaint.objects.all()
    if not actor.can(policies.SEE):
        return Complaint.objects.none()
    # Said of the row the list joins anyway: as a list of cases it would be read before the complaints are.
    return Complaint.objects.filter(cases.in_sight(actor))


def hidden_from(actor: Actor) -> list[int] | None:
    """The few complaints that do not exist for `actor`, for counting all others without a look at their cases. None:
    there are too many of them, or the actor sees only some."""
    if actor.is_system:
        return []
    if not (actor.can(policies.SEE) and cases.sees_all(actor)):
        return None
    if actor.can(permissions.SEE_RESTRICTED):
        return []
    rows = Complaint.objects.filter(case__restricted=True).exclude(case__owner_id=actor.user_id)
    found = list(rows.values_list("pk", flat=True)[: MOST_HIDDEN + 1])
    return found if len(found) <= MOST_HIDDEN else None


def _none() -> NotFound:
    return NotFound(_("There is no such complaint."), field="ref")


def get(ref: str, actor: Actor) -> Complaint:
    """The complaint of the case with reference `ref`, as far as it exists for `actor`."""
    case = cases.get(ref, actor)
    found = of_case(case.pk)
    if found is None or not (actor.is_system or actor.can(policies.SEE)):
        raise _none()
    return found


def of_case(case_id: int) -> Complaint | None:
    return Complaint.objects.select_related(*WITH).filter(case_id=case_id).first()


def shown_to(complaint_id: int, actor: Actor) -> Complaint:
    found = visible_to(actor).select_related(*WITH).filter(pk=complaint_id).first()
    if found is None:
        raise _none()
    return found


def locked(complaint_id: int, actor: Actor | None = None) -> Complaint:
    """The complaint, locked for this transaction; with `actor` only if its case exists for them."""
    rows = Complaint.objects.select_for_update(of=("self",)).select_related(*WITH)
    found = rows.filter(pk=complaint_id).first()
    if found is None or not (actor is None or cases.may_see(actor, found.case_id)):
        raise _none()
    return found


def row_of(rows: QuerySet[Row], complaint: Complaint, pk: int) -> Row:
    """One record of this complaint and of no other."""
    return row(rows.filter(complaint=complaint), pk)


def row(rows: QuerySet[Row], pk: int) -> Row:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such entry in this complaint."))
    return found
