"""What a customer who signed in to the portal may see: their own requests, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from shouwen.cases.models import Case, State
from shouwen.cases.queries import customer_page
from shouwen.cases.queries.one import case_id_of, no_such_case
from shouwen.customers import queries as customers
from shouwen.customers.models import Customer
from shouwen.people import queries as people
from shouwen.promises import queries as promises

ORDER = ("-last_at", "-id")


@dataclass(frozen=True)
class Row:
    """One request in the list. `tone` colours it: warn waits for the customer, good is done."""

    case: Case
    headline: str
    tone: str
    owner: str
    promise: Any


def customer_of(address: str) -> Customer | None:
    """Whose address this is now, after merges and erasures; asked on every page, so nothing outlives them."""
    found = customers.of_contact("email", address) if address else None
    if found is None:
        return None
    current = customers.current(found.pk)
    return None if current.erased_at is not None else current


def requests_of(customer: Customer, *, active: bool) -> QuerySet[Case]:
    """The customer's requests, the latest word first; `active` are those not yet at their end."""
    rows = Case.objects.filter(customer=customer)
    ended = (State.CONFIRMED, State.CLOSED_UNCONFIRMED, State.MERGED)
    return (rows.exclude(state__in=ended) if active else rows.filter(state__in=ended)).order_by(*ORDER)


def get(ref: str, customer: Customer) -> Case:
    """One of the customer's own requests; another's does not exist."""
    rows = Case.objects.select_related("customer", "merged_into")
    found = rows.filter(pk=case_id_of(ref), customer=customer).first()
    if found is None:
        raise no_such_case(ref)
    return found


def rows(cases: list[Case], at: datetime) -> list[Row]:
    """Two questions, however many requests there are."""
    names = people.names({case.owner_id for case in cases if case.owner_id})
    owed = promises.owed_by_subject("case", [case.pk for case in cases if case.active])
    return [_row(case, names, owed.get(case.pk, []), at) for case in cases]


def _row(case: Case, names: dict[int, str], owed: list[Any], at: datetime) -> Row:
    headline, tone = customer_page.headline(case)
    nearest = next((one for one in owed if not one.is_overdue(at)), None)
    return Row(case, headline, tone, names.get(case.owner_id or 0, ""), nearest)
