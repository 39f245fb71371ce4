"""The plain parts of `shouwen time`."""

import json
from pathlib import Path

import pytest

from shouwen.kernel.errors import Invalid
from shouwen.kernel.worktime.cli import between_command, due_command

CHINA = {
    "zone": "Asia/Shanghai",
    "week": {day: [["09:00", "12:00"], ["13:30", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "official": "CN",
}


@pytest.fixture
def china(tmp_path: Path) -> Path:
    path = tmp_path / "china.json"
    path.write_text(json.dumps(CHINA), encoding="utf-8")
    return path


def test_due_answers_on_the_calendars_own_clock(china: Path) -> None:
    found = due_command(china, "2026-02-13T09:00:00Z", 120)
    assert found["due"] == "2026-02-14T10:00:00+08:00"
    assert found["provisional"] is False
    assert found["steps"][1] == {
        "date": "2026-02-14",
        "until": "2026-02-14",
        "opens": "2026-02-14T09:00:00+08:00",
        "closes": "2026-02-14T12:00:00+08:00",
        "used_seconds": 3600,
        "left_seconds": 0,
        "reason": "official_workday",
    }
    assert json.loads(json.dumps(found)) == found


def test_between_counts_open_seconds(china: Path) -> None:
    found = between_command(china, "2026-03-02T11:30:00+08:00", "2026-03-02T14:00:00+08:00")
    assert found == {"open_seconds": 3600}


@pytest.mark.parametrize(
    ("start", "minutes", "field"),
    [
        ("2026-02-13T17:00:00", 60, "start"),
        ("yesterday", 60, "start"),
        ("", 60, "start"),
        ("2026-02-30T17:00:00+08:00", 60, "start"),
        ("2026-02-13T17:00:00+08:00", 0, "minutes"),
        ("2026-02-13T17:00:00+08:00", -5, "minutes"),
        ("2026-02-13T17:00:00+08:00", "1.5", "minutes"),
        ("2026-02-13T17:00:00+08:00", "--5", "minutes"),
        ("2026-02-13T17:00:00+08:00", "", "minutes"),
        ("2026-02-13T17:00:00+08:00", "²", "minutes"),
        ("2026-02-13T17:00:00+08:00", "9" * 17, "minutes"),
    ],
)
def test_wrong_input_is_refused_by_name(china: Path, start: str, minutes: int | str, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        due_command(china, start, minutes)
    assert caught.value.field == field
    assert field in str(caught.value)


def test_an_end_before_the_start_is_refused(china: Path) -> None:
    with pytest.raises(Invalid) as caught:
        between_command(china, "2026-03-02T11:30:00+08:00", "2026-03-01T14:00:00+08:00")
    assert caught.value.field == "to"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"null", b"9" * 5000])
def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "calendar.json"
    path.write_bytes(content)
    with pytest.raises(Invalid) as caught:
        due_command(path, "2026-02-13T17:00:00+08:00", 60)
    assert caught.value.field == "calendar"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.json", tmp_path, "a\0b"):
        with pytest.raises(Invalid) as caught:
            due_command(path, "2026-02-13T17:00:00+08:00", 60)
        assert caught.value.field == "calendar"


def test_a_name_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calendar.json"
    path.write_text('{"zone": "UTC", "week": {"mon": [], "mon": [["09:00", "10:00"]]}}')
    with pytest.raises(Invalid) as caught:
        due_command(path, "2026-02-13T17:00:00+08:00", 60)
    assert caught.value.field == "mon"
