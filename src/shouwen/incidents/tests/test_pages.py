"""The pages of incidents: for who leads, for an agent, for a stranger, with bad input."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.cases import services as case_services
from shouwen.cases.testing import a_case
from shouwen.customers.testing import a_customer
from shouwen.incidents import services
from shouwen.incidents.models import Area, Incident, Link, Problem
from shouwen.incidents.services import telling
from shouwen.incidents.testing import affected, an_incident
from shouwen.people.models import Staff
from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM, Actor, now

HOUR = timedelta(hours=1)


def address(name: str, *args: Any) -> str:
    return reverse(f"incidents:{name}", args=args)


def test_an_incident_is_led_from_its_page_to_its_end(leading: Client, lead: Actor) -> None:
    cases = [affected(n, at=now() - HOUR) for n in range(1, 4)]
    made = leading.post(
        address("new"),
        {"title": "光缆中断", "areas": "和平区\n沈河区", "interim": "可用手机热点", "public": "1"},
    )
    incident = Incident.objects.get()
    assert made.headers["Location"] == address("one", incident.pk)
    for case in cases:
        assert leading.post(address("cases", incident.pk), {"refs": case.reference}).status_code == 302
    due = (now() + 24 * HOUR).strftime("%Y-%m-%dT%H:%M")
    told = leading.post(address("news", incident.pk), {"text": "正在抢修", "estimate_at": due})
    assert told.status_code == 302
    telling.send_batch(update_id=incident.updates.get().pk, at=now())
    page = leading.get(address("one", incident.pk)).content.decode()
    assert "已告知 3 / 3" in page
    assert "可用手机热点" in page
    assert cases[0].reference in page
    assert leading.post(address("restoration", incident.pk), {"where": "everywhere"}).status_code == 302
    telling.send_batch(update_id=incident.updates.latest("pk").pk, at=now())
    answered = leading.post(address("answer", incident.pk, cases[0].pk), {"answer": "working"})
    assert answered.status_code == 302
    assert Link.objects.get(case=cases[0]).answer == "working"
    assert leading.post(address("closing", incident.pk)).status_code == 302
    again = leading.post(address("reopening", incident.pk), {"reason": "又断了"})
    assert again.status_code == 302
    incident.refresh_from_db()
    assert incident.state == "reopened"


def test_unlinking_offers_to_be_undone(leading: Client, lead: Actor) -> None:
    case = affected(1)
    incident = an_incident(case, by=lead)
    off = leading.post(address("unlinking", incident.pk, case.pk))
    assert off.headers["Location"].endswith(f"?undo={case.pk}")
    assert address("link", incident.pk, case.pk) in leading.get(off.headers["Location"]).content.decode()
    leading.post(address("link", incident.pk, case.pk))
    assert Link.objects.get().state == "linked"
    incident.refresh_from_db()
    assert incident.linked_count == 1


def test_a_case_page_offers_the_incident_it_looks_like_and_one_key_links_it(
    lead: Actor, agent: Staff, sign_in: Callable[[Staff], Client]
) -> None:
    incident = an_incident(by=lead, title="和平区断网，光猫亮红灯")
    case = affected(1, owner=agent)
    client = sign_in(agent)
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert "这很像群发故障" in page
    assert 'data-key="l"' in page
    there = address("link", incident.pk, case.pk)
    assert client.get(there).status_code == 200  # for who has no scripts
    linked = client.post(f"{there}?next=/cases/{case.reference}/", headers={"HX-Request": "true"})
    assert (linked.status_code, linked.headers["HX-Redirect"]) == (204, f"/cases/{case.reference}/")
    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()
    assert "属于群发故障" in page
    assert incident.title in client.get("/inbox/list/", headers={"HX-Request": "true"}).content.decode()


def test_a_case_that_was_taken_off_is_not_offered_again(
    lead: Actor, agent: Staff, sign_in: Callable[[Staff], Client]
) -> None:
    incident = an_incident(by=lead, title="和平区断网，光猫亮红灯")
    case = affected(1, owner=agent)
    services.refuse_suggestion(incident_id=incident.pk, case_id=case.pk, at=now(), by=lead)
    page = sign_in(agent).get(reverse("cases:case", args=[case.reference])).content.decode()
    assert "这很像群发故障" not in page


def test_the_banner_of_a_case_costs_two_questions_at_most(
    lead: Actor, agent: Staff, django_assert_num_queries: Any
) -> None:
    from shouwen.cases import queries as cases
    from shouwen.incidents.queries import active_banner, offers_for
    from shouwen.people.testing import as_actor

    for n in range(5):
        an_incident(by=lead, title=f"和平区断网，光猫亮红灯 {n}")
    actor = as_actor(agent)
    case = cases.get(affected(1).reference, actor)
    assert len(active_banner(actor)) == 5
    with django_assert_num_queries(2):
        assert len(offers_for(case, actor)) == 5
    with django_assert_num_queries(0):  # what is active is kept for a few seconds
        assert len(active_banner(actor)) == 5


def test_a_change_of_an_incident_is_seen_at_once(
    lead: Actor, agent: Staff, django_assert_num_queries: Any
) -> None:
    from shouwen.incidents.queries import active_banner, offers_for

    case = affected(1)
    assert active_banner(lead) == []
    with django_assert_num_queries(1):  # nothing is broken: the case's own links are all there is to ask
        assert offers_for(case, lead) == []
    incident = an_incident(by=lead)
    assert active_banner(lead) == [incident]
    services.change(incident_id=incident.pk, title="和平区光缆已找到断点", at=now(), by=lead)
    assert [one.title for one in active_banner(lead)] == ["和平区光缆已找到断点"]


def test_the_page_costs_the_same_however_many_cases_there_are(
    leading: Client, lead: Actor, django_assert_max_num_queries: Any
) -> None:
    incident = an_incident(*[affected(n) for n in range(1, 31)], by=lead)
    update = services.publish(incident_id=incident.pk, text="抢修中", at=now(), by=lead)
    telling.send_batch(update_id=update.pk, at=now())
    leading.get(address("one", incident.pk))
    with django_assert_max_num_queries(24):
        assert leading.get(address("one", incident.pk)).status_code == 200


def test_lists_are_paged_by_key(leading: Client, lead: Actor) -> None:
    for n in range(52):
        an_incident(by=lead, title=f"故障 {n}", at=now() - timedelta(minutes=n))
    first = leading.get(address("list")).content.decode()
    assert "故障 0<" in first
    assert "故障 51<" not in first
    assert "cursor=" in first


def test_a_restricted_case_is_counted_and_not_shown(
    leading: Client, lead: Actor, sign_in: Callable[[Staff], Client], agent: Staff
) -> None:
    secret = affected(1, subject="机密客户断网")
    case_services.set_restricted(case_id=secret.pk, restricted=True, at=now(), by=SYSTEM)
    incident = an_incident(secret, by=lead)
    page = sign_in(agent).get(address("one", incident.pk)).content.decode()
    assert "机密客户断网" not in page
    assert secret.reference not in page
    assert "机密客户断网" in leading.get(address("one", incident.pk)).content.decode()


def test_a_stranger_and_a_provider_see_nothing(lead: Actor, sign_in: Callable[[Staff], Client]) -> None:
    incident = an_incident(by=lead)
    assert Client().get(address("one", incident.pk)).status_code == 302
    provider = sign_in(a_person("provider"))
    assert provider.get(address("one", incident.pk)).status_code == 403
    assert provider.get(address("problems")).status_code == 403


def test_an_agent_finds_no_button_they_may_not_press(
    lead: Actor, agent: Staff, sign_in: Callable[[Staff], Client]
) -> None:
    incident = an_incident(by=lead)
    page = sign_in(agent).get(address("one", incident.pk)).content.decode()
    assert address("news", incident.pk) not in page
    assert address("details", incident.pk) not in page
    for name in ("news", "restoration", "closing", "details", "dismissal"):
        assert sign_in(agent).post(address(name, incident.pk), {"text": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("news", {"text": ""}, 422),
        ("news", {"text": "好", "estimate_at": "yesterday"}, 422),
        ("news", {"text": "好", "estimate_at": "2020-01-01T10:00"}, 422),
        ("restoration", {"where": "areas"}, 422),
        ("restoration", {"where": "areas", "areas": "999999"}, 422),
        ("restoration", {"where": "areas", "areas": "abc"}, 422),
        ("details", {"title": ""}, 422),
        ("details", {"title": "长" * 201}, 422),
        ("cases", {"refs": "SW1"}, 422),
        ("cases", {"refs": ""}, 422),
        ("closing", {}, 409),
        ("opening", {}, 409),
        ("reopening", {"reason": ""}, 422),
    ],
)
def test_bad_input_is_refused_by_name(
    leading: Client, lead: Actor, name: str, given: dict[str, str], status: int
) -> None:
    incident = an_incident(affected(1), by=lead)
    assert leading.post(address(name, incident.pk), given).status_code == status


@pytest.mark.parametrize("query", ["view=x", "cursor=%00", "cursor=AAAA", "show=x&view=active"])
def test_made_up_addresses_are_no_error_of_ours(leading: Client, lead: Actor, query: str) -> None:
    incident = an_incident(by=lead)
    for there in (address("list"), address("problems"), address("one", incident.pk)):
        assert leading.get(f"{there}?{query}").status_code in {200, 400, 422}


def test_the_public_page_names_no_customer_in_both_languages_and_may_be_cached(lead: Actor) -> None:
    case = a_case(customer=a_customer("绝密客户", email="secret@example.com", region="和平区"))
    incident = an_incident(case, by=lead, title_en="Fibre cut", public=True, cause="内部原因：施工单位甲")
    an_incident(by=lead, title="内部系统故障")
    services.publish(
        incident_id=incident.pk,
        text="正在抢修",
        text_en="Being repaired",
        at=now(),
        by=lead,
        estimate_at=now() + 3 * HOUR,
    )
    chinese = Client().get("/status/zh/")
    words = chinese.content.decode()
    assert "和平区光缆被挖断" in words
    assert "正在抢修" in words
    for never in ("绝密客户", "secret@example.com", case.reference, "内部原因", "内部系统故障", lead.name):
        assert never not in words
    english = Client().get("/status/en/").content.decode()
    assert "Fibre cut" in english
    assert "Being repaired" in english
    assert 'lang="en"' in english
    assert chinese.headers["Cache-Control"] == "public, max-age=30"
    assert "Set-Cookie" not in chinese.headers
    assert not chinese.cookies
    again = Client().get("/status/zh/", headers={"If-None-Match": chinese.headers["ETag"]})
    assert again.status_code == 304
    assert Client().get("/status/").headers["Location"] in ("/status/zh/", "/status/en/")
    assert Client().get("/status/xx/").status_code == 404


def test_a_problem_goes_from_candidate_to_watch_and_end(leading: Client, lead: Actor) -> None:
    made = leading.post(address("new-problem"), {"title": "履带板螺栓松动", "period_days": "7"})
    problem = Problem.objects.get()
    there = made.headers["Location"]
    case = affected(1)
    assert leading.post(address("problem-cases", problem.pk), {"ref": case.reference}).status_code == 302
    assert leading.post(address("problem-fix", problem.pk), {"fix": "换防松垫圈"}).status_code == 409
    whys = {"why1": "螺栓松了", "why2": "没有防松垫圈"}
    assert leading.post(address("problem-whys", problem.pk), whys).status_code == 302
    fixed = (now() - timedelta(days=10)).strftime("%Y-%m-%dT%H:%M")
    given = {"fix": "换防松垫圈", "fixed_at": fixed, "period_days": "7"}
    assert leading.post(address("problem-fix", problem.pk), given).status_code == 302
    page = leading.get(there).content.decode()
    assert "有效果吗" in page
    assert "没有防松垫圈" in page
    assert "根本原因" in page
    assert leading.post(address("problem-closing", problem.pk), {"result": "未再发生"}).status_code == 302
    assert leading.post(address("problem-reopening", problem.pk), {"reason": "又来了"}).status_code == 302
    removed = leading.post(address("problem-case-removal", problem.pk, case.pk))
    assert removed.status_code == 302
    problem.refresh_from_db()
    assert (problem.state, problem.case_count) == ("open", 0)


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("problem-whys", {"why1": ""}, 422),
        ("problem-whys", {"why1": "一", "why3": "三"}, 422),
        ("problem-details", {"title": "x", "period_days": "0"}, 422),
        ("problem-details", {"title": "x", "kind": "nonsense"}, 422),
        ("problem-closing", {"result": "x"}, 409),
        ("problem-incidents", {"incident": "99999"}, 404),
        ("problem-incidents", {"incident": "x"}, 422),
    ],
)
def test_bad_input_on_a_problem_is_refused_by_name(
    leading: Client, lead: Actor, name: str, given: dict[str, str], status: int
) -> None:
    problem = services.record_problem(title="履带板螺栓松动", at=now(), by=lead)
    assert leading.post(address(name, problem.pk), given).status_code == status


def test_areas_can_be_restored_one_by_one_from_the_page(leading: Client, lead: Actor) -> None:
    incident = an_incident(affected(1), by=lead, areas=["和平区", "沈河区"])
    area = Area.objects.get(incident=incident, name="沈河区")
    assert "沈河区" in leading.get(address("restoration", incident.pk)).content.decode()
    leading.post(address("restoration", incident.pk), {"where": "areas", "areas": str(area.pk)})
    incident.refresh_from_db()
    assert incident.state == "partly"


def test_news_that_went_to_one_area_says_which(leading: Client, lead: Actor) -> None:
    incident = an_incident(affected(1), affected(2, area="沈河区"), by=lead, areas=["和平区", "沈河区"])
    there = Area.objects.get(incident=incident, name="沈河区")
    services.restore(incident_id=incident.pk, area_ids=[there.pk], at=now(), by=lead)
    page = leading.get(reverse("incidents:one", args=[incident.pk])).content.decode()
    said = page.split('data-testid="update-areas"')[1].split("</p>")[0]
    assert "沈河区" in said
    assert "和平区" not in said


def test_ticked_areas_never_become_everywhere(leading: Client, lead: Actor) -> None:
    incident = an_incident(by=lead, areas=["和平区", "沈河区"])
    first, second = incident.areas.all()
    page = address("restoration", incident.pk)
    refused = leading.post(page, {"where": "everywhere", "areas": str(first.pk), "text": "已接通"})
    assert refused.status_code == 422
    assert "已接通" in refused.content.decode()
    assert Incident.objects.get(pk=incident.pk).state == "open"
    both = {"where": "everywhere", "areas": [str(first.pk), str(second.pk)]}
    assert leading.post(page, both).status_code == 302
    assert Incident.objects.get(pk=incident.pk).state == "restored"
