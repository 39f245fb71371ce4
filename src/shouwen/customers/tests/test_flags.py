from datetime import timedelta

import pytest

from shouwen.customers import queries, services, tasks
from shouwen.customers.testing import AT, a_customer, a_flag
from shouwen.kernel.errors import Invalid, Refused
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db


def days(count):
    return AT + timedelta(days=count)


def test_a_flag_is_in_force_until_it_ends():
    customer = a_customer()
    flag = a_flag(customer, days=10)
    assert queries.active_flags(customer.pk, days(9)) == [flag]
    assert queries.active_flags(customer.pk, days(10)) == []


def test_the_clock_ends_a_flag_and_the_ledger_says_so_once():
    customer = a_customer()
    a_flag(customer, days=10)
    tasks.caution_flags_run_out(at=days(9))
    assert queries.flags_of(customer.pk)[0].ended_at is None
    tasks.caution_flags_run_out(at=days(11))
    tasks.caution_flags_run_out(at=days(12))
    ended = [row for row in timeline(customer.subject) if row.name == "customers.flag_ended"]
    assert [row.data["expired"] for row in ended] == [True]
    assert queries.flags_of(customer.pk)[0].ended_at == days(10)


def test_a_reviewed_flag_lasts_longer():
    customer = a_customer()
    flag = a_flag(customer, days=10)
    assert queries.flags_to_review(days(10).date(), days(9)) == [flag]
    services.review_flag(
        flag_id=flag.pk, review_on=days(60).date(), expires_at=days(60), at=days(9), by=SYSTEM
    )
    assert queries.flags_to_review(days(10).date(), days(9)) == []
    assert len(queries.active_flags(customer.pk, days(30))) == 1


def test_an_ended_flag_is_not_ended_again():
    flag = a_flag(a_customer())
    services.end_flag(flag_id=flag.pk, reason="He apologised", at=AT, by=SYSTEM)
    with pytest.raises(Refused):
        services.end_flag(flag_id=flag.pk, reason="", at=AT, by=SYSTEM)


def test_a_flag_rests_on_something():
    with pytest.raises(Invalid) as fault:
        services.flag(
            customer_id=a_customer().pk, reason="Shouts", evidence=" ", review_on=AT.date(),
            expires_at=days(9), at=AT, by=SYSTEM,
        )  # fmt: skip
    assert fault.value.field == "evidence"


def test_who_set_a_flag_does_not_weigh_what_the_customer_says_to_it():
    setter, other = (
        Actor(user_id=pk, name=name, kind="staff", permissions=frozenset({"customers.flag"}))
        for pk, name in ((7, "Wang"), (8, "Li"))
    )
    flag = services.flag(
        customer_id=a_customer().pk, reason="Shouts", evidence="Call", review_on=days(60).date(),
        expires_at=days(90), at=AT, by=setter,
    )  # fmt: skip
    services.hear_customer(flag_id=flag.pk, words="I waited for two hours", at=days(1), by=other)
    assert queries.flags_to_review(days(1).date(), days(1)) == [flag], "its review is due from now on"
    longer = {"flag_id": flag.pk, "review_on": days(30).date(), "expires_at": days(60), "at": days(2)}
    with pytest.raises(Refused):
        services.review_flag(**longer, by=setter)
    kept = services.review_flag(**longer, by=other)
    assert (kept.objected, kept.heard_words) == (False, "I waited for two hours")
    services.review_flag(**longer, by=setter)
    names = [row.name for row in timeline(flag.customer.subject)]
    assert "customers.flag_heard" in names


@pytest.mark.parametrize("words", ["", " ", "x" * 2001])
def test_what_the_customer_says_must_be_said(words):
    with pytest.raises(Invalid) as fault:
        services.hear_customer(flag_id=a_flag(a_customer()).pk, words=words, at=AT, by=SYSTEM)
    assert fault.value.field == "words"


def test_an_ended_flag_hears_nobody():
    flag = a_flag(a_customer())
    services.end_flag(flag_id=flag.pk, reason="Settled", at=AT, by=SYSTEM)
    with pytest.raises(Refused):
        services.hear_customer(flag_id=flag.pk, words="Too late", at=AT, by=SYSTEM)
