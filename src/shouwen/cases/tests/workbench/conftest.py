"""An agent who is signed in, with a case of her own."""

from collections.abc import Callable

import pytest
from django.test import Client

from shouwen.cases.models import Case
from shouwen.cases.testing import a_case, furnished
from shouwen.people.models import Staff
from shouwen.people.testing import a_person, a_team


@pytest.fixture(autouse=True)
def _installation(db: None) -> None:
    furnished()


@pytest.fixture
def anna() -> Staff:
    return a_person("agent", name="安娜", teams=(a_team("一组"),), presence="on_duty")


@pytest.fixture
def sign_in() -> Callable[[Staff], Client]:
    def enter(staff: Staff) -> Client:
        client = Client(headers={"accept-language": "zh"})
        client.force_login(staff.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter


@pytest.fixture
def at_work(anna: Staff, sign_in: Callable[[Staff], Client]) -> Client:
    return sign_in(anna)


@pytest.fixture
def case(anna: Staff) -> Case:
    return a_case(owner=anna)
