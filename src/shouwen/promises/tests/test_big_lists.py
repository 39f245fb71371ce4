"""What a ledger of a million promises must not do: look through all of them for a page, a badge or a figure."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from shouwen.people.testing import a_department, a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM, Actor
from shouwen.promises import queries, services
from shouwen.promises.queries.ledger import Filter
from shouwen.promises.testing import AT, a_promise, forget

pytestmark = pytest.mark.django_db
SINCE = AT - timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


@pytest.fixture
def agent() -> Actor:
    return as_actor(a_person("agent", teams=(a_team(),), department=a_department()))


def plan(rows: QuerySet[Any]) -> str:
    if connection.vendor != "sqlite":
        pytest.skip("of a handful of rows PostgreSQL reads the table")
    return str(rows.explain())


def test_the_badge_on_every_page_reads_what_this_person_owes(agent: Actor) -> None:
    asked = queries.pressing(agent, AT).asked[0]
    assert "promises_owed_deliverer" in plan(asked[0].ask(agent.user_id, AT))


@pytest.mark.parametrize(
    ("chosen", "index"),
    [
        (Filter(whose="all", owed=True), "promises_owed_all"),
        (Filter(whose="team", owed=True), "promises_owed_team"),
        (Filter(whose="mine"), "promises_deliverer"),
        (Filter(whose="team"), "promises_of_team"),
        (Filter(whose="all", without="team"), "promises_of_team"),
    ],
)
def test_a_list_is_read_from_its_index(agent: Actor, chosen: Filter, index: str) -> None:
    by = SYSTEM if chosen.whose == "all" else agent
    assert index in plan(queries.ledger(by, chosen).order_by("due_at", "id")[:51])


def test_a_department_without_people_has_no_promises_and_nothing_is_looked_through(
    django_assert_num_queries: Any,
) -> None:
    empty = a_department()
    with django_assert_num_queries(1):  # who works there
        assert list(queries.ledger(SYSTEM, Filter(whose="all", department_id=empty.pk))) == []


def test_all_figures_of_the_rates_come_from_one_statement(
    agent: Actor, django_assert_num_queries: Any
) -> None:
    kept, late = a_promise("给您回电", by=agent), a_promise("寄出发票", minutes=5, by=agent)
    services.keep(promise_id=kept.pk, at=AT + timedelta(minutes=3), by=SYSTEM)
    services.tick(AT + timedelta(minutes=6))
    services.explain_break(
        promise_id=late.pk, cause="capacity", reason="人手不够", at=AT + timedelta(minutes=7), by=SYSTEM
    )
    at = AT + timedelta(hours=1)
    with django_assert_num_queries(1):
        rows = queries.settled_in(30, at, SYSTEM)
    with django_assert_num_queries(0):
        work = queries.keep_rate(by="work", since=SINCE, actor=SYSTEM, rows=rows)
        whole, causes = (
            queries.overall(SINCE, SYSTEM, rows),
            queries.causes(since=SINCE, actor=SYSTEM, rows=rows),
        )
    assert sorted(rate.key for rate in work if rate.kept.n) == ["call_back", "deliver"]
    assert (whole.kept.successes, whole.kept.n) == (1, 2)
    assert [(cause.code, cause.share.successes) for cause in causes] == [("capacity", 1)]


def test_a_year_is_counted_once_in_ten_minutes_for_all_who_see_the_same(
    agent: Actor, django_assert_num_queries: Any
) -> None:
    other = as_actor(a_person("agent"))
    kept = a_promise("给您回电", by=agent)
    services.keep(promise_id=kept.pk, at=AT + timedelta(minutes=3), by=SYSTEM)
    at = AT + timedelta(hours=1)
    with django_assert_num_queries(1):
        first = queries.settled_in(365, at, SYSTEM)
        assert queries.settled_in(365, at, SYSTEM) == first
    assert sum(row.n for row in first) == 1
    assert queries.settled_in(365, at, other) == []


def test_what_an_incident_promised_to_many_is_one_card_and_others_are_seen(
    agent: Actor, django_assert_num_queries: Any
) -> None:
    for n in range(1, 8):
        a_promise("恢复正常", minutes=30, subject=("contact", n), by=agent)
    other = a_promise("寄出发票", minutes=50, by=agent)
    with django_assert_num_queries(3):
        board = queries.board(SYSTEM, Filter(whose="all"), AT, AT + timedelta(days=1))
    assert [row.text for row in board.near] == ["恢复正常", "寄出发票"]
    assert (list(board.alike.values()), board.number(board.near), board.near[1]) == ([7], 8, other)


def test_a_few_alike_stay_cards_of_their_own(agent: Actor, django_assert_num_queries: Any) -> None:
    for n in range(1, 6):
        a_promise("明天上午回电", minutes=30, subject=("contact", n), by=agent)
    with django_assert_num_queries(2):
        board = queries.board(SYSTEM, Filter(whose="all"), AT, AT + timedelta(days=1))
    assert (len(board.near), board.alike) == (5, {})
