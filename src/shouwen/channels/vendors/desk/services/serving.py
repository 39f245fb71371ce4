"""At the counter: calling the next one, serving, passing on. One number is called by exactly one agent."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwen.channels import policies
from shouwen.channels.models.counter import AT_A_COUNTER, Counter, Visit, VisitState
from shouwen.channels.vendors.desk import queries, rules
from shouwen.channels.vendors.desk.events import HallChanged
from shouwen.channels.vendors.desk.services.taking import say
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.ledger import bus


@transaction.atomic
def sit_down(*, counter_id: int, at: datetime, by: Actor) -> Counter:
    """Open a counter. One person sits at one counter, and one counter has one person."""
    ensure(policies.may_serve, by)
    counter = _held(queries.counter(counter_id))
    if counter.staff_id not in (None, by.user_id):
        name = people.name_of(counter.staff_id)
        raise Refused(_("%(name)s sits at this counter.") % {"name": name})
    stand_up(at=at, by=by)
    counter.staff_id = by.user_id
    counter.save(update_fields=["staff_id"])
    _say_counter(counter, "opened", by, at)
    return counter


@transaction.atomic
def stand_up(*, at: datetime, by: Actor) -> None:
    """Close one's counter. Whoever is being served is finished or given back first."""
    before = queries.counter_of(by.user_id)
    if before is None:
        return
    _nobody_here(by)
    before.staff_id = None
    before.save(update_fields=["staff_id"])
    _say_counter(before, "closed", by, at)


@transaction.atomic
def call_next(*, at: datetime, by: Actor) -> Visit:
    """The next visitor this person can serve. Of two who press at once each gets another number.

    The row is taken by one conditional update: whoever's update changes it has it, on every database.
    """
    ensure(policies.may_serve, by)
    counter = queries.counter_of(by.user_id)
    if counter is None:
        raise Refused(_("Sit down at a counter first."))
    _held(counter)
    _nobody_here(by)
    for visit_id in queries.may_be_called(counter.hall_id, by, queries.today(counter.hall, at)):
        if _grab(visit_id, counter, at, by):
            visit = queries.visit(visit_id)
            say(visit, by, at)
            return visit
    raise Refused(_("Nobody waits whom you could call."))


def _grab(visit_id: int, counter: Counter, at: datetime, by: Actor) -> bool:
    waiting = Visit.objects.filter(pk=visit_id, state=VisitState.WAITING)
    try:
        with transaction.atomic():
            taken = waiting.update(
                state=VisitState.CALLED,
                staff_id=by.user_id,
                counter=counter,
                called_at=at,
                shouted_at=at,
                calls=1,
            )
    except IntegrityError:
        raise Refused(_("You have called somebody already.")) from None
    return taken == 1


@transaction.atomic
def call_again(*, visit_id: int, at: datetime, by: Actor) -> Visit:
    visit = _mine(visit_id, by, VisitState.CALLED)
    visit.shouted_at, visit.calls = at, min(visit.calls + 1, 99)
    return _saved(visit, by, at)


@transaction.atomic
def begin(*, visit_id: int, at: datetime, by: Actor) -> Visit:
    """The visitor is here. Who serves first owns what comes of it."""
    visit = _mine(visit_id, by, VisitState.CALLED)
    visit.state, visit.served_at = VisitState.SERVING, visit.served_at or at
    visit.first_staff_id = visit.first_staff_id or by.user_id
    return _saved(visit, by, at)


@transaction.atomic
def did_not_come(*, visit_id: int, at: datetime, by: Actor) -> Visit:
    visit = _mine(visit_id, by, VisitState.CALLED)
    visit.state, visit.ended_at = VisitState.NO_SHOW, at
    return _saved(visit, by, at)


@transaction.atomic
def give_back(*, visit_id: int, at: datetime, by: Actor) -> Visit:
    """I am busy: the visitor keeps the place in the queue, and the next free colleague is offered them."""
    visit = _mine(visit_id, by, *AT_A_COUNTER)
    _to_the_queue(visit)
    visit.wanted_staff_id = None
    return _saved(visit, by, at)


@transaction.atomic
def pass_on(
    *, visit_id: int, matter_id: int | None, staff_id: int | None, note: str, at: datetime, by: Actor
) -> Visit:
    """To another matter or to a certain colleague, with a word for who goes on; the place in the queue is kept."""
    visit = _mine(visit_id, by, *AT_A_COUNTER)
    if not note.strip():
        raise Invalid(
            _("Say in a word what it is about, so that the visitor need not tell it again."), field="note"
        )
    if matter_id is None and staff_id is None:
        raise Invalid(_("Choose a matter or a colleague."), field="matter")
    if matter_id is not None:
        matter = queries.matter(matter_id)
        if matter.hall_id != visit.hall_id:
            raise Invalid(_("There is no such matter."), field="matter")
        visit.skill = matter.skill
    if staff_id is not None and not people.is_staff(staff_id):
        raise Invalid(_("There is no such person."), field="staff")
    visit.note, visit.wanted_staff_id = note.strip()[:200], staff_id
    _to_the_queue(visit)
    return _saved(visit, by, at)


@transaction.atomic
def finish(*, visit_id: int, at: datetime, by: Actor) -> Visit:
    """Done. What was said stands in a case by now: a visit leaves a trace."""
    visit = _mine(visit_id, by, VisitState.SERVING)
    if visit.subject_id is None:
        raise Invalid(_("Write down in a word what it was about."), field="said")
    visit.state, visit.ended_at = VisitState.DONE, at
    return _saved(visit, by, at)


def _to_the_queue(visit: Visit) -> None:
    visit.state, visit.staff_id, visit.counter, visit.shouted_at = VisitState.WAITING, None, None, None


def _mine(visit_id: int, by: Actor, *states: str) -> Visit:
    """The visit, held for this transaction, when it is at this person's counter."""
    visit = queries.visit(visit_id)
    Visit.objects.select_for_update().get(pk=visit.pk)
    visit.refresh_from_db()
    ensure(policies.may_work_on_visit, by, visit)
    rules.must_be(visit.state, *states)
    return visit


def _nobody_here(by: Actor) -> None:
    here = queries.visit_at(by.user_id)
    if here is not None:
        raise Refused(_("%(number)s is still at your counter.") % {"number": here.label})


def _held(counter: Counter) -> Counter:
    return Counter.objects.select_for_update().get(pk=counter.pk)


def _saved(visit: Visit, by: Actor, at: datetime) -> Visit:
    visit.save()
    say(visit, by, at)
    return visit


def _say_counter(counter: Counter, what: str, by: Actor, at: datetime) -> None:
    bus.announce(
        HallChanged(counter.hall_id, what, counter.name),
        subjects=[("hall", counter.hall_id)],
        by=by,
        at=at,
    )
