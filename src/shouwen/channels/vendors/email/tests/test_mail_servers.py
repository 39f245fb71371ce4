"""Real mail servers: a mail comes in by IMAP, the answer goes out by SMTP, the customer answers again."""

import email
import smtplib
import time
from collections.abc import Callable, Iterator
from email import policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import connections

from shouwen.channels import queries, services, tasks, vendors
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.testing import ADDRESS, AT, Upstairs, make_account, make_mail
from shouwen.channels.vendors.email import identity, inlet, receiver
from shouwen.channels.vendors.email.arriving import import_raw
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.mail.connection import Security
from shouwen.platform.mail.testing.dovecot import Dovecot, dovecot, installed
from shouwen.platform.mail.testing.smtpd import CatchAll, smtp_server
from shouwen.platform.secrets import seal

pytestmark = [pytest.mark.mailserver, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def imap() -> Iterator[Dovecot]:
    if not installed():
        pytest.skip("Dovecot is not on this machine")
    with dovecot() as server:
        yield server


@pytest.fixture
def post() -> Iterator[CatchAll]:
    with smtp_server() as server:
        yield server


def an_account(imap: Dovecot | None, post: CatchAll | None) -> Account:
    settings: dict[str, Any] = {"receive": "inlet", "send": "none", "from_name": "星河机械客服"}
    secrets: dict[str, str] = {}
    if imap is not None:
        server = imap.server(Security.PLAIN)
        settings |= {
            "receive": "imap",
            "imap_host": server.host,
            "imap_port": server.port,
            "imap_security": "plain",
            "imap_user": server.username,
        }
        secrets["imap_password"] = seal(server.password)
    if post is not None:
        settings |= {
            "send": "smtp",
            "smtp_host": "127.0.0.1",
            "smtp_port": post.port,
            "smtp_security": "plain",
        }
    return make_account(settings=settings, secrets=secrets)


def until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.05)


def read(post: CatchAll, number: int = -1) -> EmailMessage:
    return email.message_from_bytes(post.messages[number].raw, policy=policy.default)  # type: ignore[return-value]


def test_a_conversation_by_mail_threads_on_both_sides(
    imap: Dovecot, post: CatchAll, upstairs: Upstairs
) -> None:
    account = an_account(imap, post)
    imap.append(make_mail(message_id="<first@customer.example>", files=(("照片.jpg", b"\xff\xd8\xff....."),)))
    assert vendors.get("email").poll(account, AT) == 1
    first = queries.latest_inbound(("case", 1))
    assert first is not None

    reply = services.send(
        subject=first.subject,
        customer_id=1,
        to=first.address,
        text="10分钟内给您回电。",
        title=first.title,
        at=AT,
        by=SYSTEM,
    )
    tasks.deliver(message_id=reply.pk)
    sent = read(post)
    reply.refresh_from_db()
    assert reply.delivery == "sent"
    assert sent["Message-ID"] == reply.external_id
    assert sent["In-Reply-To"] == "<first@customer.example>"
    assert identity.token_for(("case", 1)) in sent["Subject"]
    assert sent["From"].addresses[0].addr_spec == ADDRESS
    assert sent.get_body().get_content().strip() == "10分钟内给您回电。"

    answer = make_mail("好的，等您电话", subject=f"Re: {sent['Subject']}", In_Reply_To=sent["Message-ID"])
    imap.append(answer)
    account.refresh_from_db()
    assert vendors.get("email").poll(account, AT) == 1
    assert [m.text for m in queries.messages_of(("case", 1))][-1] == "好的，等您电话"
    assert len(upstairs.opened) == 1


def test_the_receiver_hears_of_new_mail_by_itself(imap: Dovecot, upstairs: Upstairs) -> None:
    account = an_account(imap, None)
    receiver.start()
    try:
        until(lambda: queries.account(account.pk).state == "waiting")
        imap.append(make_mail("请马上处理", message_id="<idle@customer.example>"))
        until(lambda: Message.objects.filter(text="请马上处理").exists())
    finally:
        receiver.stop()
    account.refresh_from_db()
    assert (account.receiver, account.state) == ("", "")
    assert account.position["last_uid"] >= 1


def test_a_mailbox_that_cannot_be_reached_says_so_on_the_settings_page(upstairs: Upstairs) -> None:
    account = make_account(
        settings={"receive": "imap", "imap_host": "127.0.0.1", "imap_port": 9, "imap_security": "plain"}
    )
    receiver.start()
    try:
        until(lambda: queries.account(account.pk).state == "error")
    finally:
        receiver.stop()
    assert "127.0.0.1" in str(queries.account(account.pk).trouble)


