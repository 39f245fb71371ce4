"""Fetching from a real Dovecot."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event, Thread

import pytest

from shouwen.kernel.errors import Sentence
from shouwen.platform.mail import imap
from shouwen.platform.mail.composing import OutgoingFile, compose
from shouwen.platform.mail.connection import Security, Server
from shouwen.platform.mail.imap import After, Fetching, Mailbox, Position
from shouwen.platform.mail.model import Address
from shouwen.platform.mail.parsing import parse
from shouwen.platform.mail.testing import dovecot as testing
from shouwen.platform.mail.testing.dovecot import Dovecot

pytestmark = pytest.mark.mailserver
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@pytest.fixture(scope="module")
def running() -> Iterator[Dovecot]:
    if not testing.installed():
        if os.environ.get("CI"):
            raise RuntimeError(testing.MISSING)
        pytest.skip(testing.MISSING)
    with testing.dovecot() as server:
        yield server


@pytest.fixture
def post(running: Dovecot) -> Dovecot:
    """The server with an empty inbox."""
    with running.box() as box:
        box.delete(box.uids())
    return running


def letter(subject: str = "挖掘机铲斗开裂，请马上处理") -> bytes:
    message = compose(
        from_=Address("演示客户", "k@demo.example"),
        to=[Address("", "desk@demo.example")],
        subject=subject,
        text="铲斗开裂，见照片。",
        key=subject,
        domain="demo.example",
        at=datetime(2026, 1, 5, 1, tzinfo=UTC),
        attachments=[OutgoingFile("铲斗.jpg", "image/jpeg", PHOTO)],
    )
    return message.as_bytes()


def flags(post: Dovecot, folder: str = "INBOX") -> list[tuple[str, ...]]:
    with post.box() as box:
        box.folder.set(folder)
        return [tuple(one.flags) for one in box.fetch(mark_seen=False)]


def mailbox(post: Dovecot, kept: list[bytes], **settings: object) -> Mailbox:
    return Mailbox(post.server(), lambda raw, uid: kept.append(raw), **settings)  # type: ignore[arg-type]


@pytest.mark.parametrize("security", list(Security))
def test_a_letter_with_a_photo_arrives_byte_for_byte(post: Dovecot, security: Security) -> None:
    post.append(letter())
    kept: list[bytes] = []
    box = Mailbox(post.server(security), lambda raw, uid: kept.append(raw))
    assert box.fetch_once() == 1
    mail = parse(kept[0])
    assert mail.subject == "挖掘机铲斗开裂，请马上处理"
    assert [(one.filename, one.content) for one in mail.attachments] == [("铲斗.jpg", PHOTO)]
    assert "\\Seen" in flags(post)[0]
    assert box.fetch_once() == 0


def test_nothing_is_marked_before_it_is_stored(post: Dovecot) -> None:
    post.append(letter())

    def crash(raw: bytes, uid: int) -> None:
        assert "\\Seen" not in flags(post)[0]
        raise KeyboardInterrupt  # as a killed process: no handler may tidy up

    with pytest.raises(KeyboardInterrupt):
        Mailbox(post.server(), crash).fetch_once()
    assert "\\Seen" not in flags(post)[0]
    kept: list[bytes] = []
    assert mailbox(post, kept).fetch_once() == 1


def test_a_store_that_fails_keeps_the_place(post: Dovecot) -> None:
    post.append(letter("一"))
    post.append(letter("二"))
    kept: list[str] = []

    def store(raw: bytes, uid: int) -> None:
        if parse(raw).subject == "二" and len(kept) < 2:
            kept.append("failed")
            raise OSError("disk full")
        kept.append(parse(raw).subject)

    box = Mailbox(post.server(), store)
    with pytest.raises(imap.NotStored):
        box.fetch_once()
    assert [("\\Seen" in one) for one in flags(post)] == [True, False]
    assert box.fetch_once() == 1
    assert kept == ["一", "failed", "二"]


def test_one_message_that_never_stores_does_not_stop_the_others(post: Dovecot) -> None:
    post.append(letter("坏"))
    post.append(letter("好"))
    kept: list[str] = []

    def store(raw: bytes, uid: int) -> None:
        if parse(raw).subject == "坏":
            raise ValueError("never")
        kept.append(parse(raw).subject)

    box = Mailbox(post.server(), store)
    for _ in range(imap.GIVE_UP_AFTER - 1):
        with pytest.raises(imap.NotStored):
            box.fetch_once()
    box.fetch_once()
    assert kept == ["好"]
    assert [("\\Seen" in one) for one in flags(post)] == [False, True]


def test_trouble_in_our_own_house_makes_no_message_be_passed_over(post: Dovecot) -> None:
    post.append(letter("一"))
    kept: list[bytes] = []
    full = True

    def store(raw: bytes, uid: int) -> None:
        if full:
            raise imap.NotStored("disk full")
        kept.append(raw)

    box = Mailbox(post.server(), store)
    for _ in range(2 * imap.GIVE_UP_AFTER):
        with pytest.raises(imap.NotStored):
            box.fetch_once()
    full = False
    assert box.fetch_once() == 1
    assert len(kept) == 1


def test_reading_goes_on_by_number_even_if_somebody_else_read_the_mail(post: Dovecot) -> None:
    post.append(letter("一"))
    positions: list[Position] = []
    kept: list[bytes] = []
    mailbox(post, kept, remember=positions.append).fetch_once()
    post.append(letter("二"))
    with post.box() as box:
        box.flag(box.uids(), "\\Seen", True)
    assert mailbox(post, kept, position=positions[-1]).fetch_once() == 1
    assert parse(kept[-1]).subject == "二"


def test_another_uidvalidity_begins_anew_and_loses_nothing(post: Dovecot) -> None:
    post.append(letter("一"))
    kept: list[bytes] = []
    box = mailbox(post, kept)
    box.fetch_once()
    before = box.position
    post.count_anew()
    post.append(letter("二"))
    box.fetch_once()
    assert before is not None
    assert box.position is not None
    assert box.position.uidvalidity != before.uidvalidity
    assert parse(kept[-1]).subject == "二"


def test_stored_mail_may_be_moved_or_left(post: Dovecot) -> None:
    post.append(letter("一"))
    kept: list[bytes] = []
    mailbox(post, kept, fetching=Fetching(after=After.MOVE, move_to="Done")).fetch_once()
    assert flags(post) == []
    assert len(flags(post, "Done")) == 1
    post.append(letter("二"))
    box = mailbox(post, kept, fetching=Fetching(after=After.LEAVE))
    box.fetch_once()
    box.fetch_once()
    assert [parse(raw).subject for raw in kept] == ["一", "二"]
    assert "\\Seen" not in flags(post)[0]


def test_a_mail_that_cannot_be_moved_does_not_keep_the_next_ones_waiting(post: Dovecot) -> None:
    post.append(letter("一"))
    post.append(letter("二"))
    kept: list[bytes] = []
    said: list[Sentence | None] = []
    stop = Event()

    def report(trouble: Sentence | None) -> None:
        said.append(trouble)
        stop.set()

    moving = Fetching(after=After.MOVE, move_to="a..b")
    mailbox(post, kept, fetching=moving, report=report).run(stop)
    assert [parse(raw).subject for raw in kept] == ["一", "二"]
    assert [("\\Seen" in one) for one in flags(post)] == [True, True]
    assert str(said[0]).startswith("Mails cannot be moved to the folder a..b: [CANNOT]")
    assert "secs" not in str(said[0])


def test_the_connection_test_finds_out_whether_mail_can_be_moved(post: Dovecot) -> None:
    def last(folder: str) -> tuple[str, bool]:
        step = imap.test_connection(post.server(), Fetching(after=After.MOVE, move_to=folder))[-1]
        return step.step, step.ok

    assert last("Handled") == ("move", True)
    assert last("a..b") == ("move", False)


def test_a_message_over_the_limit_is_told_and_left(post: Dovecot) -> None:
    post.append(letter())
    kept: list[bytes] = []
    large: list[tuple[bytes, int, int]] = []
    box = mailbox(
        post,
        kept,
        fetching=Fetching(max_bytes=500),
        too_large=lambda head, uid, size: large.append((head, uid, size)),
    )
    assert box.fetch_once() == 0
    assert kept == []
    assert parse(large[0][0]).from_.email == "k@demo.example"
    assert "\\Seen" not in flags(post)[0]


def run(box: Mailbox) -> tuple[Event, Thread]:
    stop = Event()
    thread = Thread(target=box.run, args=(stop,), daemon=True)
    thread.start()
    return stop, thread


def test_idle_wakes_at_once_and_again(post: Dovecot) -> None:
    arrived, well = Event(), Event()

    def report(sentence: Sentence | None) -> None:
        if sentence is None:
            well.set()

    box = Mailbox(
        post.server(), lambda raw, uid: arrived.set(), fetching=Fetching(poll_seconds=3600), report=report
    )
    stop, thread = run(box)
    try:
        assert well.wait(5)
        for number in range(3):
            arrived.clear()
            began = time.monotonic()
            post.append(letter(f"第{number}封"))
            assert arrived.wait(2), "IDLE did not wake within two seconds"
            assert time.monotonic() - began < 2
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()


def test_without_idle_the_server_is_asked_at_intervals(post: Dovecot) -> None:
    arrived, well = Event(), Event()
    box = Mailbox(
        post.server(),
        lambda raw, uid: arrived.set(),
        fetching=Fetching(idle=False, poll_seconds=0.2),
        report=lambda sentence: well.set(),
    )
    stop, thread = run(box)
    try:
        assert well.wait(5)
        post.append(letter())
        assert arrived.wait(5)
    finally:
        stop.set()
        thread.join(5)


def test_a_server_that_is_away_is_said_and_tried_again() -> None:
    said: list[str] = []
    told = Event()

    def report(sentence: Sentence | None) -> None:
        said.append(str(sentence))
        told.set()

    box = Mailbox(Server("127.0.0.1", 1, Security.PLAIN, "a", "b", 2), lambda raw, uid: None, report=report)
    stop, thread = run(box)
    assert told.wait(5)
    stop.set()
    thread.join(5)
    assert said[0] == "Nothing answers at 127.0.0.1, port 1."


@pytest.mark.parametrize("security", list(Security))
def test_the_connection_test_goes_step_by_step(post: Dovecot, security: Security) -> None:
    steps = imap.test_connection(post.server(security))
    assert [(one.step, one.ok) for one in steps] == [
        ("look_up", True),
        ("connect", True),
        ("folder", True),
        ("idle", True),
    ]


def test_the_connection_test_says_what_is_wrong(post: Dovecot) -> None:
    def failing(server: Server, fetching: Fetching | None = None) -> tuple[str, str]:
        step = next(one for one in imap.test_connection(server, fetching) if not one.ok)
        return step.step, str(step.sentence)

    assert failing(post.server(password="wrong")) == (
        "sign_in",
        "User name or password was not accepted by 127.0.0.1.",
    )
    assert failing(post.server(host="no-such-host.invalid"))[0] == "look_up"
    assert failing(post.server(), Fetching(folder="Nowhere"))[0] == "folder"
    untrusted = failing(post.server(Security.SSL, ca_file=""))
    assert untrusted[0] == "connect"
    assert "not trusted" in untrusted[1]
    assert "Encryption" in failing(post.server(Security.SSL, port=post.port))[1]
