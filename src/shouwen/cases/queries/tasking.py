"""Tasks: whose they are, what waits for me, and one task as who works on it may see it: the case behind it only
as far as it is theirs to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies
from shouwen.cases.models import Task
from shouwen.cases.models.tasks import OPEN_TASKS, TaskState
from shouwen.cases.queries.one import get_task, visible_tasks, visible_to
from shouwen.cases.rules import gate, states
from shouwen.channels import queries as channels
from shouwen.channels import reading
from shouwen.kernel.errors import Invalid
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.platform.waiting import Counted
from shouwen.platform.web.paging import Page, paginate
from shouwen.promises import queries as promises

MESSAGES = 30
MOST: Final = 100  # counted no further: nobody acts on the difference
LOOKED_AT: Final = ("mine", "offered", "asked")  # in this order one looks where something waits
# What the frame of every page counts: mine, and what is offered to my department or provider.
WAITING = db.Read(
    lambda staff, department, provider: Task.objects.filter(
        Q(assignee_id=staff)
        | Q(state=TaskState.ASKED, assignee=None, department_id=department)
        | Q(state=TaskState.ASKED, assignee=None, provider_id=provider),
        state__in=OPEN_TASKS,
    ).values_list("pk")[:MOST]
)


def tasks_badge(actor: Actor) -> Counted:
    department = 0 if actor.provider_id else actor.department_id or 0
    asked = {"staff": actor.user_id or 0, "department": department, "provider": actor.provider_id or 0}
    return Counted(((WAITING, asked),))


def tasks(actor: Actor, *, which: str = "mine", cursor: str | None = None, limit: int = 50) -> Page[Task]:
    """Tasks: mine (I do them), offered (to my department or provider, nobody has accepted), asked (I asked for them)."""
    rows = _of(actor, which)
    related = ("case", "case__customer", "department", "provider", "assignee")
    return paginate(rows.select_related(*related), order=("due_at", "id"), cursor=cursor, limit=limit)


def task_counts(actor: Actor) -> dict[str, int]:
    """How many there are in each view, counted no further than MOST."""
    return {which: len(_of(actor, which).order_by().values_list("pk")[:MOST]) for which in LOOKED_AT}


def first_with_something(counts: dict[str, int]) -> str:
    """The view a page opens on: the first that has something to do, else one's own."""
    return next((which for which in LOOKED_AT if counts[which]), LOOKED_AT[0])


def _of(actor: Actor, which: str) -> QuerySet[Task]:
    rows = visible_tasks(actor)
    if which == "mine":
        return rows.filter(assignee_id=actor.user_id, state__in=OPEN_TASKS)
    if which == "asked":
        return rows.filter(asked_by_id=actor.user_id, state__in=OPEN_TASKS)
    if which == "offered":
        ours = Q(department_id=actor.department_id) & Q(department__isnull=False)
        if actor.provider_id is not None:
            ours = Q(provider_id=actor.provider_id)
        return rows.filter(ours, state=TaskState.ASKED, assignee=None)
    if which != "all":
        raise Invalid(_("There is no such view."), field="view")
    return rows


@dataclass(frozen=True)
class TaskPage:
    """`messages` is None where the conversation is not this person's to read; a provider sees the task alone."""

    task: Task
    points: list[str]
    clock: Any
    messages: list[reading.Shown] | None
    may_work: bool
    may_judge: bool
    moves: frozenset[str]


def page(task_id: int, actor: Actor, at: datetime) -> TaskPage:
    task = get_task(task_id, actor)
    inside = actor.provider_id is None and visible_to(actor).filter(pk=task.case_id).exists()
    said = channels.messages_of(task.case.subject, limit=MESSAGES) if inside else None
    clocks = promises.clocks_for(task.subject)
    return TaskPage(
        task=task,
        points=gate.points(task.standard),
        clock=clocks[0] if clocks else None,
        messages=reading.shown(said) if said is not None else None,
        may_work=policies.may_work_task(actor, task),
        may_judge=policies.may_judge_task(actor, task),
        moves=frozenset(
            to
            for to, sources in states.TASK_MOVES.items()
            if task.state in sources and not (task.bound and to == "rejected")
        ),
    )
