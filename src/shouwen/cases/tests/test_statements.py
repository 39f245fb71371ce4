"""How many statements the hot paths cost. A new one is a decision, not an accident."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.customers.testing import a_customer
from shouwen.people.testing import a_person, a_team, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture
def api() -> Client:
    furnished()
    person = a_person("agent", teams=(a_team(),), username="api")
    _token, secret = create_token(username="api", scopes=["cases:read", "cases:write"], at=AT, by=SYSTEM)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    client.person = person  # type: ignore[attr-defined]
    a_customer(email="known@example.com")
    assert client.get("/api/v1/cases").status_code == 200  # what is kept in memory is warm
    return client


def statements(queries: CaptureQueriesContext) -> list[str]:
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [one["sql"] for one in queries.captured_queries if not one["sql"].startswith(quiet)]


def _open(api: Client, email: str) -> None:
    body = {
        "subject": "铲斗开裂",
        "body": "请马上处理",
        "channel": "email",
        "customer": {"name": "李", "email": email},
    }
    answer = api.post("/api/v1/cases", body, content_type="application/json")
    assert answer.status_code == 201, answer.content


@pytest.mark.parametrize("email", ["known@example.com", "new@example.com"])
def test_opening_a_case_costs_at_most_twelve_statements(api: Client, email: str) -> None:
    _open(api, "warm@example.com")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _open(api, email)
    said = statements(queries)
    assert len(said) <= MOST, "\n".join(said)


def test_a_reply_costs_at_most_twelve_statements(api: Client) -> None:
    case = a_case(owner=api.person)  # type: ignore[attr-defined]
    body = {"text": "您好，已收到，正在安排。"}
    with CaptureQueriesContext(connection) as queries:
        answer = api.post(
            f"/api/v1/cases/{case.reference}/interactions", body, content_type="application/json"
        )
    assert answer.status_code == 201, answer.content
    said = statements(queries)
    assert len(said) <= MOST, "\n".join(said)


def test_the_list_costs_one_statement(api: Client) -> None:
    for _n in range(3):
        a_case(owner=api.person)  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as queries:
        answer = api.get("/api/v1/cases?view=mine")
    assert len(answer.json()["items"]) == 3
    assert len(statements(queries)) == 1


def test_a_search_costs_two_statements_however_many_it_finds(api: Client) -> None:
    for _n in range(5):
        a_case(owner=api.person, subject="铲斗开裂")  # type: ignore[attr-defined]
    everything_happens(AT)
    api.get("/api/v1/cases?q=铲斗")  # where the newest lie is known from now on
    with CaptureQueriesContext(connection) as queries:
        answer = api.get("/api/v1/cases?q=铲斗")
    assert len(answer.json()["items"]) == 5
    assert len(statements(queries)) == 2


def test_a_search_goes_on_page_by_page_and_repeats_and_skips_nothing(api: Client) -> None:
    made = [a_case(owner=api.person, subject="铲斗开裂").reference for _n in range(7)]  # type: ignore[attr-defined]
    everything_happens(AT)
    seen: list[str] = []
    cursor = ""
    while True:
        page = api.get(
            "/api/v1/cases", {"q": "铲斗", "limit": 3, **({"cursor": cursor} if cursor else {})}
        ).json()
        seen += [one["ref"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert seen == made[::-1]


def test_a_search_finds_for_nobody_what_does_not_exist_for_them(api: Client) -> None:
    case = a_case(subject="铲斗开裂", at=AT)
    case.restricted = True
    case.save()
    everything_happens(AT)
    assert api.get("/api/v1/cases?q=铲斗").json()["items"] == []
    case.owner_id = api.person.pk  # type: ignore[attr-defined]
    case.save()
    assert [one["ref"] for one in api.get("/api/v1/cases?q=铲斗").json()["items"]] == [case.reference]


def test_one_case_costs_five_statements_however_long_it_is(api: Client) -> None:
    from shouwen.cases import services

    case = a_case(owner=api.person)  # type: ignore[attr-defined]
    for _n in range(5):
        services.note(case_id=case.pk, text="记录", at=AT, by=as_actor(api.person))  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as queries:
        answer = api.get(f"/api/v1/cases/{case.reference}")
    assert len(answer.json()["interactions"]) == 6
    assert len(statements(queries)) <= 6


def test_answers_that_are_not_checked_value_by_value_keep_to_their_schema(api: Client) -> None:
    from shouwen.cases.api import schemas

    case = a_case(owner=api.person)  # type: ignore[attr-defined]
    whole = api.get(f"/api/v1/cases/{case.reference}").json()
    assert schemas.CaseWhole.model_validate(whole).model_dump(mode="json") == whole
    for query in ("view=all", "view=mine&limit=1", f"q={case.reference}"):
        listed = api.get(f"/api/v1/cases?{query}").json()
        assert [one["ref"] for one in listed["items"]] == [case.reference]
        assert schemas.CasesOut.model_validate(listed).model_dump(mode="json") == listed
