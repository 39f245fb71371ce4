"""`shouwen mail import`: one line for each message, and a second run changes nothing."""

import os
from pathlib import Path

import pytest

from shouwen.channels.models import InboundRecord, Message
from shouwen.channels.testing import AT, Upstairs, make_mail
from shouwen.channels.vendors.email.importing import import_paths
from shouwen.platform.access import SYSTEM
from shouwen.platform.files import queries as files

pytestmark = pytest.mark.django_db
KEYS = {"source", "message_id", "result", "case", "subject", "text", "attachments", "reason"}


def run(*paths: Path) -> list[dict[str, object]]:
    return list(import_paths(paths, at_of=lambda: AT, by=SYSTEM))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.eml").write_bytes(
        make_mail(message_id="<1@a.example>", files=(("照片.png", b"\x89PNG\r\n\x1a\n"),))
    )
    first, second = make_mail("甲", message_id="<2@a.example>"), make_mail("乙", message_id="<3@a.example>")
    mbox = (
        b"From a@a.example Mon Mar  2 09:00:00 2026\n"
        + first
        + b"\nFrom a@a.example Mon Mar  2 09:01:00 2026\n"
    )
    (tmp_path / "two.mbox").write_bytes(mbox + second)
    (tmp_path / "broken.eml").write_bytes(b"\x00\x01\x02\x03")
    return tmp_path


def test_every_message_of_files_and_mboxes_gets_its_line(upstairs: Upstairs, folder: Path) -> None:
    lines = run(folder)
    assert [set(line) for line in lines] == [KEYS] * 4
    by_id = {str(line["message_id"]): line for line in lines}
    assert by_id["<1@a.example>"]["attachments"] == ["照片.png"]
    assert by_id["<1@a.example>"]["case"] == "case 1"
    assert {by_id[f"<{n}@a.example>"]["result"] for n in (1, 2, 3)} == {"opened"}
    assert [by_id[f"<{n}@a.example>"]["text"] for n in (2, 3)] == ["甲", "乙"]


def test_what_cannot_be_read_is_refused_with_a_sentence_and_its_bytes_kept(
    upstairs: Upstairs, folder: Path
) -> None:
    line = next(line for line in run(folder) if str(line["source"]).endswith("broken.eml"))
    assert (line["result"], line["case"]) == ("refused", None)
    assert line["reason"]
    record = InboundRecord.objects.get(result="refused")
    assert files.content(record.raw_file_id) == b"\x00\x01\x02\x03"


def test_a_second_run_changes_nothing(upstairs: Upstairs, folder: Path) -> None:
    run(folder)
    before = (Message.objects.count(), InboundRecord.objects.count())
    again = run(folder)
    assert {line["result"] for line in again} == {"duplicate"}
    assert {line["case"] for line in again if line["message_id"] == "<1@a.example>"} == {"case 1"}
    assert (Message.objects.count(), InboundRecord.objects.count()) == before


def test_a_message_that_is_too_large_is_refused_and_its_beginning_kept(
    upstairs: Upstairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shouwen.channels.vendors.email import importing

    monkeypatch.setattr(importing, "MOST_BYTES", 500)
    (tmp_path / "big.eml").write_bytes(make_mail("很长" * 1000, message_id="<big@a.example>"))
    (line,) = run(tmp_path)
    assert (line["result"], line["message_id"], line["subject"]) == ("refused", "<big@a.example>", "铲斗开裂")
    assert run(tmp_path)[0]["result"] == "duplicate"


def test_a_file_with_a_name_in_gb18030_is_taken_in(upstairs: Upstairs, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "投诉.eml".encode("gb18030")))
    path.write_bytes(make_mail(message_id="<gb@a.example>"))
    (line,) = run(tmp_path)
    assert (line["result"], line["source"]) == ("opened", f"{tmp_path}/投诉.eml")


def test_a_file_that_cannot_be_read_gets_its_line_and_the_next_ones_are_taken_in(
    upstairs: Upstairs, folder: Path
) -> None:
    broken, *others = run(Path("/proc/self/mem"), folder)
    assert set(broken) == KEYS
    assert (broken["result"], broken["source"], bool(broken["reason"])) == ("refused", "/proc/self/mem", True)
    assert len(others) == 4
    assert InboundRecord.objects.count() == 4
