"""The way of a complaint: opening by itself, stages and their records, going back, ending, opening again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shouwen.cases import services as cases
from shouwen.cases.models import Notice
from shouwen.complaints import queries, services
from shouwen.complaints.models import Complaint, StageVisit
from shouwen.complaints.rules import path
from shouwen.complaints.testing import (
    AT,
    LATER,
    a_case,
    a_complaint,
    a_person,
    again,
    an_option,
    as_actor,
    decided,
    everything_happens,
    furnished,
    heard,
)
from shouwen.kernel.errors import Forbidden, Invalid, NotFound, Refused
from shouwen.platform.access import SYSTEM
from shouwen.platform.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


def test_a_case_called_a_complaint_opens_one_by_itself_and_only_one() -> None:
    case = a_case(kind="complaint")
    everything_happens(AT)
    made = Complaint.objects.get(case=case)
    assert (made.stage, made.state) == ("received", "active")
    assert services.open_for(case_id=case.pk, at=LATER, by=SYSTEM) == made
    everything_happens(LATER)
    assert Complaint.objects.count() == StageVisit.objects.count() == 1


def test_a_case_of_another_kind_opens_none_until_it_is_called_one() -> None:
    agent = a_person("agent")
    case = a_case(kind="repair", owner=agent)
    everything_happens(AT)
    assert queries.of_case(case.pk) is None
    cases.set_kind(case_id=case.pk, kind="complaint", at=LATER, by=as_actor(agent))
    everything_happens(LATER)
    made = queries.of_case(case.pk)
    assert made is not None
    assert made.opened_at == AT  # the customer has waited since then
    cases.set_kind(case_id=case.pk, kind="repair", at=LATER, by=as_actor(agent))
    everything_happens(LATER)
    assert again(made).state == "no_complaint"
    cases.set_kind(case_id=case.pk, kind="complaint", at=LATER, by=as_actor(agent))
    everything_happens(LATER)
    assert again(made).state == "active"


def test_the_clock_of_a_stage_counts_working_time() -> None:
    # 240 working minutes from Monday 10:00 in Shanghai, with an hour and a half of lunch: 15:30, or 14:00 without
    due = a_complaint().due_at
    assert due is not None
    assert AT + timedelta(hours=4) <= due <= AT + timedelta(hours=6)
    friday = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai
    late = a_complaint(at=friday).due_at
    assert late is not None
    assert late > friday + timedelta(days=2)


def test_a_stage_is_passed_only_with_its_records() -> None:
    agent = a_person("agent")
    by, made = as_actor(agent), a_complaint(owner=agent)
    with pytest.raises(Refused):
        services.pass_stage(complaint_id=made.pk, at=AT, by=by)
    services.record_receipt(complaint_id=made.pk, remedy_sought="Charge it once", at=AT, by=by)
    assert services.pass_stage(complaint_id=made.pk, at=LATER, by=by).stage == "acknowledged"


@pytest.mark.parametrize("stage", path.STAGES)
def test_every_stage_names_what_is_missing_when_nothing_is_there(stage: str) -> None:
    assert path.missing(stage, path.Held()) == list(path.REQUIRED[stage])


def test_an_unnamed_complainant_is_not_asked_back_and_not_told() -> None:
    held = path.Held(anonymous=True)
    assert {"acknowledgement", "customer_asked", "explanation"} <= path.there(held)
    assert "customer_account" in path.missing("facts", held)


def test_holding_to_the_principle_stands_in_for_an_agreement() -> None:
    held = path.Held(principle_held=True)
    assert path.missing("agreed", held) == path.missing("carried_out", held) == []
    assert path.missing("confirmed", held) == ["customers_word"]
    assert path.missing("confirmed", path.Held(ways_named=True)) == []


@pytest.mark.parametrize(
    ("levels", "safety", "immediate", "weight"),
    [
        ((1, 1, 1), False, False, 1),
        ((1, 3, 1), False, False, 2),  # complexity alone is not heavy
        ((3, 1, 1), False, False, 3),
        ((1, 1, 1), True, True, 3),
        ((3, 3, 3), True, True, 5),
    ],
)
def test_what_a_complaint_weighs(
    levels: tuple[int, int, int], safety: bool, immediate: bool, weight: int
) -> None:
    assert path.weight(*levels, safety=safety, immediate=immediate) == weight


def whole_way(made: Complaint, by: object, boss: object) -> None:
    """From receipt to review, as the story of a disputed invoice goes."""
    one = {"complaint_id": made.pk, "at": LATER}
    services.record_receipt(remedy_sought="Charge it once", by=by, **one)
    services.pass_stage(by=by, **one)
    services.acknowledge(how="phone", by=by, **one)
    services.assess(severity=2, complexity=1, impact=1, by=by, **one)
    services.pass_stage(by=by, **one)
    services.name_investigator(staff_id=by.user_id, interest=False, by=by, **one)
    heard(made, by, LATER)
    services.record_customers_answer(accounts=[], evidence=[], word="Yes, so it was.", by=by, **one)
    services.pass_stage(by=by, **one)
    decided(made, by, at=LATER)
    services.pass_stage(by=by, **one)
    services.explain(sort="ours", text="It is our fault.", how="phone", by=by, **one)
    services.pass_stage(by=by, **one)
    option = an_option(made, by)
    services.pass_stage(by=by, **one)
    services.choose_option(option_id=option.pk, by=by, **one)
    services.grant_at_once(option_id=option.pk, by=by, **one)
    services.pass_stage(by=by, **one)
    services.carry_out(note="Paid back", settled_ref="V-1", by=by, **one)
    services.pass_stage(by=by, **one)
    services.record_customers_word(confirmed=True, by=by, **one)
    services.pass_stage(by=by, **one)
    services.review(cause="price", lesson="Check the order before the invoice", by=boss, **one)
    services.pass_stage(by=boss, **one)


def test_the_whole_way_ends_closed_with_every_visit_on_record() -> None:
    agent, boss = a_person("agent"), a_person("supervisor")
    made = a_complaint(owner=agent)
    whole_way(made, as_actor(agent), as_actor(boss))
    done = again(made)
    assert (done.state, done.stage, done.closed_at) == ("closed", "reviewed", LATER)
    assert list(done.visits.values_list("stage", flat=True)) == list(path.STAGES)
    assert not done.visits.filter(left_at=None).exists()
    assert done.grants.get().settled_ref == "V-1"
    with pytest.raises(Refused):
        services.assess(
            complaint_id=made.pk, severity=1, complexity=1, impact=1, at=LATER, by=as_actor(agent)
        )


def test_what_a_stage_lacks_is_told_by_its_own_records_alone(django_assert_max_num_queries: Any) -> None:
    agent, boss = a_person("agent"), a_person("supervisor")
    bare, made = a_complaint(owner=agent), a_complaint(owner=agent)
    whole_way(made, as_actor(agent), as_actor(boss))
    for complaint, nothing in ((again(bare), False), (again(made), True)):
        for stage in path.STAGES:
            with django_assert_max_num_queries(5):
                own = queries.held(complaint, queries.parts(complaint, stage=stage))
            everything = queries.held(complaint, queries.parts(complaint))
            lacks = path.missing(stage, own)
            assert lacks == path.missing(stage, everything)
            assert nothing is not bool(lacks)


def test_only_the_role_that_is_set_may_pass_a_stage() -> None:
    agent, boss = a_person("agent"), a_person("supervisor", "chief")
    made = a_complaint(owner=agent)
    services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=AT, by=as_actor(agent))
    services.set_stage(stage="received", minutes=60, roles=["supervisor"], at=AT, by=as_actor(boss))
    with pytest.raises(Forbidden):
        services.pass_stage(complaint_id=made.pk, at=AT, by=as_actor(agent))
    assert services.pass_stage(complaint_id=made.pk, at=AT, by=as_actor(boss)).stage == "acknowledged"


def test_whom_it_is_about_decides_nothing() -> None:
    agent = a_person("agent")
    by, made = as_actor(agent), a_complaint(owner=agent)
    services.record_receipt(
        complaint_id=made.pk, remedy_sought="An apology", about_staff_id=agent.pk, at=AT, by=by
    )
    heard(made, by)
    with pytest.raises(Forbidden):
        decided(made, by)
    with pytest.raises(Invalid, match="about this colleague"):
        services.name_investigator(complaint_id=made.pk, staff_id=agent.pk, interest=False, at=AT, by=by)


def test_an_interest_of_their_own_goes_on_record_and_somebody_else_looks_into_it() -> None:
    agent, cousin = a_person("agent"), a_person("agent")
    by, made = as_actor(agent), a_complaint(owner=agent)
    one = {"complaint_id": made.pk, "by": by}

    def name(staff_id: int, at: datetime, *, interest: bool = False, checked: str = "") -> None:
        services.name_investigator(staff_id=staff_id, interest=interest, checked=checked, at=at, **one)

    name(cousin.pk, AT)
    name(cousin.pk, LATER, interest=True, checked="Her cousin works for the customer")
    name(cousin.pk, LATER, interest=True)
    assert again(made).investigator_id is None
    declared = made.interests.get()
    assert (declared.note, declared.declared_by) == ("Her cousin works for the customer", agent.pk)
    with pytest.raises(Invalid, match="on record") as refused:
        name(cousin.pk, LATER, checked="no")
    assert refused.value.field == "checked"
    name(agent.pk, LATER)
    assert again(made).investigator_id == agent.pk
    name(cousin.pk, LATER, checked="Her cousin left that company in spring")
    declared.refresh_from_db()
    assert (declared.lifted_at, declared.lifted_by) == (LATER, agent.pk)
    assert again(made).investigator_id == cousin.pk
    facts = Event.objects.filter(name="complaints.recorded", data__complaint_id=made.pk).order_by("pk")
    assert [one.data["what"] for one in facts] == [
        "investigator", "interest", "investigator", "interest_lifted", "investigator",
    ]  # fmt: skip


def test_going_back_needs_a_reason_and_an_earlier_stage() -> None:
    agent = a_person("agent")
    by, made = as_actor(agent), a_complaint(owner=agent)
    with pytest.raises(Invalid):
        services.go_back(complaint_id=made.pk, to="nature", reason="x", at=AT, by=by)
    services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=AT, by=by)
    services.pass_stage(complaint_id=made.pk, at=AT, by=by)
    with pytest.raises(Invalid):
        services.go_back(complaint_id=made.pk, to="received", reason=" ", at=AT, by=by)
    services.go_back(complaint_id=made.pk, to="received", reason="More is wanted", at=LATER, by=by)
    assert [one.passed for one in again(made).visits.all()] == [True, False, False]


def test_withdrawn_and_open_again_where_it_stood() -> None:
    agent = a_person("agent")
    by, made = as_actor(agent), a_complaint(owner=agent)
    services.withdraw(complaint_id=made.pk, reason="Settled with the driver", at=LATER, by=by)
    assert again(made).state == "withdrawn"
    services.reopen(complaint_id=made.pk, reason="It broke again", at=LATER, by=by)
    reopened = again(made)
    assert (reopened.state, reopened.stage, reopened.reopen_count) == ("active", "received", 1)


def test_the_customers_solved_passes_the_stage_that_waits_for_it_and_not_yet_takes_it_back() -> None:
    agent = a_person("agent", "supervisor")
    by, made = as_actor(agent), a_complaint(owner=agent)
    Complaint.objects.filter(pk=made.pk).update(stage="confirmed")
    services.follow_confirmation(case_id=made.case_id, at=LATER)
    services.follow_confirmation(case_id=made.case_id, at=LATER)  # the same fact once more
    assert (again(made).stage, again(made).confirmed_at) == ("reviewed", LATER)
    services.review(complaint_id=made.pk, cause="delay", lesson="x", at=LATER, by=by)
    services.pass_stage(complaint_id=made.pk, at=LATER, by=by)
    services.follow_reopening(case_id=made.case_id, reason="Not yet", at=LATER)
    assert (again(made).state, again(made).stage) == ("active", "facts")


def test_our_first_answer_acknowledges_it_once() -> None:
    agent = a_person("agent")
    made = a_complaint(owner=agent)
    cases.reply(case_id=made.case_id, text="您好，收到您的投诉，我来负责。", at=LATER, by=as_actor(agent))
    everything_happens(LATER)
    assert again(made).acknowledged_at == LATER


def test_a_stage_over_its_time_is_told_once() -> None:
    agent = a_person("agent")
    made = a_complaint(owner=agent)
    late = AT + timedelta(days=3)
    services.tick(at=AT + timedelta(minutes=5))
    assert not Notice.objects.filter(kind="complaint_late").exists()
    services.tick(at=late)
    services.tick(at=late)
    assert Notice.objects.filter(kind="complaint_late", user_id=agent.pk).count() == 1
    assert again(made).overdue_told_at == late


def test_a_stranger_sees_no_complaint_and_changes_none() -> None:
    made = a_complaint()
    provider = as_actor(a_person("provider"))
    assert not queries.visible_to(provider).exists()
    with pytest.raises(NotFound):
        queries.get(made.reference, provider)
    with pytest.raises(NotFound):
        services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=AT, by=provider)
    reviewer = as_actor(a_person("reviewer"))
    assert queries.get(made.reference, reviewer) == made
    with pytest.raises(Forbidden):
        services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=AT, by=reviewer)
