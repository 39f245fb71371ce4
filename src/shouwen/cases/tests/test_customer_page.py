"""The customer's own page: all that is theirs to know, nothing that is ours alone."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from shouwen.cases import links, services
from shouwen.cases.models import Case, Confirmation
from shouwen.cases.services import organising
from shouwen.cases.testing import a_case, everything_happens, furnished, speaks
from shouwen.channels import queries as channels
from shouwen.customers.testing import a_customer
from shouwen.people.testing import a_department, a_person, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db
SECRETS = ("别提保修", "内部协办要求", "升级原因只给内部", "移交总结只给内部", "期望过高判断", "标签机密")


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())
    cache.clear()


@pytest.fixture
def wang():
    return a_person("agent", name="王芳")


@pytest.fixture
def case(wang):
    return a_case(
        customer=a_customer("周敏", email="zhou@example.com"), text="泵漏油，停工了", owner=wang, at=now()
    )


def page(case, client=None):
    return (client or Client()).get(reverse("cases:customer", args=[links.token(case.pk)])).content.decode()


def post(case, name, **values):
    return Client().post(reverse(f"cases:{name}", args=[links.token(case.pk)]), values)


def everything_internal(case, wang):
    by, at = as_actor(wang), now()
    services.note(case_id=case.pk, text="别提保修", at=at, by=by)
    services.ask_task(
        case_id=case.pk, title="内部协办要求", ask="内部协办要求", minutes=60, department_id=a_department().pk, at=at, by=by
    )  # fmt: skip
    services.escalate(case_id=case.pk, reason="升级原因只给内部", at=at, by=by)
    told = "移交总结只给内部，十个字以上"
    services.ask_handoff(case_id=case.pk, to_id=a_person("agent").id, reason=told, summary=told, at=at, by=by)
    services.set_tags(case_id=case.pk, tags=["标签机密"], at=at, by=by)
    from shouwen.promises.services import record_expectation

    record_expectation(
        subject=case.subject,
        customer_id=case.customer_id,
        text="期望过高判断",
        sort="unreasonable",
        at=at,
        by=by,
    )


def test_it_shows_who_is_responsible_what_we_understood_and_promised(case, wang):
    by = as_actor(wang)
    services.restate(case_id=case.pk, text="泵漏油，希望今天到场", at=now(), by=by)
    given = [services.PromiseGiven("今天到场", now() + timedelta(hours=3))]
    services.reply(case_id=case.pk, text="我是王芳，由我负责", given=given, at=now(), by=by)
    html = page(case)
    for word in (
        case.reference,
        "王芳",
        "泵漏油，希望今天到场",
        "今天到场",
        "我是王芳，由我负责",
        "泵漏油，停工了",
    ):
        assert word in html


def test_nothing_internal_is_ever_on_it(case, wang):
    everything_internal(case, wang)
    everything_happens(now() + timedelta(minutes=1))
    html = page(case)
    for secret in SECRETS:
        assert secret not in html


def test_a_reply_that_can_still_be_taken_back_is_not_shown_yet(case, wang):
    services.reply(case_id=case.pk, text="马上撤回的话", undo_seconds=60, at=now(), by=as_actor(wang))
    assert "马上撤回的话" not in page(case)


def test_a_forged_or_foreign_link_opens_nothing(case, client):
    good = links.token(case.pk)
    for token in (good[:-1] + ("a" if good[-1] != "a" else "b"), str(case.pk), f"{case.pk}:x:y", "absent"):
        assert client.get(reverse("cases:customer", args=[token])).status_code == 404
        assert client.post(reverse("cases:customer-message", args=[token]), {"text": "hi"}).status_code == 404


def test_a_word_on_the_page_reaches_the_owner(case, wang):
    services.reply(case_id=case.pk, text="请发照片", waiting=True, at=now(), by=as_actor(wang))
    response = post(case, "customer-message", text="照片已拍")
    assert response.status_code == 302
    case.refresh_from_db()
    message = channels.messages_of(case.subject)[-1]
    assert (message.text, message.direction, message.channel) == ("照片已拍", "inbound", "web")
    assert (case.awaiting, case.state) == ("us", "open")
    assert message.address == "zhou@example.com"


@pytest.mark.parametrize("text", ["", "   ", "x" * 10_001])
def test_an_empty_or_endless_word_is_refused_with_its_field(case, text):
    response = post(case, "customer-message", text=text)
    assert response.status_code == 422
    assert "id_text-error" in response.content.decode()


def test_a_flood_of_words_is_stopped_kindly(case):
    answers = [post(case, "customer-message", text=f"{number}").status_code for number in range(31)]
    assert answers == [302] * 30 + [409]


def test_what_we_understood_is_confirmed_by_a_button(case, wang):
    services.restate(case_id=case.pk, text="泵漏油", at=now(), by=as_actor(wang))
    assert post(case, "customer-understanding").status_code == 302
    assert case.understandings.get().confirmed_how == "page"
    assert "understood-yes" in page(case)


def test_solved_with_levels_and_a_word(case, wang):
    services.resolve(case_id=case.pk, summary="更换油封，试机正常", at=now(), by=as_actor(wang))
    assert "更换油封，试机正常" in page(case)
    response = post(
        case, "customer-answer", solved="yes", level_attitude="5", level_integrity="4", word="谢谢"
    )
    assert response.status_code == 302
    made = Confirmation.objects.get()
    assert (made.solved, made.levels, made.word, made.given_by) == (
        True, {"attitude": 5, "integrity": 4}, "谢谢", "customer",
    )  # fmt: skip
    html = page(case)
    assert "谢谢" in html
    assert 'name="solved"' not in html


def test_not_yet_goes_back_to_the_same_person(case, wang):
    services.resolve(case_id=case.pk, summary="更换油封，试机正常", at=now(), by=as_actor(wang))
    post(case, "customer-answer", solved="no", word="还在漏")
    case.refresh_from_db()
    assert (case.state, case.owner_id) == ("open", wang.id)
    assert "还在漏" in page(case)  # they see that their words came


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "solved"),
        ({"solved": "maybe"}, "solved"),
        ({"solved": "yes", "level_attitude": "9"}, "level_attitude"),
    ],
)
def test_a_wrong_answer_names_its_field(case, wang, values, field):
    services.resolve(case_id=case.pk, summary="更换油封，试机正常", at=now(), by=as_actor(wang))
    response = post(case, "customer-answer", **values)
    assert response.status_code == 422
    assert f"id_{field}" in response.content.decode()
    assert Confirmation.objects.count() == 0


def test_an_answer_given_twice_is_refused_and_shown(case, wang):
    services.resolve(case_id=case.pk, summary="更换油封，试机正常", at=now(), by=as_actor(wang))
    post(case, "customer-answer", solved="yes")
    assert post(case, "customer-answer", solved="no").status_code == 409
    assert Confirmation.objects.count() == 1


def test_a_word_to_a_closed_case_opens_it_again(case, wang):
    services.resolve(case_id=case.pk, summary="更换油封，试机正常", at=now(), by=as_actor(wang))
    post(case, "customer-answer", solved="yes")
    post(case, "customer-message", text="又漏了")
    case.refresh_from_db()
    assert (case.state, case.owner_id, case.reopen_count) == ("open", wang.id, 1)


def test_a_word_long_after_the_end_opens_a_new_case_and_leads_there(case, wang):
    past = now() - timedelta(days=40)
    services.resolve(case_id=case.pk, summary="更换油封，试机正常", at=past, by=as_actor(wang))
    services.answer_confirmation(case_id=case.pk, solved=True, at=past, by=speaks(case))
    response = post(case, "customer-message", text="又漏了")
    newest = Case.objects.order_by("-pk").first()
    assert newest.pk != case.pk
    assert links.case_id_of(response.headers["Location"].split("/")[-2]) == newest.pk


def test_it_speaks_the_customers_language_unless_they_chose_another(wang):
    anna = a_customer("Anna Smith", email="anna@example.com", language="en")
    case = a_case(customer=anna, owner=wang, at=now())
    assert "Who is responsible" in page(case)
    client = Client()
    client.cookies["shouwen-language"] = "zh-hans"
    assert "谁在负责" in page(case, client)
    for known, language in ((Client(), "en"), (client, "zh-hans")):
        answer = known.get(reverse("cases:customer", args=[links.token(case.pk)]))
        assert answer["Content-Language"] == language
        assert f'<html lang="{language}"'.lower() in answer.content.decode().lower()


def test_a_merged_case_leads_to_the_one_that_goes_on(case, wang):
    other = a_case(customer=case.customer, owner=wang, at=now())
    organising.merge(case_id=case.pk, into_id=other.pk, at=now(), by=as_actor(wang))
    assert other.reference in page(case)


def test_an_erased_customers_link_leads_nowhere(case):
    case.customer.erased_at = now()
    case.customer.save()
    assert Client().get(reverse("cases:customer", args=[links.token(case.pk)])).status_code == 404


def test_the_page_is_not_kept_by_browsers_or_search_engines(case):
    response = Client().get(reverse("cases:customer", args=[links.token(case.pk)]))
    assert "no-store" in response.headers["Cache-Control"]


def test_who_had_it_first_and_every_not_yet_stay_on_the_way_it_went(case, wang):
    zhao, at = a_person("agent", name="赵敏"), now()
    told = "客户泵漏油，已答应今天上门，下一步更换油封"
    handoff = services.ask_handoff(
        case_id=case.pk, to_id=zhao.id, reason="下班交接", summary=told, at=at, by=as_actor(wang)
    )
    services.accept_handoff(handoff_id=handoff.pk, at=at, by=as_actor(zhao))
    for answer in ("no", "no", "yes"):
        services.resolve(case_id=case.pk, summary="已更换油封并试机", at=now(), by=as_actor(zhao))
        post(case, "customer-answer", solved=answer, word=f"答复{Confirmation.objects.count()}")
    titles = re.findall(r'story-title">([^<]+)<', page(case))
    assert titles.index("王芳 负责处理") < titles.index("由 赵敏 接手负责")
    assert titles.count("您反馈：尚未解决") == 2
    assert titles[-1] == "您确认已解决"
