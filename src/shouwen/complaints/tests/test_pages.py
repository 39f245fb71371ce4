"""Every page and form opens, says what is wrong by field, and is no place for strangers."""

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shouwen.complaints import queries, services
from shouwen.complaints.models import Complaint
from shouwen.complaints.testing import (
    AT,
    a_basis,
    a_complaint,
    a_person,
    again,
    an_option,
    as_actor,
    decided,
    furnished,
    heard,
)
from shouwen.complaints.web.deeds import DEEDS
from shouwen.people.models import Staff

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    furnished()


@pytest.fixture
def boss() -> Staff:
    return a_person("supervisor", "chief", "agent", name="Demo Boss", presence="on_duty")


@pytest.fixture
def browser(boss: Staff) -> Client:
    client = Client()
    client.force_login(boss.user, backend=BACKEND)
    return client


def full(boss: Staff) -> Complaint:
    """A complaint with something in every part."""
    by = as_actor(boss)
    made = a_complaint(owner=boss)
    one = {"complaint_id": made.pk, "at": AT, "by": by}
    services.record_receipt(remedy_sought="Charge it once", wanted_amount=15_000, **one)
    services.assess(severity=3, complexity=1, impact=2, safety=True, **one)
    services.name_investigator(staff_id=boss.pk, interest=False, checked="Asked", **one)
    heard(made, by)
    services.add_evidence(
        sort="photo", party="customer", title="The invoice", file=("发票.txt", b"twice"), **one
    )
    decided(made, by)
    services.explain(sort="ours", text="It is our fault.", how="phone", **one)
    option = an_option(made, by)
    services.grant_at_once(option_id=option.pk, **one)
    services.make_move(sort="hold_principle", reason="x", basis_id=a_basis().pk, **one)
    from datetime import timedelta

    services.plan_recovery(sort="visit", text="We come by", follow_up_at=AT + timedelta(days=9), **one)
    services.record_outside(body="12315", name="12315", reference="A-1", due_at=AT + timedelta(days=7), **one)
    services.add_member(name="Another", representative=True, **one)
    return again(made)


def ids_of(made: Complaint) -> dict[str, int]:
    return {
        "evidence_id": made.evidence.all()[0].pk,
        "option_id": made.options.all()[0].pk,
        "approval_id": made.approvals.all()[0].pk,
        "grant_id": made.grants.all()[0].pk,
        "move_id": made.moves.all()[0].pk,
        "recovery_id": made.recoveries.all()[0].pk,
        "matter_id": made.outside.all()[0].pk,
        "member_id": made.members.all()[0].pk,
    }


def test_every_form_opens_and_no_input_breaks_it(browser: Client, boss: Staff) -> None:
    made = full(boss)
    ids = ids_of(made)
    junk = {
        "text": "\x00" * 5,
        "amount": "abc",
        "sort": "zzz",
        "until": "never",
        "to": "x",
        "basis_validity": "x",
    }
    for deed in DEEDS:
        kwargs = {name: pk for name, pk in ids.items() if f":{name}>" in deed.address}
        address = reverse(f"complaints:{deed.name}", kwargs={"ref": made.reference, **kwargs})
        assert browser.get(address).status_code == 200, deed.name
        if deed.name not in {"pass", "choice", "withdrawal", "member-removal", "approval", "grant"}:
            assert browser.post(address, junk).status_code in {302, 409, 422}, deed.name
            if kwargs:
                wrong = dict.fromkeys(kwargs, 999999)
                absent = reverse(f"complaints:{deed.name}", kwargs={"ref": made.reference, **wrong})
                assert browser.post(
                    absent, {"reason": "x" * 20, "word": "x", "note": "x", "answer": "x"}
                ).status_code in {404, 409, 422}, deed.name


def test_the_page_shows_the_whole_complaint(browser: Client, boss: Staff) -> None:
    made = full(boss)
    page = browser.get(reverse("complaints:complaint", args=[made.reference])).content.decode()
    for words in (
        "Charge it once",
        "Order 4711",
        "The invoice",
        "A-1",
        "Another",
        "We come by",
    ):
        assert words in page
    case = browser.get(reverse("cases:case", args=[made.reference])).content.decode()
    assert 'id="card-complaint"' in case
    customer = browser.get(reverse("customers:customer", args=[made.case.customer_id])).content.decode()
    assert reverse("complaints:complaint", args=[made.reference]) in customer


def test_lists_and_settings_open_for_who_may(browser: Client, boss: Staff) -> None:
    made = full(boss)
    for name in ("list", "approvals", "ledger", "setup"):
        assert browser.get(reverse(f"complaints:{name}")).status_code == 200, name
    assert (
        made.reference in browser.get(reverse("complaints:list") + "?liability=ours&heavy=1").content.decode()
    )
    for bad in ("?stage=zzz", "?cursor=forged", "?state=1"):
        assert browser.get(reverse("complaints:list") + bad).status_code == 422, bad
    assert browser.get(reverse("complaints:ledger") + "?month=2026-13").status_code == 422
    assert browser.get(reverse("complaints:ledger") + "?month=2026-03").status_code == 200
    basis = queries.bases()[0]
    template = queries.explanation_templates()[0]
    for address in (
        reverse("complaints:stage", args=["facts"]),
        reverse("complaints:limit", args=["agent", "refund"]),
        reverse("complaints:basis-new"),
        reverse("complaints:basis", args=[basis.pk]),
        reverse("complaints:explanation-template", args=[template.pk]),
        reverse("complaints:budget"),
    ):
        assert browser.get(address).status_code == 200, address
        assert browser.post(address, {"each": "x", "roles": "king"}).status_code == 422, address
    done = browser.post(
        reverse("complaints:limit", args=["agent", "refund"]),
        {"each": "100", "together": "1000", "period": "day"},
    )
    assert done.status_code == 302
    assert next(one.each for one in queries.limits("refund") if one.role == "agent") == 10_000


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    browser: Client, boss: Staff, django_assert_max_num_queries: Any
) -> None:
    browser.get(reverse("complaints:list"))
    for _number in range(6):
        a_complaint(owner=boss)
    with django_assert_max_num_queries(14):
        browser.get(reverse("complaints:list"))


