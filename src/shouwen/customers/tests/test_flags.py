from datetime import timedelta

import pytest

from shouwen.customers import queries, services, tasks
from shouwen.customers.testing import AT, a_customer, a_flag
from shouwen.kernel.errors import Refused
from shouwen.platform.access import SYSTEM
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
