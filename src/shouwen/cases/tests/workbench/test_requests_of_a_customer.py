"""The customer's page shows what is in work with them first, and leads to all their requests."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from shouwen.cases import queries
from shouwen.cases.models import Case
from shouwen.cases.testing import AT, a_case
from shouwen.customers.testing import a_customer
from shouwen.people.testing import a_person, as_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases() -> list[Case]:
    """Ten of one customer, the oldest still in work, and one of somebody else."""
    who = a_customer("赵敏", email="zhao@example.com")
    made = [a_case(customer=who, subject=f"请求{n}", at=AT + timedelta(hours=n)) for n in range(10)]
    Case.objects.filter(pk__in=[one.pk for one in made[1:]]).update(
        active=False, state="confirmed", closed_at=AT
    )
    a_case(subject="别人的请求", at=AT + timedelta(hours=20))
    return made


def test_what_is_in_work_stands_before_the_latest_others(
    cases: list[Case], django_assert_max_num_queries: Any
) -> None:
    actor = as_actor(a_person("agent"))
    with django_assert_max_num_queries(3):  # the kinds' names are one
        found = queries.requests_of(cases[0].customer_id, actor, AT)
    assert [row.subject for row in found.active] == ["请求0"]
    assert [row.subject for row in found.ended] == [f"请求{n}" for n in range(9, 1, -1)]
    assert found.more


def test_the_page_leads_to_all_of_them_by_the_customers_name(cases: list[Case], sign_in: Any) -> None:
    agent = sign_in(a_person("agent"))
    page = agent.get(reverse("customers:customer", args=[cases[0].customer_id])).content.decode()
    assert page.index("请求0") < page.index("请求9")
    address = f"{reverse('cases:inbox')}?view=all&customer={cases[0].customer_id}"
    assert address.replace("&", "&amp;") in page
    listed = agent.get(address).content.decode()
    assert "请求1" in listed
    assert "别人的请求" not in listed
    assert "赵敏" in listed


def test_a_restricted_request_is_not_on_the_page_of_a_stranger(cases: list[Case], sign_in: Any) -> None:
    Case.objects.filter(pk=cases[0].pk).update(restricted=True)
    page = sign_in(a_person("agent")).get(reverse("customers:customer", args=[cases[0].customer_id]))
    assert "请求0" not in page.content.decode()
