"""The pages, as their people meet them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.promises import queries, services
from shouwen.promises.models import Promise
from shouwen.promises.testing import a_calendar, a_promise, an_item, forget
from shouwen.promises.tests.test_notices import PUBLISHED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def signed_in(*roles: str) -> tuple[Client, int]:
    person = a_person(*roles)
    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client, person.id


def promise_of(staff_id: int, minutes: float = 30) -> Promise:
    from shouwen.people import queries as people

    return a_promise("下午三点前寄出发票", by=as_actor(people.staff(staff_id)), at=now(), minutes=minutes)


def test_the_board_shows_my_promise_and_keeps_it_with_one_click() -> None:
    client, me = signed_in("agent")
    made = promise_of(me)
    answer = client.get("/promises/")
    assert answer.status_code == 200
    assert made.text in answer.text
    client.post(f"/promises/{made.pk}/keeping/", {"next": "/promises/"})
    made.refresh_from_db()
    assert made.state == "kept"
    assert made.text not in client.get("/promises/").text


def test_renegotiating_asks_again_where_something_is_missing() -> None:
    client, me = signed_in("agent")
    made = promise_of(me)
    address = f"/promises/{made.pk}/renegotiation/"
    assert client.get(address).status_code == 200
    refused = client.post(address, {"due_at": "", "reason": "", "customer_words": "抱歉"})
    assert refused.status_code == 422
    assert "抱歉" in refused.text
    due = (now() + timedelta(days=1)).isoformat()
    client.post(address, {"due_at": due, "reason": "配件在路上", "told": "spoken"})
    new = Promise.objects.get(previous=made)
    assert new.customer_told_at is not None
    assert "配件在路上" in client.get(f"/promises/{new.pk}/").text


def test_a_broken_promise_asks_why() -> None:
    client, me = signed_in("agent")
    made = promise_of(me)
    services.tick(made.due_at)
    client.post(
        f"/promises/{made.pk}/explanation/", {"reason": "电话占线", "cause": "other", "still_owed": "no"}
    )
    made.refresh_from_db()
    assert (made.reason, made.owed) == ("电话占线", False)


@pytest.mark.parametrize("path", ["/promises/", "/promises/ledger/", "/promises/rates/"])
def test_every_page_of_the_ledger_opens_empty_and_full(path: str) -> None:
    client, me = signed_in("supervisor")
    assert client.get(path).status_code == 200
    for minutes in (5, 30, 60 * 24):
        promise_of(me, minutes)
    services.tick(now() + timedelta(minutes=10))
    for query in ("", "?whose=all", "?whose=team&days=30"):
        assert client.get(path + query).status_code == 200


def test_figures_lead_to_what_they_count() -> None:
    client, me = signed_in("supervisor")
    made = promise_of(me)
    services.keep(promise_id=made.pk, at=now(), by=SYSTEM)
    page = client.get("/promises/rates/").text
    assert f"whose=all&amp;days=30&amp;staff={me}&amp;state=kept" in page.replace("&state", "&amp;state")
    assert made.text in client.get(f"/promises/ledger/?whose=all&days=30&staff={me}&state=kept").text


def test_a_made_up_filter_is_refused_and_not_an_error() -> None:
    client, _me = signed_in("agent")
    for query in ("whose=everybody", "state=lost", "staff=x", "cursor=abc"):
        assert client.get(f"/promises/ledger/?{query}").status_code == 422


def test_the_list_costs_the_same_for_one_row_and_for_fifty(django_assert_max_num_queries: object) -> None:
    client, me = signed_in("supervisor")
    for _ in range(50):
        promise_of(me)
    client.get("/promises/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        client.get("/promises/ledger/?whose=all")


def test_a_colleague_of_another_team_does_not_find_it() -> None:
    _client, me = signed_in("agent")
    made = promise_of(me)
    stranger, _ = signed_in("agent")
    assert stranger.get(f"/promises/{made.pk}/").status_code == 404
    assert stranger.post(f"/promises/{made.pk}/keeping/").status_code == 404


def test_a_clock_explains_itself_step_by_step() -> None:
    client, _me = signed_in("agent")
    clock = services.start_clock(subject=("task", 3), target_seconds=3600 * 12, at=now())
    services.pause(subject=("task", 3), reason="等客户照片", at=now())
    page = client.get(f"/promises/clocks/{clock.pk}/").text
    assert "等客户照片" in page


def test_a_chief_changes_a_calendar_and_an_agent_does_not() -> None:
    agent, _ = signed_in("agent")
    assert agent.get("/settings/calendars/").status_code == 403
    client, _me = signed_in("chief")
    calendar = a_calendar()
    address = f"/settings/calendars/{calendar.pk}/"
    assert client.get(address).status_code == 200
    given = {"name": "夜班", "zone": "Asia/Shanghai", "week_mon": "20:00-24:00", "official": "CN"}
    refused = client.post(address, {**given, "week_tue": "abc"})
    assert refused.status_code == 422
    assert "abc" in refused.text
    client.post(address, given)
    calendar.refresh_from_db()
    assert calendar.definition["week"]["mon"] == [["20:00", "24:00"]]


def test_a_due_time_can_be_tried() -> None:
    client, _me = signed_in("chief")
    calendar = a_calendar()
    address = f"/settings/calendars/{calendar.pk}/due/"
    found = client.post(address, {"start": "2026-02-13T17:00", "length": "2h"}).text
    assert "2026-02-14 10:00" in found
    assert client.post(address, {"start": "2026-02-13T17:00", "length": "soon"}).status_code == 422


def test_a_notice_is_previewed_and_then_imported() -> None:
    client, _me = signed_in("chief")
    text = PUBLISHED + "\n四、除夕：2月6日（周一）上班。"
    preview = client.post("/settings/official-days/import/", {"year": "2027", "text": text})
    assert "2027-02-20" in preview.text
    assert "2月6日（周一）" in preview.text
    assert queries.next_unknown_year() == 2027
    given = {"year": "2027", "text": text, "install": "1"}
    client.post("/settings/official-days/import/", given)
    assert queries.next_unknown_year() == 2028
    assert client.get("/settings/official-days/2027/").status_code == 200
    client.post("/settings/official-days/2027/", {"date": "2027-02-12", "kind": "holiday"})
    assert len(queries.official_days_of(2027)) == 14


def test_a_notice_saved_by_a_chinese_editor_can_be_uploaded() -> None:
    client, _me = signed_in("chief")
    file = SimpleUploadedFile("通知.txt", PUBLISHED.encode("gb18030"))
    preview = client.post("/settings/official-days/import/", {"year": "2027", "file": file})
    assert "2027-02-20" in preview.text
    assert "春节" in preview.text


def test_the_catalogue_is_kept_on_its_pages() -> None:
    client, _me = signed_in("chief")
    assert client.get("/settings/service-items/").status_code == 200
    client.post("/settings/service-items/new/", {"code": "on-site", "name": "上门维修"})
    item = queries.items().get(code="on-site")
    address = f"/settings/service-items/{item.pk}/"
    client.post(address, {"name": "上门维修", "covered": "人工", "active": "1"})
    client.post(
        "/settings/service-standards/new/",
        {"item_id": item.pk, "tier": "A", "first_reply_seconds": "15 分钟"},
    )
    page = client.get(address).text
    assert "人工" in page
    standard = queries.standards(now(), item_id=item.pk)[0]
    assert standard.first_reply_seconds == 900
    refused = client.post("/settings/service-standards/new/", {"first_reply_seconds": "soon"})
    assert refused.status_code == 422
    client.post(f"/settings/service-standards/{standard.pk}/end/")
    assert queries.standards(now(), item_id=item.pk) == []
    assert client.get("/settings/service-standards/").status_code == 200
    assert client.get(f"/settings/service-standards/new/?based_on={standard.pk}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/settings/calendars/new/",
        "/settings/calendars/",
        "/settings/official-days/",
        "/settings/official-days/import/",
        "/settings/official-days/2031/",
        "/settings/service-items/new/",
        "/settings/service-standards/new/",
    ],
)
def test_every_settings_page_opens(path: str) -> None:
    an_item()
    client, _me = signed_in("chief")
    assert client.get(path).status_code == 200


def test_panels_say_what_is_promised_and_kept() -> None:
    from shouwen.customers.testing import a_customer
    from shouwen.people import queries as people
    from shouwen.platform import windows

    _client, me = signed_in("supervisor")
    actor, customer = as_actor(people.staff(me)), a_customer()
    made = a_promise("寄出合同", by=actor, at=now() - timedelta(hours=1), customer_id=customer.pk)
    assert "寄出合同" in windows.look("customer.main", customer, actor)
    assert "staff-promises" not in windows.look("staff.page", people.staff(me), actor)
    services.tick(now())
    assert "寄出合同" in windows.look("supervisor.page", None, actor)
    assert "0.0 %" in windows.look("staff.page", people.staff(me), actor)
    services.keep(promise_id=made.pk, at=now(), by=SYSTEM)
    assert "寄出合同" not in windows.look("supervisor.page", None, actor)


def test_a_packaged_year_can_be_corrected() -> None:
    client, _me = signed_in("chief")
    assert "2026-02-14" in client.get("/settings/official-days/2026/").text
    client.post("/settings/official-days/2026/", {"date": "2026-02-14", "kind": "none"})
    assert "2026-02-14" not in client.get("/settings/official-days/2026/").text
    assert len(queries.official_days_of(2026)) == 38


def test_the_board_opens_on_the_nearest_that_owes_something_and_stays_there() -> None:
    boss, me = signed_in("supervisor")
    assert 'hx-get="/promises/?whose=mine"' in boss.get("/promises/").text
    promise_of(a_person("agent").id)
    opened = boss.get("/promises/").text
    assert "下午三点前寄出发票" in opened
    assert 'hx-get="/promises/?whose=all"' in opened
    assert "下午三点前寄出发票" not in boss.get("/promises/?whose=mine").text  # as the address says
    promise_of(me)
    assert 'hx-get="/promises/?whose=mine"' in boss.get("/promises/").text


def test_the_table_opens_where_something_is_owed_and_keeps_to_it_over_its_pages() -> None:
    a_promise(by=as_actor(a_person("agent")), at=now(), minutes=30)
    client = Client()
    client.force_login(a_person("chief").user)
    assert "10分钟内给您回电" in client.get("/promises/ledger/").text
    assert "10分钟内给您回电" not in client.get("/promises/ledger/?whose=mine").text
