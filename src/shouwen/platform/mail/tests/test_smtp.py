"""Sending to a real SMTP server, well-behaved and otherwise."""

import socket
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from shouwen.platform.mail import smtp
from shouwen.platform.mail.composing import compose
from shouwen.platform.mail.connection import Security, Server
from shouwen.platform.mail.model import Address
from shouwen.platform.mail.parsing import parse
from shouwen.platform.mail.smtp import MaybeSent, PermanentFailure, Sent, TemporaryFailure
from shouwen.platform.mail.testing.smtpd import CatchAll, smtp_server

pytestmark = [pytest.mark.mailserver, pytest.mark.filterwarnings("ignore:Requiring AUTH")]
SENDER, CUSTOMER = "desk@demo.example", "k@demo.example"


def letter(text: str = "您好，已安排师傅上门。\n.\n点号开头的行") -> EmailMessage:
    return compose(
        from_=Address("演示客服", SENDER),
        to=[Address("演示客户", CUSTOMER)],
        subject="关于铲斗开裂",
        text=text,
        key="1",
        domain="mail.demo.example",
        at=datetime(2026, 1, 5, tzinfo=UTC),
    )


def test_a_letter_arrives_as_it_was_written() -> None:
    with smtp_server() as server:
        outcome = smtp.send(letter(), [CUSTOMER, CUSTOMER], server.settings(), sender=SENDER)
        assert outcome == Sent((CUSTOMER,), (), "Kept")
        kept = server.messages[0]
    assert (kept.sender, kept.recipients) == (SENDER, [CUSTOMER])
    mail = parse(kept.raw)
    assert (mail.subject, mail.full_text) == ("关于铲斗开裂", "您好，已安排师傅上门。\n.\n点号开头的行")


def test_lines_that_begin_with_a_dot_keep_it() -> None:
    with smtp_server() as server:
        smtp.send(b"Subject: x\n\n.\n..a\nend", [CUSTOMER], server.settings(), sender="")
        assert server.messages[0].raw == b"Subject: x\r\n\r\n.\r\n..a\r\nend\r\n"


def test_some_recipients_may_be_refused() -> None:
    with smtp_server(
        CatchAll(refuse={"gone@demo.example": "550 5.1.1 no such user", "full@demo.example": "452 full"})
    ) as server:
        outcome = smtp.send(
            letter(), [CUSTOMER, "gone@demo.example", "full@demo.example"], server.settings(), sender=SENDER
        )
    assert isinstance(outcome, Sent)
    assert outcome.accepted == (CUSTOMER,)
    assert [(one.address, one.code, one.temporary) for one in outcome.refused] == [
        ("gone@demo.example", 550, False),
        ("full@demo.example", 452, True),
    ]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("550 5.1.1 no such user", PermanentFailure), ("450 4.2.1 greylisted", TemporaryFailure)],
)
def test_no_recipient_accepted_is_a_failure_of_its_kind(answer: str, kind: type) -> None:
    with smtp_server(CatchAll(refuse={CUSTOMER: answer})) as server:
        outcome = smtp.send(letter(), [CUSTOMER], server.settings(), sender=SENDER)
    assert isinstance(outcome, kind)
    assert not isinstance(outcome, (Sent, MaybeSent))
    assert CUSTOMER in str(outcome.sentence)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("552 too large", PermanentFailure), ("554 spam", PermanentFailure), ("451 later", TemporaryFailure)],
)
def test_a_refusal_after_the_data_is_known_to_be_one(answer: str, kind: type) -> None:
    with smtp_server(CatchAll(answer=answer)) as server:
        outcome = smtp.send(letter(), [CUSTOMER], server.settings(), sender=SENDER)
        assert server.messages == []
    assert isinstance(outcome, kind)


def test_a_connection_lost_before_the_answer_is_maybe_sent() -> None:
    with smtp_server(CatchAll(hang_up="before_answer")) as server:
        outcome = smtp.send(letter(), [CUSTOMER], server.settings(), sender=SENDER)
        assert len(server.messages) == 1  # it was taken: a second try would deliver it twice
    assert isinstance(outcome, MaybeSent)
    assert outcome.accepted == (CUSTOMER,)


