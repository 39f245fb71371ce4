"""Clocks on a calendar, their pauses, their changes in mid-case."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.platform.ledger import queries as events
from shouwen.promises import queries, services
from shouwen.promises.models import Clock
from shouwen.promises.queries import policy
from shouwen.promises.testing import AT, a_calendar, a_standard, forget, round_the_clock

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
CASE = ("case", 12)
ABOUT = {"case_kind": "repair", "tier": "B", "channel": "phone"}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def by_sort(clocks: list[Clock]) -> dict[str, Clock]:
    return {clock.sort: clock for clock in clocks}


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-02-13T17:00", 2, "2026-02-14T10:00"),  # the Saturday is a make-up workday
        ("2026-03-02T11:30", 1, "2026-03-02T14:00"),  # lunch
        ("2026-09-30T17:00", 8, "2026-10-08T17:30"),  # the week of the national holiday
    ],
)
def test_a_clock_knows_chinese_holidays_and_make_up_workdays(start: str, hours: int, due: str) -> None:
    made = services.start_clock(subject=("task", 1), target_seconds=hours * 3600, at=moment(start))
    assert made.due_at == moment(due)
    assert not made.provisional


def test_a_contact_gets_the_clocks_of_its_standard() -> None:
    a_standard(case_kind="repair", first_reply_seconds=600)
    found = by_sort(services.start_clocks(subject=CASE, **ABOUT, at=AT))
    assert found["first_reply"].due_at == AT + timedelta(minutes=10)
    # two working days of 7.5 h from Monday 10:00, less lunch: Wednesday 10:00
    assert found["solution"].due_at == moment("2026-03-04T10:00")


def test_starting_clocks_is_one_insert_and_no_question(django_assert_num_queries: object) -> None:
    policy.current()
    with django_assert_num_queries(1):  # type: ignore[operator]
        made = services.start_clocks(subject=CASE, **ABOUT, at=AT)
    assert all(clock.pk for clock in made)
    assert made[0].due_at <= made[1].due_at


def test_meeting_a_clock_is_one_update(django_assert_num_queries: object) -> None:
    services.start_clocks(subject=CASE, **ABOUT, at=AT)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert services.meet(subject=CASE, sort="first_reply", at=AT + timedelta(minutes=5))
    clock = by_sort(queries.clocks_for(CASE))["first_reply"]
    assert (clock.state, clock.settled_at) == ("met", AT + timedelta(minutes=5))
    assert not services.meet(subject=CASE, sort="first_reply", at=AT + timedelta(minutes=6))


def test_a_reply_that_comes_too_late_breaches_even_before_the_tick_and_is_said_once() -> None:
    services.start_clocks(subject=CASE, **ABOUT, at=AT)
    late = AT + timedelta(minutes=31)
    services.meet(subject=CASE, sort="first_reply", at=late)
    clock = by_sort(queries.clocks_for(CASE))["first_reply"]
    assert (clock.state, clock.breached_at) == ("breached", AT + timedelta(minutes=30))
    for minutes in (0, 1):
        services.tick(late + timedelta(minutes=minutes))
    assert [row.name for row in events.timeline(CASE)] == ["promises.clock_breached"]


def test_a_clock_stands_while_we_wait_for_the_customer() -> None:
    services.start_clocks(subject=CASE, **ABOUT, sorts=("solution",), at=moment("2026-03-02T10:00"))
    assert services.pause(subject=CASE, reason="Waiting for photos", at=moment("2026-03-02T11:00")) == 1
    assert services.pause(subject=CASE, reason="Again", at=moment("2026-03-02T11:30")) == 0
    assert queries.next_due(CASE) is None
    services.tick(moment("2026-03-20T10:00"))
    resumed = services.resume(subject=CASE, at=moment("2026-03-03T11:00"))
    # one working day stood still: Wednesday 10:00 becomes Thursday 10:00
    assert resumed[0].due_at == moment("2026-03-05T10:00")
    assert queries.next_due(CASE) == (moment("2026-03-05T10:00"), "solution")
    clock = queries.clocks_for(CASE)[0]
    assert queries.used(clock, moment("2026-03-03T11:30")) == 3600 + 1800
    assert queries.explain(clock, moment("2026-03-03T11:30")).due_at == clock.due_at


def test_another_standard_in_mid_case_keeps_the_time_used() -> None:
    flat = a_calendar(definition=round_the_clock())
    a_standard(tier="A", solution_seconds=4 * 3600, calendar_id=flat.pk)
    a_standard(tier="B", solution_seconds=10 * 3600, calendar_id=flat.pk)
    services.start_clocks(subject=CASE, **ABOUT, sorts=("solution",), at=AT)
    changed = services.retarget(subject=CASE, **{**ABOUT, "tier": "A"}, at=AT + timedelta(hours=1))
    assert changed[0].due_at == AT + timedelta(hours=4)
    back = services.retarget(subject=CASE, **ABOUT, at=AT + timedelta(hours=2))
    assert back[0].due_at == AT + timedelta(hours=10)
    assert services.retarget(subject=CASE, **ABOUT, at=AT + timedelta(hours=3)) == []


def test_a_shorter_target_that_is_used_up_already_is_due_at_once() -> None:
    flat = a_calendar(definition=round_the_clock())
    a_standard(tier="A", solution_seconds=1800, calendar_id=flat.pk)
    services.start_clocks(subject=CASE, **ABOUT, sorts=("solution",), at=AT)
    later = AT + timedelta(hours=1)
    changed = services.retarget(subject=CASE, **{**ABOUT, "tier": "A"}, at=later)
    assert changed[0].due_at == later


def test_the_target_is_the_one_in_force_when_the_clock_started() -> None:
    services.start_clocks(subject=CASE, **ABOUT, sorts=("first_reply",), at=AT)
    a_standard(tier="B", first_reply_seconds=60, at=AT + timedelta(minutes=1))
    assert services.retarget(subject=CASE, **ABOUT, at=AT + timedelta(minutes=2)) == []


def test_a_second_message_does_not_start_the_clock_of_a_reply_anew() -> None:
    first = services.start_next_reply(subject=CASE, **ABOUT, at=AT)
    assert first is not None
    assert services.start_next_reply(subject=CASE, **ABOUT, at=AT + timedelta(hours=1)) is None
    services.meet(subject=CASE, sort="next_reply", at=AT + timedelta(hours=1))
    assert services.start_next_reply(subject=CASE, **ABOUT, at=AT + timedelta(hours=2)) is not None


def test_the_tick_warns_once_and_breaches_once() -> None:
    services.start_clocks(subject=CASE, **ABOUT, sorts=("first_reply",), at=AT)
    for minutes in (0, 23, 24, 25, 30, 31):
        services.tick(AT + timedelta(minutes=minutes))
    assert [row.name for row in events.timeline(CASE)] == [
        "promises.clock_warned",
        "promises.clock_breached",
    ]


def test_stopped_clocks_are_left_alone() -> None:
    services.start_clocks(subject=CASE, **ABOUT, at=AT)
    assert services.stop_all(subject=CASE, at=AT + timedelta(minutes=1)) == 2
    services.tick(AT + timedelta(days=30))
    assert {clock.state for clock in queries.clocks_for(CASE)} == {"stopped"}
    assert events.timeline(CASE) == []


def test_a_clock_needs_a_time() -> None:
    with pytest.raises(Invalid) as fault:
        services.start_clock(subject=("task", 1), target_seconds=0, at=AT)
    assert fault.value.field == "target_seconds"


def test_a_clock_beyond_the_published_years_is_provisional() -> None:
    year = queries.next_unknown_year()
    start = datetime(year, 1, 4, 2, tzinfo=UTC)
    assert services.start_clock(subject=("task", 1), target_seconds=3600, at=start).provisional
