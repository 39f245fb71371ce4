"""Help for a colleague in a hard contact: others are told, one joins, and the case stays whose it is (ESC-4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shouwen.cases import links, policies, queries
from shouwen.cases.models import Case, Watch
from shouwen.cases.queries import helping, routing
from shouwen.cases.rules import states
from shouwen.cases.services.noticing import notify, notify_all
from shouwen.kernel.errors import Refused
from shouwen.people import queries as people
from shouwen.people import services as staffing
from shouwen.platform import db
from shouwen.platform.access import Actor, ensure

HELP = helping.KEPT


@transaction.atomic
def ask_for_help(*, case_id: int, words: str, at: datetime, by: Actor) -> int:
    """Somebody beside me, please; I stay who I am. The id of the call."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    if by.user_id is None or not people.is_staff(by.user_id):
        raise Refused(_("Only a colleague can ask for help."))
    said = states.text(words, "words", least=1, most=200)
    call = staffing.ask_for_help(staff_id=by.user_id, words=said, subject=case.subject, at=at, by=by)
    case.fields = {**case.fields, HELP: call.pk}
    db.update(case, "fields")
    return call.pk


@transaction.atomic
def join_in(*, case_id: int, at: datetime, by: Actor) -> int:
    """The first who joins is named to who asked, and hears of the case from then on."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    call = helping.call_about(case)
    if call is None:
        raise Refused(_("Nobody waits for help here any more."))
    if call.staff_id == by.user_id:
        raise Refused(_("You asked for help yourself; a colleague has to step in."))
    staffing.give_help(staff_id=call.staff_id, at=at, by=by)
    Watch.objects.get_or_create(case=case, staff_id=by.user_id, defaults={"since": at})
    forget(case_id=case.pk, call_id=call.pk)
    return int(call.pk)


@transaction.atomic
def forget(*, case_id: int, call_id: int) -> None:
    """The call has its end: the case no longer shows it."""
    case = queries.locked(case_id)
    if case.fields.get(HELP) == call_id:
        case.fields = {name: value for name, value in case.fields.items() if name != HELP}
        db.update(case, "fields")


@transaction.atomic
def tell_colleagues(*, call_id: int, at: datetime) -> None:
    """Who is on duty beside the one who asks, and who answers for them, hear of it at once."""
    call = people.help_call(call_id)
    if call is None or call.answered_at is not None:
        return
    case = queries.by_pk(call.subject_id or 0) if call.subject_kind == "case" else None
    params = {"name": call.staff.name, "reason": call.words}
    notify_all(
        user_ids=helping.beside(call.staff_id, case, at),
        kind="help_asked",
        case=case,
        at=at,
        cause_key=f"help:{call_id}",
        params=params if case else {**params, "to": links.person(call.staff_id)},
    )


@transaction.atomic
def tell_who_asked(*, call_id: int, at: datetime) -> None:
    call = people.help_call(call_id)
    if call is None or call.helper is None:
        return
    case = queries.by_pk(call.subject_id or 0) if call.subject_kind == "case" else None
    params = {"name": call.helper.name}
    notify(
        user_id=call.staff_id,
        kind="help_given",
        case=case,
        at=at,
        cause_key=f"helped:{call_id}",
        params=params if case else {**params, "to": links.person(call.helper.id)},
    )


@transaction.atomic
def look_at_limit(*, case_id: int, user_id: int | None, at: datetime) -> bool:
    """After a hard contact: is it as many today as this person said are enough? Then they are offered a takeover
    and their supervisors hear of it, once a day."""
    person = people.staff(user_id) if user_id and people.is_staff(user_id) else None
    case = queries.by_pk(case_id)
    if person is None or case is None or person.hard_limit is None:
        return False
    number = helping.hard_contacts_today(person.id, at)
    if number < person.hard_limit:
        return False
    key, params = routing.enough_key(person.id, at), {"name": person.name, "number": number}
    notify(user_id=person.id, kind="limit_reached", case=case, at=at, cause_key=key, params=params)
    above = [one for one in _above(person.id, case) if one != person.id]
    notify_all(user_ids=above, kind="limit_seen", case=case, at=at, cause_key=key, params=params)
    return True


def _above(staff_id: int, case: Case) -> list[int]:
    teams = people.team_ids_of(staff_id) or ([case.team_id] if case.team_id else [])
    return [one.id for team_id in teams for one in people.supervisors_of(team_id)]
