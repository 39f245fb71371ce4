"""Covered, not covered or unknown, and why; and the catalogue that everybody may read."""

from datetime import date

import pytest
from django.test import Client

from shouwen.customers.testing import a_customer, an_asset
from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.people.testing import a_person, as_actor
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries, services
from shouwen.promises.rules.coverage import Rule, Thing, after, judge
from shouwen.promises.testing import AT, a_standard, an_item, forget

pytestmark = pytest.mark.django_db
BOUGHT = date(2026, 1, 31)
RETURN = Rule("return", 7, "days", evidence="发票")
EXCHANGE = Rule("exchange", 15, "days")
REPAIR = Rule("repair", 12, "months")
OWN = Rule("warranty", None)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


@pytest.mark.parametrize(
    ("start", "span", "unit", "last"),
    [
        (date(2026, 3, 10), 7, "days", date(2026, 3, 17)),
        (date(2026, 1, 31), 1, "months", date(2026, 2, 28)),
        (date(2024, 1, 31), 1, "months", date(2024, 2, 29)),
        (date(2024, 2, 29), 12, "months", date(2025, 2, 28)),
        (date(2025, 12, 15), 36, "months", date(2028, 12, 15)),
    ],
)
def test_a_span_ends_on_its_known_day(start: date, span: int, unit: str, last: date) -> None:
    assert after(start, span, unit) == last


@pytest.mark.parametrize(
    ("rule", "thing", "on", "verdict", "until"),
    [
        (RETURN, Thing(BOUGHT), date(2026, 2, 7), "covered", date(2026, 2, 7)),
        (RETURN, Thing(BOUGHT), date(2026, 2, 8), "not_covered", date(2026, 2, 7)),
        (EXCHANGE, Thing(BOUGHT), date(2026, 2, 15), "covered", date(2026, 2, 15)),
        (REPAIR, Thing(BOUGHT), date(2027, 1, 31), "covered", date(2027, 1, 31)),
        (REPAIR, Thing(BOUGHT), date(2027, 2, 1), "not_covered", date(2027, 1, 31)),
        (REPAIR, Thing(BOUGHT, repair_days=10), date(2027, 2, 10), "covered", date(2027, 2, 10)),
        (REPAIR, Thing(), date(2026, 2, 1), "unknown", None),
        (REPAIR, Thing(warranty_until=date(2030, 1, 1)), date(2026, 2, 1), "unknown", None),
        (REPAIR, Thing(BOUGHT), date(2026, 1, 1), "unknown", date(2027, 1, 31)),
        (OWN, Thing(BOUGHT, date(2026, 6, 30)), date(2026, 6, 30), "covered", date(2026, 6, 30)),
        (OWN, Thing(BOUGHT, date(2026, 6, 30)), date(2026, 7, 1), "not_covered", date(2026, 6, 30)),
        (OWN, Thing(BOUGHT), date(2026, 7, 1), "unknown", None),
        (Rule("warranty", 24), Thing(BOUGHT), date(2027, 7, 1), "covered", date(2028, 1, 31)),
        (
            Rule("warranty", 24),
            Thing(BOUGHT, date(2026, 6, 30)),
            date(2027, 7, 1),
            "not_covered",
            date(2026, 6, 30),
        ),
    ],
)
def test_what_is_covered_follows_from_the_dates(
    rule: Rule, thing: Thing, on: date, verdict: str, until: date | None
) -> None:
    found = judge(rule, thing, on)
    assert (found.verdict, found.until) == (verdict, until)


def test_the_page_says_why_and_asks_for_evidence() -> None:
    item = an_item("家电三包")
    services.set_coverage(item_id=item.pk, wanted=[RETURN, REPAIR], at=AT, by=SYSTEM)
    customer = a_customer()
    asset = an_asset(customer, bought_on=BOUGHT)
    client = Client()
    client.force_login(a_person("agent").user)
    shown = client.get(f"/promises/coverage/?item={item.pk}&asset={asset.pk}&on=2026-02-05").text
    assert "2026-02-07" in shown
    assert "发票" in shown
    nothing = client.get(f"/promises/coverage/?item={item.pk}").text
    assert "不知道购买日期" in nothing
    assert client.get("/promises/coverage/?item=999").status_code == 404
    assert client.get("/promises/coverage/?on=soon").status_code == 422


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ([Rule("return", None)], "span"),
        ([Rule("return", 9999, "days")], "span"),
        ([Rule("gift", 1)], "sort"),
        ([Rule("return", 1, "years")], "unit"),
        ([RETURN, RETURN], "sort"),
        ([Rule("return", 7, "days", source="x" * 201)], "source"),
    ],
)
def test_a_wrong_coverage_is_refused_by_its_field(wanted: list[Rule], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        services.set_coverage(item_id=an_item().pk, wanted=wanted, at=AT, by=SYSTEM)
    assert fault.value.field == field


def test_only_a_chief_states_what_is_covered() -> None:
    with pytest.raises(Forbidden):
        services.set_coverage(item_id=an_item().pk, wanted=[], at=AT, by=as_actor(a_person("agent")))
    client = Client()
    client.force_login(a_person("chief").user)
    item = an_item()
    address = f"/settings/service-items/{item.pk}/coverage/"
    assert client.get(address).status_code == 200
    given = {"on_return": "1", "span_return": "7", "unit_return": "days", "evidence_return": "发票"}
    assert client.post(address, {**given, "span_return": ""}).status_code == 422
    assert client.post(address, {**given, "on_warranty": "1"}).status_code == 302
    stated = {row.sort: (row.span, row.unit) for row in queries.coverage_rules(item.pk)}
    assert stated == {"return": (7, "days"), "warranty": (None, "months")}
    assert "发票" in client.get(f"/settings/service-items/{item.pk}/").text


def test_everybody_reads_what_is_public_and_nothing_else() -> None:
    shown = an_item("上门维修", code="on-site", covered="人工费")
    services.change_item(
        item_id=shown.pk, public=True, expectation_notice="两小时内到场，配件另计。", at=AT, by=SYSTEM
    )
    services.set_coverage(item_id=shown.pk, wanted=[RETURN], at=AT, by=SYSTEM)
    a_standard(item_id=shown.pk, tier="A", first_reply_seconds=900)
    an_item("内部盘点", code="stocktaking")
    stranger = Client()
    listed = stranger.get("/catalogue/").text
    assert "上门维修" in listed
    assert "内部盘点" not in listed
    page = stranger.get("/catalogue/on-site/").text
    for words in ("两小时内到场", "人工费", "发票"):
        assert words in page
    assert stranger.get("/catalogue/stocktaking/").status_code == 404
    services.change_item(item_id=shown.pk, active=False, at=AT, by=SYSTEM)
    assert stranger.get("/catalogue/on-site/").status_code == 404


def test_a_notice_must_be_written_before_it_is_sent() -> None:
    item = an_item()
    with pytest.raises(Invalid) as fault:
        services.change_item(item_id=item.pk, sends_notice=True, at=AT, by=SYSTEM)
    assert fault.value.field == "expectation_notice"
    services.change_item(
        item_id=item.pk,
        sends_notice=True,
        expectation_notice="三天",
        expectation_notice_en="Three days",
        at=AT,
        by=SYSTEM,
    )
    assert (queries.notice_to_send(item.pk, "en"), queries.notice_to_send(item.pk, "zh-hans")) == (
        "Three days",
        "三天",
    )
    services.change_item(item_id=item.pk, active=False, at=AT, by=SYSTEM)
    assert queries.notice_to_send(item.pk, "en") is None
