"""Which standard holds."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries, services
from shouwen.promises.rules.standards import About, Standard, targets_for
from shouwen.promises.testing import AT, a_standard, an_item, forget

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def standard(number: int, **values: object) -> Standard:
    known = {
        "item_id": None,
        "case_kind": "",
        "tier": "",
        "channel": "",
        "targets": (("first_reply", 60 * number),),
        "calendar_id": None,
        "valid_from": START,
        "valid_to": None,
    }
    return Standard(number, **{**known, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("about", "winner"),
    [
        (About("praise", "C", "email"), 1),
        (About("praise", "C", "phone"), 2),
        (About("praise", "A", "phone"), 3),
        (About("repair", "A", "phone"), 4),
        (About("repair", "A", "phone", item_id=9), 5),
        (About("praise", "D", "email", item_id=9), 5),
    ],
)
def test_the_most_specific_standard_wins(about: About, winner: int) -> None:
    known = [
        standard(1),
        standard(2, channel="phone"),
        standard(3, tier="A"),
        standard(4, case_kind="repair"),
        standard(5, item_id=9),
    ]
    assert targets_for(known, about, ["first_reply"], AT)["first_reply"].standard_id == winner


def test_a_time_left_empty_comes_from_the_next_less_specific_standard() -> None:
    known = [
        standard(1, targets=(("first_reply", 1800), ("solution", 7200))),
        standard(2, tier="A", targets=(("first_reply", 600), ("solution", None))),
    ]
    found = targets_for(known, About("help", "A", "email"), ["first_reply", "solution"], AT)
    assert (found["first_reply"].seconds, found["solution"].seconds) == (600, 7200)


@pytest.mark.django_db
def test_a_new_version_leaves_what_happened_before_under_the_old_one() -> None:
    a_standard(tier="A", first_reply_seconds=600)
    later = AT + timedelta(days=10)
    a_standard(tier="A", first_reply_seconds=300, at=later)

    def target(at: datetime) -> int:
        found = queries.targets_of(case_kind="help", tier="A", channel="email", at=at)
        return found["first_reply"].seconds

    assert target(later - timedelta(seconds=1)) == 600
    assert target(later) == 300


@pytest.mark.django_db
def test_the_past_is_not_rewritten() -> None:
    with pytest.raises(Invalid) as fault:
        a_standard(tier="A", first_reply_seconds=600, valid_from=AT - timedelta(days=1))
    assert fault.value.field == "valid_from"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "first_reply_seconds"),
        ({"first_reply_seconds": 0}, "first_reply_seconds"),
        ({"solution_seconds": 367 * 86_400}, "solution_seconds"),
        ({"first_reply_seconds": 60, "tier": "E"}, "tier"),
        ({"first_reply_seconds": 60, "item_id": 12345}, "item_id"),
        ({"first_reply_seconds": 60, "calendar_id": 12345}, "calendar_id"),
    ],
)
def test_a_wrong_standard_is_refused_by_its_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        a_standard(**values)
    assert fault.value.field == field


@pytest.mark.django_db
def test_an_ended_standard_gives_way_to_the_general_one() -> None:
    special = a_standard(item_id=an_item().pk, solution_seconds=60)
    services.end_standard(standard_id=special.pk, at=AT + timedelta(hours=1), by=SYSTEM)
    found = queries.targets_of(
        case_kind="", tier="", channel="", item_id=special.item_id, at=AT + timedelta(hours=2)
    )
    assert found["solution"].seconds == 54_000


@pytest.mark.django_db
def test_the_standard_for_all_stays() -> None:
    general = queries.standards(AT)[0]
    with pytest.raises(Refused):
        services.end_standard(standard_id=general.pk, at=AT, by=SYSTEM)


@pytest.mark.django_db
def test_an_agent_may_not_change_standards() -> None:
    with pytest.raises(Forbidden):
        a_standard(tier="A", first_reply_seconds=600, by=as_actor(a_person("agent")))


@pytest.mark.django_db
def test_two_items_never_share_a_code() -> None:
    an_item(code="repair-on-site")
    with pytest.raises(Invalid) as fault:
        an_item(code="repair-on-site")
    assert fault.value.field == "code"
