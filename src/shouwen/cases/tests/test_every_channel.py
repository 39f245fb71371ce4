"""Every channel its whole way: in, owner, answer out, on the case's timeline, found by search, in the statistics.

A channel that is registered and has no door here fails the last test.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from shouwen.cases import services
from shouwen.cases.models import Case
from shouwen.cases.queries import channel_figures
from shouwen.cases.testing import everything_happens, furnished
from shouwen.cases.web.contact import stamps
from shouwen.channels import kinds
from shouwen.channels.models import Chat, Line, Message
from shouwen.channels.models.counter import Counter, Matter, Visit
from shouwen.channels.testing import make_account, make_line, make_mail
from shouwen.channels.vendors.chat import queries as chats
from shouwen.channels.vendors.chat.testing import Browser, make_chat
from shouwen.channels.vendors.desk.testing import a_hall
from shouwen.channels.vendors.email.arriving import import_raw
from shouwen.channels.vendors.phone.testing import Telephone, a_system
from shouwen.channels.vendors.sms.simulator import Provider
from shouwen.channels.vendors.webhook.simulator import System
from shouwen.channels.vendors.wechat.simulator import Platform
from shouwen.channels.vendors.wecom_kf.simulator import KfPlatform
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.mail.testing.smtpd import smtp_server

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "a secret of the test only"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SAID = "挖掘机铲斗开裂，请尽快处理"
ANSWER = "我们马上安排师傅过来看"
WEBHOOKS = ("webhook", "social", "letter", "fax", "ivr", "return_visit")


@dataclass
class Scene:
    """What a door works with: the colleague's browser, our own address, servers closed at the end."""

    desk: Client
    staff: Staff
    address: str
    opened: ExitStack = field(default_factory=ExitStack)


Door = Callable[[Scene, str], Callable[[], list[str]]]  # lets a contact in; gives what the other side got


def by_wechat(scene: Scene, channel: str, vendor: str = "wechat") -> Callable[[], list[str]]:
    ids = {"app_id": "wx1"} if vendor == "wechat" else {"corp_id": "ww1", "agent_id": "7"}
    other = scene.opened.enter_context(
        Platform(token="sharedtoken", aes_key=KEY, receiver="wx1" if vendor == "wechat" else "ww1")
    )
    account = make_line(vendor, **ids, app_secret="s", token="sharedtoken", aes_key=KEY, api=other.url)
    other.hook = f"{scene.address}/hooks/{vendor}/{account.pk}/"
    assert other.says(SAID).status_code == 200
    return lambda: [one["text"]["content"] for one in other.sent]


def by_wecom(scene: Scene, channel: str) -> Callable[[], list[str]]:
    return by_wechat(scene, channel, "wecom")


def by_wecom_kf(scene: Scene, channel: str) -> Callable[[], list[str]]:
    other = scene.opened.enter_context(KfPlatform(token="sharedtoken", aes_key=KEY, receiver="ww1"))
    given = {"app_secret": "s", "token": "sharedtoken", "aes_key": KEY, "api": other.url}
    account = make_line("wecom_kf", corp_id="ww1", open_kfid=other.desk, **given)
    other.hook = f"{scene.address}/hooks/wecom_kf/{account.pk}/"
    assert other.says(SAID).status_code == 200
    return lambda: [one["text"]["content"] for one in other.sent]


def by_sms(scene: Scene, channel: str) -> Callable[[], list[str]]:
    other = scene.opened.enter_context(Provider("key of the test", SECRET))
    account = make_line("sms", send_url=other.url, api_key="key of the test", secret=SECRET)
    other.hook = f"{scene.address}/hooks/sms/{account.pk}/"
    assert other.says(SAID).status_code in (200, 202)
    return lambda: [one["text"] for one in other.sent]


def by_webhook(scene: Scene, channel: str) -> Callable[[], list[str]]:
    other = scene.opened.enter_context(System(SECRET))
    account = make_line("webhook", secret=SECRET, deliver_url=other.url, channel=channel)
    other.hook = f"{scene.address}/hooks/webhook/{account.pk}/"
    assert other.says(SAID).status_code in (200, 202)
    return lambda: [one["text"] for one in other.answers]


def _mail_goes_out(scene: Scene) -> Callable[[], list[str]]:
    post = scene.opened.enter_context(smtp_server())
    smtp = {"smtp_port": post.port, "smtp_security": "plain"}
    make_account(settings=smtp)
    return lambda: [one.raw.decode("utf-8", "replace") for one in post.messages]


def by_mail(scene: Scene, channel: str) -> Callable[[], list[str]]:
    sent = _mail_goes_out(scene)
    import_raw(make_mail(SAID), source="test", at=now(), by=SYSTEM)
    return lambda: _read(sent())


