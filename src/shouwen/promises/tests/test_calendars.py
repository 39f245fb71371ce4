"""Calendars as a person types them, and what is kept of them in memory."""

import pytest
from django.db import transaction

from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries, services
from shouwen.promises.queries import policy
from shouwen.promises.rules import hours
from shouwen.promises.testing import AT, a_calendar, forget, office_hours, round_the_clock


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "9:00-12:00，13:30–18:00")


def typed(**changes: object) -> dict[str, object]:
    given = {
        "zone": "Asia/Shanghai",
        "week": WEEK,
        "holidays": "",
        "shifts": "",
        "breaks": "",
        "official": "CN",
    }
    return {**given, **changes}


def test_what_was_typed_reads_back_the_same() -> None:
    found = hours.definition(**typed(holidays="2026-12-25\n2026-12-26", shifts="2026-12-27 10:00-12:00"))  # type: ignore[arg-type]
    assert found["week"]["mon"] == [["09:00", "12:00"], ["13:30", "18:00"]]
    again = hours.as_typed(found)
    assert again["week_mon"] == "09:00-12:00, 13:30-18:00"
    assert again["shifts"] == "2026-12-27 10:00-12:00"
    assert again["holidays"] == "2026-12-25\n2026-12-26"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"week": {**WEEK, "mon": "nine to five"}}, "week_mon"),
        ({"week": {**WEEK, "tue": "09:00-25:00"}}, "week_tue"),
        ({"week": {**WEEK, "wed": "09:00-12:00 11:00-13:00"}}, "week_wed"),
        ({"week": {}}, "week"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"holidays": "Christmas"}, "holidays"),
        ({"shifts": "2026-13-01 09:00-12:00"}, "shifts"),
        ({"shifts": "09:00-12:00"}, "shifts"),
        ({"breaks": "2026-03-02 12:00-09:00"}, "breaks"),
        ({"official": "XX"}, "official"),
    ],
)
def test_what_was_typed_wrong_is_refused_by_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        hours.definition(**typed(**changes))  # type: ignore[arg-type]
    assert fault.value.field == field


@pytest.mark.django_db
def test_there_is_one_default_calendar() -> None:
    other = a_calendar(default=True)
    assert [row.pk for row in queries.calendars() if row.default] == [other.pk]
    with pytest.raises(Refused):
        services.change_calendar(calendar_id=other.pk, active=False, at=AT, by=SYSTEM)


@pytest.mark.django_db
def test_two_calendars_never_share_a_name() -> None:
    a_calendar("夜班")
    with pytest.raises(Invalid) as fault:
        a_calendar("夜班")
    assert fault.value.field == "name"


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_at_once_and_what_is_rolled_back_never() -> None:
    pk = a_calendar(definition=office_hours()).pk

    def zone() -> str:
        return policy.current().calendar(pk).zone

    assert zone() == "Asia/Shanghai"
    with transaction.atomic():
        services.change_calendar(
            calendar_id=pk, definition=round_the_clock(zone="Europe/Berlin"), at=AT, by=SYSTEM
        )
        assert zone() == "Europe/Berlin"
        transaction.set_rollback(True)
    assert zone() == "Asia/Shanghai"
    services.change_calendar(calendar_id=pk, definition=round_the_clock(zone="UTC"), at=AT, by=SYSTEM)
    assert zone() == "UTC"


@pytest.mark.django_db
def test_a_year_shows_every_day_once_with_its_hours() -> None:
    months = queries.year_view(a_calendar().pk, 2026)
    days = {day.date.isoformat(): day for month in months for day in month.days}
    assert len(days) == 365
    assert days["2026-02-14"].reason == "official_workday"
    assert days["2026-10-01"].reason == "official_holiday"
    assert days["2026-03-02"].hours == "09:00–12:00, 13:30–18:00"
    assert months[1].blanks == 6  # 1 February 2026 is a Sunday
