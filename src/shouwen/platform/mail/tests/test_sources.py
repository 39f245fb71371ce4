import os
from pathlib import Path
from threading import Thread

import pytest

from shouwen.kernel.errors import NotFound
from shouwen.platform.mail.sources import read_sources

ONE, TWO = b"Subject: one\n\nfirst\n", b"Subject: two\n\nsecond\n>From here\n"
MBOX = b"From a@b Mon Jan  5 12:00:00 2026\n" + ONE + b"\nFrom a@b Mon Jan  5 12:00:01 2026\n" + TWO + b"\n"


def test_a_single_file_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(ONE)
    assert [(one.label, one.raw) for one in read_sources(path)] == [(str(path), ONE)]


def test_an_mbox_gives_its_messages_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "mail"
    path.write_bytes(MBOX)
    found = list(read_sources(path))
    assert [one.label for one in found] == [f"{path}:1", f"{path}:2"]
    assert [one.raw for one in found] == [ONE + b"\n", TWO.replace(b">From", b"From") + b"\n"]


def test_a_message_that_only_begins_like_an_mbox_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"From a@b Mon Jan  5 12:00:00 2026\n" + ONE + b"From here on it is text of 2026\n")
    assert len(list(read_sources(path))) == 1


def test_a_maildir_gives_new_and_read_mail(tmp_path: Path) -> None:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
        (tmp_path / part / f"1.{part}").write_bytes(ONE)
    assert [Path(one.label).name for one in read_sources(tmp_path)] == ["1.new", "1.cur"]


def test_a_folder_is_read_through_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.eml").write_bytes(TWO)
    (tmp_path / "a.eml").write_bytes(ONE)
    (tmp_path / "c.mbox").write_bytes(MBOX)
    (tmp_path / ".gitattributes").write_bytes(b"x")
    labels = [Path(one.label).name for one in read_sources(tmp_path)]
    assert labels == ["a.eml", "2.eml", "c.mbox:1", "c.mbox:2"]


def test_a_message_over_the_limit_is_marked_and_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"x" * 2000)
    (tmp_path / "b.mbox").write_bytes(MBOX.replace(b"second", b"second\n" * 400))
    found = list(read_sources(tmp_path, max_bytes=1000))
    assert [one.too_large for one in found] == [True, False, True]
    assert found[0].size == 2000


def test_a_missing_path_is_said() -> None:
    with pytest.raises(NotFound) as caught:
        list(read_sources(Path("/no/such/place")))
    assert caught.value.field == "path"


def test_a_file_name_that_is_not_utf8_is_shown_as_the_chinese_one_it_is(tmp_path: Path) -> None:
    for name in ("投诉.eml".encode("gb18030"), b"\xff\xfe.eml"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(ONE)
    found = list(read_sources(tmp_path))
    assert [one.raw for one in found] == [ONE, ONE]
    assert Path(found[0].label).name == "投诉.eml"
    for one in found:
        one.label.encode("utf-8")


def test_what_cannot_be_read_says_so_and_is_no_empty_message() -> None:
    (found,) = read_sources(Path("/proc/self/mem"))
    assert (found.unreadable, found.raw, found.too_large) == (True, None, False)


def test_of_a_file_without_end_no_more_than_allowed_is_read() -> None:
    (found,) = read_sources(Path("/dev/zero"), max_bytes=1000)
    assert found.too_large


def test_a_message_from_a_pipe_is_read_whole(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_bytes, args=(ONE,))
    writer.start()
    assert [one.raw for one in read_sources(pipe)] == [ONE]
    writer.join()
