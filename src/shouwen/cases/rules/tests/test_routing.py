"""Whom a contact is offered to: known answers."""

from typing import Any

import pytest

from shouwen.cases.rules import routing as rules
from shouwen.cases.rules.routing import Person, Plan, Wish
from shouwen.kernel.errors import Invalid

ANY, USUAL = Wish(), Plan()


def people(**facts: dict[str, Any]) -> list[Person]:
    """p1={"held": 3} is the person with id 1."""
    return [Person(int(name[1:]), **values) for name, values in facts.items()]


def chosen(everybody: list[Person], wish: Wish = ANY, plan: Plan = USUAL, most: int = 8) -> list[int]:
    return [one.id for one in rules.decide(everybody, wish, plan, most) if one.chosen]


def why_not(everybody: list[Person], wish: Wish = ANY, plan: Plan = USUAL, most: int = 8) -> dict[int, Any]:
    return {one.id: one.why_not for one in rules.decide(everybody, wish, plan, most) if not one.chosen}


def test_the_usual_plan_offers_to_the_emptiest_first() -> None:
    team = people(p1={"held": 6}, p2={"held": 1}, p3={"held": 2, "capacity": 40}, p4={})
    assert chosen(team) == [4, 3, 2, 1]
    assert chosen(team, most=2) == [4, 3]
    assert why_not(team, most=2) == {2: ("later", 3), 1: ("later", 4)}


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"presence": "break"}, ("presence", "break")),
        ({"presence": "offline"}, ("presence", "offline")),
        ({"on_leave": True}, ("leave",)),
        ({"outside": True}, ("outside",)),
        ({"held": 12}, ("full", 12, 12)),
        ({"held": 3, "capacity": 2}, ("full", 3, 2)),
        ({"capacity": 0}, ("full", 0, 0)),
    ],
)
def test_who_cannot_take_more_is_left_out_and_why(fact: dict[str, Any], reason: tuple[Any, ...]) -> None:
    team = people(p1=fact, p2={"held": 5})
    assert chosen(team) == [2]
    assert why_not(team) == {1: reason}


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({}, [1, 2, 3]),
        ({1: {"on_channel": 1}}, [2, 3, 1]),
        (
            {1: {"on_channel": 2}, 3: {"on_channel": 1}},
            [2],
        ),  # the channel's limit, and the person's own capacity
        ({3: {"skills": frozenset({"crane"})}}, [3]),
        ({3: {"skills": frozenset({"crane"}), "on_channel": 1}}, []),  # who has the skill is busy: it waits
        ({3: {"skills": frozenset({"crane"}), "held": 1}}, [1, 2]),  # full altogether: anybody may help
    ],
)
def test_a_chat_is_offered_by_skill_then_by_chats_held(facts: dict[int, Any], offered: list[int]) -> None:
    usual = {1: {}, 2: {}, 3: {"capacity": 1}}
    team = [Person(who, **{**values, **facts.get(who, {})}) for who, values in usual.items()]
    wish = Wish(channel="chat", at_most=2, live=True, skill="crane")
    assert chosen(team, wish) == offered


def test_a_limit_of_the_channel_holds_beside_the_own_capacity() -> None:
    plan = Plan(limits={"email": 2})
    team = people(p1={"on_channel": 2, "held": 2}, p2={"on_channel": 1, "held": 9})
    assert chosen(team, Wish(channel="email"), plan) == [2]
    assert why_not(team, Wish(channel="email"), plan) == {1: ("channel_full", 2, 2)}
    assert chosen(team, Wish(channel="phone"), plan) == [1, 2]


