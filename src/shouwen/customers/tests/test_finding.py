import pytest

from shouwen.customers import queries
from shouwen.customers.testing import AT, a_customer, an_asset, an_organisation
from shouwen.platform.access import ANONYMOUS, SYSTEM
from shouwen.platform.jobs.worker import run_all
from shouwen.platform.ledger.dispatch import deliver_all
from shouwen.platform.web import paginate

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang():
    company = an_organisation("湖南重机租赁")
    customer = a_customer(
        "张伟", phone="138-1234-5678", email="zhang@example.com", organisation=company, external_ref="ERP-77"
    )
    an_asset(customer, "挖掘机", serial_number="SY215-0042")
    a_customer("李娜", phone="0731-84031888", email="li@other.example")
    return customer


@pytest.mark.parametrize(
    "typed",
    [
        "张", "张伟", "zhangwei", "zhangw", "zw", "138", "13812345678", "5678", "138 1234", "+8613812345678",
        "zhang@", "zhang@example.com", "@example.com", "SY215", "ERP-77",
    ],
)  # fmt: skip
def test_a_customer_is_found_by_what_somebody_remembers(zhang, typed):
    assert queries.lookup(typed) == [zhang]


@pytest.mark.parametrize("typed", ["", "  ", "zz", "99999", "nobody@nowhere", "王"])
def test_what_fits_nobody_finds_nobody(zhang, typed):
    assert queries.lookup(typed) == []


def test_a_landline_is_found_with_and_without_its_zero(zhang):
    assert [one.name for one in queries.lookup("0731-8403")] == ["李娜"]
    assert [one.name for one in queries.lookup("73184031888")] == ["李娜"]


def test_words_inside_are_found_once_indexed(zhang):
    deliver_all(), run_all(AT.replace(year=2100))
    assert zhang.organisation in queries.lookup("租赁")
    assert queries.lookup("挖掘") == [zhang]


def test_the_list_costs_the_same_few_queries_for_many(django_assert_num_queries):
    for number in range(30):
        a_customer(phone=f"139000000{number:02}")
    with django_assert_num_queries(3):
        page = paginate(queries.listed(SYSTEM, at=AT), order=queries.ORDER, limit=25)
        assert all(len(one.contacts.all()) == 1 for one in page.items)
    assert len(page.items) == 25


def test_the_list_is_filtered_by_tier_kind_and_words():
    big = an_organisation("Alpha", tier="A")
    a_customer("Alpha's clerk", tier="A"), a_customer("Beta")
    assert list(queries.listed(SYSTEM, at=AT, tier="A", kind="organisation")) == [big]
    assert list(queries.listed(SYSTEM, at=AT, q="alph", kind="organisation")) == [big]


def test_strangers_see_no_customers():
    a_customer()
    assert list(queries.listed(ANONYMOUS, at=AT)) == []
