"""Several complainants, one decision: everybody is told, each in words that hold nothing of another's."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.cases import services as case_services
from shouwen.complaints import queries
from shouwen.complaints.models import Complaint, Member
from shouwen.complaints.rules import facts
from shouwen.complaints.services import recording
from shouwen.kernel.errors import Refused
from shouwen.platform.access import Actor


@transaction.atomic
def tell_members(*, complaint_id: int, text: str, at: datetime, by: Actor) -> list[Member]:
    """Send the decision to everybody who has a request of their own and was not told yet, each on their own channel.
    Those told now; who has no request, or none that a message reaches, is told by word of mouth (`told_member`)."""
    complaint = recording.opened(complaint_id, by)
    _must_be_explained(complaint)
    text = facts.text(text, "text")
    told = [one for one in _waiting(complaint) if _sent(one, text, at, by)]
    if not told:
        raise Refused(_("No message reaches any of those who were not told yet; tell them by word of mouth."))
    Member.objects.filter(pk__in=[one.pk for one in told]).update(told_at=at)
    recording.recorded(complaint, "members_told", by=by, at=at, text="、".join(one.name for one in told))
    return told


@transaction.atomic
def told_member(*, complaint_id: int, member_id: int, at: datetime, by: Actor) -> Member:
    """Somebody was told the decision by word of mouth."""
    complaint = recording.opened(complaint_id, by)
    _must_be_explained(complaint)
    found = queries.row_of(Member.objects.select_for_update(of=("self",)), complaint, member_id)
    if found.told_at is not None:
        raise Refused(_("%(name)s was told already.") % {"name": found.name})
    found.told_at = at
    found.save(update_fields=["told_at"])
    recording.recorded(complaint, "members_told", by=by, at=at, text=found.name)
    return found


def forget_telling(complaint: Complaint) -> None:
    """A decision that was explained anew is news to everybody."""
    complaint.members.filter(told_at__isnull=False).update(told_at=None)


def _must_be_explained(complaint: Complaint) -> None:
    if not complaint.explanations.exists():
        raise Refused(
            _("First the decision is explained to the customer of the complaint; then to the others.")
        )


def _waiting(complaint: Complaint) -> list[Member]:
    rows = complaint.members.select_for_update(of=("self",)).filter(told_at=None, case__isnull=False)
    return list(rows.order_by("pk"))


def _sent(member: Member, text: str, at: datetime, by: Actor) -> bool:
    case = cases.locked(member.case_id or 0)
    if case.is_closed:
        return False
    sent = case_services.inform(
        case_id=case.pk, title=case.subject_line, text=text, brief=text, kind="decision", at=at, by=by
    )
    return sent is not None
