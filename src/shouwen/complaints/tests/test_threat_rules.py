"""Rules of threats and abuse with answers known beforehand."""

from datetime import UTC, datetime, timedelta

import pytest

from shouwen.complaints.rules import abuse, threats
from shouwen.kernel.errors import Invalid, Refused

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
GOOD = {"kind": "detention", "who": "陈师傅", "held": "工程车", "words": "钱不退，人和车都别想走"}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, set()),
        ({"kind": "bomb"}, {"kind"}),
        ({"who": "  "}, {"who"}),
        ({"words": ""}, {"words"}),
        ({"held": ""}, {"held"}),  # somebody or something is held, or it is no detention
        ({"kind": "media", "held": ""}, set()),
        ({"happened_at": AT + timedelta(seconds=1)}, {"happened_at"}),
        ({"happened_at": AT - timedelta(days=367)}, {"happened_at"}),
        ({"kind": "", "who": "", "words": ""}, {"kind", "who", "words"}),
    ],
)
def test_what_a_threat_needs(change: dict[str, object], wrong: set[str]) -> None:
    given = {**GOOD, "happened_at": AT, **change}
    assert set(threats.check(**given, at=AT)) == wrong  # type: ignore[arg-type]


def test_named_people_are_told_else_supervisors_and_chiefs() -> None:
    assert threats.told([7, 7, 3], [1], [2]) == [7, 3]
    assert threats.told([], [1, 2], [2, 5]) == [1, 2, 5]
    assert threats.told([], [], []) == []
    assert len(threats.told(range(99), [], [])) == threats.MOST_TOLD


def test_a_reminder_comes_by_the_clock_also_at_night() -> None:
    night = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)  # Monday, three in the morning in Shanghai
    assert threats.next_reminder(night, 5) == night + timedelta(minutes=5)
    assert threats.next_reminder(night, 0) is None


def test_only_who_was_told_acknowledges_and_only_once() -> None:
    threats.check_acknowledges(state="open", staff_id=3, told=[3, 4])
    for state, who in (("open", 9), ("open", None), ("acknowledged", 3), ("ended", 3)):
        with pytest.raises(Refused):
            threats.check_acknowledges(state=state, staff_id=who, told=[3, 4])


def test_a_step_lies_between_the_threat_and_now() -> None:
    given = {"sort": "safety", "happened_at": AT, "at": AT + timedelta(hours=1)}
    threats.check_step(done_at=AT, **given)  # type: ignore[arg-type]
    for done in (AT - timedelta(minutes=1), AT + timedelta(hours=2)):
        with pytest.raises(Invalid) as wrong:
            threats.check_step(done_at=done, **given)  # type: ignore[arg-type]
        assert set(wrong.value.errors) == {"done_at"}
    with pytest.raises(Invalid):
        threats.check_step(sort="prayer", done_at=AT, happened_at=AT, at=AT)


@pytest.mark.parametrize(
    ("state", "outcome", "steps", "fault"),
    [
        ("acknowledged", "averted", 1, None),
        ("acknowledged", "unfounded", 0, None),
        ("acknowledged", "averted", 0, Refused),
        ("open", "averted", 3, Refused),
        ("ended", "averted", 3, Refused),
        ("acknowledged", "forgotten", 3, Invalid),
    ],
)
def test_how_a_threat_may_end(state: str, outcome: str, steps: int, fault: type[Exception] | None) -> None:
    if fault is None:
        threats.check_ends(state=state, outcome=outcome, steps=steps)
        return
    with pytest.raises(fault):
        threats.check_ends(state=state, outcome=outcome, steps=steps)


@pytest.mark.parametrize(
    ("standing", "following"),
    [([], "notice"), (["notice"], "warning"), (["notice", "warning"], "ending"), (["ending"], "notice")],
)
def test_what_comes_next(standing: list[str], following: str) -> None:
    assert abuse.next_step(standing) == following


def test_a_threat_is_named_only_where_the_steps_do_not_permit_it() -> None:
    assert abuse.needs_threat("ending", ["notice"])
    assert not abuse.needs_threat("ending", ["notice", "warning"])
    assert not abuse.needs_threat("notice", [])


@pytest.mark.parametrize(
    ("step", "standing", "threat", "allowed"),
    [
        ("notice", [], False, True),
        ("notice", ["notice"], False, True),
        ("warning", [], False, False),
        ("warning", ["notice"], False, True),
        ("ending", [], False, False),
        ("ending", ["notice"], False, False),
        ("ending", ["warning"], False, False),
        ("ending", ["notice", "warning"], False, True),
        ("ending", [], True, True),  # a personal threat needs no steps before
        ("warning", [], True, False),
    ],
)
def test_the_order_of_the_steps(step: str, standing: list[str], threat: bool, allowed: bool) -> None:
    if allowed:
        abuse.check_step(step=step, standing=standing, personal_threat=threat)
        return
    with pytest.raises(Refused) as refused:
        abuse.check_step(step=step, standing=standing, personal_threat=threat)
    assert refused.value.field == "step"


def test_an_ending_names_other_ways_and_is_no_message() -> None:
    abuse.check_way(step="ending", way="call", ways="mail")
    for way, ways, field in (("message", "mail", "way"), ("call", " ", "ways")):
        with pytest.raises(Invalid) as wrong:
            abuse.check_way(step="ending", way=way, ways=ways)
        assert set(wrong.value.errors) == {field}
    abuse.check_way(step="notice", way="message", ways="")


def test_no_machine_ends_a_contact() -> None:
    abuse.check_giver(step="warning", staff_id=3, person=False)
    abuse.check_giver(step="ending", staff_id=3, person=True)
    for step, staff_id in (("ending", 3), ("notice", None)):
        with pytest.raises(Refused):
            abuse.check_giver(step=step, staff_id=staff_id, person=False)


def test_who_took_the_step_does_not_review_it() -> None:
    given = {"objected": True, "reviewed": False, "given_by": 3, "verdict": "upheld"}
    abuse.check_review(reviewer=4, **given)  # type: ignore[arg-type]
    for change in (
        {"reviewer": 3},
        {"reviewer": None},
        {"reviewer": 4, "reviewed": True},
        {"reviewer": 4, "objected": False},
    ):
        with pytest.raises(Refused):
            abuse.check_review(**{**given, **change})  # type: ignore[arg-type]


def test_a_warning_runs_out() -> None:
    assert abuse.expiry(AT, 90) == AT + timedelta(days=90)
    for days in (0, 367):
        with pytest.raises(Invalid):
            abuse.expiry(AT, days)
