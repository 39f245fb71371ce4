"""Taking a case that was offered: the first one owns it."""

from datetime import datetime

from django.db import transaction

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseTaken
from shouwen.cases.models import Case, Offer, State
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.channels import lines
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure


@transaction.atomic
def take(*, case_id: int, at: datetime, by: Actor) -> Case:
    """Become the owner. Of two at once the row's lock lets one through; the other is told who it was."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    if case.owner_id == by.user_id:
        return case
    states.must_be_unowned(people.name_of(case.owner_id) if case.owner_id else None)
    own(case, by, at)
    case.save(update_fields=["owner", "owned_since", "first_asked", "team", "state", "active"])
    Offer.objects.filter(case=case, ended_at=None).update(ended_at=at)
    recording.announce(
        case,
        CaseTaken(case.pk, case.owner_id or 0, by.name),
        by=by,
        at=at,
        before={"owner": None},
        after={"owner": by.name},
    )
    return case


def own(case: Case, by: Actor, at: datetime) -> None:
    """Set `by` as owner of an unowned, locked case. Not saved here."""
    case.owner_id = by.user_id
    case.owned_since = at
    case.first_asked_id = case.first_asked_id or by.user_id
    case.team_id = case.team_id or next(iter(sorted(by.team_ids)), None)
    if case.state == State.NEW:
        case.set_state(State.OPEN)
    if by.user_id is not None:
        lines.taken(case.channel, case.subject, staff_id=by.user_id, name=by.name, at=at)
