"""Filters typed into the search, the inbox and the API: what they find, for whom, and what a wrong one says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases import queries, services
from shouwen.cases.models import SavedView
from shouwen.cases.queries import searching
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.customers.testing import a_customer
from shouwen.people.testing import a_department, a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.apikit.services import create_token
from shouwen.promises import services as promises

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def team():
    furnished()
    return a_team(name="华东售后组")


@pytest.fixture
def wang(team):
    return a_person("agent", name="王小明", teams=(team,), username="wang")


@pytest.fixture
def desk(team, wang):
    """Three cases that differ in everything a filter asks for: a (hers, urgent, A), b (unowned), c (last week)."""
    zhang = a_customer("张伟", phone="13800135678", email="zhang@example.com", tier="A")
    a = a_case(
        customer=zhang,
        owner=wang,
        kind="complaint",
        subject="铲斗开裂",
        text="铲斗开裂退款",
        urgency=1,
        impact=1,
    )
    b = a_case(channel="phone", kind="repair", subject="液压漏油", text="液压漏油，要求退款", at=AT)
    c = a_case(channel="web", kind="repair", subject="铲斗更换", text="铲斗更换", at=AT - timedelta(days=7))
    services.set_tags(case_id=b.pk, tags=["保修"], at=AT, by=SYSTEM)
    case = queries.by_pk(c.pk)
    case.emotion = "angry"
    case.save()
    promises.make(
        subject=a.subject, text="今天回电", due_at=AT + timedelta(hours=3), deliver_by=wang.pk,
        customer_id=zhang.pk, at=AT, by=as_actor(wang),
    )  # fmt: skip
    promises.make(
        subject=b.subject, text="一小时内回电", due_at=AT + timedelta(minutes=30), deliver_by=wang.pk,
        customer_id=b.customer_id, at=AT, by=as_actor(wang),
    )  # fmt: skip
    everything_happens(AT)
    return {a.pk: "a", b.pk: "b", c.pk: "c"}


NOW = AT + timedelta(hours=1)


def found(text, person, desk, **more):
    hits = searching.everything(text, as_actor(person), NOW, **more).hits
    return "".join(sorted(desk[hit.case.pk] for hit in hits))


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("状态:处理中", "a"), ("state:new", "bc"), ("-state:new", "a"), ("状态:未结束", "abc"), ("状态:已结束", ""),
        ("渠道:电话", "b"), ("channel:phone,web", "bc"), ("channel:phone channel:web", "bc"),
        ("类别:投诉", "a"), ("kind:repair", "bc"), ("等级:A", "a"), ("-等级:A", "bc"), ("优先级:紧急", "a"),
        ("负责人:我", "a"), ("owner:wxm", "a"), ("负责人:王小明", "a"), ("负责人:无", "bc"), ("-owner:me", "bc"),
        ("客户:张伟", "a"), ("customer:zhangwei", "a"), ("客户:zw", "a"), ("客户:5678", "a"), ("客户:8001", "a"),
        ("标签:保修", "b"), ("-tag:保修", "ac"), ("有:标签", "b"),
        ("情绪:愤怒", "c"), ("emotion:calm", "ab"),
        ("承诺:逾期", "b"), ("promise:today", "a"), ("承诺:未兑现", "ab"), ("承诺:无", "c"),
        ("有:承诺", "ab"), ("承诺:已兑现", ""),
        ("创建:今天", "ab"), ("创建:上周", "c"), ("创建:<2026-03-02", "c"), ("opened:>=2026-03-02", "ab"), 
        ("创建:2026-02-20..2026-02-25", "c"), ("opened:>2026-03-02", ""),
        ("铲斗", "ac"), ("铲斗 状态:新建", "c"), ("退款 -铲斗", "b"), ("状态:新建 -漏油", "c"),
        ("退款 渠道:邮件 承诺:今天到期", "a"),
        ("有:附件", ""), ("有:协办", ""), ("有:升级", ""),
    ],
)  # fmt: skip
def test_a_filter_finds_the_cases_it_means_and_no_others(text, cases, wang, desk):
    assert found(text, wang, desk) == cases
    listed = queries.listed("all", as_actor(wang), NOW, chosen=queries.Filter(q=text))
    assert "".join(sorted(desk[case.pk] for case in listed.items)) == cases


def test_the_teams_own_cases_are_found_by_the_teams_name(wang, team, desk):
    case = queries.by_pk(min(desk))
    case.team_id = team.pk
    case.save()
    for text in ("班组:华东", "team:mine", "班组:hdshz"):
        assert found(text, wang, desk) == "a", text


def test_filters_and_words_go_on_page_by_page(wang):
    made = [a_case(channel="phone" if n % 3 else "web", subject="铲斗", text="铲斗").pk for n in range(60)]
    everything_happens(AT)
    for text in ("铲斗 渠道:电话", "渠道:电话"):
        seen, cursor = [], None
        while True:
            result = searching.everything(text, as_actor(wang), NOW, cursor=cursor)
            seen += [hit.case.pk for hit in result.hits]
            cursor = result.next_cursor
            if not cursor:
                break
        assert sorted(seen) == [pk for n, pk in enumerate(made) if n % 3]
        assert len(seen) == len(set(seen)) == 40


def test_words_with_filters_give_no_case_twice_where_a_page_ends(wang):
    made = [a_case(channel="phone", subject="铲斗", text="铲斗").pk for n in range(45)]
    everything_happens(AT)
    first = searching.everything("铲斗 渠道:电话", as_actor(wang), NOW)
    second = searching.everything("铲斗 渠道:电话", as_actor(wang), NOW, cursor=first.next_cursor)
    assert [hit.case.pk for hit in (*first.hits, *second.hits)] == made[::-1][:40]


def test_a_restricted_case_is_found_by_nobody_whom_it_does_not_exist_for(wang, desk):
    for pk in desk:
        case = queries.by_pk(pk)
        case.restricted = True
        case.save()
    stranger = a_person("agent")
    for text in ("铲斗", "状态:新建", "客户:张伟", "负责人:王小明", "承诺:逾期"):
        assert found(text, stranger, desk) == "", text
    assert found("负责人:我", wang, desk) == "a"


def test_the_back_stage_finds_only_cases_with_a_task_of_theirs(wang, desk):
    back = a_person("back_office", department=a_department())
    assert found("铲斗", back, desk) == ""
    assert found("状态:未结束", back, desk) == ""


@pytest.fixture
def browser(wang):
    client = Client()
    client.force_login(wang.user, backend=BACKEND)
    return client


def test_the_page_draws_each_filter_with_the_address_without_it(browser, desk):
    html = browser.get(reverse("cases:search"), {"q": "铲斗 状态:新建 -渠道:电话"}).content.decode()
    assert 'href="/search/?q=%E9%93%B2%E6%96%97+-%E6%B8%A0%E9%81%93%3A%E7%94%B5%E8%AF%9D"' in html
    assert html.count('class="chosen-chip"') == 3


@pytest.mark.parametrize("address", ["/search/", "/inbox/"])
def test_a_mistake_is_named_with_what_would_be_right(browser, desk, address):
    html = browser.get(address, {"q": "状态:处里中"}).content.decode()
    assert "没有“状态:处里中”。您是要“状态:处理中”吗？" in html
    assert "%E7%8A%B6%E6%80%81%3A%E5%A4%84%E7%90%86%E4%B8%AD" in html


def test_markup_that_is_typed_stays_text(browser, desk):
    html = browser.get(
        "/search/", {"q": '<script>alert(1)</script> 状态:"<img src=x>" 渠道:<b>'}
    ).content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html.replace('<img class="', "")
    assert "&lt;img src=x&gt;" in html


def test_a_search_is_kept_as_a_view_that_counts_and_lists_the_same(browser, wang, desk):
    kept = {"name": "新建的铲斗", "view": "all", "q": "铲斗 状态:新建"}
    assert browser.post(reverse("cases:views"), kept).status_code in (302, 200)
    view = SavedView.objects.get(staff_id=wang.pk)
    assert view.query == {"view": "all", "q": "铲斗 状态:新建"}
    assert queries.saved_count(view.query, as_actor(wang), NOW) == 1
    assert queries.saved_count({"view": "all", "q": "状态:新建"}, as_actor(wang), NOW) == 2
    html = browser.get("/inbox/", view.query).content.decode()
    assert "铲斗更换" in html
    assert "液压漏油" not in html


def test_the_sorts_are_looked_at_alone(browser, wang, desk):
    a_customer("王小明的客户")
    pages = {
        sort: browser.get("/search/", {"q": "铲斗", "in": sort}).content.decode() for sort in searching.SORTS
    }
    assert "#message-" in pages["messages"]
    assert 'class="hit"' not in pages["customers"]
    people = browser.get("/search/", {"q": "wxm", "in": "colleagues"}).content.decode()
    assert reverse("people:person", args=[wang.pk]) in people
    assert browser.get("/search/", {"q": "x", "in": "nonsense"}).status_code == 422


@pytest.mark.parametrize("typed", ["王小明", "wangxiaoming", "wxm", "wangxiao", "小明"])
def test_a_name_is_found_by_its_pinyin_whole_or_by_initials(wang, typed):
    his = a_customer("王小明")
    everything_happens(AT)
    result = searching.everything(typed, as_actor(wang), NOW)
    assert his in result.customers
    assert [one.pk for one in result.colleagues] == [wang.pk]


@pytest.mark.parametrize("digits", ["5678", "13800135678", "0135", "138 0013", "1380013"])
def test_a_piece_of_a_number_finds_its_customer_and_the_number_stays_masked(wang, desk, digits):
    reviewer = a_person("reviewer")
    assert not as_actor(reviewer).can("customers.see_contacts")
    client = Client()
    client.force_login(reviewer.user, backend=BACKEND)
    html = client.get("/search/", {"q": digits}).content.decode()
    assert "张伟" in html
    assert "138****5678" in html
    assert digits == "13800135678" or "13800135678" not in html


def test_what_could_come_next_is_answered_in_the_language_of_the_name(browser, desk):
    def offered(text):
        return [one["text"] for one in browser.get("/search/words/", {"q": text}).json()["suggestions"]]

    assert offered("状") == ["状态:"]
    assert offered("铲斗 负责人:wx") == ["负责人:王小明"]
    assert offered("客户:张") == ["客户:张伟"]
    assert offered("标签:保") == ["标签:保修"]
    assert offered("") == []


def test_who_may_not_see_cases_is_offered_nothing(team):
    assert Client().get("/search/words/", {"q": "状"}).status_code in (302, 401, 403)
    provider = Client()
    provider.force_login(a_person("provider").user, backend=BACKEND)
    a_customer("张伟")
    offered = provider.get("/search/words/", {"q": "客户:张"})
    assert offered.status_code == 403 or offered.json() == {"suggestions": []}


@pytest.fixture
def api(wang):
    _token, secret = create_token(username="wang", scopes=["cases:read"], at=AT, by=SYSTEM)
    return Client(headers={"authorization": f"Bearer {secret}"})


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("铲斗 状态:新建", "c"),
        ("渠道:电话", "b"),
        ("state:new -漏油", "c"),
        ("铲斗", "ac"),
        ("owner:me promise:owed", "a"),
    ],
)
def test_the_api_understands_the_same_words(api, desk, text, cases):
    answer = api.get("/api/v1/cases", {"q": text}).json()
    assert "".join(sorted(desk[queries.case_id_of(one["ref"])] for one in answer["items"])) == cases


@pytest.mark.parametrize("text", ["状态:处里中", "创建:never", "状态:", "chanel:phone"])
def test_the_api_refuses_a_wrong_filter_and_names_it(api, desk, text):
    answer = api.get("/api/v1/cases", {"q": text})
    assert answer.status_code == 422
    assert any(text in str(value) for value in answer.json().values())
    assert "q" in str(answer.json())
