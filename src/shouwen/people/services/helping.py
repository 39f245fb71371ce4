"""The help button: somebody reached a limit, and a colleague steps in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.kernel.errors import Refused
from shouwen.people import policies, queries
from shouwen.people.events import HelpAsked, HelpGiven
from shouwen.people.models import HelpCall
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def ask_for_help(*, staff_id: int, words: str, at: datetime, by: Actor) -> HelpCall:
    """Ask colleagues to step in; asking twice returns the open call. Never counts against anybody."""
    staff = queries.locked(staff_id)
    ensure(policies.may_change_profile, by, staff)
    waiting = queries.open_call_of(staff_id)
    if waiting is not None:
        return waiting
    call = HelpCall.objects.create(staff=staff, words=words[:200], asked_at=at)
    bus.announce(
        HelpAsked(staff_id=staff.id, call_id=call.pk, words=call.words),
        subjects=[staff.subject],
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
    bus.announce(
        HelpGiven(staff_id=staff.id, call_id=call.pk, helper_id=call.helper.id),
        subjects=[staff.subject],
        by=by,
        at=at,
        topics=["presence", f"user:{staff.id}"],
    )
    return call
