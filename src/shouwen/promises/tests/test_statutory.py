"""Time limits set by law: the last day is the one that counting by hand on a published calendar gives."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger import queries as events
from shouwen.promises import queries, services
from shouwen.promises.models import StatutoryClock, StatutoryTemplate
from shouwen.promises.rules import bank_holidays
from shouwen.promises.rules.notice import NoticeDay
from shouwen.promises.services import install_notice
from shouwen.promises.testing import forget

pytestmark = pytest.mark.django_db
LONDON, SHANGHAI = ZoneInfo("Europe/London"), ZoneInfo("Asia/Shanghai")
SUBJECT = ("contact", 7)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def london(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=LONDON)


def shanghai(year: int, month: int, day: int, hour: int = 10) -> datetime:
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def started(code: str, received: datetime, at: datetime | None = None) -> StatutoryClock:
    return services.start_statutory(
        subject=SUBJECT, code=code, received_at=received, at=at or received, by=SYSTEM
    )


@pytest.mark.parametrize(
    ("code", "received", "last"),
    [
        # Maundy Thursday 2024: Good Friday and Easter Monday are no business days.
        ("fca-summary", london(2024, 3, 28), date(2024, 4, 4)),
        ("fca-final", london(2024, 3, 28), date(2024, 5, 23)),
        ("fca-payment", london(2024, 3, 28), date(2024, 4, 22)),
        # Christmas 2021 fell on a weekend: Monday 27 and Tuesday 28 stood in, Monday 3 January for the 1st.
        ("fca-summary", london(2021, 12, 24), date(2021, 12, 31)),
        ("fca-summary", london(2021, 12, 29), date(2022, 1, 4)),
        # The funeral of September 2022 and the coronation of May 2023.
        ("fca-summary", london(2022, 9, 16), date(2022, 9, 22)),
        ("fca-summary", london(2023, 5, 5), date(2023, 5, 11)),
        # Received on a Sunday evening in London.
        ("fca-summary", london(2024, 6, 9, 22), date(2024, 6, 12)),
        # The Friday before the Spring Festival of 2026: Saturday the 14th and the 28th are make-up workdays.
        ("cn-12315-accept", shanghai(2026, 2, 13), date(2026, 3, 2)),
        # The day before the October holidays of 2026; Saturday 10 October is a make-up workday.
        ("cn-12315-accept", shanghai(2026, 9, 30), date(2026, 10, 15)),
        # Accepted under the rule of 2020: 45 working days, over the Spring Festival; since April 2026 sixty days.
        ("cn-12315-finish", shanghai(2026, 1, 5), date(2026, 3, 13)),
        ("cn-12315-finish", shanghai(2026, 4, 14, 23), date(2026, 6, 18)),
        ("cn-12315-finish", shanghai(2026, 4, 15, 0), date(2026, 6, 14)),
        ("cn-12315-finish", shanghai(2026, 6, 22), date(2026, 8, 21)),
        ("cn-finance", shanghai(2026, 1, 31), date(2026, 2, 15)),
    ],
)
def test_a_statutory_limit_ends_on_the_known_day(code: str, received: datetime, last: date) -> None:
    clock = started(code, received)
    assert clock.due_at.astimezone(received.tzinfo).date() == last
    assert queries.statutory_for(SUBJECT)[0].reckoning.last_day == last


def test_an_installation_of_before_april_2026_goes_over_to_the_new_rule() -> None:
    """What the migration does to the templates as they were; what an installation stated itself it leaves alone."""
    StatutoryTemplate.objects.filter(version=2).delete()
    StatutoryTemplate.objects.filter(code__startswith="cn-12315").update(valid_to=None)
    own = StatutoryTemplate.objects.get(code="cn-12315-accept")
    own.source = "本单位约定"
    own.save()
    change = import_module("shouwen.promises.migrations.0007_market_complaints_2026")
    change.state(apps, None)
    change.state(apps, None)
    found = StatutoryTemplate.objects.filter(code="cn-12315-finish").order_by("version")
    assert list(found.values_list("version", "count", "unit")) == [
        (1, 45, "working_days"),
        (2, 60, "calendar_days"),
    ]
    assert found[0].valid_to == found[1].valid_from == shanghai(2026, 4, 15, 0)
    assert StatutoryTemplate.objects.filter(code="cn-12315-accept").count() == 1


def test_late_in_the_evening_in_london_is_the_next_day_in_shanghai() -> None:
    """The day of receipt is the day where the rule holds, not where the server stands."""
    clock = started("cn-finance", datetime(2026, 1, 31, 17, tzinfo=UTC))
    assert clock.due_at.astimezone(SHANGHAI).date() == date(2026, 2, 16)


def test_a_summary_resolution_ends_at_close_of_business_and_others_with_the_day() -> None:
    summary = started("fca-summary", london(2024, 3, 28))
    assert summary.due_at.astimezone(LONDON).strftime("%H:%M:%S") == "17:00:00"
    final = started("fca-final", london(2024, 3, 28))
    assert final.due_at.astimezone(LONDON).strftime("%H:%M:%S") == "23:59:59"


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        (2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    ],
)
def test_bank_holidays_of_england_and_wales_are_the_published_ones(year: int, days: str) -> None:
    assert sorted(day.strftime("%m-%d") for day in bank_holidays.of_year(year)) == days.split()


def test_extensions_are_taken_in_the_order_the_rule_names_them() -> None:
    received = shanghai(2026, 1, 31)
    clock = started("cn-finance", received)
    first = services.extend_statutory(clock_id=clock.pk, reason="需要鉴定", at=received, by=SYSTEM)
    assert first.due_at.astimezone(SHANGHAI).date() == date(2026, 3, 2)
    second = services.extend_statutory(clock_id=clock.pk, reason="总行批准", at=received, by=SYSTEM)
    assert second.due_at.astimezone(SHANGHAI).date() == date(2026, 4, 1)
    with pytest.raises(Refused):
        services.extend_statutory(clock_id=clock.pk, reason="再延", at=received, by=SYSTEM)
    assert queries.statutory_for(SUBJECT)[0].next_extension is None


def test_payment_services_have_thirty_five_business_days_in_exceptional_circumstances() -> None:
    received = london(2024, 3, 28)
    clock = started("fca-payment", received)
    longer = services.extend_statutory(
        clock_id=clock.pk, reason="holding response sent", at=received, by=SYSTEM
    )
    assert longer.due_at.astimezone(LONDON).date() == date(2024, 5, 21)
    with pytest.raises(Invalid):
        services.extend_statutory(clock_id=clock.pk, reason="  ", at=received, by=SYSTEM)


def test_what_has_passed_can_not_be_extended() -> None:
    received = shanghai(2026, 1, 31)
    clock = started("cn-finance", received)
    with pytest.raises(Refused):
        services.extend_statutory(
            clock_id=clock.pk, reason="来不及", at=received + timedelta(days=20), by=SYSTEM
        )


def test_the_days_are_explained_in_runs() -> None:
    started("cn-12315-accept", shanghai(2026, 2, 13))
    runs = queries.statutory_for(SUBJECT)[0].reckoning.runs
    assert [(run.first.isoformat(), run.last.isoformat(), run.sort, run.last_number) for run in runs] == [
        ("2026-02-13", "2026-02-13", "received", None),
        ("2026-02-14", "2026-02-14", "official_workday", 1),
        ("2026-02-15", "2026-02-23", "official_holiday", None),
        ("2026-02-24", "2026-02-27", "counted", 5),
        ("2026-02-28", "2026-02-28", "official_workday", 6),
        ("2026-03-01", "2026-03-01", "weekend", None),
        ("2026-03-02", "2026-03-02", "counted", 7),
    ]


def test_it_warns_when_four_fifths_are_over_and_is_exceeded_after_the_last_day() -> None:
    received = shanghai(2026, 6, 22)
    clock = started("cn-12315-accept", received)  # 23 … 26, 29, 30 June, 1 July; the fifth day is the 29th
    for day in range(12):
        services.tick(received + timedelta(days=day))
    said = [(row.name, row.at.astimezone(SHANGHAI).date()) for row in events.timeline(SUBJECT)]
    assert said == [
        ("promises.statutory_started", date(2026, 6, 22)),
        ("promises.statutory_warned", date(2026, 6, 30)),
        ("promises.statutory_breached", date(2026, 7, 2)),
    ]
    late = services.meet_statutory(clock_id=clock.pk, at=received + timedelta(days=12), by=SYSTEM)
    assert (late.state, late.settled_at) == ("breached", received + timedelta(days=12))


def test_met_in_time_and_never_twice() -> None:
    received = shanghai(2026, 6, 22)
    clock = started("cn-12315-accept", received)
    assert services.meet_statutory(clock_id=clock.pk, at=clock.due_at, by=SYSTEM).state == "met"
    with pytest.raises(Refused):
        services.meet_statutory(clock_id=clock.pk, at=clock.due_at, by=SYSTEM)
    services.tick(clock.due_at + timedelta(days=3))
    clock.refresh_from_db()
    assert clock.state == "met"


def test_started_twice_is_one_and_stopped_needs_a_reason() -> None:
    received = shanghai(2026, 6, 22)
    clock = started("cn-finance", received)
    assert started("cn-finance", received).pk == clock.pk
    with pytest.raises(Invalid):
        services.stop_statutory(clock_id=clock.pk, reason=" ", at=received, by=SYSTEM)
    assert (
        services.stop_statutory(clock_id=clock.pk, reason="已撤回", at=received, by=SYSTEM).state == "stopped"
    )
    assert started("cn-finance", received).pk != clock.pk


@pytest.mark.parametrize(
    ("code", "received", "field"),
    [
        ("no-such-limit", shanghai(2026, 6, 22), "code"),
        ("cn-finance", shanghai(2026, 6, 24), "received_at"),
        ("cn-finance", shanghai(1999, 6, 24), "code"),
    ],
)
def test_a_wrong_start_is_refused_by_its_field(code: str, received: datetime, field: str) -> None:
    with pytest.raises(Invalid) as fault:
        started(code, received, shanghai(2026, 6, 22))
    assert fault.value.field == field


def test_a_new_version_holds_for_what_is_received_under_it() -> None:
    """The rule in force when it was received counts, whenever it is written down."""
    chief = as_actor(a_person("chief"))
    change = shanghai(2026, 7, 1)
    old = queries.statutory_in_force("cn-12315-accept", change)
    assert old is not None
    made = services.set_statutory_template(
        code="cn-12315-accept",
        name=old.name,
        authority=old.authority,
        source="新办法",
        count=5,
        unit="working_days",
        country="CN",
        zone="Asia/Shanghai",
        at=change,
        by=chief,
    )
    versions = [row.version for row in queries.statutory_versions("cn-12315-accept")]
    assert (made.version, versions) == (3, [3, 2, 1])
    later = shanghai(2026, 7, 6)
    before = services.start_statutory(
        subject=("contact", 8),
        code="cn-12315-accept",
        received_at=shanghai(2026, 6, 30),
        at=later,
        by=SYSTEM,
    )
    assert (before.template_id, started("cn-12315-accept", later).template_id) == (old.pk, made.pk)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"count": 0}, "count"),
        ({"unit": "moons"}, "unit"),
        ({"country": "FR"}, "country"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"ends_at": 0}, "ends_at"),
        ({"extensions": [{"count": 0}]}, "extensions"),
        ({"code": "a b"}, "code"),
    ],
)
def test_a_limit_that_can_not_be_counted_is_refused_by_its_field(
    values: dict[str, object], field: str
) -> None:
    given = {
        "code": "own",
        "name": "行业规定",
        "authority": "协会",
        "source": "第一条",
        "count": 10,
        "unit": "working_days",
        "country": "CN",
        "zone": "Asia/Shanghai",
    }
    with pytest.raises(Invalid) as fault:
        services.set_statutory_template(**{**given, **values}, at=shanghai(2026, 7, 1), by=SYSTEM)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_only_a_chief_changes_what_the_law_says() -> None:
    row = StatutoryTemplate.objects.earliest("pk")
    with pytest.raises(Forbidden):
        services.end_statutory_template(
            template_id=row.pk, at=shanghai(2026, 7, 1), by=as_actor(a_person("agent"))
        )


def test_past_the_last_published_year_it_is_provisional_until_the_notice_is_there() -> None:
    received = shanghai(2026, 12, 29)
    clock = started("cn-12315-accept", received)  # 30, 31 December, 1, 4, 5, 6, 7 January
    assert clock.provisional
    assert clock.due_at.astimezone(SHANGHAI).date() == date(2027, 1, 7)
    notice = [NoticeDay(date(2027, 1, 1), "holiday", "元旦")]
    install_notice(country="CN", year=2027, days=notice, source="", at=received, by=SYSTEM)
    clock.refresh_from_db()
    assert (clock.provisional, clock.due_at.astimezone(SHANGHAI).date()) == (False, date(2027, 1, 8))
