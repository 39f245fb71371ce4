from datetime import date, timedelta

import pytest
from django.urls import reverse

from shouwen.customers import queries, services
from shouwen.customers.models import Customer
from shouwen.customers.testing import AT, a_customer, a_flag, an_asset, an_organisation
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.accounts.services import create_user

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def sign_in(client):
    def sign_in_as(*roles, language="zh-hans"):
        user = create_user(
            username=f"demo-{'-'.join(roles)}",
            name="Demo User",
            password=None,
            roles=roles,
            language=language,
            at=AT,
            by=SYSTEM,
        )
        client.force_login(user, backend=BACKEND)
        return user

    return sign_in_as


@pytest.fixture
def zhang():
    company = an_organisation("湖南重机租赁")
    customer = a_customer(
        "张伟", phone="13812345678", email="zhang@example.com", organisation=company, note="Calls early"
    )
    an_asset(customer, "挖掘机", serial_number="SN-1", until=date(2020, 1, 1))
    services.flag(
        customer_id=customer.pk, reason="Shouted at the desk", evidence="2 March, heard by two",
        review_on=now().date() + timedelta(days=5),
        expires_at=now() + timedelta(days=9), at=now(), by=SYSTEM,
    )  # fmt: skip
    a_customer("张伟")
    return customer


def text_of(response):
    return response.content.decode()


def at(name, *args):
    return reverse(f"customers:{name}", args=args)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", ["agent", "back_office", "administrator"])
def test_the_page_about_a_customer_shows_all_that_is_known(client, sign_in, zhang, role, language):
    sign_in(role, language=language)
    response = client.get(at("customer", zhang.pk))
    assert response.status_code == 200
    for word in ("张伟", "湖南重机租赁", "挖掘机", "SN-1", "Shouted at the desk", "Calls early"):
        assert word in text_of(response)
    assert ("13812345678" in text_of(response)) == (role != "back_office")


def test_the_page_costs_the_same_queries_however_much_there_is(
    client, sign_in, zhang, django_assert_max_num_queries
):
    sign_in("agent")
    for number in range(10):
        an_asset(zhang, serial_number=f"X{number}")
        services.add_contact(
            customer_id=zhang.pk, kind="phone", value=f"139000000{number:02}", at=AT, by=SYSTEM
        )
    client.get(at("customer", zhang.pk))
    with django_assert_max_num_queries(24):
        client.get(at("customer", zhang.pk))


def test_opening_the_page_is_logged_once(client, sign_in, zhang):
    sign_in("agent")
    client.get(at("customer", zhang.pk)), client.get(at("customer", zhang.pk))
    assert [row.what for row in queries.accesses(zhang.pk)] == ["open"]


def test_a_masked_number_is_revealed_by_a_click_and_logged(client, sign_in, zhang):
    sign_in("back_office")
    point = zhang.contacts.get(kind="phone")
    part = client.post(at("reveal", zhang.pk, point.pk), headers={"HX-Request": "true"})
    assert "13812345678" in text_of(part)
    assert "<html" not in text_of(part)
    whole = client.post(at("reveal", zhang.pk, point.pk))
    assert "13812345678" in text_of(whole)
    assert [row.what for row in queries.accesses(zhang.pk)] == ["reveal:phone"] * 2


@pytest.mark.parametrize("role", ["agent", "back_office"])
def test_the_list_masks_numbers_for_who_may_not_see_them(client, sign_in, zhang, role):
    sign_in(role)
    html = text_of(client.get(at("list")))
    assert ("13812345678" in html) == (role == "agent")
    assert ("138****5678" in html) == (role != "agent")


def test_the_list_is_searched_and_filtered(client, sign_in, zhang):
    sign_in("agent")
    assert "李娜" not in text_of(client.get(at("list"), {"q": "zhangw"}))
    assert "张伟" in text_of(client.get(at("list"), {"q": "5678"}))
    part = client.get(at("list"), {"tier": "A"}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)
    assert client.get(at("list"), {"tier": "Z"}).status_code == 422
    assert client.get(at("list"), {"cursor": "forged"}).status_code == 422


