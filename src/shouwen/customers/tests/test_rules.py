from datetime import UTC, date, datetime, timedelta

import pytest

from shouwen.customers import rules
from shouwen.kernel.errors import Invalid, Refused

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value", "normalised"),
    [
        ("phone", "138 1234 5678", "+8613812345678"),
        ("phone", "+86-138-1234-5678", "+8613812345678"),
        ("phone", "008613812345678", "+8613812345678"),
        ("phone", "１３８１２３４５６７８", "+8613812345678"),
        ("phone", "0731-84031888", "+8673184031888"),
        ("phone", "+44 20 7946 0018", "+442079460018"),
        ("email", " Zhang.Wei@Example.COM ", "zhang.wei@example.com"),
        ("wechat", " oABC_123 ", "oABC_123"),
    ],
)
def test_the_same_contact_written_differently_has_one_form(kind, value, normalised):
    assert rules.normalise(kind, value) == normalised


@pytest.mark.parametrize(("kind", "value"), [("phone", "call me"), ("email", "nobody"), ("wechat", " ")])
def test_what_cannot_be_a_contact_is_refused_naming_its_kind(kind, value):
    with pytest.raises(Invalid) as refused:
        rules.normalise(kind, value)
    assert refused.value.field == kind


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("phone", "13812345678", "138****5678"),
        ("phone", "+86 138-1234-5678", "138****5678"),
        ("phone", "12345", "*****"),
        ("email", "zhang@example.com", "z***@example.com"),
        ("wechat", "oABC_123", "oA***"),
        ("other", "ab", "***"),
    ],
)
def test_a_masked_contact_can_be_recognised_but_not_used(kind, value, shown):
    assert rules.masked(kind, value) == shown


@pytest.mark.parametrize(
    ("name", "whole", "initials"),
    [
        ("张伟", "zhangwei", "zw"),
        ("曾丽", "zengli", "zl"),
        ("Acme Ltd.", "acmeltd", "al"),
        ("王", "wang", "w"),
    ],
)
def test_a_name_is_spelled_as_it_is_typed(name, whole, initials):
    assert rules.spelling(name) == (whole, initials)


@pytest.mark.parametrize(
    ("until", "state", "days"),
    [
        (None, "unknown", 0),
        (date(2026, 3, 1), "out", -1),
        (date(2026, 3, 2), "ending", 0),
        (date(2026, 4, 1), "ending", 30),
        (date(2026, 4, 2), "in", 31),
    ],
)
def test_the_last_day_of_a_warranty_belongs_to_it(until, state, days):
    found = rules.warranty(until, date(2026, 3, 2))
    assert (found.state, found.days) == (state, days)


@pytest.mark.parametrize(
    ("reason", "review", "expires", "field"),
    [
        (" ", 30, 90, "reason"),
        ("x", 30, -1, "expires_on"),
        ("x", 30, 366, "expires_on"),
        ("x", 91, 90, "review_on"),
        ("x", -1, 90, "review_on"),
    ],
)
def test_a_flag_has_a_reason_an_end_within_a_year_and_a_review_before_it(reason, review, expires, field):
    with pytest.raises(Invalid) as refused:
        rules.check_flag(
            reason=reason,
            evidence="Call of 2 March",
            review_on=AT.date() + timedelta(days=review),
            at=AT,
            expires_at=AT + timedelta(days=expires),
        )
    assert refused.value.field == field


def test_a_changed_tier_needs_a_reason():
    rules.check_tier("A", was="A", reason="")
    with pytest.raises(Invalid):
        rules.check_tier("A", was="C", reason=" ")
    with pytest.raises(Invalid):
        rules.check_tier("E", was="C", reason="why not")


def values(**given):
    return {**dict.fromkeys(rules.MERGE_FIELDS, ""), **given}


def test_a_merge_fills_gaps_and_takes_what_was_chosen():
    winner, loser = (
        values(name="Zhang", tier="C", region=""),
        values(name="Zhang Wei", tier="A", region="Hunan"),
    )
    assert rules.chosen_values(winner, loser, {}) == {"region": "Hunan"}
    assert rules.chosen_values(winner, loser, {"name": "loser"}) == {"name": "Zhang Wei", "region": "Hunan"}


def test_a_merge_joins_notes_unless_one_was_chosen():
    winner, loser = values(note="Calls early"), values(note="Has a dog")
    assert rules.chosen_values(winner, loser, {}) == {"note": "Calls early\nHas a dog"}
    assert rules.chosen_values(winner, loser, {"note": "winner"}) == {}


def test_a_person_and_an_organisation_are_never_one():
    with pytest.raises(Refused):
        rules.check_merge(
            winner_id=1, loser_id=2, kinds=("person", "organisation"), gone=(False, False), related=False
        )