def by_form(scene: Scene, channel: str) -> Callable[[], list[str]]:
    sent = _mail_goes_out(scene)
    cache.clear()
    form = {"name": "王五", "text": SAID, "email": "wang@customer.example", "website": ""}
    form["stamp"] = stamps.fresh(now() - timedelta(minutes=1))
    assert Client().post("/request/", form).status_code == 302
    return lambda: _read(sent())


def _read(raws: list[str]) -> list[str]:
    from email import message_from_string, policy

    mails = [message_from_string(raw, policy=policy.default) for raw in raws]
    return [str(mail.get_body(("plain",)).get_content()) for mail in mails]  # type: ignore[union-attr]


def by_chat(scene: Scene, channel: str) -> Callable[[], list[str]]:
    browser = Browser(make_chat(team=scene.staff.memberships.first().team))  # type: ignore[union-attr]
    browser.opens()
    assert browser.says(SAID).status_code == 201
    return lambda: [line["text"] for line in chats.lines_after(Chat.objects.get().pk, 0)]


def by_phone(scene: Scene, channel: str) -> Callable[[], list[str]]:
    Line.objects.create(number="400800", name="热线", call_back_minutes=60)
    call = Telephone(Client(), a_system(), began=now().replace(microsecond=0) - timedelta(minutes=2))
    call("ringing", 0, extension="801")
    call("answered", 8, extension="801")
    by_hand(scene, channel, call=call.call.pk)
    call("ended", 90)
    return _written


def by_desk(scene: Scene, channel: str) -> Callable[[], list[str]]:
    hall = a_hall()
    scene.desk.post("/counter/place/", {"counter": Counter.objects.get(name="1号柜台").pk})
    Client().post(f"/hall/{hall.key}/", {"matter": Matter.objects.get().pk, "phone": "13800000000"})
    scene.desk.post("/counter/next/")
    visit = Visit.objects.get()
    scene.desk.post(f"/counter/{visit.pk}/service/")
    return by_hand(scene, channel, visit=visit.pk)


def by_hand(scene: Scene, channel: str, **more: Any) -> Callable[[], list[str]]:
    """A colleague writes it down, and later what was answered: nothing is carried by machine."""
    given = {"channel": channel, "said": SAID, "name": "王芳", "phone": "13800000000", **more}
    assert scene.desk.post("/register/", given).status_code == 302
    return _written


def _written() -> list[str]:
    return list(Message.objects.filter(direction="outbound", delivery="none").values_list("text", flat=True))


DOORS: list[tuple[str, Door]] = [
    ("wechat", by_wechat),
    ("wechat", by_wecom),
    ("wechat", by_wecom_kf),
    ("sms", by_sms),
    *((channel, by_webhook) for channel in WEBHOOKS),
    ("email", by_mail),
    ("web", by_form),
    ("chat", by_chat),
    ("phone", by_phone),
    ("desk", by_desk),
    *((channel, by_hand) for channel in ("letter", "fax", "ivr", "social", "return_visit", "internal")),
]


@pytest.fixture
def scene(live_server: Any) -> Iterator[Scene]:
    furnished(now())
    staff = a_person("agent", "desk", name="王芳", teams=(a_team(),), presence="on_duty")
    client = Client()
    client.force_login(staff.user, backend=BACKEND)
    scene = Scene(client, staff, live_server.url)
    with scene.opened:
        yield scene


def happens() -> None:
    everything_happens(now() + timedelta(minutes=3))


@pytest.mark.parametrize(("channel", "door"), DOORS, ids=[f"{c}-{d.__name__}" for c, d in DOORS])
def test_in_owner_answer_out_timeline_search_and_statistics(scene: Scene, channel: str, door: Door) -> None:
    got = door(scene, channel)
    happens()
    case = Case.objects.get()
    assert case.channel == channel
    assert Message.objects.filter(direction="inbound").get().channel == channel

    page = f"/cases/{case.reference}/"
    by = as_actor(scene.staff)
    if case.owner_id is None:
        services.take(case_id=case.pk, at=now(), by=by)
    services.reply(case_id=case.pk, text=ANSWER, at=now(), by=by)
    happens()
    case.refresh_from_db()
    assert case.owner_id == scene.staff.pk
    assert any(ANSWER in text for text in got())

    shown = scene.desk.get(page).content.decode()
    assert (SAID in shown, ANSWER in shown) == (True, True)
    assert case.reference in scene.desk.get("/search/", {"q": "铲斗"}).content.decode()
    assert case.reference in scene.desk.get("/search/", {"q": f"渠道:{channel}"}).content.decode()
    day = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    (row,) = channel_figures.rows(SYSTEM, day - timedelta(days=1), day + timedelta(days=1))
    assert (row.channel, row.opened, row.replied) == (channel, 1, 1)


def test_no_channel_is_without_a_way() -> None:
    assert {channel for channel, _door in DOORS} == kinds.codes()
