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


def search_docs(ids: list[int]) -> dict[int, Doc]:
    """What cases are found by: reference, subject, tags, the customer's name, and what was written."""
    found = list(Case.objects.filter(pk__in=ids).only("id", "subject_line", "tags", "customer_id"))
    names = customers.names(list({case.customer_id for case in found}))
    return {
        case.pk: Doc(
            title=case.subject_line,
            body="\n".join([case.reference, *case.tags, *channels.texts_of(case.subject)]),
            names=(names[case.customer_id],) if case.customer_id in names else (),
        )
        for case in found
    }
