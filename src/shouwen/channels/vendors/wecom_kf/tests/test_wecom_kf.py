"""WeCom's customer service against a simulated platform: real HTTP, real crypto, cursor, limits, lost rings."""

from datetime import timedelta
from typing import Any

import pytest

from shouwen.channels import queries, registry, services
from shouwen.channels.answering import Where
from shouwen.channels.models import Account, InboundRecord, Message
from shouwen.channels.testing import BOSS, Upstairs, everything_is_read, make_line
from shouwen.channels.vendors.simulating import call
from shouwen.channels.vendors.wecom_kf import fetching, tasks
from shouwen.channels.vendors.wecom_kf.client import Kf
from shouwen.channels.vendors.wecom_kf.simulator import KfPlatform, message
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import now
from shouwen.platform.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
LIN = "wmLin0001@wkDesk1"


def answered(text: str = "马上来") -> Message:
    """A reply, after the queue has dealt with it."""
    reply = services.send(
        subject=("case", 1), customer_id=1, to=LIN, channel="wechat", text=text, at=now(), by=BOSS
    )
    everything_is_read()
    reply.refresh_from_db()
    return reply


def heard() -> list[str]:
    return list(Message.objects.filter(direction="inbound").order_by("id").values_list("text", flat=True))


def test_the_platform_finds_the_address_genuine(platform: KfPlatform) -> None:
    assert platform.verifies(wecom=True).text == "echo-4711"


def test_a_ring_is_answered_at_once_and_what_was_written_is_fetched(
    platform: KfPlatform, upstairs: Upstairs
) -> None:
    assert platform.says("挖掘机铲斗开裂").text == "success"
    assert platform.asked == [], "the answer within five seconds waits for no other machine"
    everything_is_read()
    (opened,) = upstairs.opened
    assert (opened.channel, opened.text, opened.from_name) == ("wechat", "挖掘机铲斗开裂", "林师傅")
    assert Customer.objects.get().contacts.get().value == "wmLin0001@ww1"
    platform.says("还有漏油")
    everything_is_read()
    assert heard() == ["挖掘机铲斗开裂", "还有漏油"]
    assert Account.objects.get().state == "waiting"


def test_many_pages_are_read_in_order_each_message_once(platform: KfPlatform) -> None:
    platform.a_page = 2
    platform.listed = [message("text", "wkDesk1", content=f"第{n}句") for n in range(7)]
    platform.rings()
    everything_is_read()
    assert heard() == [f"第{n}句" for n in range(7)]
    Account.objects.update(position={})  # as after a kill that lost how far it was
    platform.rings()
    everything_is_read()
    assert len(heard()) == 7


def test_a_page_that_a_kill_cut_short_is_read_again_from_where_it_was(platform: KfPlatform) -> None:
    platform.a_page = 3
    platform.listed = [message("text", "wkDesk1", content=f"第{n}句") for n in range(5)]
    account = Account.objects.get()
    first = Kf(account).came("", "")
    fetching._keep(
        Kf(account), account, first["msg_list"], now()
    )  # kept, and killed before the cursor was written
    assert fetching.fetch_all(account, "", now()) == 2
    everything_is_read()
    assert heard() == [f"第{n}句" for n in range(5)]


def test_a_lost_ring_is_made_good_by_looking_now_and_then(platform: KfPlatform) -> None:
    platform.listed.append(message("text", "wkDesk1", content="没人听见"))
    tasks.look(at=now())
    everything_is_read()
    assert heard() == ["没人听见"]


def test_a_ring_whose_token_ended_is_followed_without_it(platform: KfPlatform) -> None:
    platform.says("等了十分钟")
    platform.rang = "another"
    everything_is_read()
    assert heard() == ["等了十分钟"]


def test_what_was_written_before_the_line_was_set_up_is_somebody_elses(platform: KfPlatform) -> None:
    Account.objects.update(created_at=now())
    day = int((now() - timedelta(days=1)).timestamp())
    platform.brings("text", content="昨天的事", at=day)
    platform.says("今天的事")
    everything_is_read()
    assert heard() == ["今天的事"]


def test_words_of_a_colleague_in_wecom_and_of_the_platform_open_nothing(platform: KfPlatform) -> None:
    platform.listed.append({**message("text", "wkDesk1", content="我是接待人员"), "origin": 5})
    platform.brings("event", event_type="session_status_change", change_type=1)
    everything_is_read()
    assert (heard(), InboundRecord.objects.count()) == ([], 0)


def test_one_address_serves_every_customer_service_account_of_the_enterprise(platform: KfPlatform) -> None:
    given = {
        "corp_id": "ww1",
        "app_secret": "s",
        "token": "sharedtoken",
        "aes_key": platform.envelope.aes_key,
    }
    make_line("wecom_kf", name="second", open_kfid="wkDesk2", api=platform.url, **given)
    platform.listed.append(message("text", "wkDesk2", content="第二个客服"))
    platform.rings(desk="wkDesk2")
    everything_is_read()
    assert InboundRecord.objects.get().account.name == "second"  # type: ignore[union-attr]
    platform.rings(desk="wkUnknown")
    assert not Job.objects.exists()


