"""The customer's mood: read, marked, told to colleagues with advice, and never to the customer (ESC-3)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from shouwen.cases import links, queries, services
from shouwen.cases.models import FeelingMark
from shouwen.cases.services import feeling
from shouwen.cases.testing import a_case, everything_happens, furnished
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Forbidden, Invalid, NotFound
from shouwen.knowledge.rules.emotion import LEVELS
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db
SECRET = "像只斗鸡，小心应对"
WORDS = ("敌对", "hostile", "力量型", "forceful", "情绪", "emotion", SECRET)


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


@pytest.fixture
def wang():
    return a_person("agent", name="王芳")


@pytest.fixture
def case(wang):
    customer = a_customer("周敏", email="zhou@example.com")
    return a_case(customer=customer, text="泵漏油，停工了", owner=wang, at=now())


def marked(case, by, level="hostile", **values):
    return services.mark_feeling(case_id=case.pk, level=level, at=now(), by=as_actor(by), **values)


def received(case, text, at):
    services.receive(case=queries.locked(case.pk, None), text=text, channel="email", at=at)
    case.refresh_from_db()
    return case.emotion


def test_an_own_mark_goes_before_what_the_words_say(case, wang):
    marked(case, wang, "angry", style="exacting", note="电话里拍桌子")
    case.refresh_from_db()
    assert case.emotion == "angry"
    shown = queries.feelings_of(case)
    assert (shown.level, shown.style) == ("angry", "exacting")
    assert [(step.level, step.by) for step in shown.steps][-1] == ("angry", "王芳")
    assert len(shown.helps) > 4
    assert shown.avoid


def test_later_messages_move_on_from_the_mark(case, wang):
    marked(case, wang, "hostile")
    assert received(case, "好的，谢谢，辛苦了", now()) == "upset"
    assert received(case, "好的，谢谢你们", now()) == "anxious"


def test_the_same_words_again_and_many_contacts_in_a_day_raise_it(case):
    at = now()
    case.emotion = "anxious"
    case.save()
    assert feeling.same_again("配件到了没有？", "inbound", "配件到了没有？ ")
    assert not feeling.same_again("配件到了没有？", "outbound", "配件到了没有？")
    assert not feeling.same_again("好的", "inbound", "好的")
    assert feeling.after("anxious", "很担心，配件到了没有？", repeated=True) == "upset"
    assert feeling.after("calm", "配件到了没有？", contacts_today=6) == "anxious"
    assert received(case, "停机了，很着急", at + timedelta(minutes=1)) in {"anxious", "upset"}


@pytest.mark.parametrize(
    ("values", "field"), [({"level": "furious"}, "level"), ({"level": "angry", "style": "x"}, "style"),
                          ({"level": "calm", "note": "长" * 201}, "note")],
)  # fmt: skip
def test_a_mark_that_cannot_be_names_its_field(case, wang, values, field):
    with pytest.raises(Invalid) as refused:
        marked(case, wang, **values)
    assert refused.value.field == field
    assert not FeelingMark.objects.exists()


def test_a_stranger_may_not_mark(case):
    with pytest.raises((Forbidden, NotFound)):
        marked(case, a_person("back_office"), "calm")


def test_the_form_shows_the_course_and_the_advice(case, wang, client):
    client.force_login(wang.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("cases:feeling", args=[case.reference])
    page = client.get(address).content.decode()
    assert "怎样有帮助" in page
    assert client.post(address, {"level": "angry", "style": "forceful", "note": "急性子"}).status_code == 302
    page = client.get(address).content.decode()
    assert "急性子" in page
    assert "先说结果，再说客户可以选什么。" in page
    assert client.post(address, {"level": "x"}).status_code == 422


def test_the_customer_never_sees_it(case, wang):
    marked(case, wang, "hostile", style="forceful", note=SECRET)
    services.reply(case_id=case.pk, text="您好，已经安排工程师。", at=now(), by=as_actor(wang))
    everything_happens(now())
    shown = Client().get(reverse("cases:customer", args=[links.token(case.pk)])).content.decode()
    assert "泵漏油" in shown
    assert [word for word in WORDS if word in shown] == []
    assert [word for word in WORDS for sent in mail.outbox if word in sent.subject + str(sent.body)] == []


def test_the_words_of_every_level_are_known(case):
    assert [code for code, _label in queries.FEELING_LEVELS] == list(LEVELS)
