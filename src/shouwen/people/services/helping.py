"""The help button: somebody reached a limit, and a colleague steps in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Refused
from shouwen.people import policies, queries
from shouwen.people.events import HelpAsked, HelpGiven, HelpWithdrawn
from shouwen.people.models import HelpCall
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus

Subject = tuple[str, int]


@transaction.atomic
def ask_for_help(
    *, staff_id: int, words: str, subject: Subject | None = None, at: datetime, by: Actor
) -> HelpCall:
    """Ask colleagues to step in; asking twice returns the open call. Never counts against anybody."""
    staff = queries.locked(staff_id)
    ensure(policies.may_change_profile, by, staff)
    waiting = queries.open_call_of(staff_id)
    if waiting is not None and subject in (None, waiting.about):
        return waiting
    if waiting is not None:
        raise Refused(_("You have asked for help already; take that back first."))
    kind, pk = subject or ("", None)
    call = HelpCall.objects.create(
        staff=staff, words=words[:200], subject_kind=kind, subject_id=pk, asked_at=at
    )
    bus.announce(
        HelpAsked(staff.id, call.pk, call.words, kind, pk),
        subjects=[staff.subject, *_about(call)],
        by=by,
        at=at,
        topics=["presence", *queries.supervisor_topics(staff.id)],
    )
    return call


@transaction.atomic
def give_help(*, staff_id: int, at: datetime, by: Actor) -> HelpCall:
    """A colleague steps in for whoever asked; a second helper is told who was first."""
    staff = queries.locked(staff_id)
    ensure(policies.may_answer_help, by, staff)
    call = queries.open_call_of(staff_id)
    if call is None:
        raise Refused(_("%(name)s no longer waits for help.") % {"name": staff.name})
    call.helper, call.answered_at = queries.staff(by.user_id or 0), at
    call.save(update_fields=["helper", "answered_at"])
    kind, pk = call.subject_kind, call.subject_id
    bus.announce(
        HelpGiven(staff.id, call.pk, call.helper.id, kind, pk, call.helper.name),
        subjects=[staff.subject, *_about(call)],
        by=by,
        at=at,
        topics=["presence", f"user:{staff.id}"],
    )
    return call


@transaction.atomic
def withdraw_help(*, staff_id: int, at: datetime, by: Actor) -> HelpCall:
    """It passed without anybody; the colleagues who were asked need not come any more."""
    staff = queries.locked(staff_id)
    ensure(policies.may_change_profile, by, staff)
    call = queries.open_call_of(staff_id)
    if call is None:
        raise Refused(_("You do not wait for help; somebody may have stepped in just now."))
    call.answered_at = at
    call.save(update_fields=["answered_at"])
    bus.announce(
        HelpWithdrawn(staff.id, call.pk, call.subject_kind, call.subject_id),
        subjects=[staff.subject, *_about(call)],
        by=by,
        at=at,
        topics=["presence", *queries.supervisor_topics(staff.id)],
    )
    return call


def _about(call: HelpCall) -> list[Subject]:
    return [call.about] if call.about is not None else []
