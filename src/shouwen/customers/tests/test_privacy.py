import json

import pytest

from shouwen.customers import queries, services
from shouwen.customers.testing import AT, a_customer, a_flag, an_asset
from shouwen.kernel.errors import Forbidden, Refused
from shouwen.platform.access import SYSTEM, Actor
from shouwen.platform.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang():
    customer = a_customer("Zhang Wei", phone="13812345678", email="zhang@example.com", note="Allergic")
    an_asset(customer, serial_number="SN-1", location="Behind the bakery")
    a_flag(customer, "Shouted")
    return customer


def test_an_export_holds_everything_and_is_written_down(zhang):
    data = services.export(customer_id=zhang.pk, at=AT, by=SYSTEM)
    text = json.dumps(data)
    for word in ("Zhang Wei", "13812345678", "zhang@example.com", "Allergic", "SN-1", "bakery", "Shouted"):
        assert word in text
    assert queries.accesses(zhang.pk)[0].what == "export"


def test_after_an_erasure_nothing_tells_who_it_was(zhang):
    services.change(customer_id=zhang.pk, name="Zhang Wei Two", at=AT, by=SYSTEM)
    services.erase(customer_id=zhang.pk, reason="Asked to", at=AT, by=SYSTEM)
    left = json.dumps(services.export_share(zhang.pk))
    left += json.dumps(list(Event.objects.values("data", "before", "after")), default=str)
    for word in ("Zhang", "13812345678", "zhang@", "Allergic", "SN-1", "bakery"):
        assert word not in left
    assert queries.lookup("Zhang") == queries.lookup("13812345678") == []
    with pytest.raises(Refused):
        services.erase(customer_id=zhang.pk, reason="", at=AT, by=SYSTEM)
    with pytest.raises(Refused):
        services.change(customer_id=zhang.pk, name="Back", at=AT, by=SYSTEM)


def test_an_erased_customers_address_is_free_again(zhang):
    services.erase(customer_id=zhang.pk, reason="", at=AT, by=SYSTEM)
    found, new = services.recognise(name="Other", phone="13812345678", at=AT, by=SYSTEM)
    assert new
    assert found != zhang


def test_records_merged_into_the_customer_are_erased_too(zhang):
    twin = a_customer("Zhang Twin")
    services.merge(winner_id=zhang.pk, loser_id=twin.pk, at=AT, by=SYSTEM)
    services.erase(customer_id=zhang.pk, reason="", at=AT, by=SYSTEM)
    twin.refresh_from_db()
    assert (twin.name, twin.erased_at) == ("", AT)


def test_a_supervisor_neither_exports_nor_erases(zhang):
    by = Actor(user_id=1, kind="staff", permissions=frozenset({"customers.see", "customers.merge"}))
    with pytest.raises(Forbidden):
        services.export(customer_id=zhang.pk, at=AT, by=by)
    with pytest.raises(Forbidden):
        services.erase(customer_id=zhang.pk, reason="", at=AT, by=by)
