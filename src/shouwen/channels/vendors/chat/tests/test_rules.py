"""What a chat may be set to, what a visitor may send, who waits how long."""

from datetime import datetime, timedelta

import pytest

from shouwen.channels.vendors.chat import rules
from shouwen.kernel.errors import Invalid, Refused

AT = datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001  local time of day
VALUES = {"sites": "https://shop.example.com", "at_once": 3}


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Shop.Example.com/a/b?c", "https://shop.example.com"),
        ("https://shop.example.com:443", "https://shop.example.com"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("shop.example.com", ""),
        ("javascript:alert(1)", ""),
        ("https://*.example.com", ""),
        ("https://user@example.com", ""),
        ("https://example.com:99999", ""),
        ("null", ""),
    ],
)
def test_a_site_is_known_by_its_origin_alone(address: str, origin: str) -> None:
    assert rules.origin_of(address) == origin


def test_settings_name_every_wrong_field_at_once() -> None:
    wrong = {**VALUES, "sites": "shop", "colour": "red", "from": "18:00", "to": "9:00", "at_once": 0}
    with pytest.raises(Invalid) as caught:
        rules.settings(wrong)
    assert set(caught.value.errors) == {"sites", "colour", "to", "at_once"}


def test_hours_hold_on_their_days_and_between_their_times() -> None:
    hours = {"days": ["1", "2", "3", "4", "5"], "from": "09:00", "to": "18:00"}
    assert rules.is_open(hours, AT)
    assert not rules.is_open(hours, AT.replace(hour=8, minute=59))
    assert not rules.is_open(hours, AT.replace(hour=18))
    assert not rules.is_open(hours, AT + timedelta(days=5))
    assert rules.is_open({}, AT)


@pytest.mark.parametrize(
    ("measured", "ahead", "waited", "told"),
    [
        ([], 0, 0, None),
        ([(0, 60.0)] * 4, 0, 0, None),  # too few to know
        ([(0, 60.0)] * 5, 0, 0, 60),
        ([(0, 60.0)] * 5, 0, 45, 15),
        ([(0, 60.0)] * 5, 0, 90, None),  # longer than usual: nobody knows
        ([(0, 60.0)] * 50 + [(3, 300.0)] * 4, 3, 0, None),  # nobody was so far behind often enough
        ([(0, 60.0)] * 50 + [(3, 300.0)] * 5, 3, 0, 300),
    ],
)
def test_the_waiting_time_is_told_from_measured_waits_or_not_at_all(
    measured: list[tuple[int, float]], ahead: int, waited: float, told: int | None
) -> None:
    assert rules.waiting_seconds(measured, ahead, waited) == told


def test_the_form_asks_what_it_is_set_to_and_keeps_nothing_else() -> None:
    settings = {"ask_name": "required", "ask_email": "optional"}
    assert rules.visitor({"name": " 王 芳 ", "phone": "138"}, settings) == rules.Visitor(name="王 芳")
    with pytest.raises(Invalid) as caught:
        rules.visitor({"name": "", "email": "not a mail"}, settings)
    assert set(caught.value.errors) == {"name", "email"}


@pytest.mark.parametrize("value", ["", "short", "x" * 65, "has space", "中文中文中文中文", "12345678\n"])
def test_a_client_id_is_letters_and_digits(value: str) -> None:
    with pytest.raises(Invalid):
        rules.client_id(value)


def test_programs_are_refused_whatever_they_are_called() -> None:
    with pytest.raises(Refused):
        rules.no_program("application/x-msdownload")
