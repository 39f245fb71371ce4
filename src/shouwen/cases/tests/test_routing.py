"""Offers by a team's own plan, what nobody takes goes on, the page, the try, the API."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shouwen.cases import services
from shouwen.cases.models import Case, Notice, Offer, Unclaimed
from shouwen.cases.queries import reasons
from shouwen.cases.queries.routing_trial import trial
from shouwen.cases.rules.routing import Plan
from shouwen.cases.services.routing import save_plan
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.people import services as people
from shouwen.people.models import Staff, Team
from shouwen.people.testing import a_person, a_skill, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.apikit.services import create_token
from shouwen.platform.ledger.describe import say
from shouwen.platform.ledger.dispatch import deliver_all, deliver_batch
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _furnished() -> Iterator[None]:
    furnished()
    with translation.override("en"):
        yield


def plans(team: Team, **values: Any) -> None:
    save_plan(team_id=team.pk, plan=Plan(**values), at=AT, by=SYSTEM)


def agent(team: Team, name: str, **values: Any) -> Staff:
    return a_person("agent", name=name, teams=(team,), presence="on_duty", **values)


def offered(case: Case) -> list[str]:
    return list(
        Offer.objects.filter(case=case, ended_at=None).order_by("id").values_list("staff__name", flat=True)
    )


def new_case(team: Team, at: Any = AT, **values: Any) -> Case:
    case = a_case(team_id=team.pk, at=at, **values)
    deliver_all()
    return case


def sentence(case: Case, name: str) -> str:
    (row,) = [row for row in timeline(case.subject) if row.name == name]
    return say(row.name, row.data)


def test_who_knows_the_customer_comes_first_and_the_story_says_why() -> None:
    team, customer = a_team(), a_customer(email="li@example.com")
    wang, _li = agent(team, "王芳"), agent(team, "李娜")
    a_case(customer=customer, owner=wang)
    plans(team, order=("knows", "load"), offer_to=1)
    case = new_case(team, customer=customer)
    assert offered(case) == ["王芳"]
    assert Offer.objects.get(case=case).why == [["knows", 1], ["load", 1, 12]]
    assert (
        sentence(case, "cases.offered")
        == "Offered to 王芳 (knows the customer (1), load 1/12) · not to: 1 further back"
    )


def test_a_skill_by_kind_is_a_condition_while_somebody_has_it() -> None:
    team = a_team()
    a_skill("pump", "液压泵")
    agent(team, "全才"), agent(team, "泵手", skills={"pump": 3})
    plans(team, skills={"repair": "pump"})
    case = new_case(team)
    assert offered(case) == ["泵手"]
    assert Offer.objects.get(case=case).why[0] == ["skill", "液压泵"]
    assert "without the skill" in sentence(case, "cases.offered")


def test_the_customers_language_decides_where_the_plan_says_so() -> None:
    team = a_team()
    agent(team, "甲"), agent(team, "乙", languages=["en"])
    plans(team, order=("language", "load"), offer_to=1)
    assert offered(new_case(team, customer=a_customer(language="en", email="joe@example.com"))) == ["乙"]
    assert offered(new_case(team)) == ["甲"]


def test_a_tier_is_offered_to_the_senior_first() -> None:
    team = a_team()
    agent(team, "新人"), agent(team, "老手", authority_level=4)
    plans(team, order=("tier", "load"), levels={"A": 3}, offer_to=1)
    assert offered(new_case(team, customer=a_customer(tier="A", email="a@example.com"))) == ["老手"]
    assert offered(new_case(team)) == ["新人"]


def test_round_robin_goes_round_also_within_one_batch() -> None:
    team = a_team()
    for name in ("甲", "乙", "丙"):
        agent(team, name)
    plans(team, order=("turn",), offer_to=1)
    cases = [a_case(team_id=team.pk) for _n in range(6)]
    deliver_all()
    assert [offered(case)[0] for case in cases] == ["甲", "乙", "丙", "甲", "乙", "丙"]


def test_the_least_load_counts_what_is_offered_to_one_alone() -> None:
    team = a_team()
    agent(team, "甲"), agent(team, "乙")
    plans(team, order=("load",), offer_to=1)
    cases = [a_case(team_id=team.pk) for _n in range(4)]
    deliver_all()
    assert [offered(case)[0] for case in cases] == ["甲", "乙", "甲", "乙"]


def test_a_channels_limit_holds_for_each_person() -> None:
    team = a_team()
    full, _free = agent(team, "满"), agent(team, "空")
    a_case(owner=full)
    plans(team, limits={"email": 1})
    assert offered(new_case(team)) == ["空"]


def test_who_is_on_leave_is_not_offered_anything() -> None:
    team = a_team()
    away = agent(team, "休假")
    agent(team, "在岗")
    people.note_leave(staff_id=away.id, first=date(2026, 3, 1), last=date(2026, 3, 5), at=AT, by=SYSTEM)
    assert offered(new_case(team)) == ["在岗"]
    assert offered(new_case(team, at=AT + timedelta(days=4))) == ["休假", "在岗"]


def test_what_nobody_takes_goes_back_to_the_team_then_up_and_only_in_service_hours() -> None:
    team = a_team()
    agent(team, "甲"), agent(team, "乙")
    a_person("supervisor", name="主管", teams=(team,))
    plans(team, order=("load",), offer_to=1, back=5, up=15)
    evening = AT + timedelta(hours=7, minutes=57)  # 17:57, three minutes before the end of service
    case = new_case(team, at=evening)
    assert offered(case) == ["甲"]
    services.pass_on_due(at=evening + 10 * MINUTE)
    assert offered(case) == ["甲"], "outside of service hours no time passes"
    morning = AT + timedelta(hours=23)  # 09:00 on the next day
    services.pass_on_due(at=morning + 2 * MINUTE)
    assert offered(case) == ["甲", "乙"]
    services.pass_on_due(at=morning + 12 * MINUTE)
    assert offered(case) == ["甲", "乙", "主管"]
    services.pass_on_due(at=morning + 60 * MINUTE)
    assert offered(case) == ["甲", "乙", "主管"]
    assert not Unclaimed.objects.exists()
    assert Notice.objects.filter(kind="unclaimed").count() == 1
    told = [say(row.name, row.data) for row in timeline(case.subject) if row.name == "cases.passed_on"]
    assert told == [
        "Nobody took it in time: it went back to the whole team",
        "Nobody took it in time: it went up to 主管",
    ]


def test_what_was_taken_does_not_go_on() -> None:
    team = a_team()
    wang = agent(team, "王芳")
    plans(team, back=5, up=15, service_hours=False)
    case = new_case(team)
    services.take(case_id=case.pk, at=AT, by=as_actor(wang))
    services.pass_on_due(at=AT + 20 * MINUTE)
    assert not Unclaimed.objects.exists()
    assert not Notice.objects.filter(kind="unclaimed").exists()


def test_a_case_that_found_nobody_is_offered_as_soon_as_somebody_is_there() -> None:
    team = a_team()
    late = a_person("agent", name="迟到", teams=(team,))
    plans(team, up=30, service_hours=False)
    case = new_case(team)
    assert offered(case) == []
    people.set_presence(staff_id=late.id, presence="on_duty", at=AT, by=SYSTEM)
    services.pass_on_due(at=AT + 2 * MINUTE)
    services.pass_on_due(at=AT + 3 * MINUTE)
    assert offered(case) == ["迟到"]


def test_whoever_takes_it_owns_it_whomever_it_was_offered_to() -> None:
    team = a_team()
    agent(team, "被选")
    other = agent(team, "另一个")
    plans(team, order=("turn",), offer_to=1)
    case = new_case(team)
    services.take(case_id=case.pk, at=AT, by=as_actor(other))
    case.refresh_from_db()
    assert case.owner_id == other.id
    assert offered(case) == []


def test_a_plan_is_versioned_and_only_who_configures_may_change_it() -> None:
    team = a_team()
    plans(team, order=("load",))
    plans(team, order=("load",))
    plans(team, order=("turn",))
    rows = timeline(("routing", team.pk))
    assert [row.data["version"] for row in rows] == [1, 2]
    assert (rows[1].before or {})["order"], (rows[1].after or {})["order"] == (["load"], ["turn"])
    with pytest.raises(Forbidden):
        save_plan(team_id=team.pk, plan=Plan(), at=AT, by=as_actor(a_person("agent")))
    with pytest.raises(Invalid) as caught:
        save_plan(team_id=team.pk, plan=Plan(skills={"repair": "nothing"}), at=AT, by=SYSTEM)
    assert set(caught.value.errors) == {"skill_repair"}


def test_the_try_takes_presence_and_load_as_they_were_then() -> None:
    team = a_team()
    early, late = agent(team, "早班"), a_person("agent", name="晚班", teams=(team,))
    first = new_case(team)
    services.take(case_id=first.pk, at=AT + MINUTE, by=as_actor(early))
    people.set_presence(staff_id=late.id, presence="on_duty", at=AT + 60 * MINUTE, by=SYSTEM)
    second = new_case(team, at=AT + 90 * MINUTE)
    people.set_presence(staff_id=early.id, presence="offline", at=AT + 120 * MINUTE, by=SYSTEM)
    found = trial(team.pk, Plan(order=("load",), offer_to=1), SYSTEM)
    assert [one.case.pk for one in found.tried] == [second.pk, first.pk]
    said = [[(line.name, line.place, line.words) for line in one.lines] for one in found.tried]
    assert said == [
        [("晚班", 1, "load 0/12"), ("早班", 0, "others came first (place 2)")],
        [("早班", 1, "load 0/12"), ("晚班", 0, "not on duty: Offline")],
    ]
    everybody = trial(team.pk, Plan(order=("load",), offer_to=1), SYSTEM, everybody=True)
    assert [one.chosen[0].name for one in everybody.tried] == ["晚班", "早班"]
    assert (found.nobody, found.first) == (0, [("晚班", 1), ("早班", 1)])


def test_the_try_asks_the_database_a_dozen_questions_however_many_cases() -> None:
    team = a_team()
    agent(team, "甲"), agent(team, "乙")
    for _n in range(12):
        a_case(team_id=team.pk)
    with CaptureQueriesContext(connection) as queries:
        trial(team.pk, Plan(order=("knows", "load", "turn"), limits={"email": 3}), SYSTEM)
    assert len(queries) <= 12


@pytest.mark.parametrize(("cases", "free", "most"), [(1, 3, 28), (10, 3, 88), (10, 8, 88)])
def test_offering_costs_the_same_for_one_and_for_eight_people(cases: int, free: int, most: int) -> None:
    """Before plans: 29, 97 and 122 statements for everything that follows an opened case or ten."""
    team = a_team()
    for number in range(free):
        agent(team, f"坐席{number}")
    new_case(team)
    for _n in range(cases):
        a_case(team_id=team.pk)
    with CaptureQueriesContext(connection) as queries:
        deliver_batch()
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    said = [one["sql"] for one in queries.captured_queries if not (one["sql"] or "BEGIN").startswith(quiet)]
    assert len(said) <= most


def boss(client: Client, team: Team) -> Staff:
    person = a_person("supervisor", name="主管", teams=(team,))
    client.force_login(person.user)
    return person


FORM = {"order_0": "knows", "order_1": "load", "offer_to": "2", "back": "5", "up": "15", "service_hours": "1"}


def test_the_page_sets_a_plan_and_tries_one(client: Client) -> None:
    team = a_team()
    agent(team, "王芳")
    new_case(team)
    boss(client, team)
    assert team.name in client.get("/settings/routing/").content.decode()
    address = f"/settings/routing/{team.pk}/"
    assert client.get(address).status_code == 200
    tried = client.post(address, {**FORM, "try": "1"}).content.decode()
    assert "王芳" in tried
    assert not timeline(("routing", team.pk))
    assert client.post(address, FORM).status_code == 302
    shown = client.get(address).content.decode()
    assert 'value="15"' in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"order_0": ""},
        {"order_1": "knows"},
        {"back": "-3"},
        {"up": "2"},
        {"limit_email": "x"},
        {"order_0": "luck"},
    ],
)
def test_a_wrong_form_is_said_and_changes_nothing(client: Client, wrong: dict[str, str]) -> None:
    team = a_team()
    boss(client, team)
    given = {**FORM, **wrong}
    if wrong == {"order_0": ""}:
        given["order_1"] = ""
    assert client.post(f"/settings/routing/{team.pk}/", given).status_code == 422
    assert not timeline(("routing", team.pk))


def test_an_agent_does_not_reach_the_settings(client: Client) -> None:
    team = a_team()
    client.force_login(agent(team, "坐席").user)
    assert client.get(f"/settings/routing/{team.pk}/").status_code == 403


@pytest.fixture
def api() -> Client:
    a_person("supervisor", username="api")
    _token, secret = create_token(username="api", scopes=["cases:read", "cases:write"], at=AT, by=SYSTEM)
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_the_api_sets_tries_and_says_to_whom_a_case_was_offered(api: Client) -> None:
    team = a_team()
    wang = agent(team, "王芳")
    address = f"/api/v1/routing/teams/{team.pk}"
    assert api.get(address).json()["version"] == 0
    body = {"order": ["turn"], "offer_to": 1, "back": 5}
    answer = api.put(address, body, content_type="application/json").json()
    assert (answer["version"], answer["order"], answer["back"]) == (1, ["turn"], 5)
    case = new_case(team)
    (found,) = api.get(f"/api/v1/cases/{case.reference}/offers").json()
    assert (found["staff_id"], found["step"]) == (wang.id, "first")
    assert (found["why"], found["words"]) == ([["turn"], ["load", 0, 12]], "轮到，手头 0/12")
    tried = api.post(f"{address}/trial", body, content_type="application/json").json()
    assert tried["tried"][0]["candidates"][0]["name"] == "王芳"
    assert api.put(address, {"order": ["luck"]}, content_type="application/json").status_code == 422
    assert api.put(address, {"offer_to": 0}, content_type="application/json").status_code == 422
    assert api.get("/api/v1/routing/teams/999999").status_code == 404


def test_an_offer_of_before_reasons_were_kept_still_reads() -> None:
    assert reasons.offered({"case_id": 1, "staff_ids": [2]}) == "Offered to free agents"
    assert say("cases.offered", {"case_id": 1, "staff_ids": [2]}) == "Offered to free agents"


def test_everything_happens_twice_and_offers_once() -> None:
    team = a_team()
    agent(team, "甲")
    case = new_case(team)
    everything_happens()
    services.offer(case_id=case.pk, at=AT, by=SYSTEM)
    assert Offer.objects.filter(case=case).count() == 1
