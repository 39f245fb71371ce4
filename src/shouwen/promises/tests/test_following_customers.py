"""Promises follow their customer."""

import pytest

from shouwen.customers import services as customers
from shouwen.customers.testing import a_customer
from shouwen.platform import privacy
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.dispatch import deliver_all
from shouwen.promises import queries
from shouwen.promises.testing import AT, a_promise, forget

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def texts(customer_id: int) -> list[str]:
    return [row.text for row in queries.for_customer([customer_id], SYSTEM)]


def test_promises_follow_a_merge_and_go_back_when_it_is_undone() -> None:
    winner, loser = a_customer(), a_customer()
    a_promise("回电", customer_id=winner.pk)
    a_promise("上门", customer_id=loser.pk)
    merge = customers.merge(winner_id=winner.pk, loser_id=loser.pk, at=AT, by=SYSTEM)
    deliver_all()
    assert sorted(texts(winner.pk)) == ["上门", "回电"]
    customers.undo_merge(merge_id=merge.pk, at=AT, by=SYSTEM)
    deliver_all()
    assert (texts(winner.pk), texts(loser.pk)) == (["回电"], ["上门"])


def test_an_erased_customer_leaves_figures_and_no_words() -> None:
    customer = a_customer()
    made = a_promise("给王女士回电", customer_id=customer.pk)
    assert privacy.export_customer(customer.pk)["promises"]["promises"][0]["text"] == "给王女士回电"
    privacy.erase_customer(customer.pk, at=AT, by=SYSTEM)
    made.refresh_from_db()
    assert (made.text, made.customer_id, made.state) == ("–", None, "open")
