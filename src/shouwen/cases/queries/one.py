"""Finding one case, task or handoff, for reading or for changing."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases import permissions
from shouwen.cases.models import Case, Escalation, Handoff, Resolution, State, Task
from shouwen.cases.queries.because import in_words
from shouwen.kernel.errors import NotFound
from shouwen.kernel.references import parse
from shouwen.platform import db
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises

WHOLE = db.Read(
    lambda pk: Case.objects.filter(pk=pk).select_related(
        "customer", "owner", "team", "service_item", "asset", "first_asked"
    )
)
LOCKED = db.Read(lambda pk: Case.objects.select_for_update(of=("self",)).filter(pk=pk))
WITH_CUSTOMER = db.Read(
    lambda pk: Case.objects.select_related("customer").select_for_update(of=("self",)).filter(pk=pk)
)


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases that exist for `actor`: all open ones for the front, those with a task of theirs for the back stage."""
    cases = Case.objects.all()
    if actor.is_system:
        return cases
    if actor.customer_id is not None:
        return cases.filter(customer_id=actor.customer_id)
    if not actor.can(permissions.SEE):
        return cases.none()
    if actor.can(permissions.SEE_ALL):
        if actor.can(permissions.SEE_RESTRICTED):
            return cases
        return cases.filter(Q(restricted=False) | Q(owner_id=actor.user_id))
    mine = Task.objects.filter(_for(actor), case_id=OuterRef("pk"))
    return cases.filter(Exists(mine))


def in_sight(actor: Actor, case: str = "case") -> Q:
    """The same for rows that hang on a case. Not as `case__in=visible_to(…)`, where that says "any": SQLite then
    walks through all cases there are to find a page of rows."""
    sees_all = actor.customer_id is None and actor.can(permissions.SEE) and actor.can(permissions.SEE_ALL)
    if actor.is_system or (sees_all and actor.can(permissions.SEE_RESTRICTED)):
        return Q()
    if sees_all:
        return Q(**{f"{case}__restricted": False}) | Q(**{f"{case}__owner_id": actor.user_id})
    return Q(**{f"{case}__in": visible_to(actor).values("pk")})


def _for(actor: Actor) -> Q:
    """Tasks that are addressed to `actor`, the department or the provider."""
    wanted = Q(assignee_id=actor.user_id)
    if actor.provider_id is not None:
        return wanted | Q(provider_id=actor.provider_id)
    if actor.department_id is not None:
        wanted |= Q(department_id=actor.department_id)
    return wanted


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    if actor.is_system or actor.can(permissions.SEE_ALL):
        return Task.objects.all()
    if not actor.can(permissions.TASKS):
        return Task.objects.none()
    return Task.objects.filter(_for(actor))


def get(ref: str, actor: Actor) -> Case:
    """The case with reference `ref` (SW…), as far as it exists for `actor`."""
    pk = parse(ref)
    found = None
    if pk is not None:
        found = WHOLE.first(pk=pk)
    if found is None or not exists_for(found, actor):
        raise no_such_case(ref)
    return found


def no_such_case(ref: str) -> NotFound:
    return NotFound(_("There is no case %(ref)s.") % {"ref": ref[:40]}, field="ref")


def by_pk(case_id: int) -> Case | None:
    return Case.objects.filter(pk=case_id).first()


def goes_on(case_id: int) -> bool:
    """Whether a new word of the customer belongs to this case: it is open, or waits for their confirmation."""
    found = Case.objects.filter(pk=case_id)
    return found.filter(active=True).exists() or found.filter(state=State.RESOLVED).exists()


def held(case_id: int) -> Case | None:
    """The case, locked for this transaction, where there is one."""
    return LOCKED.first(pk=case_id)


def locked(case_id: int, actor: Actor | None = None) -> Case:
    """The case, locked for this transaction; with `actor` only if it exists for them."""
    found = LOCKED.first(pk=case_id)
    if found is None or not (actor is None or exists_for(found, actor)):
        raise NotFound(_("There is no such case."))
    return found


def locked_with_customer(case_id: int) -> Case:
    """The case, locked for this transaction, and whose it is, in one question."""
    found = WITH_CUSTOMER.first(pk=case_id)
    if found is None:
        raise NotFound(_("There is no such case."))
    return found


def sees_all(actor: Actor) -> bool:
    """Whether a row in hand says by itself if it exists for `actor`."""
    return actor.is_system or (
        actor.kind == "staff" and actor.can(permissions.SEE) and actor.can(permissions.SEE_ALL)
    )


def exists_for(case: Any, actor: Actor) -> bool:
    """The same as `visible_to` for one case (or row of it) in hand; only who sees some cases costs a question."""
    if actor.is_system:
        return True
    if sees_all(actor):
        return not case.restricted or actor.can(permissions.SEE_RESTRICTED) or case.owner_id == actor.user_id
    return visible_to(actor).filter(pk=case.id).exists()


def locked_handoff(handoff_id: int) -> Handoff:
    found = Handoff.objects.select_for_update(of=("self",)).filter(pk=handoff_id).first()
    if found is None:
        raise NotFound(_("There is no such handoff."))
    return found


def open_handoff(case_id: int) -> Handoff | None:
    return Handoff.objects.select_related("to", "by").filter(case_id=case_id, state="asked").first()


def get_task(task_id: int, actor: Actor) -> Task:
    found = (
        visible_tasks(actor)
        .select_related(
            "case", "case__customer", "case__owner", "department", "provider", "assignee", "asked_by"
        )
        .filter(pk=task_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such task."))
    return found


def locked_task(task_id: int, actor: Actor) -> Task:
    rows = visible_tasks(actor).select_for_update(of=("self",)).select_related("case")
    found = rows.filter(pk=task_id).first()
    if found is None:
        raise NotFound(_("There is no such task."))
    return found


def open_resolution(case_id: int) -> Resolution | None:
    return Resolution.objects.filter(case_id=case_id, ended_at=None).first()


def case_id_of(ref: str) -> int:
    """The id behind a reference; whether it exists for anybody is the service's to say."""
    pk = parse(ref)
    if pk is None:
        raise no_such_case(ref)
    return pk


def handoffs_of(case_id: int) -> list[Handoff]:
    return list(
        Handoff.objects.select_related("to", "by", "owner_before").filter(case_id=case_id).order_by("id")
    )


def handoff_of(case_id: int, handoff_id: int) -> Handoff:
    found = Handoff.objects.filter(case_id=case_id, pk=handoff_id).first()
    if found is None:
        raise NotFound(_("There is no such handoff."))
    return found


def tasks_of(case_id: int) -> list[Task]:
    related = ("department", "provider", "assignee", "asked_by")
    return list(Task.objects.select_related(*related).filter(case_id=case_id).order_by("id"))


def task_of(case_id: int, task_id: int, actor: Actor) -> Task:
    found = visible_tasks(actor).filter(case_id=case_id, pk=task_id).first()
    if found is None:
        raise NotFound(_("There is no such task."))
    return found


def escalations_of(case_id: int) -> list[Escalation]:
    return [in_words(row) for row in Escalation.objects.filter(case_id=case_id).order_by("id")]


def promise_of(ref: str, promise_id: int, actor: Actor) -> None:
    """NotFound unless the promise is one of this case."""
    subject = get(ref, actor).subject
    if all(promise.pk != promise_id for promise in promises.all_for(subject)):
        raise NotFound(_("There is no such promise."))
