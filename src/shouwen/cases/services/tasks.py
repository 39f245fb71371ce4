"""Help from the back stage (CAS-6): asked with a standard and a clock, accepted or rejected, delivered, judged."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import TaskAsked, TaskMoved
from shouwen.cases.models import Task, TaskState
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify
from shouwen.cases.services.persons import known_staff
from shouwen.kernel.errors import Invalid
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.promises import services as promises

LEAST_MINUTES, MOST_MINUTES = 5, 60 * 24 * 90


@transaction.atomic
def ask_task(
    *,
    case_id: int,
    title: str,
    ask: str,
    minutes: int,
    at: datetime,
    by: Actor,
    standard: str = "",
    department_id: int | None = None,
    provider_id: int | None = None,
    assignee_id: int | None = None,
) -> Task:
    """Ask a department, a person or a provider for help. `minutes` of their working time are its clock."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    title = states.text(title, "title", least=1, most=200)
    ask = states.text(ask, "ask", least=1, most=8000)
    standard = states.text(standard, "standard", most=4000)
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise Invalid(_("Give it from five minutes to ninety days of working time."), field="minutes")
    _check_addressee(department_id, provider_id, assignee_id)
    task = Task(
        case=case,
        title=title,
        ask=ask,
        standard=standard,
        department_id=department_id,
        provider_id=provider_id,
        assignee_id=assignee_id,
        asked_by_id=by.user_id,
        asked_at=at,
        due_at=at,
    )
    task.save(force_insert=True)
    team_id = people.team_that_works(assignee_id=assignee_id, department_id=department_id)
    clock = promises.start_clock(subject=task.subject, target_seconds=minutes * 60, team_id=team_id, at=at)
    task.due_at = clock.due_at
    task.save(update_fields=["due_at"])
    notify(user_id=assignee_id, kind="task_asked", case=case, at=at, params={"title": title, "name": by.name})
    fact = TaskAsked(case.pk, task.pk, title, department_id, provider_id, assignee_id)
    recording.announce(case, fact, by=by, at=at, more=_about(task))
    return task


def _check_addressee(department_id: int | None, provider_id: int | None, assignee_id: int | None) -> None:
    if department_id is None and provider_id is None and assignee_id is None:
        raise Invalid(_("Say who shall help: a department, a person or a provider."), field="department")
    if department_id is not None:
        people.department(department_id)
    if provider_id is not None:
        people.provider(provider_id)
    if assignee_id is not None and not known_staff(assignee_id, "assignee").active:
        raise Invalid(_("There is no such colleague."), field="assignee")


def _about(task: Task) -> list[tuple[str, int]]:
    subjects = [task.subject]
    if task.department_id:
        subjects.append(("department", task.department_id))
    if task.provider_id:
        subjects.append(("provider", task.provider_id))
    if task.assignee_id:
        subjects.append(("staff", task.assignee_id))
    return subjects


def _move(task: Task, to: str, answer: str, at: datetime, by: Actor) -> Task:
    states.must_be_able_to_move(task.state, to)
    before = task.state
    task.state, task.answer = to, answer
    if to in {TaskState.APPROVED, TaskState.REJECTED, TaskState.CANCELLED}:
        task.settled_at = at
    task.save()
    helper = by.user_id == task.assignee_id
    told = task.asked_by_id if helper or to in {"accepted", "rejected", "delivered"} else task.assignee_id
    if told != by.user_id:
        params = {"title": task.title, "state": to, "name": by.name}
        notify(user_id=told, kind="task_moved", case=task.case, at=at, params=params)
    fact = TaskMoved(task.case_id, task.pk, task.title, to, answer)
    recording.announce(
        task.case, fact, by=by, at=at, more=_about(task), before={"state": before}, after={"state": to}
    )
    return task


@transaction.atomic
def accept_task(*, task_id: int, at: datetime, by: Actor) -> Task:
    """Somebody of those asked takes it on; from here on it is theirs."""
    task = queries.locked_task(task_id, by)
    ensure(policies.may_work_task, by, task)
    states.must_be_able_to_move(task.state, TaskState.ACCEPTED)
    task.assignee_id = by.user_id
    task.accepted_at = at
    return _move(task, TaskState.ACCEPTED, "", at, by)


@transaction.atomic
def reject_task(*, task_id: int, answer: str, at: datetime, by: Actor) -> Task:
    """Not ours, or not possible as asked: with a reason, back to who asked."""
    task = queries.locked_task(task_id, by)
    ensure(policies.may_work_task, by, task)
    states.must_not_be_bound(task.bound)
    answer = states.text(answer, "answer", least=1, most=1000)
    promises.stop_all(subject=task.subject, at=at)
    return _move(task, TaskState.REJECTED, answer, at, by)


@transaction.atomic
def deliver_task(*, task_id: int, delivery: str, at: datetime, by: Actor) -> Task:
    """What was worked out. The clock stands from here; who asked checks it against the standard."""
    task = queries.locked_task(task_id, by)
    ensure(policies.may_work_task, by, task)
    task.delivery = states.text(delivery, "delivery", least=1, most=20_000)
    task.delivered_at = at
    promises.meet(subject=task.subject, sort="task", at=at)
    return _move(task, TaskState.DELIVERED, "", at, by)


@transaction.atomic
def return_task(*, task_id: int, answer: str, at: datetime, by: Actor) -> Task:
    """It does not pass the quality gate: back, with what is missing. Counts."""
    task = queries.locked_task(task_id, by)
    ensure(policies.may_judge_task, by, task)
    answer = states.text(answer, "answer", least=1, most=1000)
    task.return_count += 1
    return _move(task, TaskState.RETURNED, answer, at, by)


@transaction.atomic
def approve_task(*, task_id: int, at: datetime, by: Actor, answer: str = "") -> Task:
    """It passes the quality gate."""
    task = queries.locked_task(task_id, by)
    ensure(policies.may_judge_task, by, task)
    return _move(task, TaskState.APPROVED, states.text(answer, "answer", most=1000), at, by)


@transaction.atomic
def cancel_task(*, task_id: int, answer: str, at: datetime, by: Actor) -> Task:
    task = queries.locked_task(task_id, by)
    ensure(policies.may_judge_task, by, task)
    answer = states.text(answer, "answer", least=1, most=1000)
    promises.stop_all(subject=task.subject, at=at)
    return _move(task, TaskState.CANCELLED, answer, at, by)
