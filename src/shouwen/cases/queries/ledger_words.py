"""How the fields of a case are called in its ledger, and how what stood in them reads."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from shouwen.cases.models import State, TaskState
from shouwen.cases.queries.automation.conditions import PRIORITIES
from shouwen.cases.queries.kinds import kind_label
from shouwen.customers import queries as customers
from shouwen.kernel.errors import NotFound
from shouwen.people import queries as people
from shouwen.platform.ledger import history
from shouwen.promises import queries as promises


def _team(pk: Any) -> Any:
    return people.teams(active_only=False).filter(pk=pk).values_list("name", flat=True).first() or pk


def _found(get: Callable[[int], Any], name: str) -> Callable[[Any], Any]:
    """The name of what has this number; the number, when it is gone."""

    def value(pk: Any) -> Any:
        try:
            return getattr(get(pk), name)
        except NotFound:
            return pk

    return value


FIELDS: dict[str, tuple[Any, Callable[[Any], Any] | None]] = {
    "kind": (_("Kind"), lambda code: kind_label(str(code))),
    "impact": (_("Impact"), None),
    "urgency": (_("Urgency"), None),
    "priority": (_("Priority"), lambda level: dict(PRIORITIES).get(level, level)),
    "team": (_("Team"), _team),
    "tags": (_("Tags"), None),
    "restricted": (_("Restricted"), None),
    "subject": (_("Subject"), None),
    "service_item": (_("Service item"), _found(promises.item, "local_name")),
    "asset": (_("Asset"), _found(customers.asset, "name")),
}


def register() -> None:
    for name, (label, value) in FIELDS.items():
        history.field(name, label, value)
    for code, label in (*TaskState.choices, *State.choices):
        history.word("state", code, label)
