"""The inbox as an agent uses it: views, rows, filters, many at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from shouwen.cases import queries, services
from shouwen.cases.models import Case, SavedView
from shouwen.cases.testing import AT, a_case
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, as_actor

HTMX = {"hx-request": "true"}
Enter = Callable[[Staff], Client]


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/inbox/").headers["Location"].startswith("/accounts/login/")


def test_the_inbox_shows_my_cases_with_customer_and_deadline(at_work: Client, case: Case) -> None:
    page = at_work.get("/inbox/").content.decode()
    assert case.subject_line in page
    assert case.customer.name in page
    assert 'class="clock' in page
    assert f"/cases/{case.reference}/?view=mine" in page


def test_the_rows_cost_two_statements_however_many_there_are(
    at_work: Client, anna: Staff, django_assert_num_queries: Any
) -> None:
    for number in range(12):
        a_case(owner=anna, at=AT + timedelta(minutes=number))
    at_work.get("/inbox/list/?view=mine", headers=HTMX)
    with django_assert_num_queries(2):  # who asks, and the rows
        part = at_work.get("/inbox/list/?view=mine&part=rows", headers=HTMX)
    assert part.content.decode().count("data-row ") == 12


def test_older_rows_follow_where_the_page_ended(at_work: Client, anna: Staff) -> None:
    cases = [a_case(owner=anna, at=AT + timedelta(minutes=number)) for number in range(4)]
    first = at_work.get("/inbox/list/?view=mine&limit=3", headers=HTMX).content.decode()
    cursor = first.split("cursor=")[1].split('"')[0]
    rest = at_work.get(f"/inbox/list/?view=mine&cursor={cursor}", headers=HTMX).content.decode()
    assert f'id="case-{cases[0].pk}"' not in first
    assert f'id="case-{cases[0].pk}"' in rest
    assert f'id="case-{cases[3].pk}"' not in rest


def test_filters_and_words_narrow_a_view(at_work: Client, anna: Staff, case: Case) -> None:
    other = a_case(owner=anna, subject="发票", text="开错了", channel="phone")
    page = at_work.get("/inbox/list/?view=mine&channel=phone", headers=HTMX).content.decode()
    assert other.subject_line in page
    assert case.subject_line not in page
    assert case.subject_line in at_work.get(f"/inbox/?view=mine&q={case.reference}").content.decode()


def test_a_chosen_owner_is_named_and_all_filters_go_at_once(at_work: Client, anna: Staff, case: Case) -> None:
    page = at_work.get(f"/inbox/?view=active&owner={anna.pk}&channel=phone").content.decode()
    chips = page.split('class="list-chosen"')[1].split("</div>")[0]
    assert anna.name in chips
    assert 'href="/inbox/?view=active"' in chips


def test_a_forged_view_or_cursor_is_refused_with_a_sentence(at_work: Client, case: Case) -> None:
    assert at_work.get("/inbox/?view=nonsense").status_code == 422
    assert at_work.get("/inbox/list/?view=mine&cursor=nonsense", headers=HTMX).status_code == 422


def test_counts_stand_beside_the_views(at_work: Client, case: Case) -> None:
    part = at_work.get("/inbox/counts/", headers=HTMX).content.decode()
    assert "data-live-count>1<" in part


def test_many_are_taken_at_once_and_who_was_first_is_named(at_work: Client, anna: Staff, case: Case) -> None:
    bo = a_person("agent", name="博")
    free, taken = a_case(), a_case(owner=bo)
    done = at_work.post("/inbox/bulk/", {"cases": [free.pk, taken.pk], "verb": "take"}, follow=True)
    free.refresh_from_db()
    taken.refresh_from_db()
    assert (free.owner_id, taken.owner_id) == (anna.id, bo.id)
    assert "博" in done.content.decode()


def test_many_get_a_tag_and_a_priority(at_work: Client, case: Case) -> None:
    at_work.post("/inbox/bulk/", {"cases": [case.pk], "verb": "tag", "tag": "停工"})
    at_work.post("/inbox/bulk/", {"cases": [case.pk], "verb": "priority", "priority": "1"})
    case.refresh_from_db()
    assert (case.tags, case.priority) == (["停工"], 1)


def test_a_question_is_kept_as_a_view_and_only_its_owner_removes_it(
    at_work: Client, case: Case, sign_in: Enter
) -> None:
    at_work.post("/inbox/views/", {"name": "电话", "view": "active", "channel": "phone", "shared": "1"})
    view = SavedView.objects.get()
    assert view.query == {"view": "active", "channel": "phone"}
    other = sign_in(a_person("agent"))
    assert "电话" in other.get("/inbox/counts/", headers=HTMX).content.decode()
    assert other.post(f"/inbox/views/{view.pk}/removal/").status_code == 404
    at_work.post(f"/inbox/views/{view.pk}/removal/")
    assert not SavedView.objects.exists()


def test_the_back_office_sees_only_cases_with_its_tasks(sign_in: Enter, anna: Staff, case: Case) -> None:
    from shouwen.people.testing import a_department

    department = a_department("技术部")
    expert = sign_in(a_person("back_office", department=department))
    assert case.subject_line not in expert.get("/inbox/").content.decode()
    assert expert.get(f"/cases/{case.reference}/").status_code == 404
    services.ask_task(
        case_id=case.pk,
        title="查",
        ask="查",
        minutes=60,
        department_id=department.pk,
        at=AT,
        by=as_actor(anna),
    )
    assert case.subject_line in expert.get("/inbox/").content.decode()
    page = expert.get(f"/cases/{case.reference}/").content.decode()
    assert 'data-testid="note-form"' in page
    assert 'data-testid="reply-form"' not in page


JSON = {"accept": "application/json"}


def test_many_tags_are_taken_back_only_where_they_were_new(at_work: Client, anna: Staff, case: Case) -> None:
    had = a_case(owner=anna)
    at_work.post(f"/cases/{had.reference}/tags/", {"tags": "停工"})
    both = {"cases": [case.pk, had.pk], "tag": "停工"}
    told = at_work.post("/inbox/bulk/", {**both, "verb": "tag"}, headers=JSON).json()
    assert told == {"done": 2, "refused": [], "undo": [str(case.pk)]}
    at_work.post("/inbox/bulk/", {"verb": "untag", "tag": "停工", "cases": told["undo"]}, headers=JSON)
    case.refresh_from_db()
    had.refresh_from_db()
    assert (case.tags, had.tags) == ([], ["停工"])


def test_many_priorities_go_back_to_what_each_was(at_work: Client, anna: Staff, case: Case) -> None:
    other = a_case(owner=anna)
    at_work.post(f"/cases/{other.reference}/priority/", {"impact": "3", "urgency": "3"})
    page = at_work.post("/inbox/bulk/", {"cases": [case.pk, other.pk], "verb": "priority", "priority": "1"})
    assert (
        f'value="{other.pk}:3:3:1:1"' in page.content.decode()
    )  # without a script a page offers the way back
    back = {"verb": "weigh", "cases": [f"{case.pk}:2:2:1:1", f"{other.pk}:3:3:1:1", "x", "1:2", "9:9:9:9:9"]}
    at_work.post("/inbox/bulk/", back)
    case.refresh_from_db()
    other.refresh_from_db()
    assert [(one.impact, one.urgency) for one in (case, other)] == [(2, 2), (3, 3)]


def test_what_a_colleague_has_weighed_since_is_not_taken_back_with_the_rest(
    at_work: Client, anna: Staff, case: Case
) -> None:
    other = a_case(owner=anna)
    was = (case.impact, case.urgency)
    both = {"cases": [case.pk, other.pk], "verb": "priority", "priority": "1"}
    told = at_work.post("/inbox/bulk/", both, headers=JSON).json()
    services.set_priority(case_id=other.pk, impact=1, urgency=2, at=AT, by=as_actor(a_person("supervisor")))
    back = at_work.post("/inbox/bulk/", {"verb": "weigh", "cases": told["undo"]}, headers=JSON).json()
    assert (back["done"], len(back["refused"])) == (1, 1)
    assert back["refused"][0].startswith(f"{other.reference}: ")
    case.refresh_from_db()
    other.refresh_from_db()
    assert [(one.impact, one.urgency) for one in (case, other)] == [was, (1, 2)]


def test_one_case_that_refuses_a_tag_keeps_none_of_the_others(
    at_work: Client, anna: Staff, case: Case
) -> None:
    full = a_case(owner=anna)
    at_work.post(f"/cases/{full.reference}/tags/", {"tags": ",".join(str(number) for number in range(20))})
    asked = {"cases": [full.pk, case.pk, 999_999], "verb": "tag", "tag": "停工"}
    told = at_work.post("/inbox/bulk/", asked, headers=JSON).json()
    assert (told["done"], len(told["refused"])) == (1, 2)
    assert at_work.post("/inbox/bulk/", {"cases": [case.pk], "verb": "tag"}, headers=JSON).status_code == 422
    assert at_work.post("/inbox/bulk/", {"cases": ["x"], "verb": "take"}, headers=JSON).status_code == 422


def test_a_saved_view_says_how_many_it_holds_for_who_looks(at_work: Client, anna: Staff, case: Case) -> None:
    by = as_actor(anna)
    a_case(owner=anna, channel="phone")
    phone = {"view": "mine", "channel": "phone"}
    assert queries.saved_count(phone, by, AT) == 1
    assert queries.saved_count(phone, as_actor(a_person("agent")), AT) == 0
    assert queries.saved_count({"view": "all", "channel": "phone"}, by, AT) == 1
    assert queries.saved_count({"view": "gone", "owner": "x"}, by, AT) is None
    at_work.post("/inbox/views/", {"name": "我的电话", **phone})
    part = at_work.get("/inbox/counts/", headers=HTMX).content.decode()
    assert "data-live-count>1<" in part[part.index("我的电话") :]