def test_paging_goes_on_after_the_last_row(client, sign_in):
    sign_in("agent")
    for number in range(53):
        a_customer(f"Demo {number:03}", at=AT + timedelta(minutes=number))
    first = client.get(at("list"))
    assert "Demo 052" in text_of(first)
    assert "Demo 002" not in text_of(first)


PAGES = ["list", "new", "flags"]
OF_ONE = ["customer", "history", "edit", "new-asset", "new-flag", "merge", "data"]


@pytest.mark.parametrize("name", [*PAGES, *OF_ONE])
@pytest.mark.parametrize("role", ["administrator", "provider", ""])
def test_pages_open_for_who_may_and_for_nobody_else(client, sign_in, zhang, name, role):
    if role:
        sign_in(role)
    status = client.get(at(name, zhang.pk) if name in OF_ONE else at(name)).status_code
    assert status == {"administrator": 200, "provider": 403, "": 302}[role]


def test_a_customer_is_registered_by_form(client, sign_in, zhang):
    sign_in("agent")
    form = {
        "name": "李娜", "kind": "person", "language": "zh-hans", "phone": "139 0000 0001",
        "organisation": f"x #{zhang.organisation_id}",
    }  # fmt: skip
    wrong = client.post(at("new"), {**form, "phone": "13812345678"})
    assert wrong.status_code == 422
    assert "张伟" in text_of(wrong)
    assert client.post(at("new"), {**form, "organisation": "Nowhere"}).status_code == 422
    assert client.post(at("new"), form).status_code == 302
    made = Customer.objects.get(name="李娜")
    assert (made.organisation, made.contacts.get().normalised) == (zhang.organisation, "+8613900000001")


def test_a_customer_is_changed_and_graded_by_form(client, sign_in, zhang):
    sign_in("account_manager")
    form = {"name": "张大伟", "language": "en", "zone": "Asia/Tokyo", "organisation": ""}
    assert client.post(at("edit", zhang.pk), form).status_code == 302
    assert client.post(at("tier", zhang.pk), {"tier": "A"}).status_code == 422
    client.post(at("tier", zhang.pk), {"tier": "A", "reason": "Ten machines"})
    zhang.refresh_from_db()
    assert (zhang.name, zhang.organisation, zhang.tier, zhang.zone) == ("张大伟", None, "A", "Asia/Tokyo")


def test_contacts_are_kept_by_form(client, sign_in, zhang):
    sign_in("agent")
    wrong = client.post(at("new-contact", zhang.pk), {"kind": "phone", "value": "abc"})
    assert wrong.status_code == 422
    client.post(at("new-contact", zhang.pk), {"kind": "phone", "value": "13900000009", "label": "site"})
    point = zhang.contacts.get(label="site")
    client.post(at("primary", zhang.pk, point.pk))
    assert zhang.contacts.get(kind="phone", primary=True) == point
    client.post(at("removal", zhang.pk, point.pk))
    assert zhang.contacts.filter(kind="phone").get().primary


def test_assets_are_kept_by_form(client, sign_in, zhang):
    sign_in("agent")
    form = {"name": "起重机", "bought_on": "2026-01-01", "warranty_until": "2028-01-01"}
    assert client.post(at("new-asset", zhang.pk), form).status_code == 302
    asset = zhang.assets.get(name="起重机")
    assert client.get(at("asset", zhang.pk, asset.pk)).status_code == 200
    wrong = client.post(at("asset", zhang.pk, asset.pk), {**form, "warranty_until": "2020-01-01"})
    assert wrong.status_code == 422
    client.post(at("asset", zhang.pk, asset.pk), {**form, "name": "塔吊"})
    asset.refresh_from_db()
    assert asset.name == "塔吊"


