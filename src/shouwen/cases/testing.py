"""Factories for tests: cases with as little said as the test needs."""

from datetime import UTC, datetime
from typing import Any

from shouwen.cases import services
from shouwen.cases.models import Case
from shouwen.cases.queries import ladder, routing
from shouwen.cases.queries.automation.book import forget as forget_rules
from shouwen.cases.queries.kinds import forget
from shouwen.customers import testing as customers
from shouwen.customers.models import Customer
from shouwen.people.models import Staff
from shouwen.people.testing import as_actor
from shouwen.platform.access import SYSTEM, Actor, customer_actor
from shouwen.platform.jobs.worker import run_all
from shouwen.platform.ledger.dispatch import deliver_all
from shouwen.promises import services as promises
from shouwen.promises.testing import forget as forget_promises

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai


def furnished(at: datetime = AT) -> None:
    """Kinds, rules, calendars and standards as a new installation has them."""
    forget()
    routing.forget()
    forget_rules()
    ladder.forget()
    forget_promises()
    promises.furnish(at=at)
    services.furnish(at=at, by=SYSTEM)


def a_case(
    *,
    customer: Customer | None = None,
    subject: str = "挖掘机铲斗开裂",
    text: str = "挖掘机铲斗开裂，请马上处理",
    channel: str = "email",
    owner: Staff | None = None,
    at: datetime = AT,
    **values: Any,
) -> Case:
    """A case by mail; `owner` has taken it."""
    who = customer or customers.a_customer(email=f"c{Case.objects.count()}@example.com")
    contact = who.contacts.first() if channel == "email" else None
    message = {"address": contact.value} if contact else {}
    case = services.open_case(
        subject=subject,
        text=text,
        channel=channel,
        customer=who,
        message=message,
        at=at,
        by=customer_actor(who.pk, who.name),
        **values,
    )
    if owner is not None:
        services.take(case_id=case.pk, at=at, by=as_actor(owner))
        case.refresh_from_db()
    return case


def everything_happens(at: datetime = AT) -> None:
    """Deliver all facts and do all jobs that are due, until nothing is left."""
    for _round in range(20):
        if deliver_all() + run_all(at) == 0:
            return


def speaks(case: Case) -> Actor:
    return customer_actor(case.customer_id, case.customer.name)
