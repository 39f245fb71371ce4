"""Our SMTP client against a server that others wrote, with the manners and the refusals of a real one."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from shouwen.platform.mail import smtp
from shouwen.platform.mail.connection import Security, Server
from tests.servers.exim import Exim
from tests.servers.ports import wait_until

pytestmark = [pytest.mark.mailserver, pytest.mark.once]


def at(server: Exim, **changes: str) -> Server:
    sign_in = {"username": server.user, "password": server.password, **changes}
    return Server(host=server.host, port=server.port, security=Security.PLAIN, timeout=10, **sign_in)  # type: ignore[arg-type]


def a_mail(to: str, subject: str = "挖掘机铲斗的处理") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "客服 <desk@shouwen.test>"
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<{abs(hash(subject + to))}@shouwen.test>"
    message.set_content("您好,李先生:\n维修人员17:00前到。\n")
    return message


def sent(server: Exim, to: str, **changes: str) -> smtp.Outcome:
    return smtp.send(a_mail(to), [to], at(server, **changes), sender="desk@shouwen.test")


def test_a_chinese_mail_arrives_whole(smtp_server: Exim) -> None:
    outcome = sent(smtp_server, "li@customer.test")
    assert isinstance(outcome, smtp.Sent)
    assert outcome.accepted == ("li@customer.test",)
    wait_until(lambda: bool(smtp_server.arrived()), seconds=60, what="the mail")
    mail = message_from_bytes(smtp_server.arrived()[-1], policy=policy.default)
    assert mail["Subject"] == "挖掘机铲斗的处理"
    assert "维修人员17:00前到" in mail.get_content()
    assert mail["Message-ID"] == a_mail("li@customer.test")["Message-ID"]


def test_a_mailbox_that_does_not_exist_is_refused_for_good(smtp_server: Exim) -> None:
    outcome = sent(smtp_server, "refused@customer.test")
    assert isinstance(outcome, smtp.PermanentFailure)
    assert outcome.refused[0].code == 550


def test_a_grey_listing_server_is_tried_again_later(smtp_server: Exim) -> None:
    assert isinstance(sent(smtp_server, "later@customer.test"), smtp.TemporaryFailure)


def test_a_message_refused_after_it_was_read_is_not_sent(smtp_server: Exim) -> None:
    assert isinstance(sent(smtp_server, "unwanted@customer.test"), smtp.PermanentFailure)


def test_one_of_two_recipients_may_be_refused(smtp_server: Exim) -> None:
    both = ["refused@customer.test", "wang@customer.test"]
    outcome = smtp.send(a_mail(", ".join(both)), both, at(smtp_server), sender="desk@shouwen.test")
    assert isinstance(outcome, smtp.Sent)
    assert outcome.accepted == ("wang@customer.test",)
    assert [one.address for one in outcome.refused] == ["refused@customer.test"]


def test_a_wrong_password_is_no_reason_to_try_for_ever(smtp_server: Exim) -> None:
    outcome = sent(smtp_server, "li@customer.test", password="wrong")
    assert isinstance(outcome, smtp.PermanentFailure | smtp.TemporaryFailure)
    assert all(step.ok for step in smtp.test_connection(at(smtp_server)))
