"""The organisation's settings: typed, limited, and read without asking the database each time."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.platform.access import ANONYMOUS, SYSTEM
from shouwen.platform.accounts import services as accounts
from shouwen.platform.preferences import get, registry, services, setting
from shouwen.platform.preferences.models import Preference

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_settings", dict(registry.known()))
    setting("test.days", 5, label="Days", minimum=1, maximum=30)
    setting("test.share", 0.5, label="Share", minimum=0)
    setting("test.on", True, label="On")
    setting("test.way", "a", label="Way", choices=(("a", "A"), ("b", "B")))
    setting("test.word", "", label="Word")
    registry.forget()
    yield
    registry.forget()


def change(**values: Any) -> None:
    services.change(values={f"test.{name}": value for name, value in values.items()}, at=AT, by=SYSTEM)
    registry.forget()


def test_a_setting_has_its_default_until_somebody_chooses() -> None:
    assert get("test.days") == 5
    change(days="7", share="0.25", on="", way="b", word=" 你好 ")
    assert [get(f"test.{name}") for name in ("days", "share", "on", "way", "word")] == [
        7,
        0.25,
        False,
        "b",
        "你好",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("days", "0"), ("days", "31"), ("days", "x"), ("days", ""), ("days", "9" * 400), ("share", "nan"),
     ("share", "inf"), ("share", "-1"), ("share", "1e300"), ("way", "c"), ("word", "x" * 2001)],
)  # fmt: skip
def test_what_can_not_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(Invalid) as caught:
        change(**{name: value})
    assert set(caught.value.errors) == {f"test.{name}"}
    assert not Preference.objects.exists()


def test_all_complaints_come_at_once_and_nothing_is_changed() -> None:
    with pytest.raises(Invalid) as caught:
        change(days="x", way="c", word="good")
    assert set(caught.value.errors) == {"test.days", "test.way"}
    assert get("test.word") == ""


def test_an_unknown_setting_and_an_unknown_person_are_refused() -> None:
    with pytest.raises(Invalid):
        change(unknown="1")
    with pytest.raises(Forbidden):
        services.change(values={"test.days": 6}, at=AT, by=ANONYMOUS)


def test_the_database_is_asked_once_for_many_questions(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        for _ in range(50):
            get("test.days")


def test_an_administrator_changes_them_on_one_page_and_mistakes_keep_what_was_typed() -> None:
    boss = accounts.create_user(
        username="boss", name="管理员", password=None, roles=["administrator"], at=AT, by=SYSTEM
    )
    client = Client()
    client.force_login(boss)
    everything = {code: entry.default for code, entry in registry.known().items() if entry.kind != "bool"}
    page = client.get("/settings/organisation/")
    assert page.status_code == 200
    wrong = client.post("/settings/organisation/", {**everything, "test.days": "77", "test.word": "仍在这里"})
    assert wrong.status_code == 422
    assert 'value="77"' in wrong.content.decode()
    assert "仍在这里" in wrong.content.decode()
    assert client.post("/settings/organisation/", {**everything, "test.days": "9"}).status_code == 302
    registry.forget()
    assert get("test.days") == 9


def test_an_agent_may_not_open_them() -> None:
    agent = accounts.create_user(username="li", name="李", password=None, roles=["agent"], at=AT, by=SYSTEM)
    client = Client()
    client.force_login(agent)
    assert client.get("/settings/organisation/").status_code == 403
