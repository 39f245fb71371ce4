"""A problem's way: taken on, its cause found by asking why, fixed, watched, closed or opened again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import queries as cases
from shouwen.incidents import policies, queries
from shouwen.incidents.events import ProblemChanged, ProblemMoved, ProblemRecorded
from shouwen.incidents.models import Problem, ProblemCase, ProblemIncident, ProblemState
from shouwen.incidents.rules import problems as rules
from shouwen.incidents.rules import words
from shouwen.incidents.services.recurring import gather_later
from shouwen.kernel.errors import Invalid
from shouwen.kernel.text import clean_line
from shouwen.people import queries as people
from shouwen.platform.access import Actor, require
from shouwen.platform.ledger import bus

LIMITS = {"title": 200, "model": 80, "kind": 30, "fix": 4000, "result": 4000}
PERIODS = (1, 90)


def announce(problem: Problem, fact: Any, *, by: Actor, at: datetime, **changes: Any) -> None:
    bus.announce(fact, subjects=[problem.subject], by=by, at=at, topics=["incidents"], **changes)


def checked(name: str, text: str, *, required: bool = False) -> str:
    said = text.strip()
    if required and not said:
        raise Invalid(_("Fill this in."), field=name)
    if len(said) > LIMITS[name]:
        raise Invalid(_("At most %(most)s characters.") % {"most": LIMITS[name]}, field=name)
    return clean_line(said) if LIMITS[name] <= 200 else said


def _kind(code: str) -> str:
    kind = checked("kind", code)
    if kind and kind not in cases.kinds():
        raise Invalid(_("There is no such kind of case."), field="kind")
    return kind


def _period(days: int) -> int:
    least, most = PERIODS
    if not least <= days <= most:
        sentence = _("Enter a number from %(least)s to %(most)s.") % {"least": least, "most": most}
        raise Invalid(sentence, field="period_days")
    return days


@transaction.atomic
def record_problem(
    *,
    title: str,
    at: datetime,
    by: Actor,
    model: str = "",
    kind: str = "",
    words_: str = "",
    period_days: int = 7,
    case_ids: Iterable[int] = (),
    incident_ids: Iterable[int] = (),
) -> Problem:
    """Somebody has noticed it. Past cases that fit are gathered by a job; new ones join by themselves."""
    require(by, policies.PROBLEMS)
    name = checked("title", title, required=True)
    terms = words.terms(words_) if words_.strip() else words.terms(name)
    problem = Problem(
        title=name,
        model=checked("model", model),
        kind=_kind(kind),
        terms=sorted(terms)[:24],
        period_days=_period(period_days),
        owner_id=_owner(by),
        made_at=at,
        changed_at=at,
    )
    problem.set_state(ProblemState.OPEN)
    problem.save(force_insert=True)
    announce(problem, ProblemRecorded(problem.pk, problem.title), by=by, at=at)
    for case_id in dict.fromkeys(case_ids):
        add_case(problem_id=problem.pk, case_id=case_id, at=at, by=by)
    for incident_id in dict.fromkeys(incident_ids):
        add_incident(problem_id=problem.pk, incident_id=incident_id, at=at, by=by)
    gather_later(problem)
    problem.refresh_from_db()
    return problem


def _owner(by: Actor) -> int | None:
    return by.user_id if by.user_id is not None and people.is_staff(by.user_id) else None


def _moved(problem: Problem, to: str, at: datetime, by: Actor, note: str = "") -> Problem:
    before = problem.state
    problem.set_state(to)
    problem.changed_at = at
    problem.save()
    fact = ProblemMoved(problem.pk, to, note[:400])
    announce(problem, fact, by=by, at=at, before={"state": before}, after={"state": to})
    return problem


def _ready(problem_id: int, to: str, by: Actor) -> Problem:
    problem = queries.locked_problem(problem_id, by)
    require(by, policies.PROBLEMS)
    rules.must_go(problem.state, to)
    return problem


@transaction.atomic
def take_on(*, problem_id: int, title: str = "", at: datetime, by: Actor) -> Problem:
    """A candidate is a problem indeed; who takes it on answers for it."""
    problem = _ready(problem_id, ProblemState.OPEN, by)
    if title.strip():
        problem.title = checked("title", title)
    problem.owner_id = problem.owner_id or _owner(by)
    return _moved(problem, ProblemState.OPEN, at, by)


@transaction.atomic
def dismiss_problem(*, problem_id: int, reason: str = "", at: datetime, by: Actor) -> Problem:
    problem = _ready(problem_id, ProblemState.DISMISSED, by)
    problem.closed_at = at
    return _moved(problem, ProblemState.DISMISSED, at, by, reason.strip())


@transaction.atomic
def say_whys(*, problem_id: int, whys: Iterable[str], at: datetime, by: Actor) -> Problem:
    """The chain of causes; the answer to the last why is the root."""
    problem = _ready(problem_id, ProblemState.CAUSE_KNOWN, by)
    problem.whys = rules.whys(whys)
    return _moved(problem, ProblemState.CAUSE_KNOWN, at, by, problem.cause)


@transaction.atomic
def fix(
    *,
    problem_id: int,
    fix: str,
    at: datetime,
    by: Actor,
    fixed_at: datetime | None = None,
    period_days: int | None = None,
) -> Problem:
    """What was done against the root cause, and since when: from there on the counts are compared."""
    problem = _ready(problem_id, ProblemState.WATCHING, by)
    problem.fix = checked("fix", fix, required=True)
    moment = fixed_at or at
    if moment.utcoffset() is None:
        raise Invalid(_("The due time needs a time zone."), field="fixed_at")
    if moment > at:
        raise Invalid(_("It cannot have been fixed in the future."), field="fixed_at")
    problem.fixed_at = moment
    if period_days is not None:
        problem.period_days = _period(period_days)
    return _moved(problem, ProblemState.WATCHING, at, by, problem.fix)


@transaction.atomic
def close_problem(*, problem_id: int, result: str = "", at: datetime, by: Actor) -> Problem:
    """The watch is over; `result` says what it showed."""
    problem = _ready(problem_id, ProblemState.CLOSED, by)
    problem.result, problem.closed_at = checked("result", result, required=True), at
    return _moved(problem, ProblemState.CLOSED, at, by, problem.result)


@transaction.atomic
def reopen_problem(*, problem_id: int, reason: str, at: datetime, by: Actor) -> Problem:
    """The fix did not hold: the whys begin again. What was done stays written down."""
    problem = _ready(problem_id, ProblemState.OPEN, by)
    if not reason.strip():
        raise Invalid(_("Give the reason."), field="reason")
    problem.closed_at = None
    return _moved(problem, ProblemState.OPEN, at, by, reason.strip())


@transaction.atomic
def change_problem(
    *,
    problem_id: int,
    at: datetime,
    by: Actor,
    title: str | None = None,
    words_: str | None = None,
    model: str | None = None,
    kind: str | None = None,
    period_days: int | None = None,
) -> Problem:
    """Its name, and by what its cases are known; then past cases are gathered anew."""
    problem = queries.locked_problem(problem_id, by)
    require(by, policies.PROBLEMS)
    given: dict[str, Any] = {}
    if title is not None:
        given["title"] = checked("title", title, required=True)
    if model is not None:
        given["model"] = checked("model", model)
    if kind is not None:
        given["kind"] = _kind(kind)
    if words_ is not None:
        given["terms"] = sorted(words.terms(words_))[:24]
    if period_days is not None:
        given["period_days"] = _period(period_days)
    changed = [name for name, value in given.items() if getattr(problem, name) != value]
    if not changed:
        return problem
    before = {name: getattr(problem, name) for name in changed}
    for name in changed:
        setattr(problem, name, given[name])
    problem.changed_at = at
    problem.save()
    after = {name: given[name] for name in changed}
    announce(problem, ProblemChanged(problem.pk, changed), by=by, at=at, before=before, after=after)
    if {"terms", "model", "kind"} & set(changed):
        gather_later(problem)
    return problem


@transaction.atomic
def add_case(*, problem_id: int, case_id: int, at: datetime, by: Actor) -> ProblemCase:
    """By hand; adding again what was taken off is the undoing."""
    require(by, policies.LINK)
    problem = queries.locked_problem(problem_id, by)
    case = cases.locked(case_id, by)
    row, made = ProblemCase.objects.get_or_create(
        problem=problem, case_id=case_id, defaults={"opened_at": case.opened_at}
    )
    if made or row.removed:
        row.removed = False
        row.save(update_fields=["removed"])
        problem.case_count += 1
        problem.save(update_fields=["case_count"])
    return row


@transaction.atomic
def remove_case(*, problem_id: int, case_id: int, at: datetime, by: Actor) -> None:
    """It has another cause; it is not found again."""
    require(by, policies.LINK)
    problem = queries.locked_problem(problem_id, by)
    cases.locked(case_id, by)
    changed = ProblemCase.objects.filter(problem=problem, case_id=case_id, removed=False).update(removed=True)
    if changed:
        problem.case_count = max(0, problem.case_count - 1)
        problem.save(update_fields=["case_count"])


@transaction.atomic
def add_incident(*, problem_id: int, incident_id: int, at: datetime, by: Actor) -> None:
    require(by, policies.LINK)
    problem = queries.locked_problem(problem_id, by)
    incident = queries.get(incident_id, by)
    ProblemIncident.objects.get_or_create(problem=problem, incident=incident)


@transaction.atomic
def remove_incident(*, problem_id: int, incident_id: int, at: datetime, by: Actor) -> None:
    require(by, policies.LINK)
    problem = queries.locked_problem(problem_id, by)
    ProblemIncident.objects.filter(problem=problem, incident_id=incident_id).delete()
