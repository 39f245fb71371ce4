"""The catalogue in English where somebody wrote it, and in Chinese where nobody did."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from shouwen.people.testing import a_person
from shouwen.platform.access import SYSTEM
from shouwen.promises import queries, services
from shouwen.promises.rules.coverage import Rule, Thing
from shouwen.promises.testing import AT, an_item, forget
from shouwen.promises.tests.test_api import Caller

pytestmark = pytest.mark.django_db
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
CHINESE = {"HTTP_ACCEPT_LANGUAGE": "zh-CN"}
INVOICE = Rule("return", 7, "days", evidence="发票", evidence_en="The invoice", source="三包规定")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget()


def test_the_public_page_speaks_english_where_it_was_written_and_else_chinese() -> None:
    item = an_item("上门维修", code="visit", name_en="Repair at home", covered="人工", covered_en="Labour")
    services.change_item(item_id=item.pk, public=True, description="到场修理。", at=AT, by=SYSTEM)
    services.set_coverage(item_id=item.pk, wanted=[INVOICE], at=AT, by=SYSTEM)
    english = Client().get("/catalogue/visit/", **ENGLISH).text
    for words in ("Repair at home", "Labour", "到场修理。", "The invoice", "三包规定"):
        assert words in english
    for words in ("人工", "发票"):
        assert words not in english
    chinese = Client().get("/catalogue/visit/", **CHINESE).text
    assert "人工" in chinese
    assert "Labour" not in chinese
    assert "Repair at home" in Client().get("/catalogue/", **ENGLISH).text


def test_what_is_asked_for_is_said_in_the_readers_language() -> None:
    item = an_item()
    services.set_coverage(item_id=item.pk, wanted=[INVOICE], at=AT, by=SYSTEM)
    said = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            (found,) = queries.coverage_of(item.pk, Thing(date(2026, 3, 1)), date(2026, 3, 2))
            said[language] = (found.evidence, found.source)
    assert said == {"en": ("The invoice", "三包规定"), "zh-hans": ("发票", "三包规定")}


def test_the_english_texts_are_kept_on_the_pages_of_the_catalogue() -> None:
    item = an_item("保养")
    client = Client()
    client.force_login(a_person("chief").user)
    address = f"/settings/service-items/{item.pk}/"
    given = {"name": "保养", "covered_en": "Oil", "price_note_en": "By contract", "active": "1"}
    assert client.post(address, given).status_code == 302
    item.refresh_from_db()
    assert (item.covered_en, item.price_note_en) == ("Oil", "By contract")
    refused = client.post(address, {**given, "for_whom_en": "x" * 201})
    assert refused.status_code == 422
    rules = {"on_return": "1", "span_return": "7", "unit_return": "days", "condition_en_return": "unused"}
    assert client.post(f"{address}coverage/", rules).status_code == 302
    assert [row.condition_en for row in queries.coverage_rules(item.pk)] == ["unused"]


def test_a_program_states_the_texts_and_what_is_covered() -> None:
    call, item = Caller("chief"), an_item()
    path = f"/service-items/{item.pk}"
    changed = call("PATCH", path, {"covered_en": "Labour"})
    assert (changed.status_code, changed.json()["covered_en"]) == (200, "Labour")
    wanted = {"rules": [{"sort": "return", "span": 7, "unit": "days", "evidence_en": "The invoice"}]}
    assert call("PUT", f"{path}/coverage/rules", wanted).status_code == 200
    (stated,) = call("GET", f"{path}/coverage/rules").json()
    assert (stated["sort"], stated["span"], stated["evidence_en"]) == ("return", 7, "The invoice")
    assert call("PUT", f"{path}/coverage/rules", {"rules": [{"sort": "gift"}]}).status_code == 422
    assert Caller("agent")("PUT", f"{path}/coverage/rules", wanted).status_code == 403
