"""Disputes between departments, and the chief service manager's ruling, which binds both (ESC-1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions, policies, queries
from shouwen.cases.events import DisputeRaised, DisputeRuled
from shouwen.cases.models import OPEN_TASKS, Dispute, Task, TaskState
from shouwen.cases.rules import states
from shouwen.cases.services import recording
from shouwen.cases.services.noticing import notify_all
from shouwen.cases.services.tasks import ask_task
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.people import queries as people
from shouwen.people.models import Department
from shouwen.platform.access import Actor, ensure, require
from shouwen.promises import services as promises


@transaction.atomic
def raise_dispute(
    *,
    case_id: int,
    one_id: int,
    other_id: int,
    question: str,
    task_id: int | None = None,
    at: datetime,
    by: Actor,
) -> Dispute:
    """Say what two departments cannot agree on. The case goes on meanwhile; its owner stays."""
    case = queries.locked(case_id, by)
    ensure(policies.may_work, by, case)
    states.must_be_active(case.state)
    question = states.text(question, "question", least=1, most=1000)
    if one_id == other_id:
        raise Invalid(_("Name two departments."), field="other")
    one, other = _department(one_id, "one"), _department(other_id, "other")
    task = Task.objects.filter(pk=task_id, case=case).first() if task_id is not None else None
    if task_id is not None and task is None:
        raise Invalid(_("There is no such task."), field="task")
    if Dispute.objects.filter(case=case, task=task, ruled_at=None).exists():
        raise Refused(_("This waits for a ruling already."))
    made = Dispute.objects.create(
        case=case, task=task, one=one, other=other, question=question, raised_by_id=by.user_id, raised_at=at
    )
    chiefs = [person.id for person in people.chiefs() or people.with_role("administrator")]
    params = {"one": one.name, "other": other.name, "reason": question}
    notify_all(
        user_ids=chiefs, kind="dispute", case=case, at=at, cause_key=f"dispute:{made.pk}", params=params
    )
    fact = DisputeRaised(case.pk, made.pk, one.name, other.name, question)
    more = [("department", one.pk), ("department", other.pk), *(("staff", pk) for pk in chiefs)]
    recording.announce(case, fact, by=by, at=at, more=more)
    return made


def _department(department_id: int, field: str) -> Department:
    try:
        return people.department(department_id)
    except NotFound:
        raise Invalid(_("There is no such department."), field=field) from None


@transaction.atomic
def rule_on(
    *, dispute_id: int, answerable_id: int, ruling: str, minutes: int, at: datetime, by: Actor
) -> Dispute:
    """Say which of the two answers. Its task is theirs from now on, with its own clock, and cannot be rejected."""
    found = Dispute.objects.select_for_update(of=("self",)).filter(pk=dispute_id).first()
    if found is None:
        raise NotFound(_("There is no such dispute."))
    case = queries.locked(found.case_id, by)
    require(by, permissions.RULE)
    if found.ruled_at is not None:
        raise Refused(_("This has been ruled on already."))
    if answerable_id not in (found.one_id, found.other_id):
        raise Invalid(_("Choose one of the two departments."), field="answerable")
    found.ruling = states.text(ruling, "ruling", least=1, most=1000)
    found.answerable_id, found.ruled_by_id, found.ruled_at = answerable_id, by.user_id, at
    task = _bind(found, minutes, at, by) if case.active else None
    found.task = task or found.task
    found.save()
    told = [pk for pk in dict.fromkeys([case.owner_id, found.raised_by_id]) if pk is not None]
    params = {"name": by.name, "reason": found.ruling}
    notify_all(user_ids=told, kind="ruling", case=case, at=at, cause_key=f"ruled:{found.pk}", params=params)
    department = people.department(answerable_id)
    fact = DisputeRuled(case.pk, found.pk, department.name, found.ruling, task.pk if task else None)
    recording.announce(
        case, fact, by=by, at=at, more=[("department", found.one_id), ("department", found.other_id)]
    )
    return found


def _bind(dispute: Dispute, minutes: int, at: datetime, by: Actor) -> Task:
    """The disputed task for the department that answers, or a new one; what is under way there stays as it is."""
    task = dispute.task
    if task is not None and task.state in OPEN_TASKS and task.department_id == dispute.answerable_id:
        Task.objects.filter(pk=task.pk).update(bound=True)
        return task
    if task is not None and task.state in OPEN_TASKS:
        promises.stop_all(subject=task.subject, at=at)
        answer = str(dispute.ruling)[:1000]
        Task.objects.filter(pk=task.pk).update(state=TaskState.CANCELLED, settled_at=at, answer=answer)
    made = ask_task(
        case_id=dispute.case_id,
        title=task.title if task else dispute.question[:200],
        ask=task.ask if task else dispute.question,
        standard=task.standard if task else "",
        minutes=minutes,
        department_id=dispute.answerable_id,
        at=at,
        by=by,
    )
    Task.objects.filter(pk=made.pk).update(bound=True)
    return made
