"""The inlet, spoken to by Python's own SMTP and LMTP clients over loopback."""

import smtplib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from shouwen.platform.mail.inlet import Inlet, Taken

pytestmark = pytest.mark.mailserver
LETTER = "Subject: 退款\r\n\r\n您好\r\n".encode()


class Keeper:
    """Stores what it gets, as the product does, or fails as told."""

    def __init__(self, answer: Taken | Exception = Taken.STORED) -> None:
        self.answer = answer
        self.kept: list[tuple[bytes, str, tuple[str, ...]]] = []
        self.may_finish = threading.Event()
        self.may_finish.set()

    def __call__(self, raw: bytes, sender: str, recipients: Sequence[str]) -> Taken:
        assert self.may_finish.wait(5)
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is Taken.STORED:
            self.kept.append((raw, sender, tuple(recipients)))
        return self.answer


def wanted(address: str) -> bool:
    return address.endswith("@desk.example")


@contextmanager
def inlet(keeper: Keeper, protocol: str = "smtp", **settings: object) -> Iterator[Inlet]:
    server = Inlet("127.0.0.1", 0, protocol, keeper, wanted=wanted, **settings)  # type: ignore[arg-type]
    server.start()
    try:
        yield server
    finally:
        server.stop()


def test_a_letter_is_stored_before_it_is_acknowledged() -> None:
    keeper = Keeper()
    keeper.may_finish.clear()
    with inlet(keeper) as server, smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        client.ehlo()
        client.mail("k@demo.example")
        client.rcpt("hello@desk.example")
        assert client.docmd("data")[0] == 354
        client.send(LETTER + b".\r\n")
        client.sock.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.sock.recv(100)  # nothing is said while it is not stored
        keeper.may_finish.set()
        client.sock.settimeout(5)
        assert client.sock.recv(100).startswith(b"250")
    assert keeper.kept == [(LETTER, "k@demo.example", ("hello@desk.example",))]


def test_a_bounce_with_an_empty_sender_is_taken() -> None:
    keeper = Keeper()
    with inlet(keeper) as server, smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        client.sendmail("", ["hello@desk.example"], LETTER)
    assert keeper.kept[0][1] == ""


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Taken.TRY_LATER, 451),
        (RuntimeError("database away"), 451),
        (Taken.TOO_LARGE, 552),
        (Taken.REFUSED, 554),
    ],
)
def test_what_could_not_be_stored_is_not_acknowledged(answer: Taken | Exception, code: int) -> None:
    keeper = Keeper(answer)
    with inlet(keeper) as server, smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        with pytest.raises(smtplib.SMTPDataError) as caught:
            client.sendmail("k@demo.example", ["hello@desk.example"], LETTER)
        assert caught.value.smtp_code == code
    assert keeper.kept == []


def test_it_relays_nothing() -> None:
    keeper = Keeper()
    with inlet(keeper) as server, smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        refused = client.sendmail("k@demo.example", ["x@elsewhere.example", "hello@desk.example"], LETTER)
    assert refused["x@elsewhere.example"][0] == 550
    assert keeper.kept[0][2] == ("hello@desk.example",)


def test_recipients_beyond_the_limit_are_refused() -> None:
    keeper = Keeper()
    with inlet(keeper) as server, smtplib.SMTP("127.0.0.1", server.port, timeout=10) as client:
        refused = client.sendmail(
            "k@demo.example", [f"r{number}@desk.example" for number in range(305)], LETTER
        )
    assert len(keeper.kept[0][2]) == 300
    assert {code for code, _ in refused.values()} == {452}
    assert len(refused) == 5


@pytest.mark.parametrize("declared", [True, False])
def test_a_message_over_the_limit_is_refused(declared: bool) -> None:
    keeper = Keeper()
    with (
        inlet(keeper, max_size=1024 * 1024) as server,
        smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client,
    ):
        client.ehlo()
        if not declared:
            client.esmtp_features.pop("size")
        with pytest.raises((smtplib.SMTPDataError, smtplib.SMTPSenderRefused)) as caught:
            client.sendmail(
                "k@demo.example", ["hello@desk.example"], LETTER + b"x" * 70 + b"\r\n" + b"y\r\n" * 400_000
            )
        assert caught.value.smtp_code == 552
        assert b"at most 1 MB" in caught.value.smtp_error
    assert keeper.kept == []


def test_a_page_on_one_long_line_is_taken() -> None:
    keeper = Keeper()
    raw = LETTER + b"x" * 200_000 + b"\r\n"
    with inlet(keeper) as server, smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        client.sendmail("k@demo.example", ["hello@desk.example"], raw)
    assert keeper.kept[0][0] == raw


def test_lmtp_answers_for_every_recipient() -> None:
    keeper = Keeper()
    with inlet(keeper, "lmtp") as server, smtplib.LMTP("127.0.0.1", server.port) as client:
        client.connect("127.0.0.1", server.port)
        client.ehlo()
        client.mail("k@demo.example")
        for address in ("a@desk.example", "b@desk.example"):
            assert client.rcpt(address)[0] == 250
        assert client.data(LETTER)[0] == 250
        assert client.getreply()[0] == 250
        assert client.noop()[0] == 250  # the conversation is in step
    assert keeper.kept[0][2] == ("a@desk.example", "b@desk.example")


def test_addresses_outside_ascii_are_taken() -> None:
    keeper = Keeper()
    with inlet(keeper) as server, smtplib.SMTP("127.0.0.1", server.port, timeout=5) as client:
        client.sendmail("客户@demo.example", ["hello@desk.example"], LETTER, mail_options=["SMTPUTF8"])
    assert keeper.kept[0][1] == "客户@demo.example"
