"""How a case reads to other rooms and to the search."""

from collections.abc import Mapping

from django.urls import reverse

from shouwen.cases.models import Case
from shouwen.cases.queries.one import visible_to
from shouwen.channels import queries as channels
from shouwen.customers import queries as customers
from shouwen.platform.access import Actor
from shouwen.platform.search import Doc
from shouwen.promises.subjects import Line

INDEXED_MESSAGES = 200


def describe(ids: frozenset[int], actor: Actor) -> Mapping[int, Line]:
    rows = visible_to(actor).filter(pk__in=ids).only("id", "subject_line")
    return {
        case.pk: Line(case.reference, case.subject_line, reverse("cases:case", args=[case.reference]))
        for case in rows
    }


def may_see(actor: Actor, case_id: int) -> bool:
    return visible_to(actor).filter(pk=case_id).exists()


def answers_for(actor: Actor, case_id: int) -> bool:
    """Whether `actor` is the one answerable for the case now."""
    return actor.user_id is not None and Case.objects.filter(pk=case_id, owner_id=actor.user_id).exists()


def search_doc(case_id: int) -> Doc | None:
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return None
    said = channels.messages_of(case.subject, limit=INDEXED_MESSAGES)
    body = "\n".join([case.reference, *case.tags, *(message.text for message in said)])
    names = tuple(customers.names([case.customer_id]).values())
    return Doc(title=case.subject_line, body=body, names=names)
