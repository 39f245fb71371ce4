"""When a clock breaches at this pace, and what every combination of kind and channel gets."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.apikit.services import create_token
from shouwen.promises import queries, services
from shouwen.promises.testing import AT, a_standard, an_item, forget

pytestmark = pytest.mark.django_db
HOUR = 3600


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def minutes(count: float) -> datetime:
    return AT + timedelta(minutes=count)


def settled(count: int, took: int) -> None:
    """So many tasks, each met after `took` minutes."""
    for number in range(count):
        subject = ("task", 100 + number)
        services.start_clock(subject=subject, target_seconds=HOUR, at=AT)
        services.meet(subject=subject, sort="task", at=minutes(took))


def test_at_the_usual_pace_it_breaches() -> None:
    settled(10, 50)
    clock = services.start_clock(subject=("task", 1), target_seconds=40 * 60, at=AT)
    found = queries.forecast(clock, minutes(5))
    assert found is not None
    assert (found.breaches_at, found.likely_at, found.n, found.late) == (minutes(40), minutes(50), 10, True)
    longer = services.start_clock(subject=("task", 2), target_seconds=HOUR, at=AT)
    assert not queries.forecast(longer, minutes(5)).late  # type: ignore[union-attr]


def test_too_few_settled_ones_tell_no_pace() -> None:
    settled(9, 50)
    clock = services.start_clock(subject=("task", 1), target_seconds=HOUR, at=AT)
    found = queries.forecast(clock, minutes(5))
    assert found is not None
    assert (found.likely_at, found.n, found.breaches_at) == (None, 9, minutes(60))


def test_a_standing_clock_says_when_it_would_breach_if_it_ran_on() -> None:
    clock = services.start_clock(subject=("task", 1), target_seconds=HOUR, at=AT)
    services.pause(subject=("task", 1), reason="waiting", at=minutes(10))
    clock.refresh_from_db()
    found = queries.forecast(clock, minutes(40))
    assert found is not None
    assert (found.standing, found.breaches_at) == (True, minutes(90))


def test_a_settled_clock_has_no_forecast() -> None:
    clock = services.start_clock(subject=("task", 1), target_seconds=HOUR, at=AT)
    services.meet(subject=("task", 1), sort="task", at=minutes(5))
    clock.refresh_from_db()
    assert queries.forecast(clock, minutes(6)) is None


def test_every_combination_gets_the_target_in_force_at_that_moment() -> None:
    item = an_item()
    a_standard(case_kind="complaint", first_reply_seconds=600)
    a_standard(case_kind="complaint", channel="phone", first_reply_seconds=300)
    a_standard(case_kind="complaint", first_reply_seconds=1200, at=minutes(60))
    a_standard(tier="A", first_reply_seconds=60)
    a_standard(item_id=item.pk, solution_seconds=HOUR)

    def seen(kind: str, channel: str, tier: str = "", item_id: int | None = None, count: int = 1) -> object:
        (row,) = queries.matrix(
            kinds=[kind], channels=[channel], tier=tier, item_id=item_id, at=minutes(count)
        )
        return {sort: target.seconds for sort, target in row.cells[0].items()}

    general = seen("praise", "web")
    assert seen("complaint", "email") == {**general, "first_reply": 600}  # type: ignore[dict-item]
    assert seen("complaint", "phone") == {**general, "first_reply": 300}  # type: ignore[dict-item]
    assert seen("complaint", "email", count=61) == {**general, "first_reply": 1200}  # type: ignore[dict-item]
    assert seen("praise", "web", tier="A") == {**general, "first_reply": 60}  # type: ignore[dict-item]
    assert seen("praise", "web", item_id=item.pk) == {**general, "solution": HOUR}  # type: ignore[dict-item]


def test_the_pages_and_the_api_explain_a_clock() -> None:
    chief = a_person("chief")
    clock = services.start_clock(subject=("task", 1), target_seconds=HOUR, at=now())
    client = Client()
    client.force_login(chief.user)
    assert "预测" in client.get(f"/promises/clocks/{clock.pk}/").text
    table = "/settings/service-standards/by-kind/"
    assert client.get(f"{table}?tier=A&on=2026-03-02T10:00").status_code == 200
    assert client.get(f"{table}?tier=Z").status_code == 422
    assert client.get(f"{table}?on=soon").status_code == 422
    _token, secret = create_token(
        username=chief.user.username, scopes=("promises:read",), at=now(), by=SYSTEM
    )
    headers = {"Authorization": f"Bearer {secret}"}
    found = client.get(f"/api/v1/promises/clocks/{clock.pk}", headers=headers).json()
    assert (found["target_seconds"], found["forecast"]["n"], bool(found["steps"])) == (HOUR, 0, True)
    assert client.get("/api/v1/promises/clocks/999", headers=headers).status_code == 404


def test_the_api_lists_statutory_limits_with_their_days() -> None:
    chief = a_person("chief")
    services.start_statutory(subject=("contact", 5), code="cn-finance", received_at=AT, at=AT, by=SYSTEM)
    _token, secret = create_token(
        username=chief.user.username, scopes=("promises:read",), at=now(), by=SYSTEM
    )
    headers = {"Authorization": f"Bearer {secret}"}
    (found,) = Client().get("/api/v1/promises/statutory/contact/5", headers=headers).json()
    assert (found["last_day"], found["days"][-1]["last_number"]) == ("2026-03-17", 15)
    assert Client().get("/api/v1/promises/statutory/contact/0", headers=headers).status_code == 422
