"""The whole way of each connected channel, by its simulated other side over real HTTP: in, owner by reply, answer out,
on the case's page, found by search. test_every_channel.py goes all of them; here are limits and what follows."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client

from shouwen.cases import queries, services
from shouwen.cases.models import Case
from shouwen.cases.testing import everything_happens, furnished
from shouwen.channels.models import Reach
from shouwen.channels.testing import make_line
from shouwen.channels.vendors.sms.simulator import Provider
from shouwen.channels.vendors.webhook.simulator import System
from shouwen.channels.vendors.wechat.simulator import Platform
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db(transaction=True)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "a secret of the test only"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SAID = "挖掘机铲斗开裂，请尽快处理"


class Way:
    """One channel under test: `other` is the other side, `answers` what it got from us."""

    def __init__(self, channel: str, other: Any) -> None:
        self.channel, self.other = channel, other

    def answers(self) -> list[str]:
        if isinstance(self.other, Platform):
            return [one["text"]["content"] for one in self.other.sent]
        if isinstance(self.other, Provider):
            return [one["text"] for one in self.other.sent]
        return [one["text"] for one in self.other.answers]


@pytest.fixture(params=["wechat", "wecom", "sms", "webhook"])
def way(request: pytest.FixtureRequest, live_server: Any) -> Iterator[Way]:
    furnished(now())
    sort = str(request.param)
    with ExitStack() as opened:
        other: Any
        if sort in ("wechat", "wecom"):
            receiver = "wx1" if sort == "wechat" else "ww1"
            other = opened.enter_context(Platform(token="sharedtoken", aes_key=KEY, receiver=receiver))
            ids = {"app_id": "wx1"} if sort == "wechat" else {"corp_id": "ww1", "agent_id": "7"}
            given = {**ids, "app_secret": "s", "token": "sharedtoken", "aes_key": KEY, "api": other.url}
            vendor, channel = sort, "wechat"
        elif sort == "sms":
            other = opened.enter_context(Provider("key of the test", SECRET))
            given = {"send_url": other.url, "api_key": "key of the test", "secret": SECRET}
            vendor = channel = "sms"
        else:
            other = opened.enter_context(System(SECRET))
            given = {"secret": SECRET, "deliver_url": other.url, "channel": sort}
            vendor, channel = "webhook", sort
        account = make_line(vendor, **given)
        other.hook = f"{live_server.url}/hooks/{vendor}/{account.pk}/"
        yield Way(channel, other)


def happens() -> None:
    everything_happens(now())


def test_a_contact_comes_in_is_owned_by_who_answers_and_the_answer_goes_back(
    way: Way, client: Client
) -> None:
    wang = a_person("agent", name="王芳")
    assert way.other.says(SAID).status_code in (200, 202)
    happens()
    case = Case.objects.get()
    assert (case.channel, case.owner_id, case.last_words) == (way.channel, None, SAID)
    services.reply(case_id=case.pk, text="我们马上处理", at=now(), by=as_actor(wang))
    happens()
    case.refresh_from_db()
    assert case.owner_id == wang.id
    assert way.answers() == ["我们马上处理"]
    way.other.says("好的，谢谢")
    happens()
    assert Case.objects.count() == 1
    client.force_login(wang.user, backend=BACKEND)
    page = client.get(f"/cases/{case.reference}/").content.decode()
    for words in (SAID, "我们马上处理", "好的，谢谢"):
        assert words in page
    assert case.reference in client.get("/search/", {"q": "铲斗"}).content.decode()


def test_a_reply_too_long_for_its_channel_is_refused_and_named(way: Way) -> None:
    wang = as_actor(a_person("agent"))
    way.other.says(SAID)
    happens()
    case = Case.objects.get()
    if way.channel in ("wechat", "sms"):
        with pytest.raises(Invalid) as caught:
            services.reply(case_id=case.pk, text="长" * 683, at=now(), by=wang)
        assert caught.value.field == "text"
    else:
        services.reply(case_id=case.pk, text="长" * 683, at=now(), by=wang)
        happens()
        assert len(way.answers()) == 1


@pytest.mark.parametrize("way", ["wechat"], indirect=True)
def test_after_48_hours_the_page_says_what_to_do_instead_and_a_reply_is_refused(
    way: Way, client: Client
) -> None:
    wang = a_person("agent")
    way.other.says(SAID)
    happens()
    case = Case.objects.get()
    client.force_login(wang.user, backend=BACKEND)
    assert "data-room-count" in client.get(f"/cases/{case.reference}/").content.decode()
    from datetime import timedelta

    Reach.objects.update(last_in_at=now() - timedelta(hours=49))
    page = client.get(f"/cases/{case.reference}/").content.decode()
    assert "composer-room-closed" in page
    assert "48" in page
    with pytest.raises(Refused):
        services.reply(case_id=case.pk, text="还在吗", at=now(), by=as_actor(wang))


@pytest.mark.parametrize("way", ["wechat"], indirect=True)
def test_the_question_whether_it_is_solved_goes_by_the_customers_own_channel(way: Way) -> None:
    wang = as_actor(a_person("agent"))
    way.other.says(SAID)
    happens()
    case = Case.objects.get()
    services.reply(case_id=case.pk, text="修好了", at=now(), by=wang)
    services.resolve(case_id=case.pk, summary="换了新的铲斗，客户已试机", at=now(), by=wang)
    happens()
    assert "/r/" in way.answers()[-1]
    assert queries.by_pk(case.pk) is not None
