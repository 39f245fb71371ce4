"""Nobody is there, or the visitor leaves: it goes on by mail, and nothing that was written is lost."""

from datetime import timedelta
from typing import Any

import pytest

from shouwen.channels import services as channels
from shouwen.channels.models import Chat, Message
from shouwen.channels.testing import Upstairs
from shouwen.channels.vendors.chat import queries, rules, services
from shouwen.channels.vendors.chat.testing import Browser, make_chat, staffed_chat
from shouwen.customers.models import ContactPoint
from shouwen.people import services as people
from shouwen.people.testing import a_team
from shouwen.platform.access import SYSTEM, now

pytestmark = pytest.mark.django_db
LONG_AFTER = rules.LEFT_AFTER + timedelta(seconds=1)


def answer(text: str = "我们马上处理。") -> Message:
    return channels.send(
        subject=("case", 1), customer_id=1, to="", channel="chat", text=text, at=now(), by=SYSTEM
    )


def mails() -> list[str]:
    return [m.text for m in Message.objects.filter(channel="email").order_by("pk")]


def talking(**values: Any) -> Browser:
    account, _person = staffed_chat(**values)
    browser = Browser(account)
    browser.opens()
    browser.says("铲斗开裂")
    return browser


def test_with_nobody_on_duty_the_message_is_taken_in_and_an_address_asked_for(upstairs: Upstairs) -> None:
    browser = Browser(make_chat(team=a_team()))
    assert browser.opens().json()["standing"]["staffed"] is False
    standing = browser.says("有人吗").json()["standing"]
    assert (standing["mode"], standing["need_address"], standing["place"]) == ("mail", True, None)
    assert len(upstairs.opened) == 1
    assert browser.post("address", email="wrong").status_code == 422
    given = browser.post("address", email="wang@customer.example").json()["standing"]
    assert given["need_address"] is False
    way = queries.way(("case", 1))
    assert way is not None
    assert (way.channel, way.address) == ("email", "wang@customer.example")
    assert ContactPoint.objects.get().value == "wang@customer.example"


def test_an_address_of_somebody_else_is_kept_with_the_chat_only(upstairs: Upstairs) -> None:
    known = talking(ask_email="optional")
    known.post("address", email="wang@customer.example")
    stranger = talking()
    assert stranger.post("address", email="wang@customer.example").status_code == 200
    assert ContactPoint.objects.count() == 1
    assert Chat.objects.filter(email="wang@customer.example").count() == 2


def test_who_leaves_is_sent_what_they_have_not_read(upstairs: Upstairs) -> None:
    browser = talking()
    browser.post("address", email="wang@customer.example")
    read = answer("第一条")
    browser.post("marks", read=queries.last_line(Chat.objects.get().pk))
    answer("第二条")
    services.sweep(at=now() + timedelta(seconds=5))
    assert mails() == []
    services.sweep(at=now() + LONG_AFTER)
    services.sweep(at=now() + 2 * LONG_AFTER)
    (sent,) = mails()
    assert "第二条" in sent
    assert read.text not in sent
    way = queries.way(("case", 1))
    assert way is not None
    assert way.channel == "email"


def test_what_waits_unread_follows_as_soon_as_an_address_is_given(upstairs: Upstairs) -> None:
    browser = talking()
    answer("您好")
    services.sweep(at=now() + LONG_AFTER)
    assert Chat.objects.get().state == "mail"
    assert mails() == []
    people.set_presence(staff_id=_on_duty(browser), presence="offline", at=now(), by=SYSTEM)
    browser.post("address", email="wang@customer.example")
    (sent,) = mails()
    assert "您好" in sent


def test_who_comes_back_and_writes_is_in_the_chat_again(upstairs: Upstairs) -> None:
    browser = talking()
    services.sweep(at=now() + LONG_AFTER)
    assert browser.says("我回来了").json()["standing"]["mode"] == "talking"
    way = queries.way(("case", 1))
    assert way is not None
    assert way.live


def test_who_ends_the_chat_gets_the_rest_by_mail(upstairs: Upstairs) -> None:
    browser = talking()
    browser.post("address", email="wang@customer.example")
    answer("资料在这里")
    assert browser.post("ending").json()["standing"]["mode"] == "ended"
    assert len(mails()) == 1


def test_a_window_that_stays_open_is_not_left_however_long_it_is_silent(upstairs: Upstairs) -> None:
    talking()
    chat = Chat.objects.get()
    at = now()
    for _beat in range(100):
        at += rules.BEAT
        services.note_seen(chat_ids=[chat.pk], at=at)
        services.sweep(at=at)
    chat.refresh_from_db()
    assert chat.state == "talking"


def test_a_window_nobody_wrote_in_is_forgotten(upstairs: Upstairs) -> None:
    account, _person = staffed_chat()
    Browser(account).opens()
    services.sweep(at=now() + rules.UNUSED_AFTER + timedelta(minutes=1))
    assert not Chat.objects.exists()


def _on_duty(browser: Browser) -> int:
    from shouwen.people import queries as staff

    assert browser.account.team_id
    return staff.members(browser.account.team_id).get().id
