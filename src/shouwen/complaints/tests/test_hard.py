"""Deadlock, recovery, outside bodies with their time by law, several complainants, an end without agreement."""

from datetime import timedelta
from typing import Any

import pytest

from shouwen.cases.models import Handoff, Notice
from shouwen.complaints import queries, services
from shouwen.complaints.models import Complaint
from shouwen.complaints.testing import (
    AT,
    LATER,
    a_basis,
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
from shouwen.kernel.errors import Invalid, NotFound, Refused
from shouwen.platform.access import Actor
from shouwen.promises import queries as promises

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


@pytest.fixture
def by() -> Actor:
    return as_actor(a_person("agent", "supervisor"))


def test_nothing_urgent_is_set_aside_until_it_was_dealt_with(by: Actor) -> None:
    made = a_complaint()
    one: dict[str, Any] = {"complaint_id": made.pk, "at": LATER, "by": by}
    services.assess(severity=3, complexity=1, impact=1, immediate=True, **one)
    aside = {"sort": "set_aside", "reason": "They are away", "until": LATER + timedelta(days=3)}
    with pytest.raises(Refused):
        services.make_move(**aside, **one)
    services.settle_urgent(note="The machine is safe", **one)
    move = services.make_move(**aside, **one)
    with pytest.raises(Refused):
        services.make_move(**aside, **one)  # first what came of the one before
    services.tick(at=LATER + timedelta(days=4))
    services.tick(at=LATER + timedelta(days=4))
    assert Notice.objects.filter(kind="complaint_back").count() == 1
    assert (
        services.end_move(move_id=move.pk, outcome="worked", note="They talk again", **one).ended_at == LATER
    )


def test_changing_the_person_asks_for_the_handoff() -> None:
    owner, other = a_person("agent"), a_person("agent")
    made = a_complaint(owner=owner)
    services.make_move(
        complaint_id=made.pk,
        sort="change_person",
        reason="The customer does not want to talk to the first colleague any more",
        to_id=other.pk,
        at=LATER,
        by=as_actor(owner),
    )
    assert Handoff.objects.get().to_id == other.pk


def test_holding_to_the_principle_needs_a_verdict_and_ends_with_the_outside_ways_named(by: Actor) -> None:
    made = a_complaint()
    one: dict[str, Any] = {"complaint_id": made.pk, "at": LATER, "by": by}
    hold = {"sort": "hold_principle", "reason": "The rule is plain", "basis_id": a_basis().pk}
    with pytest.raises(Refused):
        services.make_move(**hold, **one)
    heard(made, by)
    decided(made, by, validity="invalid", liability="customer", demand="unreasonable")
    services.make_move(**hold, **one)
    Complaint.objects.filter(pk=made.pk).update(stage="agreed")
    services.pass_stage(**one)
    services.pass_stage(**one)
    with pytest.raises(Invalid):
        services.record_customers_word(confirmed=False, ways=" ", **one)
    services.record_customers_word(confirmed=False, ways="12315", **one)
    assert services.pass_stage(**one).stage == "reviewed"


def test_a_concession_is_only_what_was_granted(by: Actor) -> None:
    made = a_complaint()
    option = an_option(made, by, amount=10_000)
    one: dict[str, Any] = {"complaint_id": made.pk, "at": LATER, "by": by}
    with pytest.raises(Invalid):
        services.make_move(sort="concede", reason="x", option_id=option.pk, **one)
    services.grant_at_once(option_id=option.pk, **one)
    assert services.make_move(sort="concede", reason="x", option_id=option.pk, **one).option == option
    with pytest.raises(NotFound):
        services.end_move(
            complaint_id=a_complaint().pk,
            move_id=made.moves.get().pk,
            outcome="worked",
            note="x",
            at=AT,
            by=by,
        )


def test_recovery_follows_our_own_failure_and_asks_whether_it_helped(by: Actor) -> None:
    made = a_complaint()
    one: dict[str, Any] = {"complaint_id": made.pk, "at": LATER, "by": by}
    plan = {"sort": "visit", "text": "We come by", "follow_up_at": LATER + timedelta(days=7)}
    with pytest.raises(Refused):
        services.plan_recovery(**plan, **one)
    heard(made, by)
    decided(made, by)
    planned = services.plan_recovery(**plan, **one)
    services.tick(at=LATER + timedelta(days=8))
    services.tick(at=LATER + timedelta(days=8))
    assert Notice.objects.filter(kind="follow_up", user_id=by.user_id).count() == 1
    with pytest.raises(Invalid):
        services.follow_recovery(recovery_id=planned.pk, level=6, **one)
    assert services.follow_recovery(recovery_id=planned.pk, level=5, word="Good", **one).level == 5


def test_the_law_sets_the_time_of_an_outside_body_and_the_answer_settles_it(by: Actor) -> None:
    made = a_complaint()
    one: dict[str, Any] = {"complaint_id": made.pk, "at": LATER, "by": by}
    matter = services.record_outside(
        body="12315", name="12315", reference="A-1", came_at=AT, limit_code="cn-12315-accept", **one
    )
    clock = promises.statutory_for(made.subject)[0]
    assert (matter.clock_id, matter.due_at) == (clock.id, clock.due_at)
    services.answer_outside(matter_id=matter.pk, answer="We take part", **one)
    assert promises.statutory_for(made.subject)[0].state == "met"
    with pytest.raises(Refused):
        services.answer_outside(matter_id=matter.pk, answer="Again", **one)
    with pytest.raises(Invalid):
        services.record_outside(body="moon", name="x", due_at=AT, came_at=LATER, **one)


def test_who_answers_hears_of_a_time_limit_by_law() -> None:
    agent = a_person("agent")
    made = a_complaint(owner=agent)
    services.tell_of_limit(complaint_id=made.pk, cause_key="statutory:1", at=LATER)
    services.tell_of_limit(complaint_id=made.pk, cause_key="statutory:1", at=LATER)
    assert Notice.objects.filter(kind="limit_by_law", user_id=agent.pk).count() == 1


def test_several_complain_of_the_same(by: Actor) -> None:
    made, other = a_complaint(), a_case()
    one: dict[str, Any] = {"complaint_id": made.pk, "at": LATER, "by": by}
    services.add_member(name="", case_ref=other.reference, representative=True, **one)
    for wrong in (other.reference, made.reference):
        with pytest.raises(Invalid):
            services.add_member(name="x", case_ref=wrong, **one)
    with pytest.raises(Invalid):
        services.add_member(name=" ", **one)
    member = made.members.get()
    assert (member.name, member.representative) == (other.customer.name, True)
    services.remove_member(member_id=member.pk, **one)
    assert not made.members.exists()


def test_whoever_is_forgotten_is_forgotten_here_too(by: Actor) -> None:
    from shouwen.complaints.services.erasing import erase

    made = a_complaint()
    heard(made, by)
    services.record_receipt(complaint_id=made.pk, remedy_sought="zebrafinch", at=AT, by=by)
    everything_happens(LATER)
    erase(made.case.customer_id, at=LATER, by=by)
    gone = again(made)
    assert "zebrafinch" not in gone.remedy_sought
    assert set(gone.accounts.values_list("text", flat=True)) == {"—"}
    assert queries.parts(gone).evidence[0].title == "—"
