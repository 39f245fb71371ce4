"""Who may: pure predicates over (actor, thing). Whether a thing exists for the actor is `queries.visible_to`."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions
from shouwen.platform.access import Actor

Predicate = Callable[..., bool]


def _says(sentence: Any) -> Callable[[Predicate], Predicate]:
    def mark(predicate: Predicate) -> Predicate:
        predicate.sentence = sentence  # type: ignore[attr-defined]  # `ensure` says it
        return predicate

    return mark


@_says(_("Only people who answer to customers may do this."))
def may_work(by: Actor, case: Any) -> bool:
    """A colleague may go on where the owner is not at hand, so that the customer need not tell it twice."""
    return by.can(permissions.WORK)


@_says(_("Only the owner or a supervisor may do this."))
def may_answer_for(by: Actor, case: Any) -> bool:
    if not by.can(permissions.WORK):
        return False
    return case.owner_id is None or case.owner_id == by.user_id or by.can(permissions.SUPERVISE)


@_says(_("Only the person who was asked may answer a handoff."))
def may_answer_handoff(by: Actor, handoff: Any) -> bool:
    return by.user_id is not None and handoff.to_id == by.user_id


@_says(_("Only who asked for the handoff or a supervisor may withdraw it."))
def may_withdraw_handoff(by: Actor, handoff: Any) -> bool:
    return bool(handoff.by_id == by.user_id) or by.can(permissions.SUPERVISE)


@_says(_("This task is for somebody else."))
def may_work_task(by: Actor, task: Any) -> bool:
    if not by.can(permissions.TASKS):
        return False
    if task.assignee_id is not None:
        return bool(task.assignee_id == by.user_id) or by.can(permissions.SUPERVISE)
    if task.provider_id is not None:
        return bool(by.provider_id == task.provider_id)
    return bool(by.department_id == task.department_id) or by.can(permissions.SUPERVISE)


@_says(_("Only the customer's side of the task may decide this: the owner of the case or who asked."))
def may_judge_task(by: Actor, task: Any) -> bool:
    mine = by.user_id is not None and by.user_id in (task.asked_by_id, task.case.owner_id)
    return mine or by.can(permissions.SUPERVISE)


@_says(_("Only a supervisor or the chief service manager may settle an escalation."))
def may_settle_escalation(by: Actor, escalation: Any) -> bool:
    return by.can(permissions.SUPERVISE)


@_says(_("Only a supervisor may set this."))
def may_configure(by: Actor) -> bool:
    return by.can(permissions.CONFIGURE)


@_says(_("This page is for the customer of this case."))
def may_confirm(by: Actor, case: Any) -> bool:
    """The customer; or the owner who writes down what the customer said on the phone or at the desk."""
    if by.kind == "customer":
        return bool(by.customer_id == case.customer_id)
    return may_answer_for(by, case)
