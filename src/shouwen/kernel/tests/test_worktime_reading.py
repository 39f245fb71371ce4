"""What a calendar file may say, and the sentence for what it may not."""

from typing import Any

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.kernel.worktime import Calendar

GOOD: dict[str, Any] = {
    "zone": "Asia/Shanghai",
    "week": {"mon": [["09:00", "12:00"], ["13:30", "18:00"]], "sun": [["00:00", "24:00"]]},
    "holidays": ["2026-05-01"],
    "shifts": {"2026-05-09": [["10:00", "16:00"]]},
    "breaks": {"2026-05-11": [["15:00", "16:00"]]},
    "official": "CN",
}

WRONG: list[tuple[dict[str, Any], str]] = [
    ({"zone": None}, "zone"),
    ({"zone": 8}, "zone"),
    ({"zone": ""}, "zone"),
    ({"zone": "Mars/Olympus"}, "zone"),
    ({"zone": "../../etc/passwd"}, "zone"),
    ({"zone": "/etc/localtime"}, "zone"),
    ({"zone": "Europe"}, "zone"),
    ({"week": {}, "shifts": {}}, "week"),
    ({"week": {"mon": []}, "shifts": {"2026-05-09": []}}, "week"),
    ({"week": None, "shifts": None}, "week"),
    ({"week": []}, "week"),
    ({"week": {"mo": []}}, "week.mo"),
    ({"week": {"Mon": [["09:00", "10:00"]]}}, "week.Mon"),
    ({"week": {"mon": "09:00-12:00"}}, "week.mon"),
    ({"week": {"mon": None}}, "week.mon"),
    ({"week": {"mon": ["09:00", "12:00"]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00", "10:00", "11:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [[9, 17]]}}, "week.mon[0]"),
    ({"week": {"mon": [["25:00", "26:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00", "25:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00", "24:01"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00", "17:60"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["9:00", "17:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00", "17:00 "]]}}, "week.mon[0]"),
    ({"week": {"mon": [["０９:00", "17:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["24:00", "24:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["17:00", "09:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00", "09:00"]]}}, "week.mon[0]"),
    ({"week": {"mon": [["09:00", "12:00"], ["11:59", "13:00"]]}}, "week.mon[1]"),
    ({"week": {"mon": [["11:59", "13:00"], ["09:00", "12:00"]]}}, "week.mon[0]"),
    ({"week": {"tue": [["08:00", "09:00"], ["09:00", "18:00"], ["10:00", "11:00"]]}}, "week.tue[2]"),
    ({"holidays": "2026-05-01"}, "holidays"),
    ({"holidays": {}}, "holidays"),
    ({"holidays": False}, "holidays"),
    ({"holidays": ["2026-05-01", "2026-02-30"]}, "holidays[1]"),
    ({"holidays": ["20260501"]}, "holidays[0]"),
    ({"holidays": [20260501]}, "holidays[0]"),
    ({"shifts": []}, "shifts"),
    ({"shifts": {"May": []}}, "shifts.May"),
    ({"shifts": {"2026-05-09": [["10:00", "09:00"]]}}, "shifts.2026-05-09[0]"),
    ({"shifts": {"2026-05-01": [["10:00", "12:00"]]}}, "shifts.2026-05-01"),
    ({"breaks": {"2026-13-01": []}}, "breaks.2026-13-01"),
    ({"breaks": {"2026-05-11": [["10:00", "12:00"], ["11:00", "13:00"]]}}, "breaks.2026-05-11[1]"),
    ({"official": "DE"}, "official"),
    ({"official": True}, "official"),
    ({"official": ["CN"]}, "official"),
    ({"hours": {}}, "hours"),
]


@pytest.mark.parametrize(("change", "field"), WRONG)
def test_a_wrong_thing_is_refused_by_the_name_of_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        Calendar.from_json(GOOD | change)
    assert caught.value.field == field
    assert field in str(caught.value)


@pytest.mark.parametrize("data", [None, [], "zone", 7])
def test_what_is_not_an_object_is_refused(data: Any) -> None:
    with pytest.raises(Invalid) as caught:
        Calendar.from_json(data)
    assert caught.value.field == "calendar"


def test_a_calendar_without_a_zone_is_refused() -> None:
    with pytest.raises(Invalid) as caught:
        Calendar.from_json({"week": GOOD["week"]})
    assert caught.value.field == "zone"


def test_a_calendar_goes_to_json_and_back() -> None:
    calendar = Calendar.from_json(GOOD)
    assert calendar.to_json() == GOOD
    assert Calendar.from_json(calendar.to_json()) == calendar


def test_spans_may_stand_in_any_order_and_touch() -> None:
    calendar = Calendar.from_json({"zone": "UTC", "week": {"mon": [["12:00", "13:00"], ["09:00", "12:00"]]}})
    assert calendar.week["mon"] == ((540, 720), (720, 780))
