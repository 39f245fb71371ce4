"""Visitors as the counter shows them: the number given on the tablet, and whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from shouwen.channels.models.counter import Visit
from shouwen.customers import queries as customers
from shouwen.customers.models import Customer
from shouwen.customers.rules import masked
from shouwen.platform.access import Actor


@dataclass(frozen=True)
class Visitor:
    """`number` is masked for who may not see contacts; `customer` is None while nobody has that number."""

    number: str
    customer: Customer | None


def visitors(visits: Iterable[Visit], actor: Actor) -> dict[int, Visitor]:
    """Who stands behind each visit. A number that was not given names nobody, and nobody is guessed."""
    wanted = list(visits)
    known = customers.of_numbers([one.phone for one in wanted if one.phone], actor)
    plain = actor.can("customers.see_contacts")
    return {
        one.pk: Visitor(
            number=one.phone if plain else masked("phone", one.phone),
            customer=known.get(one.phone) if one.phone else None,
        )
        for one in wanted
    }