def test_who_opens_the_window_is_greeted_once_and_only_at_once(platform: KfPlatform) -> None:
    late = int((now() - timedelta(minutes=1)).timestamp())
    platform.brings("event", event_type="enter_session", welcome_code="old", at=late)
    platform.brings("event", event_type="enter_session", welcome_code="new")
    everything_is_read()
    platform.rings()
    everything_is_read()
    assert [(one["code"], one["text"]["content"]) for one in platform.welcomed] == [("new", "您好，请讲")]


def test_an_answer_leaves_by_the_same_customer_service_account(platform: KfPlatform) -> None:
    platform.says("铲斗开裂")
    everything_is_read()
    reply = answered()
    assert reply.delivery == "sent"
    (sent,) = platform.sent
    assert (sent["touser"], sent["open_kfid"], sent["text"]) == (
        "wmLin0001",
        "wkDesk1",
        {"content": "马上来"},
    )


def test_the_room_is_that_of_the_customers_last_words(platform: KfPlatform) -> None:
    platform.brings("text", content="在吗", at=int((now() - timedelta(minutes=9)).timestamp()))
    everything_is_read()
    room = queries.room_for(Where("wechat", LIN), now())
    assert (room.left, room.until and round((room.until - now()) / timedelta(minutes=1))) == (5, 48 * 60 - 9)
    for _n in range(5):
        assert answered().delivery == "sent"
    with pytest.raises(Refused):
        answered()


@pytest.mark.parametrize(("code", "key"), [(95001, "quota_used"), (95018, "session_elsewhere")])
def test_the_platforms_refusals_are_told_in_words(platform: KfPlatform, code: int, key: str) -> None:
    platform.says("在吗")
    everything_is_read()
    platform.fail_next = [code]
    reply = answered()
    assert (reply.delivery, reply.delivery_note.partition(":")[0]) == ("failed", key)


def test_a_message_that_the_platform_took_and_did_not_bring_is_told(platform: KfPlatform) -> None:
    platform.says("在吗")
    everything_is_read()
    reply = answered()
    lost = reply.external_id.partition(":")[2]
    platform.brings("event", event_type="msg_send_fail", fail_msgid=lost, fail_type=10)
    everything_is_read()
    reply.refresh_from_db()
    assert (reply.delivery, reply.delivery_note) == ("failed", "undelivered: turned_away")


def test_pictures_files_and_places_are_told_and_fetched(platform: KfPlatform) -> None:
    platform.media["m1"] = b"\xff\xd8\xff\xe0" + b"0" * 40
    platform.brings("image", media_id="m1")
    platform.brings("file", media_id="gone")
    platform.brings("location", name="工地", address="人民路1号", latitude=31.2, longitude=121.4)
    platform.brings("business_card", userid="zhang")
    everything_is_read()
    picture, file, place, card = Message.objects.filter(direction="inbound").order_by("id")
    assert picture.attachments.get().file.safe_inline
    assert file.meta["not_fetched"]
    assert "人民路1号" in place.text
    assert "business_card" in card.text


def test_names_that_are_not_told_and_an_odd_list_stop_nothing(platform: KfPlatform) -> None:
    platform.names = {}
    platform.listed = ["odd", {"msgtype": 7}, {"msgid": 5, "origin": 3, "external_userid": ["x"]}]  # type: ignore[list-item]
    platform.says("在吗")
    everything_is_read()
    assert heard() == ["在吗"]
    assert Customer.objects.get().name.endswith("in0001")


def test_a_platform_that_does_not_answer_is_shown_and_asked_again(platform: KfPlatform) -> None:
    platform.says("在吗")
    platform.fail_next = [45009]
    everything_is_read()
    account = Account.objects.get()
    assert (account.state, "45009" in account.last_error) == ("error", True)
    assert Job.objects.get(name=tasks.FETCH).state == "queued"
    tasks.look(at=now())
    everything_is_read()
    assert (heard(), Account.objects.get().state) == (["在吗"], "waiting")


def test_a_ring_that_is_false_or_comes_twice_is_refused_and_shown(platform: KfPlatform) -> None:
    address, body = platform.sealed(
        "event", "", Event="kf_msg_or_event", Token="t", OpenKfId="wkDesk1", MsgId=""
    )
    assert call(address.replace("msg_signature=", "msg_signature=0"), body).status_code == 403
    assert not Job.objects.exists()
    assert [call(address, body).text for _time in range(2)] == ["success", "success"]
    assert [one.reason for one in queries.registered("refused")] == ["replay", "wrong_signature"]


def test_the_test_button_asks_for_what_came_and_keeps_nothing(platform: KfPlatform) -> None:
    platform.listed.append(message("text", "wkDesk1", content="x"))
    steps = registry.get("wecom_kf").test(Account.objects.get())
    assert [step.ok for step in steps] == [True, True]
    assert not InboundRecord.objects.exists()
    platform.expire()
    platform.fail_next = [95000]
    assert not registry.get("wecom_kf").test(Account.objects.get())[-1].ok


@pytest.mark.parametrize(("bent", "field"), [({"open_kfid": ""}, "open_kfid"), ({"aes_key": "x"}, "aes_key")])
def test_wrong_settings_are_named(bent: dict[str, Any], field: str) -> None:
    given = {
        "corp_id": "ww1",
        "open_kfid": "wk1",
        "app_secret": "s",
        "token": "sharedtoken",
        "aes_key": "k" * 43,
    }
    with pytest.raises(Invalid) as caught:
        make_line("wecom_kf", **{**given, **bent})
    assert field in caught.value.errors
