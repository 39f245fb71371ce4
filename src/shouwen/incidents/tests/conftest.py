"""A furnished installation and somebody who leads incidents."""

from collections.abc import Callable

import pytest
from django.test import Client

from shouwen.cases.testing import furnished
from shouwen.incidents.testing import a_lead
from shouwen.people.models import Staff
from shouwen.people.testing import a_person
from shouwen.platform.access import Actor


@pytest.fixture
def lead(db: None) -> Actor:
    furnished()
    return a_lead()


@pytest.fixture
def sign_in() -> Callable[[Staff], Client]:
    def enter(staff: Staff) -> Client:
        client = Client(headers={"accept-language": "zh"})
        client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture
def leading(lead: Actor, sign_in: Callable[[Staff], Client]) -> Client:
    return sign_in(Staff.objects.get(pk=lead.user_id))


@pytest.fixture
def agent(lead: Actor) -> Staff:
    return a_person("agent", name="安娜", presence="on_duty")
