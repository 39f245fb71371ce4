"""One task as who works on it may see it: the case behind it only as far as it is theirs to know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.cases import policies
from shouwen.cases.models import Task
from shouwen.cases.queries.one import get_task, visible_to
from shouwen.cases.rules import gate, states
from shouwen.channels import queries as channels
from shouwen.channels import reading
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises

MESSAGES = 30


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
        moves=frozenset(to for to, sources in states.TASK_MOVES.items() if task.state in sources),
    )
