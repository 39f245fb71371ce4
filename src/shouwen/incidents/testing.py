"""Factories for tests: incidents with as little said as the test needs."""

from datetime import datetime, timedelta
from typing import Any

from shouwen.cases.models import Case
from shouwen.cases.testing import AT, a_case
from shouwen.customers.testing import a_customer, an_asset
from shouwen.incidents import services
from shouwen.incidents.models import Incident
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import Actor

MINUTE = timedelta(minutes=1)


def a_lead(name: str = "赵岚") -> Actor:
    return as_actor(a_person("supervisor", name=name))


def affected(number: int, *, area: str = "和平区", model: str = "", at: datetime = AT, **values: Any) -> Case:
    """A customer of that area without a line, who writes a mail."""
    who = a_customer(
        f"客户{number}",
        email=f"affected{number}@example.com",
        region=area,
        at=at,
        **values.pop("customer", {}),
    )
    given = {"subject": "家里断网了", "text": "光猫亮红灯，断网了，上不了网", "at": at, **values}
    if model:
        given["asset_id"] = an_asset(who, "光猫", model=model).pk
    return a_case(customer=who, **given)


def an_incident(*cases: Case, by: Actor, at: datetime = AT, **values: Any) -> Incident:
    given: dict[str, Any] = {"title": "和平区光缆被挖断", "areas": ["和平区"], **values}
    return services.open_incident(case_ids=[case.pk for case in cases], at=at, by=by, **given)