def test_a_flag_is_set_kept_and_ended_by_form(client, sign_in):
    sign_in("agent")
    customer, today = a_customer(), now().date()
    form = {
        "reason": "Threatened to sue", "evidence": "Mail of 2 March", "review_on": today + timedelta(days=5),
        "expires_on": today + timedelta(days=20),
    }  # fmt: skip
    assert client.post(at("new-flag", customer.pk), {**form, "expires_on": "2020-01-01"}).status_code == 422
    assert client.post(at("new-flag", customer.pk), {**form, "evidence": ""}).status_code == 422
    client.post(at("new-flag", customer.pk), form)
    flag = customer.flags.get()
    assert client.get(at("review-flag", flag.pk)).status_code == 200
    client.post(at("review-flag", flag.pk), {**form, "reason": "Sued"})
    client.post(at("flag-hearing", flag.pk), {"words": "I waited for two hours"})
    assert "I waited for two hours" in text_of(client.get(at("review-flag", flag.pk)))
    assert client.post(at("flag-hearing", flag.pk), {"words": ""}).status_code == 422
    client.post(at("end-flag", flag.pk), {"reason": "Settled"})
    flag.refresh_from_db()
    assert (flag.reason, flag.ended_reason) == ("Sued", "Settled")


def test_two_records_are_compared_merged_and_taken_apart(client, sign_in, zhang):
    sign_in("supervisor")
    twin = Customer.objects.filter(name="张伟").exclude(pk=zhang.pk).get()
    services.change(customer_id=twin.pk, region="Hunan", at=AT, by=SYSTEM)
    assert "Hunan" in text_of(client.get(at("merge", zhang.pk), {"with": twin.pk}))
    form = {"with": twin.pk, "pick_region": "winner", "pick_note": "winner"}
    assert client.post(at("merge", zhang.pk), form).status_code == 302
    assert client.get(at("customer", twin.pk))["Location"] == at("customer", zhang.pk)
    zhang.refresh_from_db()
    assert zhang.region == ""
    client.post(at("undo-merge", queries.merges_of(zhang.pk)[0].pk))
    assert client.get(at("customer", twin.pk)).status_code == 200


def test_data_is_exported_and_erased_by_form(client, sign_in, zhang):
    sign_in("administrator")
    assert "13812345678" in text_of(client.post(at("export", zhang.pk)))
    assert client.post(at("erasure", zhang.pk), {"reason": "Asked"}).status_code == 422
    client.post(at("erasure", zhang.pk), {"reason": "Asked", "sure": "1"})
    assert client.get(at("customer", zhang.pk)).status_code == 200
    assert not zhang.contacts.exists()


def test_organisations_are_suggested_while_typing(client, sign_in, zhang):
    sign_in("agent")
    html = text_of(client.get(at("organisations"), {"organisation": "hunan"}))
    assert f"湖南重机租赁 #{zhang.organisation_id}" in html
    a_flag(zhang)


def test_a_hold_is_set_by_form_stops_the_erasure_and_is_released(client, sign_in, zhang):
    sign_in("administrator")
    assert client.post(at("holds", zhang.pk), {"hold_reason": ""}).status_code == 422
    assert (
        client.post(at("holds", zhang.pk), {"hold_reason": "诉讼", "until": "2020-01-01"}).status_code == 422
    )
    client.post(at("holds", zhang.pk), {"hold_reason": "诉讼保全"})
    page = client.get(at("data", zhang.pk)).content.decode()
    assert page.count("诉讼保全") == 2
    refused = client.post(at("erasure", zhang.pk), {"reason": "Asked", "sure": "1"})
    assert refused.status_code == 409
    zhang.refresh_from_db()
    assert zhang.name == "张伟"
    held = queries.holds_of(zhang.pk)[0]
    client.post(reverse("customers:release-hold", args=[held.pk]))
    assert client.post(reverse("customers:release-hold", args=[held.pk])).status_code == 409
    client.post(at("erasure", zhang.pk), {"reason": "Asked", "sure": "1"})
    zhang.refresh_from_db()
    assert zhang.name == ""


def test_an_agent_neither_holds_nor_releases(client, sign_in, zhang):
    held = services.hold(customer_id=zhang.pk, reason="Court", until=None, at=AT, by=SYSTEM)
    sign_in("agent")
    assert client.post(at("holds", zhang.pk), {"hold_reason": "x"}).status_code == 403
    assert client.post(reverse("customers:release-hold", args=[held.pk])).status_code == 403
