"""Factories for tests: people with as little said as the test needs."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from shouwen.people import services
from shouwen.people.models import Department, Provider, Skill, Staff, Team
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.access.middleware import actor_from_user

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday, 10:00 in Shanghai
_numbers = count(1)


def a_team(name: str = "", **values: Any) -> Team:
    return services.create_team(name=name or f"Team {next(_numbers)}", at=AT, by=SYSTEM, **values)


def a_department(name: str = "", **values: Any) -> Department:
    return services.create_department(name=name or f"Department {next(_numbers)}", at=AT, by=SYSTEM, **values)


def a_provider(name: str = "", **values: Any) -> Provider:
    return services.create_provider(name=name or f"Provider {next(_numbers)}", at=AT, by=SYSTEM, **values)


def a_skill(code: str, name: str = "") -> Skill:
    return services.create_skill(code=code, name=name or code, at=AT, by=SYSTEM)


def a_person(
    *roles: str, name: str = "", teams: tuple[Team, ...] = (), presence: str = "", **values: Any
) -> Staff:
    """Somebody with the given roles (an agent without any); on duty when `presence` says so."""
    number = next(_numbers)
    staff = services.hire(
        username=values.pop("username", f"person{number}"),
        name=name or f"Person {number}",
        roles=roles or ("agent",),
        teams=teams,
        at=AT,
        by=SYSTEM,
        **values,
    )
    if presence:
        services.set_presence(staff_id=staff.id, presence=presence, at=AT, by=SYSTEM)
        staff.refresh_from_db()
    return staff


def as_actor(staff: Staff) -> Actor:
    """The actor a signed-in person acts as, with what the database says now."""
    staff.user.refresh_from_db()
    return actor_from_user(staff.user)
