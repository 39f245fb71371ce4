"""What the command says on standard error: one sentence, in our language, naming the field once."""

import io
from pathlib import Path

import pytest

from shouwen.config import command
from shouwen.config.commands import administration


@pytest.fixture(autouse=True)
def _in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "_ready", lambda: None)  # the test's own database is ready


def _said(capsys: pytest.CaptureFixture[str], *line: str) -> str:
    assert command.main(line) == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("minutes", ["x", "-1", "0", "1000000000"])
def test_a_sentence_that_names_its_field_is_not_led_by_the_name_again(
    minutes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calendar = tmp_path / "calendar.json"
    calendar.write_text('{"zone": "Asia/Shanghai", "week": {"mon": [["09:00", "12:00"]]}}')
    start = "2026-01-05T09:00:00+08:00"
    said = _said(capsys, "time", "due", "--calendar", str(calendar), "--start", start, "--minutes", minutes)
    assert said.count("minutes") == 1
    assert said.startswith("minutes")


def test_a_path_that_is_not_there_is_named_in_our_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert _said(capsys, "mail", "import", "/missing") == "PATH: 没有这个文件或文件夹：/missing。\n"


def test_a_list_that_cannot_be_read_is_named_in_our_language(capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(capsys, "import", "complaints", "/missing")
    assert (said.startswith("FILE"), said.count("FILE"), "cannot" in said) == (True, 1, False)


def test_a_password_that_nobody_can_type_is_asked_for_in_the_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert _said(capsys, "user", "add", "wang").startswith("--password: ")
