from datetime import timedelta
from time import perf_counter

import pytest
from django.test import Client
from django.utils import timezone

from shouwen.knowledge import services
from shouwen.knowledge.testing import AT, a_draft, a_wording, an_article
from shouwen.people.testing import a_person, a_team
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/knowledge"


def a_client(*roles, scopes=("knowledge:read", "knowledge:write")):
    staff = a_person(*roles)
    username = staff.user.username
    _token, secret = create_token(username=username, scopes=list(scopes), at=AT, by=SYSTEM)
    return Client(headers={"authorization": f"Bearer {secret}"})


def post(client, path, body=None):
    return client.post(path, body or {}, content_type="application/json")


def test_a_reply_is_checked():
    answer = post(a_client("desk"), "/api/v1/reply-check", {"text": "😀我不清楚这个情况。"})
    (remark,) = answer.json()["remarks"]
    assert (remark["sort"], remark["start"], remark["matched"]) == ("taboo", 1, "我不清楚")
    assert remark["better"] == "我来为您核实"


def test_a_check_of_a_long_reply_takes_a_moment():
    client = a_client("desk")
    body = {"text": "您好，关于您反映的情况，我们正在核实，请您放心。" * 100}
    post(client, "/api/v1/reply-check", body)
    began = perf_counter()
    assert post(client, "/api/v1/reply-check", body).status_code == 200
    assert perf_counter() - began < 1.0  # a tenth of that on an idle machine; a test machine is never idle


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "text"), ({"text": "a", "language": "fr"}, "language"), ({"text": "a", "mood": 1}, "mood")],
)
def test_a_wrong_question_names_its_field(body, field):
    answer = post(a_client("desk"), "/api/v1/reply-check", body)
    assert answer.status_code == 422
    assert field in str(answer.json()["errors"])


def test_a_token_without_the_scope_and_a_stranger_are_refused():
    narrow = a_client("supervisor", scopes=["knowledge:read"])
    assert post(narrow, f"{ROOT}/articles", {"title": "x"}).status_code == 403
    assert narrow.get(f"{ROOT}/articles").status_code == 200
    assert post(a_client("provider"), "/api/v1/reply-check", {"text": "a"}).status_code == 403
    assert Client().get(f"{ROOT}/articles").status_code == 401


def test_an_article_is_drafted_changed_published_and_retired():
    client = a_client("supervisor")
    day = timezone.localdate(now()) + timedelta(days=90)
    made = post(client, f"{ROOT}/articles", {"title": "怎样退货", "review_on": str(day)}).json()
    path = f"{ROOT}/articles/{made['id']}"
    change = {"version": 1, "body": "凭**订单号**。"}
    assert client.patch(path, change, content_type="application/json").json()["live"] is True
    assert client.patch(path, change, content_type="application/json").status_code == 409
    assert post(client, f"{path}/publication").json()["state"] == "published"
    assert client.get(path).json()["html"] == "<p>凭<strong>订单号</strong>。</p>"
    assert post(client, f"{path}/votes", {"helpful": True}).json()["helpful"] == 1
    assert post(client, f"{path}/reviews", {"review_on": str(day)}).status_code == 200
    assert post(client, f"{path}/retirement", {"reason": "流程已变"}).json()["state"] == "retired"


def test_an_agents_change_of_a_published_article_is_a_proposal():
    article = an_article()
    client = a_client("agent")
    path = f"{ROOT}/articles/{article.pk}"
    answer = client.patch(path, {"version": 1, "body": "新"}, content_type="application/json")
    assert answer.json() == {"article_id": article.pk, "number": 2, "live": False}


def test_search_and_suggestions_show_what_the_token_may_read():
    shown, draft = an_article("液压油多久更换"), a_draft("液压油")
    client = a_client("desk")
    found = client.get(f"{ROOT}/articles", {"q": "液压油"}).json()["items"]
    assert [one["id"] for one in found] == [shown.pk]
    found = post(client, f"{ROOT}/suggestions", {"text": "请问液压油多久更换一次？"}).json()
    assert [one["id"] for one in found] == [shown.pk]
    assert client.get(f"{ROOT}/articles/{draft.pk}").status_code == 404


def test_templates_are_found_filled_and_kept():
    client = a_client("supervisor")
    made = post(client, f"{ROOT}/templates", {"name": "问候", "body": "{{customer_name}}，您好"}).json()
    answer = post(client, f"{ROOT}/templates/{made['id']}/uses", {"values": {"customer_name": "王芳"}})
    assert answer.json() == {"text": "王芳，您好"}
    (found,) = client.get(f"{ROOT}/templates", {"q": "wenhou"}).json()
    assert found["uses"] == 1
    refused = post(client, f"{ROOT}/templates", {"name": "x", "body": "{{client}}"})
    assert (refused.status_code, refused.json()["field"]) == (422, "body")


def test_wordings_in_force_are_read_and_replaced():
    today = timezone.localdate(now())
    old = a_wording("运费", "由我们承担。", valid_from=today - timedelta(days=9))
    client = a_client("chief")
    assert [one["id"] for one in client.get(f"{ROOT}/wordings").json()] == [old.pk]
    tomorrow = today + timedelta(days=1)
    made = post(
        client,
        f"{ROOT}/wordings/{old.pk}/replacements",
        {"text": "满99元免费。", "valid_from": str(tomorrow)},
    )
    assert made.json()["replaces_id"] == old.pk
    assert [one["text"] for one in client.get(f"{ROOT}/wordings", {"on": str(tomorrow)}).json()] == [
        "满99元免费。"
    ]


def test_the_figures_of_the_check_are_told_by_team_to_who_may_see_them():
    team = a_team("Service")
    services.measure_reply(text="这是规定。", staff_id=a_person().pk, team_id=team.pk, at=AT)
    month = f"{timezone.localdate(AT):%Y-%m}"
    answer = a_client("supervisor").get("/api/v1/reply-check/figures", {"month": month}).json()
    assert answer["month"] == month
    (row,) = answer["teams"]
    assert (row["team"], row["replies"], row["per_reply"], row["by_sort"]) == (
        "Service",
        1,
        1.0,
        {"taboo": 1},
    )
    assert a_client("supervisor").get("/api/v1/reply-check/figures", {"month": "soon"}).status_code == 422
    assert a_client("agent").get("/api/v1/reply-check/figures").status_code == 403
