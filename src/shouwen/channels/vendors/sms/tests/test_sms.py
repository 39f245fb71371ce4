"""A provider over real HTTP: out, in, reports, parts, and who wants no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from shouwen.channels import measuring, queries, services
from shouwen.channels.answering import Where
from shouwen.channels.models import InboundRecord, Message, Reach
from shouwen.channels.testing import BOSS, Upstairs, everything_is_read, make_line
from shouwen.channels.vendors.simulating import call
from shouwen.channels.vendors.sms import rules
from shouwen.channels.vendors.sms.simulator import Provider
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a secret of the test only"
PHONE = "+8613800000000"


@pytest.fixture
def provider(live_server: Any, upstairs: Upstairs) -> Iterator[Provider]:
    with Provider("key of the test", SECRET) as provider:
        account = make_line(
            "sms", send_url=f"{provider.url}/send", api_key="key of the test", secret=SECRET,
            signature="【首问】", never="4003",
        )  # fmt: skip
        provider.hook = f"{live_server.url}/hooks/sms/{account.pk}/"
        yield provider


def answered(text: str = "马上来", **values: Any) -> Message:
    given = {
        "subject": ("case", 1),
        "customer_id": 1,
        "to": "138 0000 0000",
        "channel": "sms",
        "at": now(),
        "by": BOSS,
    }
    reply = services.send(text=text, **{**given, **values})
    everything_is_read()
    reply.refresh_from_db()
    return reply


def test_a_message_opens_a_request_and_knows_its_writer_by_the_number(
    provider: Provider, upstairs: Upstairs
) -> None:
    assert provider.says("铲斗开裂").status_code == 200
    provider.says("还有漏油", phone="+86 138-0000-0000")
    everything_is_read()
    assert (len(upstairs.opened), len(upstairs.appended)) == (1, 1)
    assert upstairs.opened[0].from_address == PHONE
    assert Customer.objects.count() == 1


def test_an_answer_leaves_with_the_signature_and_its_report_comes_back(provider: Provider) -> None:
    provider.says("铲斗开裂")
    everything_is_read()
    reply = answered()
    assert (reply.delivery, reply.address) == ("sent", PHONE)
    assert (provider.sent[0]["phone"], provider.sent[0]["text"]) == ("13800000000", "【首问】马上来")
    provider.reports(provider.sent[0]["name"], "UNDELIV")
    everything_is_read()
    reply.refresh_from_db()
    assert (reply.delivery, reply.delivery_note) == ("failed", "undelivered: UNDELIV")


def test_a_report_names_our_own_id_too_and_many_come_at_once(provider: Provider) -> None:
    first, second = answered("一"), answered("二")
    items = [{"report": provider.sent[0]["id"], "status": "DELIVRD"}, {"report": "p-2", "status": "EXPIRED"}]
    Message.objects.filter(pk=first.pk).update(external_id=provider.sent[0]["id"], delivery="maybe_sent")
    assert provider.tells(items).status_code == 200
    everything_is_read()
    states = [Message.objects.get(pk=one.pk).delivery for one in (first, second)]
    assert states == ["sent", "failed"]


def test_an_answer_on_a_request_by_phone_brings_the_customers_next_word_there(
    provider: Provider, upstairs: Upstairs
) -> None:
    provider.says("先问一下")
    everything_is_read()
    answered(subject=("case", 1))
    provider.says("好的")
    everything_is_read()
    assert upstairs.appended[0].subject == ("case", 1)


@pytest.mark.parametrize(
    ("status", "code", "delivery"),
    [
        (200, "4003", "failed"),
        (200, "9999", "queued"),
        (500, "x", "queued"),
        (403, "x", "failed"),
        (429, "x", "queued"),
    ],
)
def test_what_the_provider_does_not_take_is_tried_again_only_where_that_may_help(
    provider: Provider, status: int, code: str, delivery: str
) -> None:
    provider.status, provider.code = status, code
    assert answered().delivery == delivery


def test_a_lost_answer_of_the_provider_is_possibly_sent(provider: Provider) -> None:
    provider.hang_up = True
    assert answered().delivery == "maybe_sent"


@pytest.mark.parametrize("word", ["TD", "td", " 退订 ", "退订。", "N"])
def test_who_asks_for_no_more_is_not_written_to_until_they_write(provider: Provider, word: str) -> None:
    provider.says("在吗")
    everything_is_read()
    provider.says(word)
    everything_is_read()
    assert Message.objects.filter(direction="inbound").latest("pk").automatic
    assert queries.room_for(Where("sms", PHONE), now()).closed
    with pytest.raises(Refused):
        answered()
    provider.says("我想问一下")
    everything_is_read()
    assert answered().delivery == "sent"
    assert answered(automatic=True).delivery == "failed"
    provider.says("恢复")
    everything_is_read()
    assert Reach.objects.get().stopped_at is None
    assert answered(automatic=True).delivery == "sent"


def test_td_alone_opens_nothing(provider: Provider, upstairs: Upstairs) -> None:
    provider.says("TD")
    everything_is_read()
    assert upstairs.opened == []
    assert InboundRecord.objects.get().result == "noted"
    assert rules.wish("T恤破了", frozenset({"T"}), frozenset()) == ""


def test_a_wrong_signature_an_old_time_and_a_replay_are_refused_and_shown(provider: Provider) -> None:
    body, headers = provider.signed({"id": "1", "phone": "13800000000", "text": "一次"})
    assert call(provider.hook, body + b" ", headers).status_code == 401
    old = provider.signed({"id": "2", "phone": "1", "text": "旧"}, int(now().timestamp()) - 400)
    assert call(provider.hook, *old).status_code == 401
    assert call(provider.hook, body, headers).status_code == 200
    assert call(provider.hook, body, headers).status_code == 409
    assert provider.tells({"pigeon": 1}).status_code == 422
    everything_is_read()
    reasons = sorted(record.reason for record in queries.registered("refused"))
    assert reasons == ["old_timestamp", "replay", "unreadable", "wrong_signature"]
    assert Message.objects.count() == 1


def test_a_provider_that_cannot_sign_calls_an_address_that_only_it_knows(
    live_server: Any, upstairs: Upstairs
) -> None:
    account = make_line(
        "sms",
        send_url="http://127.0.0.1:9/",
        secret=SECRET,
        proof="key",
        incoming="phone = mobile\ntext = content",
    )
    hook = f"{live_server.url}/hooks/sms/{account.pk}/"
    body = b"mobile=13800000000&content=%E5%9C%A8%E5%90%97"
    assert call(hook, body).status_code == 401
    assert call(f"{hook}?key={SECRET}", body).status_code == 200
    everything_is_read()
    assert upstairs.opened[0].text == "在吗"


@pytest.mark.parametrize(
    ("text", "units", "parts"),
    [
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("好" * 70, 70, 1),
        ("好" * 71, 71, 2),
        ("好" * 134, 134, 2),
        ("好" * 135, 135, 3),
        ("a" * 70 + "好", 71, 2),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
        ("", 0, 1),
    ],
)
def test_parts_are_counted_as_operators_count_them(text: str, units: int, parts: int) -> None:
    assert measuring.sms_parts(text) == (units, parts)


def test_a_text_of_too_many_parts_is_refused_before_it_leaves(provider: Provider) -> None:
    with pytest.raises(Invalid) as caught:
        answered("好" * 671)
    assert caught.value.field == "text"
    assert answered("好" * 670).delivery == "sent"


@pytest.mark.parametrize(
    ("bent", "field"),
    [
        ({"send_url": ""}, "send_url"),
        ({"body": "a = b"}, "body"),
        ({"format": "x"}, "format"),
        ({"ok": "x"}, "ok"),
    ],
)
def test_wrong_settings_are_named(bent: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        make_line("sms", **{"send_url": "https://sms.example/send", "secret": SECRET, **bent})
    assert field in caught.value.errors
