"""The page of a case: what it shows, what it costs, how it grows."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from shouwen.cases import services
from shouwen.cases.models import Case
from shouwen.cases.testing import AT, a_case, everything_happens, speaks
from shouwen.channels import services as channels
from shouwen.customers import testing as customers
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, as_actor

HTMX = {"hx-request": "true"}
MOST_STATEMENTS = 25


def talk(case: Case, staff: Staff, times: int) -> None:
    for number in range(times):
        at = AT + timedelta(minutes=number + 1)
        if number % 2:
            services.reply(case_id=case.pk, text=f"第{number}次答复", at=at, by=as_actor(staff))
        else:
            channels.receive(
                channel="email",
                customer_id=case.customer_id,
                subject=case.subject,
                text=f"第{number}次追问",
                author_name="客户",
                at=at,
            )


def test_a_stranger_and_a_wrong_reference_find_nothing(client: Client, at_work: Client, case: Case) -> None:
    assert client.get(f"/cases/{case.reference}/").status_code == 302
    assert at_work.get("/cases/SW0000000/").status_code == 404


def test_the_whole_page_with_twenty_messages_stays_within_its_statements(
    at_work: Client, anna: Staff, case: Case, django_assert_max_num_queries: Any
) -> None:
    talk(case, anna, 19)
    at_work.get(f"/cases/{case.reference}/")
    with django_assert_max_num_queries(MOST_STATEMENTS):
        page = at_work.get(f"/cases/{case.reference}/").content.decode()
    assert page.count('<article class="bubble">') == 20


def test_a_case_with_everything_stays_within_its_statements_too(
    at_work: Client, anna: Staff, case: Case, django_assert_max_num_queries: Any
) -> None:
    by = as_actor(anna)
    customers.an_asset(case.customer)
    customers.a_flag(case.customer)
    services.restate(case_id=case.pk, text="要马上修", at=AT, by=by)
    services.offer_option(case_id=case.pk, text="焊补", at=AT, by=by)
    services.mark_behaviour(case_id=case.pk, behaviour="tone", at=AT, by=by)
    services.expect(case_id=case.pk, text="免费", sort="too_high", at=AT, by=by)
    services.ask_task(
        case_id=case.pk, title="鉴定", ask="看", minutes=60, assignee_id=a_person().id, at=AT, by=by
    )
    services.escalate(case_id=case.pk, reason="要上级", at=AT, by=by)
    services.promise(case_id=case.pk, text="回电", due_at=AT + timedelta(hours=1), at=AT, by=by)
    to = a_person("agent")
    services.ask_handoff(
        case_id=case.pk, to_id=to.id, reason="休假", summary="铲斗开裂，照片已收，等技术部报价", at=AT, by=by
    )
    at_work.get(f"/cases/{case.reference}/")
    with django_assert_max_num_queries(MOST_STATEMENTS + 4):
        page = at_work.get(f"/cases/{case.reference}/").content.decode()
    for shown in ("要马上修", "焊补", "免费", "鉴定", "要上级", "回电", "休假", "Excavator"):
        assert shown in page


def test_only_the_newest_messages_stand_there_and_older_ones_follow(
    at_work: Client, anna: Staff, case: Case
) -> None:
    talk(case, anna, 25)
    page = at_work.get(f"/cases/{case.reference}/").content.decode()
    assert "第24次追问" in page
    assert case.last_words not in page.split('id="story"')[1].split("</ol>")[0]
    link = page.split('class="older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    older = at_work.get(link, headers=HTMX).content.decode()
    assert "请马上处理" in older
    assert "第24次追问" not in older
    assert at_work.get(link).status_code == 200


def test_an_open_page_is_renewed_from_its_first_message_on(at_work: Client, anna: Staff, case: Case) -> None:
    talk(case, anna, 25)
    page = at_work.get(f"/cases/{case.reference}/", headers=HTMX).content.decode()
    since = page.split("fresh=1&amp;since=")[1].split('"')[0]
    talk(case, anna, 2)
    fresh = at_work.get(f"/cases/{case.reference}/?fresh=1&since={since}", headers=HTMX).content.decode()
    assert fresh.count("hx-swap-oob") == 4  # head, banners, story, side; never the composer
    assert fresh.count('<article class="bubble">') == 22
    assert "reply-form" not in fresh


def test_a_restricted_case_does_not_exist_for_a_colleague(
    sign_in: Callable[[Staff], Client], case: Case
) -> None:
    boss = a_person("supervisor")
    sign_in(boss).post(f"/cases/{case.reference}/restriction/", {"restricted": "1"})
    assert sign_in(a_person("agent")).get(f"/cases/{case.reference}/").status_code == 404
    assert sign_in(boss).get(f"/cases/{case.reference}/").status_code == 200


def test_nobody_resolves_over_a_word_of_the_customer_they_have_not_seen(at_work: Client, case: Case) -> None:
    address = f"/cases/{case.reference}/resolution/"

    def heard() -> str:
        return re.findall(r'name="heard" value="(\d+)"', at_work.get(address).content.decode())[0]

    form = {"summary": "已更换铲斗并试机", "heard": heard()}
    channels.receive(
        channel="email", customer_id=case.customer_id, subject=case.subject, text="又裂了！", author_name="客户", at=AT
    )  # fmt: skip
    refused = at_work.post(address, form)
    assert (refused.status_code, "又裂了！" in refused.content.decode()) == (409, True)
    assert "已更换铲斗并试机" in refused.content.decode()  # nothing typed is lost
    case.refresh_from_db()
    assert case.state != "resolved"
    assert at_work.post(address, {**form, "heard": heard()}).status_code == 302
    case.refresh_from_db()
    assert case.state == "resolved"


def test_perception_minus_expectation_is_shown_once_the_customer_confirmed(
    at_work: Client, anna: Staff, case: Case
) -> None:
    by = as_actor(anna)
    services.expect(case_id=case.pk, text="快", sort="reasonable", levels={"timeliness": 5}, at=AT, by=by)
    services.resolve(case_id=case.pk, summary="更换了铲斗", at=AT, by=by)
    services.answer_confirmation(
        case_id=case.pk, solved=True, levels={"timeliness": 3}, at=AT, by=speaks(case)
    )
    page = at_work.get(f"/cases/{case.reference}/").content.decode()
    assert "感知减期望" in page
    assert "-2.0" in page


def test_the_ledger_shows_who_did_what_before_and_after(at_work: Client, case: Case) -> None:
    at_work.post(f"/cases/{case.reference}/priority/", {"impact": "1", "urgency": "1"})
    page = at_work.get(f"/cases/{case.reference}/events/").content.decode()
    assert "cases.changed" in page
    assert "安娜" in page
    cells = [" ".join(cell.split()) for cell in re.findall(r"<div>(.*?)</div>", page)]
    assert '<span class="muted">优先级</span> 紧急' in cells
    assert not any("priority" in cell for cell in cells)


def test_the_customers_history_leads_to_the_case_each_line_is_about(at_work: Client, case: Case) -> None:
    page = at_work.get(f"/customers/{case.customer_id}/history/").content.decode()
    assert f'href="/cases/{case.reference}/">{case.reference}</a>' in page


def test_earlier_cases_and_merged_ones_are_near(at_work: Client, anna: Staff, case: Case) -> None:
    earlier = a_case(customer=case.customer, subject="去年的漏油", owner=anna)
    assert "去年的漏油" in at_work.get(f"/cases/{case.reference}/related/", headers=HTMX).content.decode()
    at_work.post(f"/cases/{earlier.reference}/merge/", {"into": case.reference})
    everything_happens()
    earlier.refresh_from_db()
    assert earlier.merged_into_id == case.pk
    assert case.reference in at_work.get(f"/cases/{earlier.reference}/").content.decode()


def test_my_presence_is_told_and_nobody_elses_case_is_guessed(at_work: Client, case: Case) -> None:
    assert at_work.post(f"/cases/{case.reference}/presence/", {"doing": "typing"}).status_code == 204
    assert at_work.post("/cases/SW0000000/presence/", {"doing": "typing"}).status_code == 404


def test_a_page_that_could_not_answer_is_drawn_anew_when_the_case_is_reopened(client):
    agent = a_person("agent")
    case = a_case(owner=agent)
    client.force_login(agent.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = reverse("cases:case", args=[case.reference])
    asked = {"headers": {"HX-Request": "true"}}
    assert "HX-Refresh" not in client.get(f"{address}?fresh=1&since=0&mode=reply", **asked).headers
    answer = client.get(f"{address}?fresh=1&since=0&mode=note", **asked)
    assert answer.headers["HX-Refresh"] == "true"


def test_an_asset_is_a_link_only_to_who_may_open_it(
    at_work: Client, case: Case, sign_in: Callable[[Staff], Client]
) -> None:
    asset = customers.an_asset(case.customer, "挖掘机")
    link = reverse("customers:asset", args=[case.customer_id, asset.pk])
    reviewer = sign_in(a_person("reviewer"))
    assert link in at_work.get(f"/cases/{case.reference}/").content.decode()
    shown = reviewer.get(f"/cases/{case.reference}/").content.decode()
    assert "挖掘机" in shown
    assert link not in shown
