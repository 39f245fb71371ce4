"""The demonstration company loads whole, looks alive, and never into a house where somebody lives."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory

from shouwen.cases import queries
from shouwen.cases.models import Case, Confirmation
from shouwen.cases.testing import furnished
from shouwen.customers.models import Asset, Customer
from shouwen.demo import company, signins
from shouwen.demo.dice import Dice
from shouwen.demo.loading import load
from shouwen.demo.simulation import arrive
from shouwen.people.models import Staff, Team
from shouwen.people.testing import as_actor
from shouwen.platform.search.queries import find
from shouwen.promises.models import Promise

AT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def _company() -> None:
    furnished(AT)
    load(at=AT)


@pytest.mark.usefixtures("_company")
def test_the_company_is_as_large_as_it_says() -> None:
    assert (Team.objects.count(), Staff.objects.count(), Customer.objects.count()) == (6, 20, 300)
    assert Case.objects.count() == 1500
    assert Asset.objects.count() > 250
    assert Confirmation.objects.filter(solved=True).count() > 800
    assert {"open", "kept", "broken"} <= set(Promise.objects.values_list("state", flat=True))
    roles = {role for staff in Staff.objects.select_related("user") for role in staff.user.roles}
    assert len(roles) == 9
    assert all("（演示）" in staff.name for staff in Staff.objects.all())
    newest = Case.objects.order_by("-last_at")[:1].get()
    assert Customer.objects.order_by("-last_contact_at")[:1].get().last_contact_at == newest.last_at


@pytest.mark.usefixtures("_company")
def test_everybody_can_sign_in_and_sees_work() -> None:
    assert len(signins.table()) == 9
    request = RequestFactory().post("/accounts/login/")
    assert authenticate(request, username="wang", password=company.PASSWORD) is not None
    wang = as_actor(Staff.objects.get(user__username="wang"))
    assert queries.count("mine", wang, AT) > 3
    assert queries.count("unowned", wang, AT) > 0
    assert find("case", "开裂", limit=5)


@pytest.mark.usefixtures("_company")
def test_the_simulation_lets_a_contact_arrive_by_the_usual_door() -> None:
    case = arrive(dice=Dice(7), at=AT)
    assert case is not None
    assert case.state == "new"
    assert case.due_at is not None
