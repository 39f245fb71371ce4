from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from shouwen.customers import services
from shouwen.customers.models import ContactPoint, Customer
from shouwen.customers.services import recognising
from shouwen.customers.testing import AT, a_customer
from shouwen.kernel.errors import Invalid
from shouwen.platform.access import ANONYMOUS, SYSTEM
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db


def recognise(**values):
    return services.recognise(**{"name": "Zhang Wei", "at": AT, "by": ANONYMOUS, **values})


def test_a_known_address_is_recognised_in_one_select(django_assert_num_queries):
    customer = a_customer(email="zhang@example.com", phone="13812345678")
    with django_assert_num_queries(1) as ran:
        found, new = recognise(email="Zhang@Example.com", phone="138-1234-5678")
    assert (found, new) == (customer, False)
    assert ran[0]["sql"].startswith("SELECT")


def test_a_new_address_takes_a_select_and_two_inserts(django_assert_num_queries):
    with django_assert_num_queries(3) as ran:
        _found, new = recognise(email="new@example.com", phone="13900000001", announce=False)
    words = [query["sql"].split()[0] for query in ran]
    assert new
    assert words == ["SELECT", "INSERT", "INSERT"]


def test_inside_a_callers_transaction_nothing_is_announced_when_told_so():
    silent, _new = recognise(email="a@example.com", announce=False)
    spoken, _new = recognise(email="b@example.com")
    assert timeline(silent.subject) == []
    assert [row.name for row in timeline(spoken.subject)] == ["customers.registered"]


def test_a_known_customers_record_is_not_changed_by_what_a_form_says():
    customer = a_customer("Zhang", email="zhang@example.com")
    found, _new = recognise(name="Somebody Else", email="zhang@example.com", phone="13900000002")
    assert (found.name, found.contacts.count()) == ("Zhang", 1)
    assert found == customer


def test_the_mail_address_is_believed_when_two_addresses_disagree():
    by_mail, by_phone = a_customer(email="one@example.com"), a_customer(phone="13900000003")
    assert recognise(phone="13900000003", email="one@example.com")[0] == by_mail
    assert recognise(phone="13900000003")[0] == by_phone


def test_two_who_register_the_same_address_at_once_end_as_one():
    a_customer("First", email="race@example.com")  # came between the second one's look and insert
    pairs = {("email", "race@example.com"): "race@example.com", ("phone", "+8613900000004"): "13900000004"}
    found, new = recognising.register_new(
        name="Second", kind="person", language="en", pairs=pairs, announce=True, at=AT, by=ANONYMOUS
    )
    assert (found.name, new) == ("First", False)
    assert Customer.objects.count() == 1
    assert ContactPoint.objects.count() == 1
    assert not connection.needs_rollback


def test_without_any_address_somebody_new_is_written_down():
    one, new = recognise(name="Walk-in")
    two, _new = recognise(name="Walk-in")
    assert new
    assert one != two


def test_a_nameless_contact_is_called_by_its_address():
    assert recognise(name="  ", phone="13900000005")[0].name == "13900000005"


def test_an_impossible_address_is_refused():
    with pytest.raises(Invalid) as refused:
        recognise(email="nonsense")
    assert refused.value.field == "email"


def test_the_latest_contact_moves_forward_only():
    customer = a_customer()
    services.note_contact(customer_id=customer.pk, at=AT.replace(year=2020))
    customer.refresh_from_db()
    assert customer.last_contact_at == AT
    services.note_contact(customer_id=customer.pk, at=AT.replace(year=2027))
    customer.refresh_from_db()
    assert customer.last_contact_at.year == 2027


def test_stored_contacts_look_the_same_by_both_ways():
    registered, recognised = a_customer(email="w@example.com"), recognise(email="x@example.com")[0]
    one, two = registered.contacts.get(), recognised.contacts.get()
    assert (one.kind, one.primary, one.backwards[::-1]) == (two.kind, two.primary, one.normalised)
    assert (two.created_at, two.backwards) == (AT, two.normalised[::-1])
    assert SYSTEM.is_system


@pytest.mark.django_db(transaction=True)
def test_eight_first_contacts_of_one_address_at_the_same_moment_make_one_customer():
    start = Barrier(8)

    def arrive(number):
        start.wait(10)
        try:
            return recognise(name=f"Zhang {number}", email="rush@example.com", phone=f"1390000100{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(arrive, range(8)))
    assert len({customer.pk for customer, _new in found}) == Customer.objects.count() == 1
    assert [new for _customer, new in found].count(True) == 1
