"""Several complainants, one decision: everybody is told once, on their own channel, or marked until somebody did."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shouwen.channels.models import Message
from shouwen.complaints import services
from shouwen.complaints.models import Complaint, Member
from shouwen.complaints.testing import (
    AT,
    LATER,
    a_case,
    a_complaint,
    a_person,
    as_actor,
    decided,
    furnished,
    heard,
)
from shouwen.kernel.errors import Refused
from shouwen.platform.access import Actor

pytestmark = pytest.mark.django_db
WORDS = "每台都补寄滤芯，运费由我们承担。"


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


@pytest.fixture
def by() -> Actor:
    return as_actor(a_person("agent", "supervisor"))


@pytest.fixture
def group(by: Actor) -> Complaint:
    """A complaint that was decided, with one who wrote themselves, one who is only named, one whose case is over."""
    made = a_complaint()
    one: dict[str, Any] = {"complaint_id": made.pk, "at": LATER, "by": by}
    heard(made, by)
    decided(made, by)
    for name, case in (("赵一", a_case()), ("钱二", None), ("孙三", a_case())):
        services.add_member(name=name, case_ref=case.reference if case else "", **one)
    over = made.members.get(name="孙三").case
    over.state, over.active, over.closed_at = "unconfirmed", False, LATER
    over.save()
    return made


def told(made: Complaint) -> dict[str, bool]:
    return {one.name: one.told_at is not None for one in made.members.all()}


def said(member: Member) -> list[str]:
    assert member.case is not None
    rows = Message.objects.filter(subject_kind="case", subject_id=member.case.pk, direction="outbound")
    return [row.text for row in rows if row.kind == "decision"]


def test_who_wrote_themselves_is_told_there_and_the_others_stay_marked(group: Complaint, by: Actor) -> None:
    one: dict[str, Any] = {"complaint_id": group.pk, "at": LATER, "by": by}
    with pytest.raises(Refused):
        services.tell_members(text=WORDS, **one)  # first the customer of the complaint
    services.explain(sort="ours", text="寄给您一只滤芯。", how="phone", **one)
    assert [member.name for member in services.tell_members(text=WORDS, **one)] == ["赵一"]
    assert told(group) == {"赵一": True, "钱二": False, "孙三": False}
    assert said(group.members.get(name="赵一")) == [WORDS]
    assert said(group.members.get(name="孙三")) == []
    with pytest.raises(Refused):
        services.tell_members(text=WORDS, **one)
    assert said(group.members.get(name="赵一")) == [WORDS], "nobody is told twice"


def test_by_word_of_mouth_it_is_written_down_once(group: Complaint, by: Actor) -> None:
    one: dict[str, Any] = {"complaint_id": group.pk, "at": LATER, "by": by}
    named = group.members.get(name="钱二")
    with pytest.raises(Refused):
        services.told_member(member_id=named.pk, **one)
    services.explain(sort="ours", text="寄给您一只滤芯。", how="phone", **one)
    assert services.told_member(member_id=named.pk, **one).told_at == LATER
    with pytest.raises(Refused):
        services.told_member(member_id=named.pk, **one)


def test_a_decision_explained_anew_is_news_to_everybody(group: Complaint, by: Actor) -> None:
    one: dict[str, Any] = {"complaint_id": group.pk, "at": LATER, "by": by}
    services.explain(sort="ours", text="寄给您一只滤芯。", how="phone", **one)
    services.tell_members(text=WORDS, **one)
    services.explain(sort="ours", text="寄给您两只滤芯。", how="phone", **one)
    assert not any(told(group).values())


def test_the_page_says_who_was_told_and_offers_to_tell_the_others(group: Complaint, by: Actor) -> None:
    browser, person = Client(), a_person("agent", "supervisor")
    browser.force_login(person.user)
    page = reverse("complaints:complaint", args=[group.reference])
    assert "尚未告知" not in browser.get(page).text
    services.explain(complaint_id=group.pk, sort="ours", text=WORDS, how="phone", at=AT, by=by)
    shown = browser.get(page).text
    assert shown.count("尚未告知") == 3
    form = reverse("complaints:members-telling", args=[group.reference])
    assert form in shown
    assert WORDS in browser.get(form).text
    assert browser.post(form, {"text": ""}).status_code == 422
    assert browser.post(form, {"text": WORDS}).status_code == 302
    by_mouth = reverse("complaints:member-told", args=[group.reference, group.members.get(name="钱二").pk])
    assert browser.post(by_mouth).status_code == 302
    assert told(group) == {"赵一": True, "钱二": True, "孙三": False}
    assert "已发送" in browser.get(page).text
    after = browser.get(page).text
    assert after.count("尚未告知") == 1
    assert form not in after, "no message reaches the one who is left"
