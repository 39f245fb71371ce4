"""A program does at the API what people do on the pages: the counter, calls, chats, contacts by hand, figures."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from shouwen.cases.models import Case
from shouwen.cases.testing import AT, everything_happens, furnished
from shouwen.channels.models import Extension
from shouwen.channels.vendors.chat.testing import Browser, make_chat
from shouwen.channels.vendors.phone.testing import Telephone, a_system
from shouwen.people.testing import a_person, a_team
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
SCOPES = ["channels:read", "channels:write", "settings:read", "settings:write", "cases:read", "cases:write"]


class Program:
    """Speaks to the API with the token of one person."""

    def __init__(self, *roles: str, scopes: list[str] | None = None, **person: Any) -> None:
        self.staff = a_person(*roles, presence="on_duty", **person)
        name = self.staff.user.username
        _token, secret = create_token(username=name, scopes=scopes or SCOPES, at=AT, by=SYSTEM)
        self.client = Client(headers={"authorization": f"Bearer {secret}"})

    def __call__(self, method: str, path: str, body: Any = None, wanted: int = 200) -> Any:
        ask = getattr(self.client, method)
        given = (
            {"data": body or {}} if method == "get" else {"data": body, "content_type": "application/json"}
        )
        answer = ask(f"/api/v1/{path}", **given)
        assert answer.status_code == wanted, answer.content.decode()
        return answer.json() if answer.content else None


@pytest.fixture(autouse=True)
def _furnished() -> None:
    furnished(now())


def hall_with_a_visitor(boss: Program, chu: Program) -> tuple[int, Any]:
    hall = boss("post", "halls", {"name": "大厅"}, 201)["id"]
    matter = boss("put", f"halls/{hall}/matters/a", {"name": "报修"})["matters"][0]
    boss("post", f"halls/{hall}/counters", {"name": "1号柜台"}, 201)
    asked = {"matter_id": matter["id"], "phone": "13800000000"}
    return hall, chu("post", f"halls/{hall}/numbers", asked, 201)


def test_from_the_number_to_the_case_at_the_counter() -> None:
    boss, chu = Program("administrator"), Program("desk")
    hall, ticket = hall_with_a_visitor(boss, chu)
    assert (ticket["number"], ticket["ahead"]) == ("A001", 0)
    assert chu("get", f"halls/{hall}/queue")["waiting"][0]["number"] == "A001"
    assert chu("get", "halls")[0]["key"] is None, "who serves does not open tablets"
    counter = chu("get", "halls")[0]["counters"][0]["id"]
    assert chu("put", "counter", {"counter_id": counter})["hall_id"] == hall
    visit = chu("post", "counter/calls")["id"]
    for move in ("call", "service"):
        chu("post", f"visits/{visit}/moves", {"to": move})
    chu("post", f"visits/{visit}/moves", {"to": "end"}, 422)
    ended = chu("post", f"visits/{visit}/moves", {"to": "end", "said": "装载机漏油", "name": "王先生"})
    assert ended["state"] == "done"
    case = Case.objects.get(pk=ended["subject"]["id"])
    assert (case.channel, case.owner_id) == ("desk", chu.staff.pk)
    assert chu("get", "visits", {"state": "done"})["items"][0]["id"] == visit


def test_another_colleagues_visitor_is_not_touched_and_who_may_not_set_up_sets_up_nothing() -> None:
    boss, chu, wei = Program("administrator"), Program("desk"), Program("desk")
    hall, ticket = hall_with_a_visitor(boss, chu)
    wei("post", f"visits/{ticket['id']}/moves", {"to": "service"}, 403)
    wei("put", f"halls/{hall}/matters/b", {"name": "开票"}, 403)
    wei("delete", f"halls/{hall}/matters/a", None, 403)
    boss("delete", f"halls/{hall}/matters/a")
    narrow = Program("desk", scopes=["channels:read"])
    narrow("post", "counter/calls", None, 403)
    assert Client().get("/api/v1/visits").status_code == 401


def test_a_missed_call_is_listed_and_closed_and_its_number_is_masked_for_who_may_not_see_it() -> None:
    boss, anna = Program("administrator"), Program("agent")
    line = {"name": "热线", "team_id": a_team("Phones").pk}
    boss("put", "phone/lines/400800", line)
    boss("put", "phone/extensions/801", {"staff_id": anna.staff.pk})
    assert Extension.objects.get().staff_id == anna.staff.pk
    began = (datetime.now(UTC) - timedelta(minutes=5)).replace(microsecond=0)
    call = Telephone(Client(), a_system(), began=began)
    call("ringing", 0, extension="801")
    call("ended", 30)
    everything_happens(now() + timedelta(minutes=1))
    (missed,) = anna("get", "calls")["items"]
    assert (missed["missed"], missed["wait"], missed["line"]) == (True, 30, "400800")
    assert [one["kind"] for one in anna("get", f"calls/{missed['id']}")["events"]] == ["ringing", "ended"]
    anna("post", f"calls/{missed['id']}/call-back")
    assert anna("get", "calls")["items"] == []
    assert [one["id"] for one in anna("get", "calls", {"view": "reached"})["items"]] == [missed["id"]]
    assert anna("get", "calls", {"view": "lost", "until": "2026-01-01T00:00:00Z"})["items"] == []
    Program("provider")("get", "calls", None, 403)


def test_a_telephone_systems_secret_is_told_once() -> None:
    boss = Program("administrator")
    made = boss("post", "phone/systems", {"name": "总机"}, 201)
    assert len(made["secret"]) > 20
    assert "secret" not in boss("get", "phone")["systems"][0]
    assert boss("post", f"phone/systems/{made['id']}/secret")["secret"] != made["secret"]
    Program("agent")("post", "phone/systems", {"name": "x"}, 403)


def test_a_chat_is_set_up_and_its_talk_read_by_who_may_see_the_case() -> None:
    boss = Program("administrator")
    site = boss("post", "chats/sites", {"name": "官网", "sites": ["https://shop.example.com"]}, 201)
    assert site["page"].endswith("/")
    assert site["settings"]["at_once"] == 3
    boss("put", f"chats/sites/{site['id']}", {"name": "官网", "hours_from": "09:00"}, 422)
    boss("put", f"chats/sites/{site['id']}/activity", {"active": False})
    browser = Browser(make_chat())
    browser.opens()
    browser.says("铲斗开裂")
    (talk,) = Program("supervisor")("get", "chats", {"which": "all"})["items"]
    whole = Program("agent")("get", f"chats/{talk['id']}")
    assert [line["text"] for line in whole["lines"]] == ["铲斗开裂"]
    Program("provider")("get", f"chats/{talk['id']}", None, 404)


def test_a_system_of_ones_own_is_connected_with_a_secret_that_is_told_once() -> None:
    boss = Program("administrator")
    made = boss("post", "channels/lines", {"name": "工单", "vendor": "webhook"}, 201)
    assert len(made["secrets"]["secret"]) == 43
    assert "secrets" not in boss("get", "channels/lines")[0]
    wrong = boss("post", "channels/lines", {"name": "x", "vendor": "webhook", "values": {"a": "b"}}, 422)
    assert "values.a" in wrong["errors"]
    assert "webhook" in {one["code"] for one in boss("get", "channels")["vendors"]}


@pytest.mark.parametrize("channel", ["letter", "fax", "ivr", "social", "return_visit"])
def test_what_came_by_hand_is_written_down_and_owned(channel: str) -> None:
    anna = Program("agent")
    body = {
        "channel": channel,
        "customer": {"name": "王芳"},
        "said": "铲斗开裂",
        "promise": {"text": "明天上午回电"},
    }
    made = anna("post", "contacts", body, 201)
    assert (made["channel"], made["owner"]["id"]) == (channel, anna.staff.pk)


def test_a_contact_names_its_wrong_field() -> None:
    anna = Program("agent")
    who = {"name": "王芳"}
    assert (
        "channel"
        in anna("post", "contacts", {"channel": "email", "customer": who, "said": "x"}, 422)["errors"]
    )
    nobody = anna("post", "contacts", {"channel": "letter", "customer": {}, "said": "x"}, 422)
    assert "customer.name" in nobody["errors"]


def test_the_figures_of_the_channels_and_the_cases_behind_them() -> None:
    anna, boss = Program("agent"), Program("supervisor")
    anna("post", "contacts", {"channel": "letter", "customer": {"name": "王芳"}, "said": "铲斗开裂"}, 201)
    (row,) = boss("get", "channel-statistics")["channels"]
    assert (row["channel"], row["opened"]) == ("letter", 1)
    behind = boss("get", "channel-statistics/cases", {"channel": "letter"})["items"]
    assert [one["channel"] for one in behind] == ["letter"]
    anna("get", "channel-statistics", None, 403)
    boss("get", "channel-statistics", {"since": "2020-01-01T00:00:00Z"}, 422)
