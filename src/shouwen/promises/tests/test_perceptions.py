"""Perception minus expectation over many answers, each with how many."""

from datetime import timedelta

import pytest
from django.test import Client

from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM, now
from shouwen.promises import queries, services
from shouwen.promises.models import Perception
from shouwen.promises.testing import AT, an_item, forget

pytestmark = pytest.mark.django_db
SINCE = queries.Wanted(AT - timedelta(days=1))


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def answered(number: int, perceived: dict[str, int], **values: object) -> Perception | None:
    given = {"customer_id": None, "item_id": None, "team_id": None, "at": AT, **values}
    return services.record_perception(
        subject=("contact", number),
        answer_id=number,
        perceived=perceived,
        **given,  # type: ignore[arg-type]
    )


def test_each_dimension_has_its_means_and_how_many() -> None:
    services.record_expectation(
        subject=("contact", 1),
        customer_id=None,
        text="快",
        sort="reasonable",
        levels={"timeliness": 5},
        at=AT,
        by=SYSTEM,
    )
    answered(1, {"timeliness": 3, "attitude": 5})  # expected 5 as recorded, and 4 as usual
    answered(2, {"timeliness": 4})
    gaps = {gap.dimension: gap for gap in queries.by_dimension(SYSTEM, SINCE)}
    time = gaps["timeliness"]
    assert (time.n, time.perceived, time.expected, time.difference) == (2, 3.5, 4.5, -1.0)
    assert (time.below.successes, gaps["attitude"].difference, gaps["attitude"].n) == (1, 1.0, 1)
    # Wilson, 1 of 2 at 95 %
    assert (round(time.below.low, 4), round(time.below.high, 4)) == (0.0945, 0.9055)


def test_the_same_answer_counts_once_and_silence_not_at_all() -> None:
    answered(1, {"attitude": 5})
    answered(1, {"attitude": 1})
    assert answered(2, {}) is None
    assert queries.overall_satisfaction(SYSTEM, SINCE)["n"] == 1


def test_groups_stand_by_how_many_answers_they_have() -> None:
    item = an_item("上门维修")
    for number, level in enumerate((5, 5, 2), start=1):
        answered(number, {"attitude": level}, item_id=item.pk)
    answered(4, {"attitude": 4})
    found = queries.grouped(SYSTEM, SINCE, "item")
    assert [(group.name, group.n, round(group.mean, 3), group.below.successes) for group in found] == [
        ("上门维修", 3, 0.0, 1),
        ("", 1, 0.0, 0),
    ]


def test_who_sees_a_team_sees_its_answers_only() -> None:
    mine, other = a_team(), a_team()
    answered(1, {"attitude": 5}, team_id=mine.pk)
    answered(2, {"attitude": 1}, team_id=other.pk)
    me = as_actor(a_person("agent", teams=(mine,)))
    assert queries.overall_satisfaction(me, SINCE)["n"] == 1
    assert queries.overall_satisfaction(as_actor(a_person("chief")), SINCE)["n"] == 2


@pytest.mark.parametrize("by", ["item", "team", "customer"])
def test_the_page_leads_from_a_figure_to_its_answers(by: str) -> None:
    item, team = an_item("上门维修"), a_team("热线")
    at = now()
    answered(1, {"attitude": 2, "expertise": 5}, item_id=item.pk, team_id=team.pk, customer_id=1, at=at)
    key = {"item": item.pk, "team": team.pk, "customer": 1}[by]
    client = Client()
    client.force_login(a_person("chief").user)
    page = client.get(f"/promises/satisfaction/?by={by}").text
    assert f"?by={by}&amp;days=90&key={key}" in page
    assert "contact 1" in client.get(f"/promises/satisfaction/?by={by}&key={key}").text
    assert client.get("/promises/satisfaction/?by=moon").status_code == 422
    assert client.get(f"/promises/satisfaction/?by={by}&key=999").status_code == 200


def test_what_fell_short_leads_to_its_answers() -> None:
    at = now()
    answered(1, {"attitude": 2}, at=at)
    answered(2, {"attitude": 5}, at=at)
    client = Client()
    client.force_login(a_person("chief").user)
    assert "state=below" in client.get("/promises/satisfaction/").text
    short = client.get("/promises/satisfaction/?state=below").text
    assert "contact 1" in short
    assert "contact 2" not in short
    assert "contact 2" in client.get("/promises/satisfaction/?state=above").text
    assert client.get("/promises/satisfaction/?state=sideways").status_code == 422


def test_a_dimension_leads_to_the_answers_behind_its_figures() -> None:
    at = now()
    answered(1, {"timeliness": 3, "attitude": 5}, at=at)  # the usual expectation is 4
    answered(2, {"timeliness": 5}, at=at)
    answered(3, {"attitude": 3}, at=at)
    client = Client()
    client.force_login(a_person("chief").user)
    page = client.get("/promises/satisfaction/").text
    assert "&dimension=timeliness&short=1" in page
    spoken = client.get("/promises/satisfaction/?dimension=timeliness").text
    assert [f"contact {number}" in spoken for number in (1, 2, 3)] == [True, True, False]
    short = client.get("/promises/satisfaction/?dimension=timeliness&short=1").text
    assert [f"contact {number}" in short for number in (1, 2, 3)] == [True, False, False]
    assert client.get("/promises/satisfaction/?dimension=weather").status_code == 422


def test_answers_without_an_item_are_named_too() -> None:
    at = now()
    answered(1, {"attitude": 2}, item_id=an_item("上门维修").pk, at=at)
    answered(2, {"attitude": 5}, at=at)
    client = Client()
    client.force_login(a_person("chief").user)
    assert "&none=1" in client.get("/promises/satisfaction/").text
    rest = client.get("/promises/satisfaction/?none=1").text
    assert ("contact 2" in rest, "contact 1" in rest) == (True, False)
