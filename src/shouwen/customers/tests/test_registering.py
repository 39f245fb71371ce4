import pytest

from shouwen.customers import queries, services
from shouwen.customers.testing import AT, a_customer, an_asset, an_organisation
from shouwen.kernel.errors import Forbidden, Invalid, NotFound
from shouwen.platform.access import ANONYMOUS, SYSTEM, Actor, customer_actor
from shouwen.platform.ledger.queries import timeline

pytestmark = pytest.mark.django_db


def test_an_address_of_somebody_else_is_refused_naming_them():
    a_customer("Zhang", phone="13812345678")
    with pytest.raises(Invalid) as refused:
        a_customer("Li", phone="+86 138 1234 5678")
    assert "Zhang" in str(refused.value)
    assert refused.value.field == "phone"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x", "kind": "robot"}, "kind"),
        ({"name": "x", "tier": "E"}, "tier"),
        ({"name": "x", "zone": "Mars/Olympus"}, "zone"),
        ({"name": "x", "contacts": [("phone", "abc")]}, "phone"),
        ({"name": "x", "contacts": [("fax", "1")]}, "kind"),
    ],
)
def test_impossible_values_are_refused_naming_the_field(values, field):
    with pytest.raises(Invalid) as refused:
        services.register(at=AT, by=SYSTEM, **values)
    assert refused.value.field == field


def test_a_stranger_registers_nobody():
    with pytest.raises(Forbidden):
        services.register(name="x", at=AT, by=ANONYMOUS)


def test_an_organisation_has_people_but_no_organisation():
    company = an_organisation("Hunan Heavy")
    person = a_customer(organisation=company)
    assert queries.people_of(company.pk) == [person]
    with pytest.raises(Invalid):
        a_customer(organisation=person)
    with pytest.raises(Invalid):
        services.change(customer_id=an_organisation().pk, organisation_id=company.pk, at=AT, by=SYSTEM)


def test_a_change_says_what_changed_but_keeps_personal_words_out_of_the_ledger():
    customer = a_customer("Zhang")
    services.change(customer_id=customer.pk, name="Zhang Wei", language="en", at=AT, by=SYSTEM)
    last = timeline(customer.subject)[-1]
    assert last.data["fields"] == ["language", "name"]
    assert (last.before, last.after) == ({"language": "zh-hans"}, {"language": "en"})
    assert queries.lookup("zhangwei") == [queries.get(customer.pk, SYSTEM)]


def test_no_change_is_no_event():
    customer = a_customer("Zhang")
    services.change(customer_id=customer.pk, name="Zhang", at=AT, by=SYSTEM)
    assert [row.name for row in timeline(customer.subject)] == ["customers.registered"]


def test_a_tier_changes_with_a_reason_and_a_history():
    customer = a_customer(tier="C")
    services.set_tier(customer_id=customer.pk, tier="A", reason="Ten machines", at=AT, by=SYSTEM)
    last = timeline(customer.subject)[-1]
    assert (last.before, last.after, last.data["reason"]) == ({"tier": "C"}, {"tier": "A"}, "Ten machines")


def test_an_agent_does_not_grade():
    agent = Actor(user_id=1, kind="staff", permissions=frozenset({"customers.see"}))
    with pytest.raises(Forbidden):
        services.set_tier(customer_id=a_customer().pk, tier="A", reason="x", at=AT, by=agent)


def test_a_customer_sees_themselves_only():
    me, other = a_customer(), a_customer()
    actor = customer_actor(me.pk, me.name)
    assert queries.get(me.pk, actor) == me
    with pytest.raises(NotFound):
        queries.get(other.pk, actor)


def test_removing_the_primary_contact_makes_the_next_one_primary():
    customer = a_customer(phone="13812345678")
    second = services.add_contact(
        customer_id=customer.pk, kind="phone", value="13812345679", at=AT, by=SYSTEM
    )
    assert not second.primary
    first = queries.contacts_of(customer.pk)[0]
    services.remove_contact(customer_id=customer.pk, contact_id=first.pk, at=AT, by=SYSTEM)
    assert [(one.value, one.primary) for one in queries.contacts_of(customer.pk)] == [("13812345679", True)]


def test_adding_their_own_contact_again_changes_nothing():
    customer = a_customer(phone="13812345678")
    services.add_contact(customer_id=customer.pk, kind="phone", value="138 1234 5678", at=AT, by=SYSTEM)
    assert customer.contacts.count() == 1


def test_an_assets_serial_number_is_there_once_per_customer():
    customer = a_customer()
    an_asset(customer, serial_number="SN-1")
    with pytest.raises(Invalid):
        an_asset(customer, serial_number="SN-1")
    an_asset(a_customer(), serial_number="SN-1")
    an_asset(customer), an_asset(customer)


def test_a_warranty_does_not_end_before_the_purchase():
    asset = an_asset(a_customer(), bought_on=AT.date())
    with pytest.raises(Invalid) as refused:
        services.change_asset(
            asset_id=asset.pk, warranty_until=AT.date().replace(year=2020), at=AT, by=SYSTEM
        )
    assert refused.value.field == "warranty_until"


def test_revealing_a_contact_is_written_down():
    customer = a_customer(phone="13812345678")
    point = customer.contacts.get()
    clerk = Actor(user_id=7, name="Clerk", kind="staff", permissions=frozenset({"customers.reveal_contacts"}))
    services.reveal(customer_id=customer.pk, contact_id=point.pk, at=AT, by=clerk)
    log = queries.accesses(customer.pk)[0]
    assert (log.user_id, log.user_name, log.what) == (7, "Clerk", "reveal:phone")
    with pytest.raises(Forbidden):
        services.reveal(customer_id=customer.pk, contact_id=point.pk, at=AT, by=ANONYMOUS)


def test_opening_the_page_again_soon_is_one_look():
    customer = a_customer()
    reader = Actor(user_id=7, name="Reader", kind="staff")
    services.log_opening(customer_id=customer.pk, at=AT, by=reader)
    services.log_opening(customer_id=customer.pk, at=AT.replace(minute=20), by=reader)
    services.log_opening(customer_id=customer.pk, at=AT.replace(minute=31), by=reader)
    assert len(queries.accesses(customer.pk)) == 2
