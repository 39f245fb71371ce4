"""The simulated day: the same seed is the same day, and the server takes all of it in."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from django.test import Client

from shouwen.channels.models import Call
from shouwen.channels.vendors.phone import simulator
from shouwen.channels.vendors.phone.testing import SECRET, a_system

SETTING = simulator.Setting(["13800000000", "13900000000"], ["400800"], ["801", "802"])
BEGINS = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def day(seed: int = 3) -> list[simulator.Sent]:
    return simulator.day(calls=40, seed=seed, begins=BEGINS, setting=SETTING)


def test_the_same_seed_is_the_same_day() -> None:
    assert day() == day()
    assert day() != day(4)


@pytest.mark.django_db
def test_a_day_in_disorder_gives_the_figures_of_the_same_day_in_order(client: Client) -> None:
    system = a_system()

    def server(request: httpx.Request) -> httpx.Response:
        headers: dict[str, Any] = {name: request.headers[name] for name in request.headers}
        answer = client.post(
            request.url.path, data=request.content, content_type="application/json", headers=headers
        )
        return httpx.Response(answer.status_code)

    def played(mark: str, sent: list[simulator.Sent]) -> list[tuple[Any, ...]]:
        wire = httpx.Client(transport=httpx.MockTransport(server))
        address = f"http://testserver/hooks/phone/{system.key}/"
        answers = simulator.play(
            sent, address=address, secret=SECRET, clock=lambda: datetime.now(UTC), client=wire
        )
        assert answers == {200: len(sent)}
        rows = Call.objects.filter(external_id__startswith=mark).order_by("external_id")
        return list(
            rows.values_list("state", "wait", "talk", "hold", "missed", "recording", "transferred_to")
        )

    sent = day()
    whole = played("sim-3", sent)
    assert len(whole) == 40
    again = [
        simulator.Sent(s.leaves, {**s.body, "call": "o" + s.body["call"], "id": "o" + s.body["id"]})
        for s in sent
    ]
    assert played("osim-3", sorted(again, key=lambda s: s.body["at"])) == whole
    assert {True, False} == {row[4] for row in whole}
