"""A new time: the customer hears of it in the very act that agrees on it (PRO-3)."""

from datetime import timedelta

import pytest

from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.channels import queries as channels
from shouwen.kernel.errors import Invalid
from shouwen.people.testing import a_person, as_actor
from shouwen.promises import queries as promises
from shouwen.promises import services as promising

LATER = AT + timedelta(minutes=5)
NEW_DUE = AT + timedelta(hours=3)


@pytest.fixture
def owner(db):
    furnished()
    return a_person("agent", name="安娜")


def promised(case, owner):
    return promising.make(
        subject=case.subject,
        customer_id=case.customer_id,
        text="下午两点前给您答复",
        due_at=AT + timedelta(hours=1),
        at=AT,
        by=as_actor(owner),
    )


def renegotiated(made, owner, **values):
    return promising.renegotiate(
        promise_id=made.pk, due_at=NEW_DUE, reason="配件在路上", at=LATER, by=as_actor(owner), **values
    )


def test_the_message_goes_out_in_the_same_act(owner):
    case = a_case(owner=owner)
    new = renegotiated(promised(case, owner), owner, customer_words="配件下午到，五点前给您答复。")
    assert new.customer_told_at == LATER
    said = [m for m in channels.messages_of(case.subject, limit=10) if m.pk == new.told_message_id]
    assert len(said) == 1
    assert "配件下午到" in said[0].text
    everything_happens(LATER)
    again = [m for m in channels.messages_of(case.subject, limit=10) if "配件下午到" in m.text]
    assert len(again) == 1  # what hears the fact afterwards says nothing twice


def test_without_an_address_it_is_refused_until_somebody_has_told_them(owner):
    from shouwen.customers.testing import a_customer

    case = a_case(owner=owner, channel="phone", customer=a_customer(email=""))
    made = promised(case, owner)
    with pytest.raises(Invalid) as fault:
        renegotiated(made, owner)
    assert fault.value.field == "told"
    assert promises.open_for(case.subject) == [made]  # nothing was changed
    new = renegotiated(made, owner, customer_told_at=LATER)
    assert (new.customer_told_at, new.told_message_id) == (LATER, None)
