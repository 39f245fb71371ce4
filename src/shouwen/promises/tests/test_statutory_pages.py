"""The pages of statutory time limits."""

import pytest
from django.test import Client

from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM, now
from shouwen.promises import queries, services
from shouwen.promises.testing import forget

pytestmark = pytest.mark.django_db
SETTINGS = "/settings/statutory-limits/"


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(a_person(*roles).user)
    return client


def running() -> int:
    at = now()
    subject = ("contact", 3)
    return services.start_statutory(
        subject=subject, code="cn-finance", received_at=at, reference="2026-117", at=at, by=SYSTEM
    ).pk


def test_a_limit_explains_itself_with_its_source() -> None:
    page = signed_in("agent").get(f"/promises/statutory/{running()}/").text
    assert "银行业保险业消费投诉处理管理办法" in page
    assert "2026-117" in page
    assert "extension" not in page  # an agent who does not answer for it extends nothing


def test_a_supervisor_extends_with_a_reason_and_others_do_not() -> None:
    pk = running()
    address = f"/promises/statutory/{pk}/extension/"
    assert signed_in("agent").post(address, {"reason": "需要鉴定"}).status_code == 403
    boss = signed_in("supervisor")
    assert boss.post(address, {"reason": ""}).status_code == 422
    assert boss.post(address, {"reason": "需要鉴定"}).status_code == 302
    assert "需要鉴定" in boss.get(f"/promises/statutory/{pk}/").text
    assert boss.get("/promises/statutory/999/").status_code == 404


def test_a_chief_states_a_new_version_from_the_one_before() -> None:
    assert signed_in("supervisor").get(SETTINGS).status_code == 403
    chief = signed_in("chief")
    assert "FCA Handbook DISP 1.6.2R" in chief.get(SETTINGS).text
    old = queries.statutory_in_force("fca-summary", now())
    assert old is not None
    assert "17:00" in chief.get(f"{SETTINGS}new/?based_on={old.pk}").text
    given = {
        "code": old.code,
        "name": old.name,
        "authority": old.authority,
        "source": "DISP 2027",
        "count": "5",
        "unit": "working_days",
        "country": "GB",
        "zone": "Europe/London",
        "ends_at": "18:30",
        "extensions": "2 by consent",
    }
    wrong = chief.post(f"{SETTINGS}new/", {**given, "ends_at": "25:99"})
    assert wrong.status_code == 422
    assert chief.post(f"{SETTINGS}new/", {**given, "extensions": "soon"}).status_code == 422
    assert chief.post(f"{SETTINGS}new/", given).status_code == 302
    made = queries.statutory_in_force("fca-summary", now())
    assert made is not None
    assert (made.version, made.ends_at, made.extensions) == (2, 1110, [{"count": 2, "why": "by consent"}])
    assert chief.post(f"{SETTINGS}{made.pk}/end/").status_code == 302
    assert queries.statutory_in_force("fca-summary", now()) is None
