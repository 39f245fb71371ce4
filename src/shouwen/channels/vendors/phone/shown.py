"""Calls as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from shouwen.channels import promising, subjects
from shouwen.channels.models import Call
from shouwen.channels.vendors.phone import queries
from shouwen.customers import queries as customers
from shouwen.customers.models import Customer
from shouwen.customers.rules import masked
from shouwen.people import queries as people
from shouwen.platform.access import Actor

TONES = {"ringing": "info", "talking": "good", "held": "warn", "ended": "neutral"}


@dataclass(frozen=True)
class Row:
    """A call with names. `number` is masked for who may not see contacts; `dial` is the link that calls it."""

    call: Call
    number: str
    dial: str
    customer: str
    staff: str
    about: str
    about_url: str
    due: Any = None
    tone: str = "neutral"
    may_write: bool = False
    others: list[Customer] = field(default_factory=list)

    @property
    def waited(self) -> str:
        return spelled(self.call.wait)

    @property
    def talked(self) -> str:
        return spelled(self.call.talk)

    @property
    def held(self) -> str:
        return spelled(self.call.hold)


def rows(calls: Iterable[Call], actor: Actor, *, offer: bool = False) -> list[Row]:
    """Four questions for all of them together; `offer` adds who else may be calling, one question a call."""
    wanted = list(calls)
    names = customers.names({call.customer_id for call in wanted if call.customer_id})
    staff = people.names({call.staff_id for call in wanted if call.staff_id})
    ledger = promising.keeper()
    ids = [call.promise_id for call in wanted if call.promise_id]
    dues = ledger.dues(ids) if ledger and ids else {}
    pattern = queries.dial_pattern() if wanted else ""
    return [
        Row(
            call=call,
            number=number_of(call.number, actor),
            dial=queries.dial_with(pattern, call.number) if call.number else "",
            customer=names.get(call.customer_id or 0, ""),
            staff=staff.get(call.staff_id or 0, ""),
            due=dues.get(call.promise_id or 0),
            tone="bad" if call.missed and call.called_back_at is None else TONES[call.state],
            others=queries.callers(call.number) if offer and call.customer_id is None and call.number else [],
            may_write=call.subject_id is None and call.answered_at is not None,
            about=subjects.name(call.subject) if call.subject else "",
            about_url=subjects.url(call.subject) if call.subject else "",
        )
        for call in wanted
    ]


def spelled(seconds: int) -> str:
    """A length as a telephone shows it: 0:07, 12:30, 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def number_of(number: str, actor: Actor) -> str:
    return number if actor.can("customers.see_contacts") else masked("phone", number)


def numbers(customer_id: int, actor: Actor) -> list[tuple[str, str, str]]:
    """A customer's numbers with the link that calls each: (label, number, link)."""
    points = [point for point in customers.contacts_of(customer_id) if point.kind == "phone"]
    pattern = queries.dial_pattern() if points else ""
    return [
        (point.label, number_of(point.value, actor), queries.dial_with(pattern, point.normalised))
        for point in points
    ]
