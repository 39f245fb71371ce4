"""The optional language model: off by default, masked, marked, never sent without a person (KNO-4)."""

import pytest
from django.urls import reverse

from shouwen.cases import services
from shouwen.cases.models import Draft
from shouwen.cases.testing import a_case, furnished
from shouwen.channels import queries as channels
from shouwen.channels.vendors.simulating import Asked, Said, Simulator, as_json
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.knowledge.rules.machine import MARK
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.ledger.queries import timeline
from shouwen.platform.preferences import registry
from shouwen.platform.preferences import services as preferences

pytestmark = pytest.mark.django_db


class Model(Simulator):
    """An OpenAI-compatible address on this machine that says what it is told to."""

    words = "[NAME1]您好，我们已经收到，会尽快核实。"
    status = 200

    def hear(self, asked: Asked) -> Said:
        return as_json({"choices": [{"message": {"role": "assistant", "content": self.words}}]}, self.status)


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


@pytest.fixture
def model():
    with Model() as made:
        yield made


@pytest.fixture
def wang(client):
    staff = a_person("agent", name="王芳")
    client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return staff


@pytest.fixture
def case(wang):
    customer = a_customer("周敏", email="zhou@example.com")
    return a_case(customer=customer, text="我是周敏，泵漏油，请打13812345678", owner=wang, at=now())


def switched_on(model, **values):
    wanted = {"machine.on": True, "machine.address": f"{model.url}/v1", "machine.mask": True, **values}
    preferences.change(values=wanted, at=now(), by=SYSTEM)
    registry.forget()  # a commit does it elsewhere


def assisted(case, by, task="draft"):
    return services.assist(case_id=case.pk, task=task, at=now(), by=as_actor(by))


def test_it_is_off_until_somebody_switches_it_on(case, wang, client, model):
    with pytest.raises(Refused):
        assisted(case, wang)
    address = reverse("cases:machine", args=[case.reference])
    assert address not in client.get(reverse("cases:case", args=[case.reference])).content.decode()
    switched_on(model)
    assert address in client.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert model.asked == []


def test_names_and_numbers_do_not_leave_the_house_and_come_back_in_the_answer(case, wang, model):
    services.note(case_id=case.pk, text="内部：别提保修", at=now(), by=as_actor(wang))
    switched_on(model)
    assert assisted(case, wang).text == "周敏您好，我们已经收到，会尽快核实。"
    (asked,) = model.asked
    sent = asked.body.decode()
    assert asked.path == "/v1/chat/completions"
    assert "泵漏油" in sent
    assert [word for word in ("周敏", "13812345678", "别提保修") if word in sent] == []
    assert "cases.machine_asked" in {row.name for row in timeline(case.subject)}


def test_the_setting_decides_about_masking(case, wang, model):
    switched_on(model, **{"machine.mask": False})
    assisted(case, wang)
    assert "13812345678" in model.asked[0].body.decode()


def test_a_draft_goes_into_the_composer_marked_and_cannot_be_sent_while_the_mark_stands(
    case, wang, client, model
):
    switched_on(model)
    page = client.post(reverse("cases:machine", args=[case.reference]), {"task": "draft"}).content.decode()
    assert "机器生成" in page
    draft = reverse("cases:machine-draft", args=[case.reference])
    assert client.post(draft, {"text": "您好，已收到。", "sort": "reply"}).status_code == 302
    text = Draft.objects.get(case=case, sort="reply").text
    assert text == f"{MARK['zh']}\n您好，已收到。"
    with pytest.raises(Refused):
        services.reply(case_id=case.pk, text=text, at=now(), by=as_actor(wang))
    assert [
        m for m in channels.messages_of(case.subject) if m.direction == "outbound" and not m.automatic
    ] == []
    read_over = text.removeprefix(MARK["zh"]).strip()
    assert (
        services.reply(case_id=case.pk, text=read_over, at=now(), by=as_actor(wang)).text == "您好，已收到。"
    )


def test_a_category_is_suggested_and_a_person_sets_it(case, wang, client, model):
    switched_on(model)
    model.words = "repair"
    assert assisted(case, wang, "classify").kind == "repair"
    before = case.kind
    client.post(reverse("cases:machine", args=[case.reference]), {"task": "classify"})
    case.refresh_from_db()
    assert case.kind == before


@pytest.mark.parametrize(("status", "words"), [(500, "x"), (401, "x"), (200, ""), (200, None)])
def test_an_answer_that_is_none_is_a_refusal_in_words(case, wang, client, model, status, words):
    switched_on(model)
    model.status, model.words = status, words
    with pytest.raises(Refused):
        assisted(case, wang)
    assert client.post(reverse("cases:machine", args=[case.reference]), {"task": "draft"}).status_code == 409


def test_nobody_listening_is_a_refusal_in_words(case, wang, model):
    switched_on(model, **{"machine.address": "http://127.0.0.1:1/v1"})
    with pytest.raises(Refused):
        assisted(case, wang)


def test_a_stranger_and_an_unknown_task_are_refused(case, wang, model):
    switched_on(model)
    with pytest.raises(Invalid) as refused:
        assisted(case, wang, "send")
    assert refused.value.field == "task"
    with pytest.raises((Forbidden, NotFound)):
        assisted(case, a_person("back_office"))
    assert model.asked == []
