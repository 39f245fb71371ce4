"""A customer who reads traditional characters gets them: in templates, and in what we write by ourselves."""

import pytest
from django.core import mail
from django.urls import reverse

from shouwen.cases import queries
from shouwen.cases.services import inserting
from shouwen.cases.testing import a_case, everything_happens, furnished
from shouwen.channels import queries as channels
from shouwen.customers.testing import a_customer
from shouwen.knowledge.testing import a_template
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


@pytest.fixture
def wang():
    return a_person("agent", name="王芳")


@pytest.fixture
def case(wang):
    customer = a_customer("陳先生", email="chen@example.com", language="zh-hant")
    return a_case(customer=customer, text="軟體打不開", owner=wang, at=now())


def test_a_template_is_put_in_in_traditional_characters(case, wang):
    template = a_template("软件重装", "{{customer_name}}，您好！软件和鼠标都已经寄出。")
    by = as_actor(wang)
    text = inserting.use_template(case=case, template_id=template.pk, at=now(), by=by)
    assert text == "陳先生，您好！軟體和滑鼠都已經寄出。"
    assert (
        "軟體"
        in next(each for each in queries.inserts(case, "软件", by) if each["name"] == "软件重装")["text"]
    )


def test_what_we_write_by_ourselves_is_in_traditional_characters(wang):
    customer = a_customer("陳先生", email="chen@example.com", language="zh-hant")
    case = a_case(customer=customer, text="软件打不开", subject="软件打不开", channel="email", at=now())
    everything_happens(now())
    told = [
        each for each in channels.messages_of(case.subject) if each.automatic and each.direction == "outbound"
    ]
    assert told, mail.outbox
    assert "軟體打不開" in told[0].title
    assert "请求" not in told[0].text
    assert "請求" in told[0].text


def test_the_language_can_be_chosen_for_a_customer(client, wang):
    client.force_login(wang.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    customer = a_customer("林小姐")
    page = client.get(reverse("customers:edit", args=[customer.pk])).content.decode()
    assert "繁體中文" in page


def test_a_second_template_in_one_answer_does_not_call_the_customer_by_name_again(client, case, wang):
    template = a_template("感谢", "{{customer_name}}，谢谢您的耐心。", sort="thanks")
    client.force_login(wang.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("cases:insert", args=[case.reference])
    alone = client.post(address, {"template": template.pk, "text": "/感谢"}).json()
    after = client.post(address, {"template": template.pk, "text": "陳先生，您好！\n/感谢"}).json()
    assert (alone["text"], after["text"]) == ("陳先生，謝謝您的耐心。", "謝謝您的耐心。")
