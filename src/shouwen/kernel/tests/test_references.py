"""References that survive the telephone, tokens that nobody can make up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.references import check_digit, find_in_subject, parse, reference, sign, verify

SECRET = "a secret of this installation"
numbers = st.integers(1, 10**18 - 1)


def test_the_check_digit_is_the_published_one() -> None:
    assert check_digit("572") == "4"
    assert check_digit("5724") == "0"


@pytest.mark.parametrize(
    ("number", "expected"), [(42, "SW0000427"), (572, "SW0005724"), (999_999, "SW9999990"), (1_000_000, None)]
)
def test_a_reference_has_six_digits_or_more_and_a_check_digit(number: int, expected: str | None) -> None:
    assert reference(number) == (expected or f"SW1000000{check_digit('1000000')}")


@given(numbers)
def test_a_reference_is_read_back(number: int) -> None:
    assert parse(reference(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "SW0000427",
        "sw0000427",
        " SW 0000 427 ",
        "ＳＷ０００００４２７".replace("０００００", "００００"),
        "SW\u30000000427",
    ],
)
def test_case_spaces_and_full_width_do_not_matter(text: str) -> None:
    assert parse(text) == 42


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42",
        "SW",
        "SW427",
        "SW0000421",
        "SW000042",
        "SW00000427",
        "SW0000000",
        "XX0000427",
        "SW0000427x",
        "SW０００00４２7１",
        "SW00004२7",
        "SW-0000427",
        "SW" + "9" * 40,
    ],
)
def test_what_is_no_reference_is_none(text: str) -> None:
    assert parse(text) is None


@given(numbers, st.data())
def test_a_single_wrong_digit_is_always_caught(number: int, data: st.DataObject) -> None:
    right = reference(number)
    place = data.draw(st.integers(2, len(right) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != right[place]]))
    assert parse(right[:place] + digit + right[place + 1 :]) is None


@given(numbers, st.data())
def test_two_swapped_neighbours_are_always_caught(number: int, data: st.DataObject) -> None:
    right = reference(number)
    place = data.draw(st.integers(2, len(right) - 2))
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert swapped == right or parse(swapped) is None


@pytest.mark.parametrize("number", [0, -1, 10**18])
def test_a_number_that_no_case_has_gets_no_reference(number: int) -> None:
    with pytest.raises(ValueError, match="case number"):
        reference(number)


@given(numbers)
def test_a_token_is_found_in_a_subject(number: int) -> None:
    token = sign(number, SECRET)
    assert verify(token, SECRET) == verify(token.strip("[]"), SECRET) == number
    assert find_in_subject(f"答复: Re: 挖掘机铲斗开裂 {token}", SECRET) == (number, False)


def test_a_token_looks_like_a_reference_with_eight_letters() -> None:
    token = sign(42, SECRET)
    assert token.startswith("[SW0000427-")
    assert len(token) == len("[SW0000427-k7f3q2ab]")
    assert token[11:-1].islower() or token[11:-1].isdigit()


def test_a_token_survives_what_mail_programs_do_to_it() -> None:
    token = sign(42, SECRET)
    for changed in (token.upper(), token.replace("-", " - "), token.replace("[", "［").replace("]", "］")):
        assert find_in_subject(f"Re: {changed}", SECRET) == (42, False)


def test_a_forged_token_is_told_from_none() -> None:
    token = sign(42, SECRET)
    assert find_in_subject("Re: 退款", SECRET) == (None, False)
    assert find_in_subject("Re: SW0000427", SECRET) == (None, False)
    assert find_in_subject(f"Re: {token}", "another secret") == (None, True)
    assert find_in_subject(f"Re: {token.replace('SW0000427', reference(43))}", SECRET) == (None, True)
    assert find_in_subject("Re: [SW0000427-aaaaaaaa]", SECRET) == (None, True)
    assert find_in_subject("Re: [SW0000421-aaaaaaaa]", SECRET) == (None, True)


def test_one_genuine_token_beside_a_foreign_one_is_enough() -> None:
    subject = f"Re: {sign(7, 'theirs')} {sign(42, SECRET)}"
    assert find_in_subject(subject, SECRET) == (42, False)
