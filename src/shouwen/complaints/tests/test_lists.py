"""Lists from elsewhere: columns, refused rows, known figures of the public 2015 list; our own figures beside them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwen.complaints import services
from shouwen.complaints.models import Complaint, ComplaintList
from shouwen.complaints.queries import analysis
from shouwen.complaints.rules import lists
from shouwen.complaints.testing import AT, a_complaint, a_person, as_actor, decided, furnished, heard
from shouwen.kernel.errors import Forbidden, Invalid
from shouwen.platform.access import SYSTEM

# public domain, beside the repository and no part of it
KNOWN = Path(__file__).resolve().parents[5] / "shared/data/complaints/cfpb_credit_card_2015.csv"


def test_columns_are_guessed_by_their_names_in_either_language() -> None:
    assert lists.guess(["Product", "Issue", "Company"]) == {
        "product": "Product",
        "issue": "Issue",
        "company": "Company",
    }
    assert lists.guess(["投诉事项", "网点", "日期"]) == {
        "issue": "投诉事项",
        "company": "网点",
        "day": "日期",
    }


def test_what_cannot_be_taken_is_told_with_its_line() -> None:
    text = "事项;日期\n发票;2026-03-01\n;2026-03-02\n迟到;gestern\n\n态度;1;2\n" + "长" * 201 + ";\n"
    rows, refused = lists.read(text, {"issue": "事项", "day": "日期"})
    assert [(one.line, one.issue) for one in rows] == [(2, "发票")]
    assert [one.line for one in refused] == [3, 4, 6, 7]


@pytest.mark.parametrize("mapping", [{}, {"issue": "x"}, {"issue": "a", "colour": "a"}, {"company": "a"}])
def test_a_mapping_that_does_not_fit_is_refused(mapping: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        lists.check_mapping(mapping, ["a", "b"])


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\xff\xff\xff", b"\n\n", b",,,\n"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        lists.headers(lists.decoded(content))


def test_a_pareto_adds_up() -> None:
    bars = lists.pareto([("b", 30), ("a", 50), ("c", 20)])
    assert [(bar.label, bar.share, bar.running) for bar in bars] == [
        ("a", 50, 50),
        ("b", 30, 80),
        ("c", 20, 100),
    ]
    assert lists.vital_few(bars) == 2
    assert lists.pareto([]) == []


def test_two_lists_stand_beside_each_other_kind_by_kind() -> None:
    ours = lists.pareto([("slow", 6), ("rude", 4)])
    theirs = lists.pareto([("slow", 30), ("price", 90)])
    assert [
        (one.label, one.count, one.other_count, round(one.more, 1)) for one in lists.beside(ours, theirs)
    ] == [
        ("price", 0, 90, -75.0),
        ("slow", 6, 30, 35.0),
        ("rude", 4, 0, 40.0),
    ]
    found = lists.shape(theirs)
    assert (found.count, found.kinds, found.few) == (120, 2, 2)
    assert found.largest == theirs[0]
    assert (lists.shape([]).largest, lists.shape([]).few) == (None, 0)


@pytest.mark.django_db
@pytest.mark.skipif(not KNOWN.exists(), reason="the public list is not on this machine")
def test_the_public_list_of_2015_comes_out_with_its_known_figures() -> None:
    content = KNOWN.read_bytes()
    mapping = lists.guess(lists.headers(lists.decoded(content)))
    made = services.import_list(name="2015", content=content, mapping=mapping, at=AT, by=SYSTEM)
    assert (made.rows, made.refused_rows) == (17_301, 0)
    issues, companies = analysis.list_pareto(made.pk), analysis.list_pareto(made.pk, "company")
    assert len(issues) == 30
    assert (issues[0].label, issues[0].count, round(issues[0].share, 2)) == ("Billing disputes", 2_781, 16.07)
    assert round(issues[11].running, 2) == 79.12
    assert [(bar.label, bar.count) for bar in companies[:3]] == [
        ("Citibank", 2_986),
        ("Capital One", 2_168),
        ("JPMorgan Chase & Co.", 1_902),
    ]


@pytest.fixture
def browser(settings: Any, tmp_path: Any) -> Client:
    settings.FILES_DIR = tmp_path / "files"
    furnished()
    client = Client()
    client.force_login(
        a_person("reviewer").user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.mark.django_db
def test_a_file_is_looked_at_before_it_is_taken_in(browser: Client) -> None:
    address = reverse("complaints:lists")
    assert browser.post(address).status_code == 422
    sent = browser.post(
        address, {"file": SimpleUploadedFile("old.csv", "Issue,Company\n慢,甲\n,乙\n".encode())}
    )
    assert sent.status_code == 302
    page = browser.get(sent["Location"])
    assert "甲" in page.content.decode()
    assert browser.post(sent["Location"], {"name": "旧", "issue": "colour"}).status_code == 422
    assert not ComplaintList.objects.exists()
    done = browser.post(sent["Location"], {"name": "旧", "issue": "Issue", "company": "Company"})
    made = ComplaintList.objects.get()
    assert (done.status_code, made.rows, made.refused_rows) == (302, 1, 1)
    assert "100.00 %" in browser.get(done["Location"]).content.decode()
    assert browser.get(address).status_code == 200
    assert browser.get(reverse("complaints:list-mapping", args=["forged"])).status_code == 404
    assert browser.post(reverse("complaints:list-removal", args=[made.pk])).status_code == 302
    assert not ComplaintList.objects.exists()


@pytest.mark.django_db
def test_an_agent_neither_sees_the_figures_nor_brings_a_list_in() -> None:
    with pytest.raises(Forbidden):
        services.import_list(
            name="x", content=b"issue\na\n", mapping={"issue": "issue"}, at=AT, by=as_actor(a_person("agent"))
        )


@pytest.mark.django_db
def test_our_own_figures(browser: Client) -> None:
    boss = as_actor(a_person("supervisor"))
    first, second = a_complaint(), a_complaint()
    for made, values in ((first, {}), (second, {"validity": "invalid", "liability": "customer"})):
        heard(made, boss)
        decided(made, boss, **values)
    Complaint.objects.filter(pk=first.pk).update(cause="price", state="closed", closed_at=AT)
    again = a_complaint(customer=first.case.customer, at=AT + timedelta(days=30))
    found = analysis.figures(AT - timedelta(days=1), AT + timedelta(days=60))
    assert (found.count, found.valid.successes, found.valid.n) == (3, 1, 2)
    assert (found.repeats.successes, found.repeats.n) == (1, 2)
    assert [bar.count for bar in found.causes] == [1]
    assert (found.others.successes, found.others.n, found.recovered.n) == (1, 1, 0)
    assert again.pk
    services.plan_recovery(
        complaint_id=first.pk, sort="visit", text="x", follow_up_at=AT + timedelta(days=1), at=AT, by=boss
    )
    done = first.recoveries.get()
    services.follow_recovery(
        complaint_id=first.pk, recovery_id=done.pk, level=5, at=AT + timedelta(days=1), by=boss
    )
    found = analysis.figures(AT - timedelta(days=1), AT + timedelta(days=60))
    assert (found.recovered.successes, found.recovered.n, found.others.n) == (1, 1, 0)
    assert browser.get(reverse("complaints:analysis")).status_code == 200


@pytest.mark.django_db
def test_a_list_is_held_against_ours_and_against_another_list(browser: Client) -> None:
    made = [
        services.import_list(
            name=name,
            content=f"issue,product,outcome\n慢,泵,{outcome}\n".encode(),
            mapping={"issue": "issue", "product": "product", "outcome": "outcome"},
            at=AT,
            by=SYSTEM,
        )
        for name, outcome in (("今年", "退款"), ("去年", "道歉"))
    ]
    address = reverse("complaints:analysis")
    page = browser.get(address, {"list": made[0].pk}).content.decode()
    assert "退款" in page
    assert ('id="beside"' in page, 'id="against"' in page) == (True, False)
    both = browser.get(address, {"list": made[0].pk, "against": made[1].pk}).content.decode()
    assert both.count('id="against"') == both.count("+0.00") == 1
    get_user_model().objects.update(language="en")
    assert "Kinds that make 80 %" in browser.get(address, {"list": made[0].pk}).content.decode()
    same = browser.get(address, {"list": made[0].pk, "against": made[0].pk}).content.decode()
    assert 'id="against"' not in same
    assert browser.get(address, {"list": made[0].pk, "against": 99_999}).status_code == 404
    assert browser.get(address, {"against": made[1].pk}).status_code == 200
