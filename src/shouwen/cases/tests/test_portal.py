"""The portal: a code in a mail opens it, to one's own requests and nobody else's."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwen.cases import services
from shouwen.cases.models import Case, Notice, PortalCode
from shouwen.cases.queries import noticing as notices
from shouwen.cases.queries import portal as queries
from shouwen.cases.rules import portal as rules
from shouwen.cases.services import signing_in
from shouwen.cases.services.praising import praise
from shouwen.cases.testing import a_case, furnished
from shouwen.channels import queries as channels
from shouwen.channels.models import Message
from shouwen.customers import services as customers
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Invalid, Refused
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM, customer_actor, now
from shouwen.platform.jobs.models import Job
from shouwen.platform.jobs.worker import run_all
from shouwen.platform.preferences import services as preferences

pytestmark = pytest.mark.django_db
MAIL = "zhou@example.com"


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


@pytest.fixture
def told():
    """Codes that were made, by address: nothing keeps them but the mail, here taken at the door."""
    found: dict[str, str] = {}
    before = list(signing_in._without_mailbox)
    signing_in.without_mailbox(found.__setitem__)
    yield found
    signing_in._without_mailbox[:] = before


@pytest.fixture
def wang():
    return a_person("agent", name="王芳")


@pytest.fixture
def case(wang):
    return a_case(customer=a_customer("周敏", email=MAIL), text="泵漏油，停工了", owner=wang, at=now())


def signed_in(told, address=MAIL, client=None):
    client = client or Client()
    assert client.post(reverse("cases:portal-codes"), {"email": address}).status_code == 302
    run_all(now())
    answer = client.post(reverse("cases:portal-code"), {"code": told[address]})
    assert answer.status_code == 302
    return client


def text_of(response):
    return response.content.decode()


def test_a_code_from_the_mail_opens_the_list_and_the_page(case, told):
    client = signed_in(told, "  Zhou@Example.com ".strip().lower())
    listed = text_of(client.get(reverse("cases:portal")))
    assert case.reference in listed
    assert "王芳" in listed
    page = text_of(client.get(reverse("cases:portal-request", args=[case.reference])))
    assert "泵漏油，停工了" in page
    assert "王芳" in page


def test_known_or_not_the_answer_is_the_same(case, told):
    answers = []
    for address in (MAIL, "nobody@example.com"):
        client = Client()
        first = client.post(reverse("cases:portal-codes"), {"email": address})
        page = text_of(client.get(first.headers["Location"])).replace(address, "*")
        page = re.sub(r'(csrfmiddlewaretoken" value="|csrf-token" content=")[^"]+', "", page)
        answers.append((first.status_code, first.headers["Location"], page))
    assert answers[0] == answers[1]
    assert PortalCode.objects.count() == Job.objects.filter(name=signing_in.SEND).count() == 2
    run_all(now())
    assert set(told) == {MAIL}


def test_asking_costs_the_same_questions_whoever_asks(case, django_assert_num_queries):
    for address in (MAIL, "nobody@example.com"):
        with django_assert_num_queries(6):  # the savepoint's two, two counts, the row, the job
            signing_in.ask_code(address=address, network="192.0.2.1", language="en", at=now())


def test_a_code_is_good_once_and_in_one_browser(case, told):
    signed_in(told)
    other = Client()
    assert other.post(reverse("cases:portal-code"), {"code": told[MAIL]}).headers["Location"] == reverse(
        "cases:portal"
    )
    other.post(
        reverse("cases:portal-codes"), {"email": MAIL}
    )  # asks for one of their own, and tries the first
    assert other.post(reverse("cases:portal-code"), {"code": told[MAIL]}).status_code == 409
    asking = PortalCode.objects.earliest("id").pk
    with pytest.raises(Refused):
        signing_in.sign_in(asking_id=asking, code=told[MAIL], at=now())


def asked(told, at):
    asking = signing_in.ask_code(address=MAIL, network="192.0.2.1", language="en", at=at)
    signing_in.send_code(asking_id=asking, at=at)
    return asking, told[MAIL]


def test_a_code_ends_after_ten_minutes(case, told):
    at = now()
    asking, code = asked(told, at)
    with pytest.raises(Refused):
        signing_in.sign_in(asking_id=asking, code=code, at=at + rules.GOOD_FOR)
    asking, code = asked(told, at)
    full_width = code.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    assert signing_in.sign_in(asking_id=asking, code=f" {full_width[:3]} {full_width[3:]}", at=at) == MAIL


def test_guessing_ends_the_code(case, told):
    at = now()
    asking, code = asked(told, at)
    wrong = "000000" if code != "000000" else "000001"
    for _n in range(rules.MOST_TRIES):
        with pytest.raises(Refused):
            signing_in.sign_in(asking_id=asking, code=wrong, at=at)
    with pytest.raises(Refused):
        signing_in.sign_in(asking_id=asking, code=code, at=at)


def test_codes_are_asked_for_only_so_often(case):
    at = now()

    def ask(address, network="192.0.2.1", when=at):
        signing_in.ask_code(address=address, network=network, language="en", at=when)

    for _n in range(rules.MOST_OF_AN_ADDRESS):
        ask(MAIL)
    with pytest.raises(Refused):
        ask(MAIL, network="192.0.2.9")
    ask(MAIL, when=at + rules.WINDOW, network="192.0.2.9")
    for number in range(rules.MOST_OF_A_NETWORK - rules.MOST_OF_AN_ADDRESS):
        ask(f"somebody{number}@example.com")
    with pytest.raises(Refused):
        ask("somebody@example.com")
    with pytest.raises(Invalid) as caught:
        ask("no address")
    assert "email" in caught.value.errors


def test_the_code_is_stored_nowhere_in_plain(case, told):
    _asking, code = asked(told, now())
    row = PortalCode.objects.values().get()
    assert code not in str(
        {name: value for name, value in row.items() if name not in {"id", "asked_at", "expires_at"}}
    )
    assert code not in str(list(Job.objects.values_list("args", flat=True)))
    assert not Message.objects.filter(text__contains=code).exists()


def test_codes_are_forgotten_after_a_day(case, told):
    at = now()
    asked(told, at)
    assert signing_in.forget_codes(at=at + timedelta(hours=23)) == 0
    assert signing_in.forget_codes(at=at + timedelta(hours=25)) == 1


PAGES = ("request", "answer", "message", "understanding", "praise")


@pytest.mark.parametrize("part", PAGES)
def test_a_stranger_is_led_to_the_door(case, part):
    address = reverse(f"cases:portal-{part}", args=[case.reference])
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address)
        assert answer.status_code in {302, 405}
        assert case.subject_line not in text_of(answer)
    assert case.subject_line not in text_of(Client().get(reverse("cases:portal")))


@pytest.mark.parametrize("part", PAGES)
def test_one_customer_never_sees_anothers(case, told, part):
    a_customer("李四", email="li@example.com")
    client = signed_in(told, "li@example.com")
    address = reverse(f"cases:portal-{part}", args=[case.reference])
    method = client.get if part == "request" else client.post
    assert method(address, {"text": "x", "praise": "x", "solved": "yes"}).status_code == 404
    assert case.reference not in text_of(client.get(reverse("cases:portal")))
    assert len(channels.messages_of(case.subject)) == 1


def test_staff_signed_in_beside_do_not_speak_as_the_customer(case, told, wang):
    client = signed_in(told)
    client.force_login(wang.user)
    client = signed_in(told, client=client)
    answer = client.post(reverse("cases:portal-message", args=[case.reference]), {"text": "als Kunde"})
    assert answer.status_code == 403


def test_the_customer_answers_attaches_confirms_and_rates(case, told, wang):
    client = signed_in(told)
    photo = SimpleUploadedFile("pump.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    to = reverse("cases:portal-message", args=[case.reference])
    assert client.post(to, {"text": "照片在这里", "attachments": photo}).headers["Location"] == reverse(
        "cases:portal-request", args=[case.reference]
    )
    last = channels.messages_of(case.subject)[-1]
    assert (last.text, last.direction, last.attachments.count()) == ("照片在这里", "inbound", 1)
    client.post(to, {"text": "好的"})
    client.post(to, {"text": "好的"})  # a second click
    assert len(channels.messages_of(case.subject)) == 3
    services.resolve(case_id=case.pk, summary="换了密封件", at=now(), by=as_actor(wang))
    rated = {"solved": "yes", "word": "很好", "level_attitude": "5"}
    client.post(reverse("cases:portal-answer", args=[case.reference]), rated)
    case.refresh_from_db()
    assert case.state == "confirmed"
    client.post(to, {"text": "又漏了"})
    case.refresh_from_db()
    assert (case.state, case.reopen_count) == ("open", 1)


def test_praise_is_a_case_of_its_own_beside_the_one_it_is_about(case, told):
    client = signed_in(told)
    to = reverse("cases:portal-praise", args=[case.reference])
    assert client.post(to, {"praise": " "}).status_code == 422
    for _twice in range(2):
        assert client.post(to, {"praise": "王芳很耐心"}).status_code == 302
    made = Case.objects.get(kind="praise")
    assert "王芳" in made.subject_line
    assert made.links.get().other_id == case.pk
    (notice,) = Notice.objects.filter(user_id=case.owner_id, kind="praised")
    assert notices.shown(notice).sentence == "客户表扬了王芳：“王芳很耐心”"
    page = text_of(client.get(reverse("cases:portal-request", args=[case.reference])))
    assert "您已表扬" in page


def test_who_leads_the_team_hears_of_praise_too(told):
    team = a_team("整机组")
    owner, lead = a_person("agent", teams=(team,)), a_person("supervisor", teams=(team,))
    case = a_case(customer=a_customer("周敏", email=MAIL), owner=owner, team_id=team.pk, at=now())
    praise(case_id=case.pk, text="谢谢", at=now(), by=customer_actor(case.customer_id, "周敏"))
    told_to = Notice.objects.filter(kind="praised").values_list("user_id", flat=True)
    assert set(told_to) == {owner.pk, lead.pk}


def test_the_organisations_own_welcome_stands_on_customers_pages(case, told):
    words = {"cases.portal_welcome": "服务热线\n400-000-0000", "cases.request_welcome": "紧急情况请打电话"}
    preferences.change(values=words, at=now(), by=SYSTEM)
    assert "服务热线\n400-000-0000" in text_of(Client().get(reverse("cases:portal")))
    assert "服务热线" in text_of(signed_in(told).get(reverse("cases:portal")))
    assert "紧急情况请打电话" in text_of(Client().get(reverse("cases:request")))


def test_the_list_costs_the_same_however_many_requests_there_are(case, told, django_assert_num_queries):
    customer = case.customer
    cases = [case, *(a_case(customer=customer, at=now()) for _n in range(4))]
    with django_assert_num_queries(2):
        assert len(queries.rows(cases, now())) == 5


def test_who_has_signed_in_need_not_say_again_who_they_are(case, told):
    form = text_of(signed_in(told).get(reverse("cases:request")))
    assert f'value="{MAIL}"' in form
    assert 'value="周敏"' in form
    assert MAIL not in text_of(Client().get(reverse("cases:request")))


def test_who_leaves_or_loses_the_address_is_out(case, told):
    client = signed_in(told)
    client.post(reverse("cases:portal-leaving"))
    assert case.reference not in text_of(client.get(reverse("cases:portal")))
    client = signed_in(told)
    customers.erase(customer_id=case.customer_id, reason="asked", at=now(), by=SYSTEM)
    assert case.reference not in text_of(client.get(reverse("cases:portal")))


def test_a_merged_customers_requests_are_with_who_goes_on(case, told):
    other = a_customer("周敏敏", email="zm@example.com")
    customers.merge(winner_id=other.pk, loser_id=case.customer_id, at=now(), by=SYSTEM)
    run_all(now())
    client = signed_in(told)
    assert "周敏敏" in text_of(client.get(reverse("cases:portal")))


def test_the_list_goes_on_by_parts(told, wang):
    customer = a_customer("周敏", email=MAIL)
    for _n in range(23):
        a_case(customer=customer, owner=wang, at=now())
    Case.objects.update(state="confirmed", active=False, closed_at=now())
    client = signed_in(told)
    page = text_of(client.get(reverse("cases:portal")))
    assert page.count("portal-row-title") == 20
    more = re.search(r'href="(\?cursor=[^"]+)"', page)
    assert text_of(client.get(reverse("cases:portal") + more[1])).count("portal-row-title") == 3
