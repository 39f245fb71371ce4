"""Frequent questions from cases, and the articles that answered them (KNO-1)."""

import pytest
from django.urls import reverse

from shouwen.cases import queries, services
from shouwen.cases.testing import a_case, furnished
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import NotFound
from shouwen.knowledge.testing import a_draft, an_article
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _installation():
    furnished(now())


@pytest.fixture
def wang(client):
    staff = a_person("agent", name="王芳")
    client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return staff


def asked(subject, times, owner):
    return [
        a_case(customer=a_customer(f"客户{n}"), subject=subject, owner=owner, at=now()) for n in range(times)
    ]


def test_what_is_asked_three_times_is_a_frequent_question_and_those_without_an_answer_come_first(
    wang, client
):
    asked("首保费用怎么算", 4, wang)
    asked("液压泵漏油怎么处理", 3, wang)
    asked("大灯不亮", 2, wang)
    an_article("首保费用怎么算", "首保免费，机油和滤芯由我们承担。")
    found = queries.frequent_questions(as_actor(wang), now())
    assert [(each.text, each.count, each.article is not None) for each in found] == [
        ("液压泵漏油怎么处理", 3, False), ("首保费用怎么算", 4, True)
    ]  # fmt: skip
    page = client.get(reverse("cases:questions")).content.decode()
    assert "液压泵漏油怎么处理" in page
    assert "大灯不亮" not in page
    assert reverse("cases:questions") in client.get(reverse("knowledge:articles")).content.decode()


def test_a_colleague_says_which_article_answered_and_the_article_shows_the_case(wang, client):
    (case,) = asked("液压泵漏油怎么处理", 1, wang)
    article = an_article("液压泵漏油怎么处理", "更换密封圈。")
    assert (
        client.post(reverse("cases:articles", args=[case.reference]), {"article": article.pk}).status_code
        == 302
    )
    assert case.reference in client.get(reverse("knowledge:article", args=[article.pk])).content.decode()
    related = client.get(reverse("cases:related", args=[case.reference]), headers={"HX-Request": "true"})
    assert "已用于答复" in related.content.decode()


def test_an_article_that_one_may_not_see_answers_nothing(wang):
    (case,) = asked("液压泵漏油怎么处理", 1, wang)
    hidden, desk = a_draft("草稿"), as_actor(a_person("desk"))
    with pytest.raises(NotFound):
        services.answered_by(case_id=case.pk, article_id=hidden.pk, at=now(), by=desk)