def test_a_mailbox_is_read_by_one_host_only(imap: Dovecot) -> None:
    account = an_account(imap, None)

    def claim(worker: str, at: Any = AT) -> bool:
        return services.claim_receiver(
            account_id=account.pk, worker=worker, is_dead=lambda name: False, at=at
        )

    assert claim("one|1|1")
    assert not claim("two|1|1")
    assert claim("one|1|1")
    assert claim("two|1|1", AT + 2 * services.accounts.RECEIVER_LEASE)


def test_the_test_button_names_the_step_that_fails(imap: Dovecot, post: CatchAll) -> None:
    account = an_account(imap, post)
    assert all(step.ok for step in vendors.get("email").test(account))
    account.secrets = {"imap_password": seal("wrong")}
    failed = [step for step in vendors.get("email").test(account) if not step.ok]
    assert [step.label for step in failed] == ["IMAP"]
    assert str(failed[0].note)


def test_the_inlet_stores_before_it_says_250_and_relays_nothing(upstairs: Upstairs) -> None:
    an_account(None, None)
    server = inlet.listener("127.0.0.1", 0, "smtp")
    server.start()
    try:
        with smtplib.SMTP("127.0.0.1", server.port, timeout=10) as client:
            client.sendmail("wang@customer.example", [ADDRESS], make_mail("直接送来"))
            assert Message.objects.get().text == "直接送来"
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.sendmail("wang@customer.example", ["someone@else.example"], make_mail())
    finally:
        server.stop()
        connections.close_all()
    assert InboundRecord.objects.get().source == "inlet:wang@customer.example"


def test_a_connection_that_breaks_after_the_data_is_possibly_sent(post: CatchAll, upstairs: Upstairs) -> None:
    an_account(None, post)
    post.hang_up = "before_answer"
    message = services.send(
        subject=("case", 1), customer_id=1, to="wang@customer.example", text="你好", at=AT, by=SYSTEM
    )
    tasks.deliver(message_id=message.pk)
    tasks.sweep(at=now())
    tasks.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.delivery == "maybe_sent"
    assert len(post.messages) == 1


@pytest.mark.parametrize(
    ("answer", "delivery"), [("550 5.1.1 No such user", "failed"), ("451 4.2.0 Later", "queued")]
)
def test_what_the_server_says_decides(post: CatchAll, upstairs: Upstairs, answer: str, delivery: str) -> None:
    an_account(None, post)
    post.refuse["wang@customer.example"] = answer
    message = services.send(
        subject=("case", 1), customer_id=1, to="wang@customer.example", text="你好", at=AT, by=SYSTEM
    )
    tasks.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.delivery == delivery
    assert answer[:3] in str(message.delivery_sentence)


def test_an_automatic_mail_says_so_and_comes_back_to_nobody(post: CatchAll, upstairs: Upstairs) -> None:
    an_account(None, post)
    message = services.send(
        subject=("case", 1),
        customer_id=1,
        to="wang@customer.example",
        text="已收到",
        automatic=True,
        at=AT,
        by=SYSTEM,
    )
    tasks.deliver(message_id=message.pk)
    sent = read(post)
    assert sent["Auto-Submitted"].startswith("auto-")
    back = import_raw(post.messages[0].raw, source="test", at=AT, by=SYSTEM)
    assert (back.result, back.reason) == ("refused", "own_address")
    assert not upstairs.opened


def test_files_go_with_the_answer(post: CatchAll, upstairs: Upstairs) -> None:
    from shouwen.platform.files.services import store

    an_account(None, post)
    file = store(name="维修单.pdf", content=b"%PDF-1.4 x", at=AT)
    message = services.send(
        subject=("case", 1),
        customer_id=1,
        to="wang@customer.example",
        text="见附件",
        attachments=[file.pk],
        at=AT,
        by=SYSTEM,
    )
    tasks.deliver(message_id=message.pk)
    assert [part.get_filename() for part in read(post).iter_attachments()] == ["维修单.pdf"]


@pytest.mark.parametrize(
    ("to", "delivery"),
    [
        ("wang@customer.example", "sent"),
        ("refused@customer.example", "failed"),
        ("later@customer.example", "queued"),
        ("unwanted@customer.example", "failed"),
    ],
)
def test_a_provider_s_own_server_takes_defers_and_refuses(
    request: pytest.FixtureRequest, upstairs: Upstairs, to: str, delivery: str
) -> None:
    exim = request.getfixturevalue("smtp_server")
    make_account(
        settings={
            "smtp_host": "127.0.0.1",
            "smtp_port": exim.port,
            "smtp_security": "plain",
            "smtp_user": "desk",
        },
        secrets={"smtp_password": seal("desk-password")},
    )
    message = services.send(subject=("case", 1), customer_id=1, to=to, text="你好", at=AT, by=SYSTEM)
    tasks.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.delivery == delivery, message.delivery_note
    if delivery == "sent":
        until(lambda: any(message.external_id.encode() in raw for raw in exim.arrived()))
