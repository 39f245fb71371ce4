"""The platform's server, simulated on loopback with real HTTP and real crypto: in, out, limits, refusals."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from shouwen.channels import queries, registry, services
from shouwen.channels.answering import Where
from shouwen.channels.models import AccessToken, Account, InboundRecord, Message, Reach
from shouwen.channels.services.keys import Fetched, key_of
from shouwen.channels.testing import BOSS, Upstairs, everything_is_read, make_line
from shouwen.channels.vendors.simulating import call
from shouwen.channels.vendors.wechat import crypto
from shouwen.channels.vendors.wechat.simulator import Platform
from shouwen.customers.models import Customer
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
TOKEN = "sharedtoken"
WANG = "oWangFang0001@wx1"


@pytest.fixture
def platform(live_server: Any, upstairs: Upstairs) -> Iterator[Platform]:
    with Platform(token=TOKEN, aes_key=KEY, receiver="wx1") as platform:
        account = make_line(
            "wechat", app_id="wx1", app_secret="s", token=TOKEN, aes_key=KEY, api=platform.url,
            welcome="欢迎", acknowledge="已收到，马上回复", menu="HELP = 请直接留言",
        )  # fmt: skip
        platform.hook = f"{live_server.url}/hooks/wechat/{account.pk}/"
        yield platform


def answered(text: str = "马上来", **values: Any) -> Message:
    """A reply, after the queue has dealt with it."""
    given = {
        "subject": ("case", 1),
        "customer_id": 1,
        "to": WANG,
        "channel": "wechat",
        "at": now(),
        "by": BOSS,
    }
    reply = services.send(text=text, **{**given, **values})
    everything_is_read()
    reply.refresh_from_db()
    return reply


def reasons() -> list[str]:
    return [record.reason for record in queries.registered("refused")]


def test_the_platform_finds_the_address_genuine(platform: Platform) -> None:
    assert platform.verifies().text == "echo-4711"


def test_a_message_is_kept_answered_at_once_and_read_later(platform: Platform, upstairs: Upstairs) -> None:
    began = time.monotonic()
    answer = platform.says("挖掘机铲斗开裂")
    assert time.monotonic() - began < 5
    assert platform.read(answer) == "已收到，马上回复"
    assert platform.asked == [], "the answer within five seconds waits for no other machine"
    assert (InboundRecord.objects.get().result, upstairs.opened) == ("waiting", [])
    everything_is_read()
    assert upstairs.opened[0].text == "挖掘机铲斗开裂"
    said = list(Message.objects.order_by("id").values_list("direction", "text", "automatic"))
    assert said == [("inbound", "挖掘机铲斗开裂", False), ("outbound", "已收到，马上回复", True)]
    assert Customer.objects.get().contacts.get().value == WANG
    assert platform.says("还有漏油").text == "success"


def test_the_platforms_second_try_of_a_message_changes_nothing(platform: Platform) -> None:
    for _try in range(3):
        assert platform.says("一次", MsgId=77).status_code == 200
    platform.event("CLICK", "HELP", CreateTime=1767225600)
    platform.event("CLICK", "HELP", CreateTime=1767225600)
    everything_is_read()
    assert Message.objects.filter(direction="inbound").count() == 1
    assert InboundRecord.objects.count() == 2


def test_an_answer_leaves_as_a_customer_service_message(platform: Platform) -> None:
    platform.says("铲斗开裂")
    everything_is_read()
    reply = answered()
    assert reply.delivery == "sent"
    assert platform.sent == [{"touser": "oWangFang0001", "msgtype": "text", "text": {"content": "马上来"}}]
    assert Reach.objects.get().sent_since == 1


def test_a_picture_and_a_voice_are_fetched_and_a_lost_one_is_said(platform: Platform) -> None:
    platform.media["m1"] = b"\xff\xd8\xff\xe0" + b"0" * 40
    platform.gives("image", MediaId="m1", PicUrl="http://x")
    platform.gives("voice", MediaId="gone", Format="amr", Recognition="铲斗开裂了")
    platform.gives("location", Label="人民路1号", Location_X="31.2", Location_Y="121.4", Scale=15)
    platform.gives("link", Title="说明书", Description="", Url="https://x.example/a")
    everything_is_read()
    picture, voice, place, link = Message.objects.filter(direction="inbound").order_by("id")
    assert picture.attachments.get().file.safe_inline
    assert "铲斗开裂了" in voice.text
    assert voice.meta["not_fetched"]
    assert "人民路1号" in place.text
    assert "https://x.example/a" in link.text


def test_followers_are_welcomed_menu_keys_answered_and_who_left_is_not_written_to(platform: Platform) -> None:
    assert platform.read(platform.event("subscribe")) == "欢迎"
    assert platform.read(platform.event("CLICK", "HELP")) == "请直接留言"
    assert platform.event("CLICK", "OTHER").text == "success"
    platform.says("在吗")
    everything_is_read()
    platform.event("unsubscribe")
    everything_is_read()
    with pytest.raises(Refused, match=r"(follow|关注)"):
        answered()
    # the platform tells two events of a person apart by the second
    platform.event("subscribe", CreateTime=int(now().timestamp()) + 1)
    everything_is_read()
    assert answered().delivery == "sent"


def test_the_room_says_until_when_and_how_many(platform: Platform) -> None:
    where, at = Where("wechat", WANG), now()
    assert queries.room_for(where, at).closed
    platform.says("在吗")
    everything_is_read()
    room = queries.room_for(where, at)
    assert room.until is not None
    assert abs(room.until - at - timedelta(hours=48)) < timedelta(minutes=1)
    assert room.left == 5
    for _n in range(5):
        answered()
    assert queries.room_for(where, now()).left is None
    with pytest.raises(Refused):
        answered()
    platform.says("还在吗")
    everything_is_read()
    assert queries.room_for(where, now()).left == 5
    Reach.objects.update(last_in_at=now() - timedelta(hours=49))
    with pytest.raises(Refused, match="48"):
        answered()


def test_a_text_that_is_too_long_is_refused_before_it_leaves(platform: Platform) -> None:
    platform.says("在吗")
    everything_is_read()
    with pytest.raises(Invalid) as caught:
        answered("长" * 700)
    assert caught.value.field == "text"


@pytest.mark.parametrize(
    ("code", "delivery", "key"),
    [(45015, "failed", "out_of_window"), (45047, "failed", "quota_used"), (45009, "queued", "rate_limit")],
)
def test_the_platforms_refusals_are_told_in_words(
    platform: Platform, code: int, delivery: str, key: str
) -> None:
    platform.says("在吗")
    everything_is_read()
    platform.fail_next = [code]
    reply = answered()
    assert (reply.delivery, reply.delivery_note.partition(":")[0]) == (delivery, key)


def test_an_access_token_that_ended_is_renewed_and_the_message_still_goes(platform: Platform) -> None:
    platform.says("在吗")
    everything_is_read()
    answered()
    platform.expire()
    assert answered().delivery == "sent"
    assert (platform.token_calls, len(platform.sent)) == (2, 2)


def test_a_lost_answer_of_the_platform_is_possibly_sent_and_not_repeated(platform: Platform) -> None:
    platform.says("在吗")
    everything_is_read()
    registry.get("wechat").test(Account.objects.get())
    platform.hang_up = True
    assert answered().delivery == "maybe_sent"


def test_many_threads_ask_the_platform_for_one_token(platform: Platform) -> None:
    from django.db import connection

    account, asked, got = Account.objects.get(), [], []

    def fetch() -> Fetched:
        asked.append(1)
        return Fetched("the only one", 7200)

    def ask() -> None:
        got.append(key_of(account_id=account.pk, fetch=fetch, clock=now))
        connection.close()

    threads = [threading.Thread(target=ask) for _n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(asked), set(got), len(got)) == (1, {"the only one"}, 8)
    assert "the only one" not in AccessToken.objects.get().sealed


def test_a_process_that_died_while_renewing_is_waited_for_only_so_long(platform: Platform) -> None:
    account = Account.objects.get()
    AccessToken.objects.create(account=account, renewing_until=now() - timedelta(seconds=1))
    assert key_of(account_id=account.pk, fetch=lambda: Fetched("new", 7200), clock=now) == "new"


def test_a_wrong_signature_an_old_time_and_a_replay_are_refused_and_shown(platform: Platform) -> None:
    address, body = platform.sealed("text", Content="我是别人")
    assert call(address.replace("msg_signature=", "msg_signature=0"), body).status_code == 403
    assert call(address, body.replace(b"<Encrypt>", b"<Encryptx>")).status_code == 403
    old = platform.sealed("text", Content="旧", stamp=int(now().timestamp()) - 400)
    assert call(*old).status_code == 403
    assert sorted(reasons()) == ["not_encrypted", "old_timestamp", "wrong_signature"]
    assert call(address, body).status_code == 200
    assert call(address, body).text == "success"
    assert sorted(reasons())[2] == "replay"
    everything_is_read()
    assert Message.objects.filter(direction="inbound").count() == 1


def test_a_message_for_another_account_is_refused(platform: Platform) -> None:
    platform.envelope = crypto.Envelope(KEY, "wx2")
    assert platform.says("走错了").status_code == 403
    assert reasons() == ["wrong_receiver"]


def test_an_unsigned_check_of_the_address_gets_no_echo(platform: Platform) -> None:
    import httpx

    assert httpx.get(platform.hook, params={"echostr": "x"}).status_code == 403


def test_wecom_is_verified_read_and_answered_without_a_time_limit(
    live_server: Any, upstairs: Upstairs
) -> None:
    with Platform(token=TOKEN, aes_key=KEY, receiver="ww1") as wecom:
        account = make_line(
            "wecom",
            corp_id="ww1",
            agent_id="1000002",
            app_secret="s",
            token=TOKEN,
            aes_key=KEY,
            api=wecom.url,
        )
        wecom.hook = f"{live_server.url}/hooks/wecom/{account.pk}/"
        assert wecom.verifies(wecom=True).text == "echo-4711"
        wecom.gives("text", who="zhangsan", Content="打印机坏了")
        everything_is_read()
        assert (upstairs.opened[0].channel, upstairs.opened[0].from_name) == ("wechat", "zhangsan")
        Reach.objects.update(last_in_at=now() - timedelta(days=30))
        assert answered(to="zhangsan@ww1.1000002").delivery == "sent"
        assert wecom.sent[0]["agentid"] == 1000002
        assert wecom.sent[0]["touser"] == "zhangsan"


def with_notices(**more: str) -> Account:
    account = Account.objects.get()
    account.settings |= {
        "notice_way": "template",
        "notice_template": "tpl-1",
        "notice_fields": "thing1 = {{text}}\ncharacter_string2 = {{case_ref}}",
        **more,
    }
    account.save()
    return account


def test_after_48_hours_a_template_message_tells_that_an_answer_is_there(platform: Platform) -> None:
    platform.says("在吗")
    everything_is_read()
    with_notices()
    Reach.objects.update(last_in_at=now() - timedelta(hours=49))
    room = queries.room_for(Where("wechat", WANG), now())
    assert (room.closed, bool(room.told)) == ("", True)
    reply = answered("师傅明天上午十点到，请把机器停在平整的地方，准备好机号")
    assert (reply.delivery, platform.sent) == ("sent", [])
    (notice,) = platform.notices
    assert (notice["touser"], notice["template_id"]) == ("oWangFang0001", "tpl-1")
    assert notice["data"] == {
        "thing1": {"value": "师傅明天上午十点到，请把机器停在平整的…"},
        "character_string2": {"value": "case 1"},
    }
    platform.event("TEMPLATESENDJOBFINISH", MsgID=notice["msgid"], Status="failed:user block")
    everything_is_read()
    reply.refresh_from_db()
    assert (reply.delivery, reply.delivery_note) == ("failed", "undelivered: failed:user block")


def test_when_the_platform_lets_no_answer_through_the_notice_goes_in_the_same_attempt(
    platform: Platform,
) -> None:
    platform.says("在吗")
    everything_is_read()
    with_notices(notice_way="subscription")
    platform.fail_next = [45015]
    reply = answered()
    assert (reply.delivery, reply.attempts.count()) == ("sent", 1)
    assert platform.notices[0]["path"] == "/cgi-bin/message/subscribe/bizsend"


def test_who_never_wrote_is_sent_no_notice_either(platform: Platform) -> None:
    with_notices()
    with pytest.raises(Refused):
        answered()


@pytest.mark.parametrize(
    ("bent", "field"),
    [
        ({"notice_template": ""}, "notice_template"),
        ({"notice_fields": "thing1 {{text}}"}, "notice_fields"),
        ({"notice_fields": "thing1 = {{secret}}"}, "notice_fields"),
    ],
)
def test_a_notice_that_cannot_be_sent_is_not_kept(bent: dict[str, str], field: str) -> None:
    given = {"app_id": "wx1", "app_secret": "s", "token": TOKEN, "aes_key": KEY, "notice_way": "template"}
    with pytest.raises(Invalid) as caught:
        make_line("wechat", **{**given, "notice_template": "tpl-1", **bent})
    assert list(caught.value.errors) == [field]


@pytest.mark.parametrize(
    ("bent", "field"),
    [({"aes_key": "short"}, "aes_key"), ({"token": "a b"}, "token"), ({"app_id": ""}, "app_id")],
)
def test_wrong_settings_are_named(bent: dict[str, str], field: str) -> None:
    given = {"app_id": "wx1", "app_secret": "s", "token": TOKEN, "aes_key": KEY, **bent}
    with pytest.raises(Invalid) as caught:
        make_line("wechat", **given)
    assert field in caught.value.errors
