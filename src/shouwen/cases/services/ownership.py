"""Offering a new case to who is free, and taking it: the first one owns it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from shouwen.cases import policies, queries
from shouwen.cases.events import CaseOffered, CaseTaken
from shouwen.cases.models import Case, Offer, State
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify
from shouwen.channels import lines
from shouwen.people import queries as people
from shouwen.people.models import Staff
from shouwen.platform import preferences
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


def loads() -> dict[int, int]:
    """Active cases per owner."""
    rows = Case.objects.filter(active=True, owner__isnull=False).values_list("owner_id")
    return dict(rows.annotate(n=Count("id")))


def _free(team_id: int) -> list[Staff]:
    """The team's free agents; of many new cases at once they are asked for only once."""
    return bus.once(
        ("cases.free", team_id), lambda: people.free_agents(team_id, bus.once("cases.loads", loads))
    )


@transaction.atomic
def offer(*, case_id: int, at: datetime, by: Actor) -> list[int]:
    """Show a new case to the team's free agents, the least loaded first. Whom, by id; none when nobody is free."""
    case = queries.locked(case_id)
    if case.owner_id is not None or not case.active or case.team_id is None:
        return []
    known = set(Offer.objects.filter(case=case, ended_at=None).values_list("staff_id", flat=True))
    free = [person.id for person in _free(case.team_id)]
    fitting = lines.fitting(case.channel, case.subject, free)[: preferences.get("cases.offer_to")]
    wanted = [pk for pk in fitting if pk not in known]
    if not wanted:
        return []
    Offer.objects.bulk_create([Offer(case=case, staff_id=pk, offered_at=at) for pk in wanted])
    for pk in wanted:
        notify(user_id=pk, kind="offered", case=case, cause_key=f"offer:{case.pk}", at=at)
    recording.announce(
        case, CaseOffered(case.pk, wanted), by=by, at=at, more=[("staff", pk) for pk in wanted]
    )
    return wanted


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