def test_the_record_is_one_file_that_holds_everything_and_its_checksums(browser: Client, boss: Staff) -> None:
    made = full(boss)
    response = browser.get(reverse("complaints:record", args=[made.reference]))
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        names = archive.namelist()
        root = made.reference
        data = json.loads(archive.read(f"{root}/record.json"))
        sums = json.loads(archive.read(f"{root}/manifest.json"))
        page = archive.read(f"{root}/record.html").decode()
        assert "网页" in page or "电话" in page or "邮件" in page  # the channel by its name
        kept = next(name for name in names if "/evidence/" in name)
        assert archive.read(kept) == b"twice"
    assert {f"{root}/{name}" for name in sums} == set(names) - {f"{root}/manifest.json"}
    assert data["findings"][0]["liability"] == "ours"
    assert data["investigation"]["evidence"][1]["sha256"] == sums[kept.removeprefix(f"{root}/")]["sha256"]
    assert data["events"][0]["name"] == "complaints.opened"
    assert "Order 4711" in page


def test_an_auditor_reads_in_the_record_who_did_what_and_when(browser: Client, boss: Staff) -> None:
    made, by = full(boss), as_actor(boss)
    one = {"complaint_id": made.pk, "at": AT, "by": by}
    second = an_option(made, by, amount=20_000, title="Two hundred")
    asked = services.ask_approval(option_id=second.pk, why="A gesture", **one)
    chief = a_person("chief", "supervisor", name="Second Pair", presence="on_duty")
    services.sign(approval_id=asked.pk, yes=False, word="Too much", at=AT, by=as_actor(chief))
    services.release_grant(grant_id=made.grants.get().pk, reason="Paid twice", **one)
    services.answer_outside(matter_id=made.outside.get().pk, answer="It was mended.", **one)
    content = browser.get(
        reverse("complaints:record", args=[made.reference]), headers={"Accept-Language": "en"}
    )
    with zipfile.ZipFile(BytesIO(content.content)) as archive:
        data = json.loads(archive.read(f"{made.reference}/record.json"))
        page = archive.read(f"{made.reference}/record.html").decode()
        assert f"{made.reference}/style.css" in archive.namelist()
    words = {q["option"]: q["words"] for q in data["approvals"]}[second.pk]
    assert [(w["by"], w["yes"], w["word"]) for w in words] == [("Second Pair", False, "Too much")]
    assert data["ledger"][0]["released_because"] == "Paid twice"
    assert data["outside"][0]["answer"] == "It was mended."
    assert data["assessment"]["by"] == data["investigation"]["accounts"][0]["recorded_by"] == "Demo Boss"
    for said in ("Second Pair", "Too much", "Paid twice", "It was mended.", "A gesture"):
        assert said in page, said


def test_evidence_comes_with_its_file(browser: Client, boss: Staff) -> None:
    made = a_complaint(owner=boss)
    address = reverse("complaints:evidence", args=[made.reference])
    photo = SimpleUploadedFile("pump.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    sent = browser.post(address, {"sort": "photo", "party": "customer", "title": "Pump", "file": photo})
    assert sent.status_code == 302
    assert made.evidence.get().file.name == "pump.png"  # type: ignore[union-attr]
    assert browser.post(address, {"sort": "photo", "party": "ours", "title": "Nothing"}).status_code == 422


def test_a_stranger_finds_neither_page_nor_form(boss: Staff) -> None:
    made = full(boss)
    stranger = Client()
    stranger.force_login(a_person("provider").user, backend=BACKEND)
    reader = Client()
    reader.force_login(a_person("reviewer").user, backend=BACKEND)
    for deed in DEEDS:
        kwargs = {name: pk for name, pk in ids_of(made).items() if f":{name}>" in deed.address}
        address = reverse(f"complaints:{deed.name}", kwargs={"ref": made.reference, **kwargs})
        assert stranger.post(address).status_code == 403, deed.name
        assert reader.post(address).status_code == 403, deed.name
    for name in ("complaint", "record"):
        assert stranger.get(reverse(f"complaints:{name}", args=[made.reference])).status_code == 403
        assert reader.get(reverse(f"complaints:{name}", args=[made.reference])).status_code == 200
    made.case.restricted = True
    made.case.save()
    assert reader.get(reverse("complaints:complaint", args=[made.reference])).status_code == 404


def test_what_was_agreed_is_done_and_no_other_way_out_is_offered_any_more(
    browser: Client, boss: Staff
) -> None:
    made = full(boss)
    other = an_option(made, as_actor(boss), amount=20_000)
    page = reverse("complaints:complaint", args=[made.reference])
    grant = reverse("complaints:grant", args=[made.reference, other.pk])
    assert grant in browser.get(page).content.decode()
    Complaint.objects.filter(pk=made.pk).update(performed_at=AT, performed_note="Paid back")
    assert grant not in browser.get(page).content.decode()
