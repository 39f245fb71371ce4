"""Money is exact, and refuses what it cannot hold exactly."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.errors import Invalid
from shouwen.kernel.money import CURRENCIES, Money, parse, total


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12", 1200, "CNY"),
        ("12.5", 1250, "CNY"),
        ("0.01", 1, "CNY"),
        ("¥1,234.50", 123_450, "CNY"),
        ("￥１２．５０", 1250, "CNY"),
        ("1，234.5元", 123_450, "CNY"),
        ("3万元", 3_000_000, "CNY"),
        ("1.2345万", 1_234_500, "CNY"),
        ("1.234567万", 1_234_567, "CNY"),
        ("12.500000000000000000000", 1250, "CNY"),
        ("人民币 100", 10_000, "CNY"),
        ("rmb100", 10_000, "CNY"),
        ("USD 5", 500, "USD"),
        ("$5.10", 510, "USD"),
        ("-0.01 EUR", -1, "EUR"),
        ("-¥3", -300, "CNY"),
        ("¥-3", -300, "CNY"),
        ("JP¥500", 500, "JPY"),
        ("1.234 KWD", 1234, "KWD"),
        ("0", 0, "CNY"),
        ("007", 700, "CNY"),
        ("CNY 5 元", 500, "CNY"),
    ],
)
def test_what_a_person_writes_is_read_exactly(text: str, amount: int, currency: str) -> None:
    assert parse(text) == Money(amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1,23",
        "1,2345",
        "12,34.5",
        "1.2.3",
        "--5",
        "-¥-5",
        "1e5",
        ".5",
        "5.",
        "¥",
        "1/2",
        "0x10",
        "0.001",
        "1.0000001万",
        "9999999999.00000000000000000001万",
        "1.5 JPY",
        "5 XYZ",
        "USD 5 EUR",
        "１２３..",
        "9" * 30,
        "10000000000000",
        "nan",
        "五元",
        None,
        5,
        1.5,
    ],
)
def test_anything_else_is_refused_by_field(text: Any) -> None:
    with pytest.raises(Invalid) as caught:
        parse(text, field="refund")
    assert caught.value.field == "refund"
    assert str(caught.value)


@pytest.mark.parametrize(
    ("money", "shown", "plain"),
    [
        (Money(123_450), "¥1,234.50", "1234.50 CNY"),
        (Money(-300, "USD"), "-US$3.00", "-3.00 USD"),
        (Money(1200, "CHF"), "CHF 12.00", "12.00 CHF"),
        (Money(1500, "JPY"), "JP¥1,500", "1500 JPY"),
        (Money(1, "KWD"), "KWD 0.001", "0.001 KWD"),
        (Money(0), "¥0.00", "0.00 CNY"),
    ],
)
def test_money_is_shown_with_its_digits(money: Money, shown: str, plain: str) -> None:
    assert money.format() == shown
    assert str(money) == plain


def test_sums_and_comparisons_are_exact() -> None:
    assert Money(10) + Money(20) - Money(5) == Money(25)
    assert 3 * Money(10) == Money(30)
    assert -Money(10) < Money(0) <= Money(0)
    assert total([Money(1)] * 10) == Money(10)
    assert total([], "EUR") == Money(0, "EUR")


@pytest.mark.parametrize("mix", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b])
def test_currencies_do_not_mix(mix: Any) -> None:
    with pytest.raises(Invalid) as caught:
        mix(Money(1, "CNY"), Money(1, "USD"))
    assert str(caught.value) == "CNY and USD cannot be put together."


def test_money_of_unknown_currency_or_beyond_the_limit_is_refused() -> None:
    for amount, currency in ((1, "XXX"), (1, "cny"), (10**15, "CNY"), (-(10**15), "CNY")):
        with pytest.raises(Invalid):
            Money(amount, currency)


def test_an_amount_is_never_a_float() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("amount", "share", "expected"),
    [
        (1001, Decimal("0.5"), 501),
        (-1001, Decimal("0.5"), -501),
        (100, Fraction(1, 3), 33),
        (200, Fraction(1, 3), 67),
    ],
)
def test_a_portion_is_rounded_half_away_from_zero(amount: int, share: Any, expected: int) -> None:
    assert Money(amount).portion(share) == Money(expected)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 100), min_size=1, max_size=8).filter(any))
def test_a_split_loses_nothing_and_gives_nothing_to_a_zero_weight(amount: int, weights: list[int]) -> None:
    parts = Money(amount).split(weights)
    assert total(parts) == Money(amount)
    assert all(weight or not part for part, weight in zip(parts, weights, strict=True))


@given(st.integers(-(10**14), 10**14), st.sampled_from(sorted(CURRENCIES)))
def test_what_is_shown_is_read_back(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert parse(money.format()) == money
    assert parse(str(money)) == money
