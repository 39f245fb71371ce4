"""Disputes between departments: what waits for a ruling, and what was ruled."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import Case, Dispute, Task
from shouwen.cases.queries.one import in_sight
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.web import paginate

PER_PAGE = 50


def visible_disputes(actor: Actor) -> QuerySet[Dispute]:
    rows = Dispute.objects.filter(in_sight(actor))
    return rows.select_related(
        "case__customer", "case__owner", "one", "other", "answerable", "raised_by", "ruled_by"
    )


def page_of(actor: Actor, *, ruled: bool, cursor: str | None) -> Any:
    """The newest first, by key."""
    rows = visible_disputes(actor).filter(ruled_at__isnull=not ruled)
    return paginate(rows, order=("-id",), cursor=cursor, limit=PER_PAGE)


def dispute(dispute_id: int, actor: Actor) -> Dispute:
    found = visible_disputes(actor).select_related("task").filter(pk=dispute_id).first()
    if found is None:
        raise NotFound(_("There is no such dispute."))
    return found


def of_case(case_id: int) -> list[Dispute]:
    rows = Dispute.objects.filter(case_id=case_id).select_related("one", "other", "answerable")
    return list(rows.order_by("id"))


def choices(case: Case) -> dict[str, Any]:
    """Departments to name, and the case's tasks a dispute may be about."""
    tasks = Task.objects.filter(case=case).order_by("-id").values_list("pk", "title")[:20]
    return {
        "departments": [(one.pk, one.name) for one in people.departments()],
        "tasks": [(pk, title) for pk, title in tasks],
    }