TEAM = people(
    p1={"held": 0, "turn": 9},
    p2={"held": 8, "knows": 3, "turn": 1},
    p3={"held": 4, "languages": frozenset({"en"}), "turn": 5},
    p4={"held": 2, "level": 3, "skills": frozenset({"pump"}), "turn": 7},
)
WISH = Wish(channel="email", language="en", tier="A", skill="pump")


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (("load",), [1, 4, 3, 2]),
        (("turn",), [2, 3, 4, 1]),
        (("knows", "load"), [2, 1, 4, 3]),
        (("language", "load"), [3, 1, 4, 2]),
        (("tier", "load"), [4, 1, 3, 2]),
        (("skill", "turn"), [4, 2, 3, 1]),
        (("knows", "language", "skill", "turn"), [2, 3, 4, 1]),
    ],
)
def test_what_stands_first_in_the_plan_decides_first(order: tuple[str, ...], first: list[int]) -> None:
    plan = Plan(order=order, only=frozenset(), levels={"A": 3})
    assert chosen(TEAM, WISH, plan) == first


@pytest.mark.parametrize(
    ("only", "offered"),
    [(set(), [1, 4, 3, 2]), ({"skill"}, [4]), ({"language"}, [3]), ({"skill", "language"}, [4])],
)
def test_a_condition_holds_while_somebody_on_duty_fulfils_it(only: set[str], offered: list[int]) -> None:
    plan = Plan(order=("load",), only=frozenset(only))
    assert chosen(TEAM, WISH, plan) == offered
    nobody = [one for one in TEAM if one.id in (1, 2)]
    assert chosen(nobody, WISH, plan) == [1, 2]


def test_each_chosen_one_comes_with_the_reasons_in_the_plans_order() -> None:
    plan = Plan(order=("language", "knows", "tier", "load", "turn"), levels={"A": 3})
    able = people(
        p7={
            "held": 3, "capacity": 8, "knows": 2, "level": 4,
            "languages": frozenset({"en"}), "skills": frozenset({"pump"}),
        }
    )  # fmt: skip
    (verdict,) = rules.decide(able, WISH, plan, 1)
    assert verdict.why == (
        ("language", "en"), ("knows", 2), ("tier", "A"), ("load", 3, 8), ("turn",), ("skill", "pump"),
    )  # fmt: skip


def test_who_named_no_language_speaks_the_houses_own() -> None:
    plan = Plan(order=("language", "load"))
    team = people(p1={"languages": frozenset({"en"})}, p2={"held": 5})
    assert chosen(team, Wish(language="zh-hans"), plan) == [2, 1]
    assert chosen(team, Wish(language="en"), plan) == [1, 2]


def test_going_back_to_the_team_drops_conditions_and_numbers() -> None:
    plan = rules.widened(Plan(order=("knows",), only=frozenset({"skill"}), offer_to=1, limits={"email": 1}))
    assert (plan.only, plan.offer_to, plan.order, plan.limits) == (frozenset(), 100, ("knows",), {"email": 1})


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"order": ()}, {"order"}),
        ({"order": ("load", "load")}, {"order"}),
        ({"order": ("luck",)}, {"order"}),
        ({"only": frozenset({"load"})}, {"only"}),
        ({"offer_to": 0}, {"offer_to"}),
        ({"back": -1, "up": 999_999}, {"back", "up"}),
        ({"back": 10, "up": 5}, {"up"}),
        ({"limits": {"email": 0}}, {"limit_email"}),
        ({"levels": {"A": 6}}, {"level_A"}),
    ],
)
def test_a_wrong_plan_names_every_wrong_field(wrong: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as caught:
        rules.checked(Plan(**wrong))
    assert set(caught.value.errors) == fields


def test_a_right_plan_is_taken_as_it_is() -> None:
    plan = Plan(order=rules.CRITERIA, offer_to=1, back=5, up=15, limits={"chat": 3}, levels={"A": 5})
    assert rules.checked(plan) == plan


def test_who_had_enough_hard_contacts_is_spared_one_more_while_another_can_take_it() -> None:
    team = people(p1={"had_enough": True}, p2={"held": 5}, p3={"had_enough": True, "presence": "break"})
    hard = Wish(hard=True)
    assert chosen(team, hard) == [2]
    assert why_not(team, hard) == {1: ("enough",), 3: ("presence", "break")}
    assert chosen(team) == [1, 2], "a calm customer is no hard contact"
    assert chosen([one for one in team if one.id != 2], hard) == [1], "somebody has to"
    full = people(p1={"had_enough": True}, p2={"held": 12})
    assert chosen(full, hard) == [1]
