"""What the small forms of a case offer: people, addressees of a task, assets, fields, what is still open."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwen.cases import permissions
from shouwen.cases.models import Case, Handoff, Task, Understanding
from shouwen.cases.models.case import State
from shouwen.cases.models.tasks import OPEN_TASKS
from shouwen.cases.queries import one
from shouwen.cases.queries.kinds import kinds
from shouwen.channels import queries as channels
from shouwen.customers import queries as customers
from shouwen.kernel.errors import Invalid, NotFound
from shouwen.kernel.references import parse
from shouwen.people import queries as people
from shouwen.platform.access import Actor
from shouwen.platform.access import permissions as rights
from shouwen.promises import queries as promises

Choices = list[tuple[Any, Any]]
WHOM: Final = {"department": "department_id", "provider": "provider_id", "person": "assignee_id"}


def _named(person: Any) -> str:
    words = [person.title] if person.title else []
    if person.presence != "on_duty":
        words.append(str(person.get_presence_display()))
    return f"{person.name} ({', '.join(words)})" if words else str(person.name)


def owner_choices(case: Case) -> Choices:
    """Colleagues who may own a case: ours, answering to customers; those of the case's team first."""
    able = [
        person
        for person in people.active_staff().filter(provider=None).select_related("user")
        if permissions.WORK in rights.of_roles(person.user.roles) and person.pk != case.owner_id
    ]
    team = {person.pk for person in people.members(case.team_id)} if case.team_id else set()
    near = [(person.pk, _named(person)) for person in able if person.pk in team]
    far = [(person.pk, _named(person)) for person in able if person.pk not in team]
    if near and far:
        return [(_("The same team"), near), (_("Other teams"), far)]
    return near + far


def colleague_choices() -> Choices:
    return [(person.pk, _named(person)) for person in people.active_staff().filter(provider=None)]


def addressee_choices() -> Choices:
    """Whom a task may be for, as `department:3`."""
    groups = [
        (_("Department"), [(f"department:{row.pk}", row.name) for row in people.departments()]),
        (_("Provider"), [(f"provider:{row.pk}", row.name) for row in people.providers()]),
        (_("Person"), [(f"person:{row.pk}", _named(row)) for row in people.active_staff()]),
    ]
    return [group for group in groups if group[1]]


def addressee(text: str) -> tuple[str, int]:
    """`department:3` as the service's own name for it and the id; Invalid for anything else."""
    sort, _colon, pk = text.partition(":")
    if sort not in WHOM or not pk.isdecimal() or len(pk) > 18:
        raise Invalid(_("Say who shall help: a department, a person or a provider."), field="whom")
    return WHOM[sort], int(pk)


def handoff_for(handoff_id: int, actor: Actor) -> Handoff:
    """A handoff of a case the actor may see."""
    found = Handoff.objects.select_related("case", "by", "to").filter(pk=handoff_id).first()
    if found is None or not one.visible_to(actor).filter(pk=found.case_id).exists():
        raise NotFound(_("There is no such handoff."))
    return found


def summary_proposal(case: Case) -> str:
    """What is known, as a beginning for the summary of a handoff."""
    understood = Understanding.objects.filter(case=case).first()
    owed = promises.open_for(case.subject)
    lines = [
        _("The customer wants: %(text)s") % {"text": understood.text if understood else case.subject_line},
        *(_("Promised: %(text)s") % {"text": promise.text} for promise in owed),
        _("Done so far: "),
        _("Next step: "),
    ]
    return "\n".join(lines)


@dataclass(frozen=True)
class OpenEnds:
    """What is still under way on a case that somebody is about to call solved."""

    tasks: list[Task]
    promises: list[Any]

    def __len__(self) -> int:
        return len(self.tasks) + len(self.promises)


def open_ends(case: Case) -> OpenEnds:
    """What somebody should know who is about to say that it is solved; soonest due first."""
    tasks = Task.objects.filter(case=case, state__in=OPEN_TASKS).order_by("due_at", "id")
    return OpenEnds(list(tasks), promises.open_for(case.subject))


def item_choices() -> Choices:
    return [(pk, label) for pk, label in promises.item_choices()]


def asset_choices(case: Case) -> Choices:
    rows = customers.assets_of(case.customer_id)
    return [(row.pk, f"{row.name} {row.model} {row.serial_number}".strip()) for row in rows]


def expectation_sorts() -> Choices:
    return promises.expectation_sorts()


def expectation_of(case: Case) -> Any:
    return next(iter(promises.expectations_for(case.subject)), None)


def field_codes(kind: str) -> list[str]:
    found = kinds().get(kind)
    return [str(one["code"]) for one in found.fields] if found else []


def field_definitions(case: Case) -> list[dict[str, Any]]:
    """The kind's own fields with their label in the reader's language and their present value."""
    found = kinds().get(case.kind)
    chinese = (get_language() or "zh").startswith("zh")
    return [
        {
            **definition,
            "label": definition.get("label" if chinese else "label_en")
            or definition.get("label", definition["code"]),
            "value": case.fields.get(definition["code"], ""),
            "options": [(each, each) for each in definition.get("choices", [])],
        }
        for definition in (found.fields if found else [])
    ]


def fields_shown(case: Case) -> list[tuple[str, Any]]:
    return [
        (each["label"], each["value"]) for each in field_definitions(case) if each["value"] not in ("", None)
    ]


def state_words() -> dict[str, Any]:
    return {"state_words": dict(State.choices)}


def named(text: str, actor: Actor, *, field: str = "other") -> Case:
    """The case a person named by its reference; Invalid for that field when there is none for them."""
    pk = parse(text)
    found = one.visible_to(actor).filter(pk=pk).first() if pk else None
    if found is None:
        raise Invalid(_("There is no case %(ref)s.") % {"ref": text[:40]}, field=field)
    return found


def said_in(case: Case) -> list[Any]:
    """What was said, for choosing what becomes a case of its own."""
    return channels.messages_of(case.subject, limit=200)
