"""Factories for tests: customers with as little said as the test needs."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from shouwen.customers import services
from shouwen.customers.models import Asset, CautionFlag, Customer
from shouwen.platform.access import SYSTEM

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai
_numbers = count(1)


def a_customer(
    name: str = "", *, phone: str = "", email: str = "", at: datetime = AT, **values: Any
) -> Customer:
    contacts = [(kind, value) for kind, value in (("phone", phone), ("email", email)) if value]
    return services.register(
        name=name or f"Customer {next(_numbers)}", contacts=contacts, at=at, by=SYSTEM, **values
    )


def an_organisation(name: str = "", **values: Any) -> Customer:
    return a_customer(name or f"Company {next(_numbers)}", kind="organisation", **values)


def an_asset(
    customer: Customer, name: str = "Excavator", *, until: date | None = None, **values: Any
) -> Asset:
    return services.add_asset(
        customer_id=customer.pk, name=name, warranty_until=until, at=AT, by=SYSTEM, **values
    )


def a_flag(customer: Customer, reason: str = "Shouts at colleagues", *, days: int = 90) -> CautionFlag:
    expires = AT + timedelta(days=days)
    return services.flag(
        customer_id=customer.pk,
        reason=reason,
        evidence="Call of 2 March: shouted for ten minutes",
        review_on=expires.date(),
        expires_at=expires,
        at=AT,
        by=SYSTEM,
    )
