"""Factories for tests: calendars, standards and promises with as little said as the test needs."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from shouwen.platform.access import SYSTEM, Actor
from shouwen.promises import queries, services
from shouwen.promises.models import Calendar, Promise, ServiceItem, ServiceStandard
from shouwen.promises.queries import policy

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai
_numbers = count(1)


def forget() -> None:
    """Nothing is kept in memory from a test before."""
    policy.forget()
    queries.forget_leeway()


def office_hours(**changes: Any) -> dict[str, Any]:
    """09–12 and 13:30–18 on weekdays in Shanghai, with the official Chinese days."""
    from shouwen.promises.services.furnishing import OFFICE_HOURS

    return {**OFFICE_HOURS, **changes}


def round_the_clock(**changes: Any) -> dict[str, Any]:
    from shouwen.promises.services.furnishing import ROUND_THE_CLOCK

    return {**ROUND_THE_CLOCK, **changes}


def a_calendar(name: str = "", definition: dict[str, Any] | None = None, **values: Any) -> Calendar:
    return services.create_calendar(
        name=name or f"Calendar {next(_numbers)}",
        definition=definition or office_hours(),
        at=AT,
        by=SYSTEM,
        **values,
    )


def an_item(name: str = "", *, code: str = "", **values: Any) -> ServiceItem:
    number = next(_numbers)
    return services.create_item(
        code=code or f"item-{number}", name=name or f"Item {number}", at=AT, by=SYSTEM, **values
    )


def a_standard(*, at: datetime = AT, by: Actor = SYSTEM, **values: Any) -> ServiceStandard:
    """A standard in force from `at` on."""
    return services.set_standard(at=at, by=by, **values)


def a_promise(
    text: str = "10分钟内给您回电",
    *,
    subject: tuple[str, int] = ("contact", 1),
    minutes: float = 10,
    at: datetime = AT,
    by: Actor = SYSTEM,
    **values: Any,
) -> Promise:
    values.setdefault("customer_id", None)
    values.setdefault("due_at", at + timedelta(minutes=minutes))
    return services.make(subject=subject, text=text, at=at, by=by, **values)
