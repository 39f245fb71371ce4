import pytest

from shouwen.customers import queries
from shouwen.customers.models import Customer
from shouwen.customers.testing import AT, a_customer, an_asset
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts.services import create_user
from shouwen.platform.apikit.services import create_token

pytestmark = pytest.mark.django_db
URL = "/api/v1/customers"


@pytest.fixture
def api(client):
    """A caller with a role and scopes: api("agent", "customers:read").get(url)"""

    def caller(role, *scopes):
        create_user(username=role, name="Demo", password=None, roles=[role], at=AT, by=SYSTEM)
        _token, secret = create_token(username=role, scopes=scopes, at=AT, by=SYSTEM)

        def call(method, path="", **body):
            values = {"data": body, "content_type": "application/json"} if method != "get" else {"data": body}
            url = f"{URL}{path}"
            return getattr(client, method)(url, headers={"Authorization": f"Bearer {secret}"}, **values)

        return call

    return caller


def test_customers_are_listed_searched_and_paged(api):
    call = api("agent", "customers:read")
    for number in range(3):
        a_customer(f"Demo {number}", phone=f"1390000000{number}")
    first = call("get", limit=2).json()
    assert [one["name"] for one in first["items"]] == ["Demo 2", "Demo 1"]
    rest = call("get", limit=2, cursor=first["next_cursor"]).json()
    assert [one["name"] for one in rest["items"]] == ["Demo 0"]
    assert [one["name"] for one in call("get", q="0001").json()["items"]] == ["Demo 1"]


def test_contacts_are_masked_for_who_may_not_see_them(api):
    customer = a_customer(phone="13812345678")
    shown = api("back_office", "customers:read")("get", f"/{customer.pk}").json()["contacts"][0]
    assert (shown["value"], shown["masked"]) == ("138****5678", True)


def test_a_customer_is_registered_changed_and_graded(api):
    call = api("account_manager", "customers:read", "customers:write")
    made = call("post", name="Zhang", contacts=[{"kind": "email", "value": "Z@example.com"}])
    assert made.status_code == 201
    pk = made.json()["id"]
    changed = call("patch", f"/{pk}", region="Hunan", tier="A", tier_reason="Ten machines").json()
    assert (changed["region"], changed["tier"], changed["name"]) == ("Hunan", "A", "Zhang")
    contact = call("post", f"/{pk}/contacts", kind="phone", value="13812345678").json()
    assert call("delete", f"/{pk}/contacts/{contact['id']}").status_code == 204
    assert [point.kind for point in queries.contacts_of(pk)] == ["email"]


def test_assets_flags_and_merges_go_by_api(api):
    call = api("supervisor", "customers:read", "customers:write")
    one, two = a_customer(), a_customer()
    made = call("post", f"/{one.pk}/assets", name="Crane", warranty_until="2020-01-01").json()
    assert made["warranty"] == "out"
    emptied = call("patch", f"/{one.pk}/assets/{made['id']}", warranty_until=None).json()
    assert emptied["warranty"] == "unknown"
    assert call("get", f"/{one.pk}/assets").json()[0]["name"] == "Crane"
    year = now().year + 1
    early = {
        "reason": "Shouts",
        "evidence": "Call",
        "review_on": f"{year}-01-01",
        "expires_at": f"{year}-01-01T12:00:00Z",
    }
    assert call("post", f"/{one.pk}/flags", **early).status_code == 201
    (flag,) = call("get", f"/{one.pk}/flags").json()
    assert flag["reason"] == "Shouts"
    path = f"/{one.pk}/flags/{flag['id']}"
    assert (
        call("post", f"{path}/hearing", words="I waited for hours").json()["heard_words"]
        == "I waited for hours"
    )
    assert call("post", f"/{two.pk}/flags/{flag['id']}/end").status_code == 404
    kept = {"review_on": f"{year}-01-01", "expires_at": f"{year}-01-02T12:00:00Z"}
    assert call("post", f"{path}/review", **kept).status_code == 409, (
        "who set it does not weigh the objection"
    )
    assert call("post", f"{path}/end", reason="Settled").json()["ended_at"] is not None
    merge = call("post", f"/{one.pk}/merges", loser_id=two.pk)
    assert merge.status_code == 201
    undone = call("delete", f"/{one.pk}/merges/{merge.json()['id']}").json()
    assert undone["undone_at"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("post", "", {"name": ""}, 422),
        ("post", "", {"name": "x", "unknown": 1}, 422),
        ("post", "", {"name": "x", "contacts": [{"kind": "phone", "value": "abc"}]}, 422),
        ("post", "", {"name": "x", "contacts": [{"kind": "phone", "value": "13812345678"}]}, 422),
        ("post", "", {"name": "x", "organisation_id": 999999}, 404),
        ("get", "/999999", {}, 404),
        ("get", "", {"cursor": "forged"}, 422),
        ("get", "", {"limit": 1000}, 422),
        ("patch", "/{pk}", {"tier": "A"}, 422),
        ("patch", "/{pk}", {"zone": "Mars"}, 422),
        ("patch", "/{pk}", {"organisation_id": 999999}, 404),
        ("post", "/{pk}/merges", {"loser_id": 999999}, 404),
        ("delete", "/{pk}/merges/999999", {}, 404),
        ("patch", "/{pk}/assets/999999", {"name": "x"}, 404),
        ("delete", "/{pk}/contacts/999999", {}, 404),
    ],
)
def test_bad_input_gets_a_clear_refusal(api, method, path, body, status):
    call = api("supervisor", "customers:read", "customers:write")
    taken = a_customer(phone="13812345678")
    an_asset(taken)
    answer = call(method, path.replace("{pk}", str(taken.pk)), **body)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_without_scope_or_right_nothing_is_written(api):
    assert api("agent", "customers:read")("post", name="x").status_code == 403
    assert api("back_office", "customers:write")("post", name="x").status_code == 403
    assert not Customer.objects.exists()
