"""The public knowledge base: what is published for customers, and nothing else, to anybody."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from shouwen.knowledge.models import Article, SearchMiss
from shouwen.knowledge.services import draft, publish
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.jobs.worker import run_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget() -> None:
    cache.clear()


def written(title: str, *, audience: str = "public", live: bool = True, **more: Any) -> Article:
    owner = a_person("supervisor")
    at = now()
    made = draft(
        title=title,
        body=f"{title}：两年或四千小时。",
        audience=audience,
        owner_id=owner.pk,
        review_on=at.date().replace(year=at.year + 1, day=1),
        at=at,
        by=SYSTEM,
        **more,
    )
    if live:
        publish(article_id=made.pk, at=at, by=as_actor(owner))
    run_all(at)
    return made


def page(address: str, **query: str) -> str:
    return Client().get(address, query).content.decode()


def test_a_stranger_reads_and_finds_what_is_published_for_customers() -> None:
    shown = written("保修期多长", category="保修")
    staff = written("保修内部口径", audience="staff")
    draft_ = written("保修草稿", live=False)
    for html in (page(reverse("knowledge:help")), page(reverse("knowledge:help"), q="保修")):
        assert "保修期多长" in html.replace("<mark>", "").replace("</mark>", "")
        assert "内部口径" not in html
        assert "草稿" not in html
    assert "四千小时" in page(reverse("knowledge:help-article", args=[shown.pk]))
    for hidden in (staff, draft_):
        assert Client().get(reverse("knowledge:help-article", args=[hidden.pk])).status_code == 404
        vote = reverse("knowledge:help-vote", args=[hidden.pk])
        assert Client().post(vote, {"helpful": "yes"}).status_code == 404


def test_staff_see_there_what_a_customer_sees() -> None:
    hidden = written("保修草稿", live=False)
    client = Client()
    client.force_login(a_person("supervisor").user)
    assert client.get(reverse("knowledge:help-article", args=[hidden.pk])).status_code == 404


def test_ones_own_language_comes_first_and_says_so() -> None:
    written("保修期多长")
    english = written("How long is the warranty", language="en")
    html = page(reverse("knowledge:help-article", args=[english.pk]))
    assert '<article class="public-card help-body prose" lang="en">' in html
    assert "How long" not in page(reverse("knowledge:help"))


def test_a_vote_counts_once_a_day_and_reader() -> None:
    shown = written("保修期多长")
    for _twice in range(2):
        Client().post(reverse("knowledge:help-vote", args=[shown.pk]), {"helpful": "yes"})
    Client().post(reverse("knowledge:help-vote", args=[shown.pk]), {"helpful": "no"}, REMOTE_ADDR="192.0.2.7")
    shown.refresh_from_db()
    assert (shown.helpful, shown.unhelpful) == (1, 1)


def test_what_nobody_has_answered_is_noted_and_a_flood_of_it_is_not() -> None:
    assert reverse("cases:request") in page(reverse("knowledge:help"), q="液压油牌号")
    assert SearchMiss.objects.get().words == "液压油牌号"
    for number in range(30):
        page(reverse("knowledge:help"), q=f"胡乱的词{number}")
    assert SearchMiss.objects.count() == 10


def test_answers_are_offered_while_a_request_is_written() -> None:
    shown = written("保修期多长")
    html = page(reverse("knowledge:help-near"), text="我想问一下保修期多长，机器买了一年")
    assert reverse("knowledge:help-article", args=[shown.pk]) in html
    assert page(reverse("knowledge:help-near"), text="x").strip() == ""


def test_bad_input_is_no_error_of_ours() -> None:
    assert Client().get(reverse("knowledge:help"), {"q": "x" * 101}).status_code == 422
    shown = written("保修期多长")
    assert Client().post(reverse("knowledge:help-vote", args=[shown.pk]), {"helpful": "?"}).status_code == 422
