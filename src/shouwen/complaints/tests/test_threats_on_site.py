"""Who is held on site asks for authority from the page of the threat; and what is wrong with a file is said at it."""

from typing import Any

import pytest
from django.urls import reverse

from shouwen.cases.models import Notice
from shouwen.complaints import services
from shouwen.complaints.models import Approval, Complaint, Grant
from shouwen.complaints.testing import AT, a_case, a_complaint, a_person, as_actor, furnished
from shouwen.complaints.tests.test_threats import browser_of, registered
from shouwen.kernel.errors import Invalid, TooLarge
from shouwen.people.models import Staff
from shouwen.platform.files import services as files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Any) -> None:
    settings.FILES_DIR = tmp_path / "files"
    furnished()


@pytest.fixture
def boss() -> Staff:
    return a_person("supervisor", "chief", name="Demo Boss", presence="on_duty")


@pytest.fixture
def agent() -> Staff:
    return a_person("agent", name="Demo Agent")


def test_who_is_held_where_nobody_complained_asks_from_the_same_page(boss: Staff, agent: Staff) -> None:
    case = a_case(owner=agent)
    made = registered(case, agent)
    at = f"/complaints/threats/{made.pk}/"
    assert f"{at}question/" in browser_of(agent).get(at).content.decode()
    asked = {"title": "先退三千元，人车放行", "remedy": "refund", "amount": "3000"}
    assert browser_of(agent).post(f"{at}question/", asked).status_code == 302
    approval = Approval.objects.get(case=case, complaint=None)
    assert (approval.title, approval.amount, approval.state) == ("先退三千元，人车放行", 300_000, "asked")
    assert Notice.objects.filter(kind="approval_asked", user_id=boss.pk).exists()
    say = reverse("complaints:case-word", args=[case.reference, approval.pk])
    assert say in browser_of(boss).get(at).content.decode()
    assert say not in browser_of(agent).get(at).content.decode()
    assert browser_of(boss).post(say, {"yes": "yes", "next": at}).headers["Location"] == at
    assert Grant.objects.get(case=case, complaint=None).amount == 300_000
    assert Complaint.objects.filter(case=case).count() == 0
    again = browser_of(agent).post(f"{at}question/", {**asked, "amount": "0"})
    assert again.status_code == 422


def test_a_file_that_is_empty_or_too_large_is_said_at_the_field_of_the_file(
    boss: Staff, agent: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.store, "__kwdefaults__", {"limit": 1024})
    complaint = a_complaint(owner=agent)
    threat = registered(complaint.case, agent)
    for body, fault in ((b"", Invalid), (b"x" * 1025, TooLarge)):
        given: dict[str, Any] = {"file": ("photo.png", body), "title": "x", "at": AT, "by": as_actor(agent)}
        with pytest.raises(fault) as by_complaint:
            services.add_evidence(complaint_id=complaint.pk, sort="photo", party="ours", shows="", **given)
        with pytest.raises(fault) as by_threat:
            services.add_threat_evidence(threat_id=threat.pk, **given)
        assert by_complaint.value.field == by_threat.value.field == "file"
        assert set(by_complaint.value.errors) == set(by_threat.value.errors) == {"file"}
