"""Known answers of the plain rules: verdicts, the cheapest acceptable option, the matrix, deadlock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shouwen.complaints.rules import authority, deadlock, facts, nature, path, remedies
from shouwen.complaints.rules.authority import Limit, Room, Yes
from shouwen.complaints.rules.remedies import Way
from shouwen.kernel.errors import Invalid, Refused

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("evidence", "reason", "accounts"),
    [
        (0, "", {"customer", "ours"}),
        (0, "none", {"customer", "ours"}),  # a word is no reason
        (3, "", {"ours"}),
        (3, "", {"customer"}),
    ],
)
def test_no_verdict_before_the_facts(evidence: int, reason: str, accounts: set[str]) -> None:
    with pytest.raises(Refused):
        facts.check_verdict(evidence=evidence, no_evidence_reason=reason, accounts=frozenset(accounts))


def test_a_verdict_stands_on_evidence_or_on_a_stated_reason() -> None:
    both = frozenset({"customer", "provider"})
    facts.check_verdict(evidence=1, no_evidence_reason="", accounts=both)
    facts.check_verdict(evidence=0, no_evidence_reason="The machine was scrapped", accounts=both)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"validity": "maybe"}, "validity"),
        ({"demand": "odd"}, "demand"),
        ({"liability": "us"}, "liability"),
        ({"liability": "shared"}, "our_share"),
        ({"liability": "shared", "our_share": 100}, "our_share"),
        ({"validity": "invalid"}, "liability"),
    ],
)
def test_what_does_not_go_together_is_refused_by_field(given: dict[str, Any], wrong: str) -> None:
    whole = {"validity": "valid", "demand": "reasonable", "liability": "ours", "our_share": None, **given}
    with pytest.raises(Invalid) as fault:
        nature.check(**whole)
    assert list(fault.value.errors) == [wrong]


@pytest.mark.parametrize(
    ("liability", "share", "ours"),
    [("ours", None, 100), ("shared", 30, 30), ("customer", 50, 0), ("none", None, 0)],
)
def test_our_share_follows_from_the_liability(liability: str, share: int | None, ours: int) -> None:
    assert nature.check(validity="valid", demand="partly", liability=liability, our_share=share) == ours


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_a_basis_holds_from_its_first_day_to_its_last(on: date, holds: bool) -> None:
    assert nature.in_force(date(2026, 1, 1), date(2026, 6, 30), on) is holds


@pytest.mark.parametrize(
    ("liability", "demand", "evidence", "sort"),
    [
        ("ours", "reasonable", True, "ours"),
        ("shared", "partly", False, "ours"),
        ("customer", "reasonable", True, "theirs_proven"),
        ("customer", "unreasonable", False, "theirs_unproven"),
        ("third_party", "not_now", True, "cannot_be_met"),
        ("none", "unreasonable", True, "cannot_be_met"),
        ("none", "reasonable", True, "theirs_proven"),
    ],
)
def test_which_explanation_fits(liability: str, demand: str, evidence: bool, sort: str) -> None:
    assert nature.explanation_sort(liability, demand, evidence=evidence) == sort


def a_way(pk: int, cost: int, acceptance: str = "said", gain: int = 0, declined: int = 0) -> Way:
    return Way(pk, cost, gain, declined, acceptance)


def test_the_cheapest_counts_only_among_what_the_customer_would_take() -> None:
    ways = [a_way(1, 0, "refused"), a_way(2, 10, "unknown"), a_way(3, 500, "said"), a_way(4, 300, "guessed")]
    pick = remedies.cheapest(ways)
    assert pick is not None
    assert (pick.id, pick.cost, pick.said, pick.acceptable, pick.of, pick.saves) == (4, 300, False, 2, 4, 200)


def test_of_equal_costs_the_one_worth_more_then_the_one_they_said_yes_to() -> None:
    assert remedies.cheapest([a_way(1, 100, gain=10), a_way(2, 100, gain=50)]).id == 2  # type: ignore[union-attr]
    assert remedies.cheapest([a_way(1, 100, "guessed"), a_way(2, 100)]).id == 2  # type: ignore[union-attr]


def test_nothing_acceptable_has_no_cheapest() -> None:
    assert remedies.cheapest([]) is None
    assert remedies.cheapest([a_way(1, 5, "refused"), a_way(2, 5, "unknown")]) is None


@pytest.mark.parametrize(
    ("way", "gains"),
    [
        (a_way(1, 100, gain=50, declined=500), (True, True)),
        (a_way(1, 100, gain=50, declined=100), (True, False)),
        (a_way(1, 100, declined=101), (False, True)),
        (a_way(1, 100), (False, False)),
        (Way(1, 100, 0, 0, "said", worry=True), (True, False)),
    ],
)
def test_who_gains(way: Way, gains: tuple[bool, bool]) -> None:
    assert remedies.win_win(way) == gains


MATRIX = [
    Limit("agent", "refund", 20_000, 50_000, "day"),
    Limit("supervisor", "refund", 300_000, 1_000_000, "month"),
    Limit("agent", "waiver", 0, 0),
]


@pytest.mark.parametrize(
    ("roles", "remedy", "granted", "most"),
    [
        ({"agent"}, "refund", {}, 20_000),
        ({"agent"}, "refund", {"day": 45_000}, 5_000),
        ({"agent"}, "refund", {"day": 60_000}, 0),
        ({"agent"}, "refund", {"month": 60_000}, 20_000),  # the day counts, not the month
        ({"agent", "supervisor"}, "refund", {"month": 900_000}, 100_000),
        ({"desk"}, "refund", {}, 0),
        ({"agent"}, "waiver", {}, 0),
        ({"agent"}, "replacement", {}, 0),
    ],
)
def test_what_the_matrix_leaves(roles: set[str], remedy: str, granted: dict[str, int], most: int) -> None:
    assert authority.room(MATRIX, roles, remedy, granted).most == most


def test_the_day_and_the_month_begin_at_home() -> None:
    at = datetime(2026, 2, 28, 17, 0, tzinfo=UTC)  # already March in Shanghai
    assert authority.start_of("month", at, "Asia/Shanghai") == datetime(2026, 2, 28, 16, 0, tzinfo=UTC)
    assert authority.start_of("day", at, "UTC") == datetime(2026, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize(("amount", "above", "hands"), [(500, 500, 1), (501, 500, 2), (10**9, 0, 1)])
def test_how_many_have_to_say_yes(amount: int, above: int, hands: int) -> None:
    assert authority.hands(amount, above) == hands


def test_two_different_people_and_one_whose_authority_covers_it() -> None:
    assert not authority.enough([Yes(1, True)], 2)
    assert not authority.enough([Yes(1, True), Yes(1, True)], 2)
    assert not authority.enough([Yes(1, False), Yes(2, False)], 2)
    assert authority.enough([Yes(1, False), Yes(2, True)], 2)


SIGNER: dict[str, Any] = {
    "by": 1,
    "asked_by": 2,
    "about": None,
    "needed": 1,
    "mine": Room(100, 100),
    "amount": 100,
}


@pytest.mark.parametrize(
    "given",
    [
        {"by": None},
        {"about": 1},
        {"amount": 101},
        {"mine": Room(100, 99)},
        {"mine": Room(0, 0)},
        {"needed": 2, "asked_by": 1},
        {"needed": 2, "mine": Room(0, 500)},
        {"amount": 0},
    ],
)
def test_who_may_not_sign(given: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        authority.check_signer(**{**SIGNER, **given})


def test_who_may_sign_and_whether_for_the_whole() -> None:
    assert authority.check_signer(**SIGNER)
    assert authority.check_signer(**{**SIGNER, "asked_by": 1})  # within one's own limit, alone
    assert not authority.check_signer(**{**SIGNER, "needed": 2, "amount": 500})


MOVE: dict[str, Any] = {
    "urgent": False,
    "until": None,
    "to_id": None,
    "owner_id": 1,
    "about_id": 9,
    "basis": False,
    "decided": False,
    "granted": False,
    "at": NOW,
}


@pytest.mark.parametrize(
    ("sort", "given"),
    [
        ("set_aside", {}),
        ("set_aside", {"until": NOW}),
        ("set_aside", {"until": NOW + timedelta(days=61)}),
        ("set_aside", {"until": NOW + timedelta(days=5), "urgent": True}),
        ("change_person", {}),
        ("change_person", {"to_id": 1}),
        ("change_person", {"to_id": 9}),
        ("hold_principle", {"decided": True}),
        ("hold_principle", {"basis": True}),
        ("concede", {}),
        ("give_up", {}),
    ],
)
def test_a_move_whose_condition_is_not_met(sort: str, given: dict[str, Any]) -> None:
    with pytest.raises((Invalid, Refused)):
        deadlock.check(sort, **{**MOVE, **given})


@pytest.mark.parametrize(
    ("sort", "given"),
    [
        ("set_aside", {"until": NOW + timedelta(days=60)}),
        ("change_person", {"to_id": 3}),
        ("hold_principle", {"basis": True, "decided": True}),
        ("concede", {"granted": True}),
    ],
)
def test_a_move_whose_condition_is_met(sort: str, given: dict[str, Any]) -> None:
    deadlock.check(sort, **{**MOVE, **given})


def test_time_in_a_stage_adds_up_over_its_visits() -> None:
    hour = timedelta(hours=1)
    visits = [
        ("facts", NOW, NOW + hour),
        ("nature", NOW + hour, NOW + 2 * hour),
        ("facts", NOW + 2 * hour, None),
    ]
    assert path.spent(visits, NOW + 5 * hour) == {"facts": 4 * 3600.0, "nature": 3600.0}
