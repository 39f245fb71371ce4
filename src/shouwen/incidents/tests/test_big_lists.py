"""Pages of incidents and problems ask the same questions for three cases as for twenty thousand."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shouwen.cases import queries as cases
from shouwen.incidents import queries, services
from shouwen.incidents.models import Problem
from shouwen.incidents.testing import affected, an_incident
from shouwen.people.models import Staff
from shouwen.people.testing import as_actor
from shouwen.platform.access import SYSTEM, Actor, now

MOST_INCIDENT, MOST_PROBLEM, MOST_LIST = 17, 12, 8


def statements(client: Client, address: str) -> int:
    client.get(address)  # what is kept in memory is there after it
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def a_problem(lead: Actor, numbers: range) -> Problem:
    made = [affected(n, at=now() - timedelta(days=1)) for n in numbers]
    found = services.record_problem(
        title=f"断网{numbers.start}", case_ids=[one.pk for one in made], at=now(), by=lead
    )
    services.say_whys(problem_id=found.pk, whys=["接头进水"], at=now(), by=lead)
    return services.fix(
        problem_id=found.pk, fix="换接头", fixed_at=now() - timedelta(days=30), at=now(), by=lead
    )


def test_an_incident_with_more_cases_costs_no_more_statements(leading: Client, lead: Actor) -> None:
    few = an_incident(*[affected(n) for n in range(3)], by=lead)
    many = an_incident(*[affected(n) for n in range(10, 22)], by=lead, title="另一处")
    pages = [reverse("incidents:one", args=[one.pk]) for one in (few, many)]
    leading.get(pages[0])  # what a process keeps from page to page is read
    costs = [statements(leading, page) for page in pages]
    assert costs[0] == costs[1] <= MOST_INCIDENT
    assert statements(leading, reverse("incidents:list")) <= MOST_LIST


def test_what_happened_to_an_incident_is_not_pushed_out_by_its_many_cases(lead: Actor) -> None:
    incident = an_incident(*[affected(n) for n in range(70)], by=lead)
    steps = [step.text for step in queries.incident_page(incident.pk, lead).steps]
    assert len(steps) == 1  # that it was opened


def test_a_problem_with_more_cases_costs_no_more_statements(leading: Client, lead: Actor) -> None:
    few, many = a_problem(lead, range(2)), a_problem(lead, range(10, 20))
    pages = [reverse("incidents:problem", args=[one.pk]) for one in (few, many)]
    leading.get(pages[0])  # what a process keeps from page to page is read
    costs = [statements(leading, page) for page in pages]
    assert costs[0] == costs[1] <= MOST_PROBLEM
    assert statements(leading, reverse("incidents:problems")) <= MOST_LIST


def test_the_watch_counts_every_period_in_one_statement(lead: Actor, django_assert_num_queries: Any) -> None:
    problem = a_problem(lead, range(4))
    with django_assert_num_queries(1):
        watch = queries.watch_of(problem, now())
    assert watch is not None
    assert [period.count for period in watch.periods] == [0] * 10 + [4]


def test_who_sees_every_case_is_not_asked_about_each(lead: Actor, agent: Staff) -> None:
    """A condition that always holds is none: as a subquery SQLite walks through all cases for it."""
    assert not cases.in_sight(SYSTEM)
    assert not cases.in_sight(lead)
    assert "restricted" in str(cases.in_sight(as_actor(agent)))
    assert "case__in" in str(cases.in_sight(Actor()))
