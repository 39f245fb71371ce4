"""A language model reads the conversation for a colleague (KNO-4): its words are shown, marked, and never sent."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shouwen.cases import policies, queries
from shouwen.cases.events import MachineAsked
from shouwen.cases.models import Case
from shouwen.cases.services import recording
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.knowledge import machine
from shouwen.knowledge.rules import machine as rules
from shouwen.people import queries as people
from shouwen.platform.access import Actor, ensure
from shouwen.platform.preferences import get as preference

MOST_SAID = 30


@dataclass(frozen=True)
class Assistance:
    """`text` is the machine's; `kind` the code of the category it chose, "" for none."""

    task: rules.Task
    text: str
    kind: str = ""


def assist(*, case_id: int, task: str, at: datetime, by: Actor) -> Assistance:
    """Ask for a draft, a summary or a category. The network is asked outside of any transaction."""
    case = queries.visible_to(by).select_related("customer").filter(pk=case_id).first()
    if case is None:
        raise NotFound(_("There is no such case."))
    ensure(policies.may_work, by, case)
    wanted = next((each for each in rules.TASKS if each == task), None)
    if wanted is None:
        raise Invalid(_("Choose one of the listed values."), field="task")
    kinds = [(one.code, queries.kind_label(one.code)) for one in queries.active_kinds()]
    text = machine.ask(
        wanted, _said(case), language="en" if case.customer.language == "en" else "zh",
        names=_names(case), choices=kinds if wanted == "classify" else (),
    )  # fmt: skip
    _written_down(case, wanted, at, by)
    if wanted == "classify":
        return Assistance(wanted, text, rules.chosen(text, [code for code, _label in kinds]))
    return Assistance(wanted, text)


@transaction.atomic
def _written_down(case: Case, task: str, at: datetime, by: Actor) -> None:
    recording.announce(case, MachineAsked(case.pk, task, bool(preference("machine.mask"))), by=by, at=at)


def _said(case: Case) -> list[tuple[str, str]]:
    """Subject and messages without internal notes: what the customer knows, and no more, leaves the house."""
    said = [m for m in queries.said_in(case) if m.direction != "internal" and not m.meta.get("undone")]
    rows = [("Customer" if m.direction == "inbound" else "Agent", m.text) for m in said[-MOST_SAID:]]
    return [("Subject", case.subject_line), *rows]


def _names(case: Case) -> list[str]:
    owner = [people.name_of(case.owner_id)] if case.owner_id else []
    return [case.customer.name, *owner]
