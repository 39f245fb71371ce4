"""What each list costs: the same few statements however long it is, and rows found by an index in the list's order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.complaints import queries, services
from shouwen.complaints.models import LibraryEntry
from shouwen.complaints.queries import library
from shouwen.complaints.testing import AT, a_complaint, a_person, an_option, as_actor, furnished
from shouwen.platform.access import Actor
from shouwen.platform.web import paginate

pytestmark = pytest.mark.django_db
NEWEST = ("-opened_at", "-id")


@pytest.fixture
def boss() -> Actor:
    furnished()
    return as_actor(a_person("supervisor", "chief"))


def lists(boss: Actor) -> dict[str, tuple[int, Callable[[], Any]]]:
    """How many statements each list takes, and how it is asked for."""

    def complaints(**chosen: Any) -> Callable[[], Any]:
        rows = queries.listed(boss, queries.Filter(**chosen), AT)
        return lambda: paginate(rows, order=NEWEST, cursor=None, limit=50).items

    ledger, entries = queries.ledger(), library.listed(boss, library.EntryFilter())
    return {
        "in work": (1, complaints()),
        "all": (1, complaints(state="")),
        "a stage": (1, complaints(stage="facts")),
        "late": (1, complaints(overdue=True)),
        "mine": (1, complaints(whose="mine")),
        "behind a figure": (1, complaints(state="", figure="all", since=AT - timedelta(days=90))),
        "ledger": (1, lambda: paginate(ledger, order=queries.LEDGER_ORDER, cursor=None, limit=50).items),
        "library": (1, lambda: paginate(entries, order=library.ORDER, cursor=None, limit=30).items),
        "questions": (
            4,
            lambda: (
                paginate(
                    queries.waiting_for(boss, AT), order=queries.WAITING_ORDER, cursor=None, limit=50
                ).items
            ),
        ),
    }


def drawn(rows: Any) -> int:
    """What a row of a list shows costs nothing more."""
    for one in rows:
        case = getattr(one, "case", None)
        if case is not None:
            assert case.customer.name
        if hasattr(one, "approval_id"):
            assert one.approval.title
    return len(rows)


def filled(boss: Actor, count: int) -> None:
    agent = as_actor(a_person("agent"))
    for number in range(count):
        made = a_complaint(at=AT + timedelta(minutes=number))
        option = an_option(made, agent, amount=20_000)
        services.grant_at_once(complaint_id=made.pk, option_id=option.pk, at=AT, by=agent)
        dear = an_option(made, agent, amount=100_000)
        services.ask_approval(complaint_id=made.pk, option_id=dear.pk, at=AT, by=agent)
        LibraryEntry.objects.create(title_zh=f"案例{number}", state="published")


def test_each_list_takes_its_few_statements_however_long_it_is(boss: Actor) -> None:
    filled(boss, 2)
    short = cost_of(boss)
    filled(boss, 4)
    assert cost_of(boss) == short == {name: count for name, (count, _ask) in lists(boss).items()}


def cost_of(boss: Actor) -> dict[str, int]:
    found = {}
    for name, (_count, ask) in lists(boss).items():
        with CaptureQueriesContext(connection) as asked:
            drawn(ask())
        found[name] = len(asked)
    return found


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table is read whole on PostgreSQL")
@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("in work", "complaints_state"),
        ("all", "complaints_newest"),
        ("a stage", "complaints_stage"),
        ("behind a figure", "complaints_newest"),
        ("ledger", "complaints_ledger"),
    ],
)
def test_a_page_of_the_list_comes_from_its_index_without_sorting(boss: Actor, name: str, index: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        lists(boss)[name][1]()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = "\n".join(row[3] for row in cursor.fetchall())
    assert index in plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
