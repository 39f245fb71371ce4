"""A year's notice: read, refused row by row, installed."""

import json
from datetime import UTC, date, datetime

import pytest

from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries, services
from shouwen.promises.rules import notice
from shouwen.promises.testing import AT, a_promise, forget

PUBLISHED = """一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月5日（周一）放假1天，与周末连休。"""


def dates(found: tuple[notice.NoticeDay, ...]) -> list[str]:
    return [day.date.isoformat()[5:] for day in found]


def test_the_published_text_is_read() -> None:
    found = notice.read(PUBLISHED, 2027)
    assert dates(found.holidays) == [
        *("01-01", "01-02", "01-03"),
        *(f"02-{day:02d}" for day in range(5, 12)),
        "04-05",
    ]
    assert dates(found.workdays) == ["01-31", "02-20"]
    assert found.refused == ()
    assert {day.name for day in found.days} == {"元旦", "春节", "清明节"}


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_is_read_in_the_charset_a_chinese_program_wrote_it_in(charset: str) -> None:
    found = notice.read(notice.decoded(PUBLISHED.encode(charset)), 2027)
    assert (len(found.holidays), len(found.workdays), found.refused) == (11, 2, ())


@pytest.mark.parametrize("content", [b"\xff\x00\x81", b"PK\x03\x04\xff\xff\xff", b"x" * (notice.LONGEST + 1)])
def test_a_file_that_is_no_notice_is_refused_by_name(content: bytes) -> None:
    with pytest.raises(Invalid) as caught:
        notice.decoded(content)
    assert caught.value.field == "file"


@pytest.mark.parametrize(
    "text",
    [
        "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-31,workday,春节",
        "2027/1/1\t休\t元旦\n2027/1/31\t班\t春节",
        json.dumps({"holidays": ["2027-01-01"], "workdays": ["2027-01-31"]}),
        json.dumps(
            {"days": [{"date": "2027-01-01", "isOffDay": True}, {"date": "2027-01-31", "isOffDay": False}]}
        ),
        json.dumps([{"date": "2027-01-01", "kind": "holiday"}, {"date": "2027-01-31", "kind": "workday"}]),
    ],
)
def test_rows_and_json_are_read_alike(text: str) -> None:
    found = notice.read(text, 2027)
    assert (dates(found.holidays), dates(found.workdays), found.refused) == (["01-01"], ["01-31"], ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-12-31,holiday", "is not in 2027"),
        ("2027-02-30,holiday", "not a date"),
        ("2027-03-01", "Say holiday or workday"),
        ("2027-03-01,workday", "ordinary weekday"),
        ("2月6日（周一）上班", "another day of the week"),
        ("春节期间2月30日放假", "no such date"),
        ("2月20日至2月11日放假", "turned round"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_with_its_reason(line: str, reason: str) -> None:
    found = notice.read(line, 2027)
    assert found.days == ()
    assert reason in str(found.refused[0].reason)


def test_a_day_that_is_both_is_refused() -> None:
    found = notice.read("2027-01-31,holiday\n2027-01-31,workday", 2027)
    assert len(found.days) == len(found.refused) == 1


@pytest.mark.parametrize("text", ["", "   ", "{not json", "x" * 200_000])
def test_what_cannot_be_read_at_all_is_invalid(text: str) -> None:
    with pytest.raises(Invalid) as fault:
        notice.read(text, 2027)
    assert fault.value.field == "text"


@pytest.mark.django_db
def test_an_installed_notice_moves_what_waited_for_it() -> None:
    forget()
    year = queries.next_unknown_year()
    assert year == 2027, "the vectors below are for 2027"
    # Thursday 4 February 2027 16:00 in Shanghai: two hours, then (with the notice) the holidays
    start = datetime(2027, 2, 4, 8, tzinfo=UTC)
    clock = services.start_clock(subject=("task", 1), target_seconds=4 * 3600, at=start)
    said = a_promise("四个工作小时内修好", at=start, due_at=clock.due_at, counted=counted(4 * 3600))
    fixed = a_promise("明天上午给您回电", at=start, due_at=clock.due_at)
    assert clock.due_at == datetime(2027, 2, 5, 3, tzinfo=UTC)

    moved = services.install_notice(
        country="CN", year=2027, days=notice.read(PUBLISHED, 2027).days, source="pasted", at=start, by=SYSTEM
    )
    assert (moved.clocks, moved.clocks_moved, moved.promises_moved) == (1, 1, 1)
    for row in (clock, said, fixed):
        row.refresh_from_db()
    # Friday 12 February 11:00
    assert clock.due_at == said.due_at == datetime(2027, 2, 12, 3, tzinfo=UTC)
    assert not clock.provisional
    assert not said.provisional
    assert fixed.due_at == datetime(2027, 2, 5, 3, tzinfo=UTC)
    assert queries.next_unknown_year() == 2028


def counted(seconds: int) -> services.Counted:
    calendar = queries.calendars()[0]
    return services.Counted(calendar.pk, seconds, provisional=True)


@pytest.mark.django_db
def test_one_day_can_be_corrected_once_the_year_is_there() -> None:
    forget()
    day = date(2027, 2, 12)
    with pytest.raises(Invalid) as fault:
        services.set_official_day(country="CN", day=day, kind="holiday", at=AT, by=SYSTEM)
    assert fault.value.field == "date"
    days = notice.read(PUBLISHED, 2027).days
    services.install_notice(country="CN", year=2027, days=days, source="", at=AT, by=SYSTEM)
    services.set_official_day(country="CN", day=day, kind="holiday", name="特别", at=AT, by=SYSTEM)
    assert queries.working(None).timetable.day(day.toordinal()).reason == "official_holiday"
    services.set_official_day(country="CN", day=day, kind=None, at=AT, by=SYSTEM)
    assert queries.working(None).timetable.day(day.toordinal()).reason == "week"


@pytest.mark.django_db
def test_an_agent_may_not_install_a_notice() -> None:
    days = notice.read(PUBLISHED, 2027).days
    agent = as_actor(a_person("agent"))
    with pytest.raises(Forbidden):
        services.install_notice(country="CN", year=2027, days=days, source="", at=AT, by=agent)
