"""Who may promise what, how soon, and whether anybody is free then."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token
from shouwen.promises import queries, services
from shouwen.promises.rules.authority import Allowance, amount_in, objection
from shouwen.promises.rules.promising import check_reach
from shouwen.promises.testing import AT, a_promise, forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def minutes(count: float) -> datetime:
    return AT + timedelta(minutes=count)


def stated(work: str = "refund", **values: object) -> None:
    services.set_promise_kind(work=work, at=AT, by=SYSTEM, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("三天内给您退款200元", 200),
        ("退您 1,280.50 元，另补偿50元", "1280.50"),
        ("We refund $35.99 by Friday", "35.99"),
        ("赔付2万元", 20000),
        ("补偿￥88", 88),
        ("10分钟内给您回电", None),
        ("订单 20260301 今天退款", None),
    ],
)
def test_a_sum_of_money_is_read_from_the_words(text: str, amount: object) -> None:
    found = amount_in(text)
    assert found == (Decimal(str(amount)) if amount is not None else None)


LIMITED = Allowance("refund", restricted=True, roles={"agent": Decimal(200), "chief": None})


@pytest.mark.parametrize(
    ("roles", "text", "code"),
    [
        (["agent"], "退款 200 元", None),
        (["agent"], "退款 200.01 元", "limit"),
        (["agent"], "明天给您退款", "amount"),
        (["agent", "chief"], "退款 9000 元", None),
        (["desk"], "退款 10 元", "authority"),
        ([], "退款 10 元", "authority"),
    ],
)
def test_a_role_promises_up_to_its_sum(roles: list[str], text: str, code: str | None) -> None:
    found = objection(LIMITED, roles, text)
    assert (found.code if found else None) == code


def test_a_doubt_is_said_with_its_reason_and_a_strict_kind_refuses() -> None:
    agent = as_actor(a_person("agent"))
    stated(restricted=True, roles={"supervisor": None, "agent": Decimal(100)})
    said = queries.doubts(text="稍后给您退款", due_at=minutes(60), at=AT, by=agent)
    assert [(doubt.code, doubt.refuses) for doubt in said] == [("amount", False)]
    assert "100" in said[0].sentence
    a_promise("稍后给您退款", by=agent, minutes=60)  # a doubt is not a refusal
    stated(restricted=True, strict=True, roles={"supervisor": None, "agent": Decimal(100)})
    assert queries.advice(text="退款300元", due_at=minutes(60), at=AT, by=agent).refuses
    with pytest.raises(Invalid) as fault:
        a_promise("退款300元", by=agent, minutes=60)
    assert fault.value.field == "text"
    a_promise("退款300元", by=as_actor(a_person("supervisor")), minutes=60)
    with pytest.raises(Invalid) as late:
        a_promise("退款80元", by=agent, minutes=60 * 13)  # 23:00
    assert late.value.field == "due_at"


def test_a_sum_beyond_ones_limit_is_promised_by_no_way() -> None:
    agent = as_actor(a_person("agent"))
    stated(restricted=True, roles={"supervisor": None, "agent": Decimal(100)})
    said = queries.doubts(text="退款300元", due_at=minutes(60), at=AT, by=agent)
    assert [(doubt.code, doubt.refuses) for doubt in said] == [("limit", True)]
    with pytest.raises(Invalid) as fault:
        a_promise("退款300元", by=agent, minutes=60)
    assert fault.value.field == "text"
    small = a_promise("退款80元", by=agent, minutes=60)
    with pytest.raises(Invalid) as fault:
        services.renegotiate(
            promise_id=small.pk,
            due_at=minutes(90),
            text="退款800元",
            reason="x",
            customer_told_at=AT,
            at=AT,
            by=agent,
        )
    assert fault.value.field == "text"
    a_promise("一小时内答复您300元退款的结果", by=agent, minutes=60)  # an answer about money is no money


def test_each_kind_has_its_own_shortest_time() -> None:
    stated("visit", minimum_lead_minutes=120)
    with pytest.raises(Invalid) as fault:
        a_promise("一小时后上门", minutes=60)
    assert fault.value.field == "due_at"
    a_promise("一小时内给您回电", minutes=60)
    found = queries.doubts(text="一小时后上门", due_at=minutes(60), at=AT, by=SYSTEM)
    assert [(doubt.code, doubt.refuses, doubt.suggestion) for doubt in found] == [
        ("lead", True, minutes(120))
    ]


def test_the_free_people_of_an_hour_are_counted() -> None:
    team = a_team("热线一组")
    people = [a_person("agent", teams=(team,), presence="on_duty") for _ in range(3)]
    me = as_actor(people[0])
    due = minutes(40)

    def free() -> int:
        found = queries.advice(text="回电", due_at=due, team_id=team.pk, at=AT, by=me).stock
        assert found is not None
        assert (found.team, found.all_) == ("热线一组", 3)
        return found.free

    assert free() == 3
    a_promise(by=as_actor(people[1]), minutes=60)
    a_promise(by=as_actor(people[2]), minutes=120)  # more than half an hour away
    assert free() == 2
    a_promise(by=as_actor(people[2]), minutes=30)
    a_promise(by=me, minutes=45)
    codes = [d.code for d in queries.advice(text="回电", due_at=due, team_id=team.pk, at=AT, by=me).doubts]
    assert codes == ["busy", "people"]


def test_who_is_away_is_not_free_soon_but_may_be_later() -> None:
    team = a_team()
    me = as_actor(a_person("agent", teams=(team,)))
    soon = queries.stock(team.pk, minutes(20), AT)
    later = queries.stock(team.pk, minutes(60 * 5), AT)
    assert (soon.free, later.free, me.team_ids) == (0, 1, {team.pk})


def test_too_little_history_says_how_much_there_is() -> None:
    for count in range(4):
        made = a_promise(minutes=60)
        services.keep(promise_id=made.pk, at=minutes(count + 1), by=SYSTEM)
    found = queries.advice(text="给您回电", due_at=minutes(60), at=AT, by=SYSTEM)
    assert (found.proposal, found.n, found.fewest) == (None, 4, 10)


def test_late_and_renegotiated_ones_count_from_their_first_time() -> None:
    for _ in range(9):
        made = a_promise(minutes=60)
        services.keep(promise_id=made.pk, at=minutes(10), by=SYSTEM)
    first = a_promise(minutes=60)
    new = services.renegotiate(
        promise_id=first.pk, due_at=minutes(100), reason="x", at=minutes(50), by=SYSTEM
    )
    services.keep(promise_id=new.pk, at=minutes(110), by=SYSTEM)  # late: delivered after 110 minutes
    found, n = queries.history_for("call_back")
    assert found is not None
    assert (found.seconds, n) == (600, 10)
    late = a_promise(minutes=20)
    services.keep(promise_id=late.pk, at=minutes(100), by=SYSTEM)
    more = a_promise(minutes=20)
    services.keep(promise_id=more.pk, at=minutes(100), by=SYSTEM)
    queries.forget_leeway()
    found, n = queries.history_for("call_back")
    assert found is not None
    assert (found.seconds, n) == (6000, 12)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"work": "dance"}, "work"),
        ({"minimum_lead_minutes": 99_999}, "minimum_lead_minutes"),
        ({"roles": {"agent": Decimal(0)}}, "most_agent"),
        ({"roles": {"king": None}}, "roles"),
    ],
)
def test_a_wrong_rule_is_refused_by_its_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        stated(**values)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_an_agent_does_not_change_who_may_promise() -> None:
    with pytest.raises(Forbidden):
        services.set_promise_kind(work="visit", at=AT, by=as_actor(a_person("agent")))


def test_a_chief_sets_it_on_its_page() -> None:
    chief = a_person("chief")
    client = Client()
    client.force_login(chief.user)
    assert client.get("/settings/promise-kinds/").status_code == 200
    address = "/settings/promise-kinds/refund/"
    assert client.get("/settings/promise-kinds/dance/").status_code == 404
    given = {"minimum_lead_minutes": "60", "restricted": "1", "may_agent": "1", "most_agent": "200"}
    assert client.post(address, {**given, "most_agent": "-5"}).status_code == 422
    assert client.post(address, {**given, "most_agent": "NaN"}).status_code == 422
    assert client.post(address, given).status_code == 302
    held = queries.promise_kind("refund").allowance
    assert (held.lead, held.roles["agent"]) == (timedelta(hours=1), Decimal(200))
    assert "200" in client.get(address).text
    client.logout()
    client.force_login(a_person("agent").user)
    assert client.get(address).status_code == 403


def test_the_api_says_what_speaks_against_a_promise() -> None:
    agent = a_person("agent")
    stated(restricted=True, strict=True, roles={"chief": None})
    _token, secret = create_token(
        username=agent.user.username, scopes=("promises:read",), at=now(), by=SYSTEM
    )
    body = {"text": "三天内退款", "due_at": (now() + timedelta(days=3)).isoformat()}
    answer = Client().post(
        "/api/v1/promises/advice",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {secret}"},
    )
    found = answer.json()
    assert (answer.status_code, found["work"], found["refuses"], found["n"]) == (200, "refund", True, 0)
    assert "authority" in [doubt["code"] for doubt in found["doubts"]]


@pytest.mark.parametrize("due_at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-30T10:00:00"])
def test_advice_about_a_time_nobody_can_mean_is_refused_at_its_field(due_at: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_reach(datetime.fromisoformat(due_at), datetime(2026, 11, 22, 8, tzinfo=UTC))
    assert list(refused.value.errors) == ["due_at"]