def test_a_connection_lost_before_the_data_was_certainly_not_sent() -> None:
    with smtp_server(CatchAll(hang_up="at_data")) as server:
        outcome = smtp.send(letter(), [CUSTOMER], server.settings(), sender=SENDER)
        assert server.messages == []
    assert isinstance(outcome, TemporaryFailure)


def test_the_moment_before_the_data_can_be_written_down() -> None:
    moments: list[int] = []
    with smtp_server() as server:
        smtp.send(
            letter(),
            [CUSTOMER],
            server.settings(),
            sender=SENDER,
            before_data=lambda: moments.append(len(server.messages)),
        )
        assert (moments, len(server.messages)) == ([0], 1)
    with smtp_server(CatchAll(refuse={CUSTOMER: "550 no"})) as server:
        smtp.send(
            letter(), [CUSTOMER], server.settings(), sender=SENDER, before_data=lambda: moments.append(9)
        )
    assert moments == [0]


def test_a_server_that_is_away_is_tried_again() -> None:
    outcome = smtp.send(
        letter(), [CUSTOMER], Server("127.0.0.1", 1, Security.PLAIN, timeout=2), sender=SENDER
    )
    assert isinstance(outcome, TemporaryFailure)
    assert str(outcome.sentence) == "Nothing answers at 127.0.0.1, port 1."
    outcome = smtp.send(letter(), [CUSTOMER], Server("no-such-host.invalid", 25, timeout=2), sender=SENDER)
    assert str(outcome.sentence) == "The server name no-such-host.invalid cannot be found."  # type: ignore[union-attr]


def test_a_server_that_never_speaks_times_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = Server("127.0.0.1", silent.getsockname()[1], Security.PLAIN, timeout=0.3)
        outcome = smtp.send(letter(), [CUSTOMER], settings, sender=SENDER)
    assert isinstance(outcome, TemporaryFailure)
    assert "did not answer in time" in str(outcome.sentence)


def test_signing_in_is_asked_for_and_checked() -> None:
    with smtp_server(CatchAll(users={"desk": "demo"})) as server:
        good = smtp.send(
            letter(), [CUSTOMER], server.settings(username="desk", password="demo"), sender=SENDER
        )
        bad = smtp.send(
            letter(), [CUSTOMER], server.settings(username="desk", password="wrong"), sender=SENDER
        )
        none = smtp.send(letter(), [CUSTOMER], server.settings(), sender=SENDER)
    assert isinstance(good, Sent)
    assert isinstance(bad, TemporaryFailure)  # wrong settings must not lose a letter for good
    assert isinstance(none, TemporaryFailure)


def test_encryption_that_is_not_offered_is_not_done_without() -> None:
    with smtp_server() as server:
        outcome = smtp.send(letter(), [CUSTOMER], server.settings(security=Security.STARTTLS), sender=SENDER)
        assert server.messages == []
    assert isinstance(outcome, TemporaryFailure)
    assert "STARTTLS" in str(outcome.sentence)


def test_the_connection_test_goes_step_by_step_and_sends_nothing() -> None:
    with smtp_server(CatchAll(users={"desk": "demo"})) as server:
        steps = smtp.test_connection(server.settings(username="desk", password="demo"), sender=SENDER)
        assert [(one.step, one.ok) for one in steps] == [
            ("look_up", True),
            ("connect", True),
            ("sign_in", True),
            ("sender", True),
        ]
        bad = smtp.test_connection(server.settings(username="desk", password="wrong"))
        assert [(one.step, one.ok) for one in bad] == [
            ("look_up", True),
            ("connect", True),
            ("sign_in", False),
        ]
        assert server.messages == []
    away = smtp.test_connection(Server("127.0.0.1", 1, Security.PLAIN, timeout=2))
    assert [(one.step, one.ok) for one in away] == [("look_up", True), ("connect", False)]
