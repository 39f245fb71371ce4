"""Authority in earnest: asking, granting, two people, the sums of a period, and every way around it closed."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from shouwen.cases.models import Notice
from shouwen.complaints import queries, services
from shouwen.complaints.models import AuthorityLimit, Complaint, Grant
from shouwen.complaints.testing import (
    AT,
    LATER,
    a_complaint,
    a_person,
    again,
    an_option,
    as_actor,
    furnished,
)
from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.platform.access import SYSTEM
from shouwen.platform.preferences import services as preferences
from shouwen.platform.web import paginate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    furnished()


def test_within_ones_own_limit_one_grants_at_once() -> None:
    agent = as_actor(a_person("agent"))
    made = a_complaint()
    option = an_option(made, agent, amount=20_000)
    asked = services.grant_at_once(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent)
    assert asked.state == "granted"
    assert made.grants.get().granted_by == agent.user_id


def test_beyond_ones_limit_nothing_can_be_granted_by_no_way() -> None:
    agent, _boss = as_actor(a_person("agent")), a_person("supervisor")
    made = a_complaint()
    option = an_option(made, agent, amount=20_001)
    with pytest.raises(Refused, match="beyond your authority"):
        services.grant_at_once(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent)
    asked = services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent)
    for by in (agent, SYSTEM):  # nor by a rule that runs by itself
        with pytest.raises(Refused):
            services.sign(approval_id=asked.pk, yes=True, at=LATER, by=by)
    assert not Grant.objects.exists()
    services.choose_option(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent)
    with pytest.raises(Refused):
        services.carry_out(complaint_id=made.pk, note="Paid all the same", at=LATER, by=agent)


def test_nobody_has_to_decide_for_a_complaint_that_was_withdrawn() -> None:
    agent, boss = as_actor(a_person("agent")), as_actor(a_person("supervisor"))
    made = a_complaint()
    option = an_option(made, agent, amount=30_000)
    asked = services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent)
    assert queries.waiting_for(boss, LATER).get() == asked
    services.withdraw(complaint_id=made.pk, reason="Settled with the driver", at=LATER, by=agent)
    asked.refresh_from_db()
    assert (asked.state, asked.decided_at, queries.waiting_for(boss, LATER).count()) == (
        "withdrawn",
        LATER,
        0,
    )
    services.reopen(complaint_id=made.pk, reason="It broke again", at=LATER, by=agent)
    services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent)
    assert queries.waiting_for(boss, LATER).count() == 1


def test_what_was_left_asked_for_an_ended_complaint_is_withdrawn_by_the_upgrade() -> None:
    agent, boss = as_actor(a_person("agent")), as_actor(a_person("supervisor"))
    asked = []
    for state, ended in (("active", None), ("withdrawn", LATER)):
        made = a_complaint()
        option = an_option(made, agent, amount=30_000)
        asked.append(services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent))
        Complaint.objects.filter(pk=made.pk).update(state=state, closed_at=ended)
    upgrade = import_module("shouwen.complaints.migrations.0012_end_old_questions")
    upgrade.end(apps, connection.schema_editor())
    assert queries.waiting_for(boss, LATER).get() == asked[0]
    asked[1].refresh_from_db()
    assert (asked[1].state, asked[1].decided_at) == ("withdrawn", LATER)


def test_the_sum_of_the_period_counts_and_what_is_released_does_not() -> None:
    AuthorityLimit.objects.filter(role="agent", remedy="refund").update(each=20_000, together=30_000)
    agent = as_actor(a_person("agent"))
    first, second = a_complaint(), a_complaint()
    one, two = an_option(first, agent, amount=20_000), an_option(second, agent, amount=20_000)
    services.grant_at_once(complaint_id=first.pk, option_id=one.pk, at=LATER, by=agent)
    with pytest.raises(Refused):
        services.grant_at_once(complaint_id=second.pk, option_id=two.pk, at=LATER, by=agent)
    grant = first.grants.get()
    services.release_grant(complaint_id=first.pk, grant_id=grant.pk, reason="Not wanted", at=LATER, by=agent)
    services.grant_at_once(complaint_id=second.pk, option_id=two.pk, at=LATER, by=agent)
    assert queries.room_of(agent, "refund", LATER).left == 10_000
    assert queries.room_of(agent, "refund", LATER + timedelta(days=35)).left == 30_000  # the next month


def test_who_can_decide_now_stands_on_the_page_with_those_on_duty_first() -> None:
    a_person("chief", name="Away")
    here = a_person("supervisor", name="Here", presence="on_duty")
    made = a_complaint()
    found = queries.deciders("refund", 100_000, AT)
    assert [(one.staff.name, one.reachable) for one in found] == [("Here", True), ("Away", False)]
    assert [one.staff.name for one in queries.deciders("refund", 100_000, AT, but=[here.pk])] == ["Away"]
    assert queries.deciders("refund", 10**10, AT) == []
    option = an_option(made, as_actor(here), amount=10**10)
    with pytest.raises(Refused):
        services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=AT, by=as_actor(here))


def test_asking_is_one_action_that_tells_everybody_who_can_decide_and_the_time_is_measured() -> None:
    agent, boss = a_person("agent"), a_person("supervisor")
    made = a_complaint(owner=agent)
    option = an_option(made, as_actor(agent), amount=100_000)
    asked = services.ask_approval(
        complaint_id=made.pk, option_id=option.pk, why="A good customer", at=AT, by=as_actor(agent)
    )
    assert Notice.objects.filter(user_id=boss.pk, kind="approval_asked").count() == 1
    assert list(queries.waiting_for(as_actor(boss), AT)) == [asked]
    assert list(queries.waiting_for(as_actor(agent), AT)) == []
    with pytest.raises(Refused):
        services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=AT, by=as_actor(agent))
    services.sign(approval_id=asked.pk, yes=True, at=LATER, by=as_actor(boss))
    assert Notice.objects.filter(user_id=agent.pk, kind="approval_granted").count() == 1
    measured = queries.decision_time(AT)
    assert (measured.n, measured.mean) == (1, timedelta(hours=1))
    with pytest.raises(Refused):
        services.sign(approval_id=asked.pk, yes=True, at=LATER, by=as_actor(boss))


def test_a_no_needs_a_word_and_ends_the_question() -> None:
    agent, boss = as_actor(a_person("agent")), as_actor(a_person("supervisor"))
    made = a_complaint()
    option = an_option(made, agent, amount=100_000)
    asked = services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=AT, by=agent)
    with pytest.raises(Invalid):
        services.sign(approval_id=asked.pk, yes=False, at=AT, by=boss)
    decided = services.sign(approval_id=asked.pk, yes=False, word="Mend it first", at=AT, by=boss)
    assert decided.state == "declined"
    assert not Grant.objects.exists()
    services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=LATER, by=agent)  # once more


def test_above_the_threshold_two_others_have_to_say_yes() -> None:
    preferences.change(values={"complaints.two_people_above": 1000}, at=AT, by=SYSTEM)
    boss, chief = as_actor(a_person("supervisor")), as_actor(a_person("chief"))
    made = a_complaint()
    option = an_option(made, boss, amount=400_000)  # above a supervisor's own 300 000
    with pytest.raises(Refused, match="没有两位"):
        services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=AT, by=boss)
    second = as_actor(a_person("supervisor"))
    asked = services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=AT, by=boss)
    assert asked.hands == 2
    told = Notice.objects.filter(kind="approval_asked").order_by("user_id")
    assert [one.user_id for one in told] == sorted([chief.user_id, second.user_id])
    able = queries.deciders("refund", 400_000, AT, hands=2, but=[boss.user_id])
    assert [(one.staff.pk, one.full) for one in able] == [(chief.user_id, True), (second.user_id, False)]
    assert [one.staff.pk for one in queries.deciders("refund", 400_000, AT)] == [chief.user_id]
    with pytest.raises(Refused, match="Two other people"):
        services.sign(approval_id=asked.pk, yes=True, at=AT, by=boss)
    assert services.sign(approval_id=asked.pk, yes=True, at=AT, by=second).state == "asked"
    assert not Grant.objects.exists()
    assert services.sign(approval_id=asked.pk, yes=True, at=LATER, by=chief).state == "granted"
    assert made.grants.get().granted_by == chief.user_id  # whose authority covers it


def test_whom_it_is_about_grants_nothing_and_is_not_asked() -> None:
    boss, other = a_person("supervisor"), a_person("supervisor")
    made = a_complaint()
    services.record_receipt(
        complaint_id=made.pk, remedy_sought="x", about_staff_id=boss.pk, at=AT, by=as_actor(other)
    )
    option = an_option(made, as_actor(other), amount=100_000)
    asked = services.ask_approval(complaint_id=made.pk, option_id=option.pk, at=AT, by=as_actor(other))
    assert not Notice.objects.filter(user_id=boss.pk).exists()
    assert list(queries.waiting_for(as_actor(boss), AT)) == []
    with pytest.raises(Refused, match="about you"):
        services.sign(approval_id=asked.pk, yes=True, at=AT, by=as_actor(boss))


def test_the_ledger_adds_up_by_month_and_holds_against_its_budget() -> None:
    agent, boss = as_actor(a_person("agent")), as_actor(a_person("chief"))
    for amount in (10_000, 15_000):
        made = a_complaint()
        option = an_option(made, agent, amount=amount)
        services.grant_at_once(complaint_id=made.pk, option_id=option.pk, at=AT, by=agent)
    services.set_budget(month=AT.date(), amount=20_000, at=AT, by=boss)
    month = queries.month_sums(AT)[0]
    assert (month.count, month.granted.amount, month.settled.amount) == (2, 25_000, 0)
    assert month.left is not None
    assert (month.left.amount, month.share) == (-5_000, 125)
    assert queries.sums_by_remedy(AT)[0][:2] == ("refund", 2)
    assert queries.ledger(month=AT.date()).count() == 2
    assert queries.ledger(standing="settled").count() == 0


def test_an_option_that_was_granted_stays_until_it_is_released() -> None:
    agent = as_actor(a_person("agent"))
    made = a_complaint()
    first, second = an_option(made, agent), an_option(made, agent, amount=0, remedy="apology")
    services.choose_option(complaint_id=made.pk, option_id=first.pk, at=AT, by=agent)
    services.grant_at_once(complaint_id=made.pk, option_id=first.pk, at=AT, by=agent)
    with pytest.raises(Refused):
        services.choose_option(complaint_id=made.pk, option_id=second.pk, at=AT, by=agent)
    services.release_grant(complaint_id=made.pk, grant_id=made.grants.get().pk, reason="x", at=AT, by=agent)
    services.choose_option(complaint_id=made.pk, option_id=second.pk, at=AT, by=agent)
    assert queries.held(again(made), queries.parts(again(made))).approved  # an apology costs nothing


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"role": "king"}, "role"),
        ({"remedy": "gold"}, "remedy"),
        ({"period": "year"}, "period"),
        ({"each": 9, "together": 8}, "together"),
        ({"each": -1}, "each"),
    ],
)
def test_a_limit_that_makes_no_sense_is_refused_by_field(given: dict[str, object], wrong: str) -> None:
    chief = as_actor(a_person("chief"))
    whole = {"role": "agent", "remedy": "refund", "each": 1, "together": 10, "period": "month", **given}
    with pytest.raises(Invalid) as fault:
        services.set_limit(**whole, at=AT, by=chief)  # type: ignore[arg-type]
    assert wrong in fault.value.errors
    with pytest.raises(Forbidden):
        services.set_limit(**{**whole, **{"each": 1}}, at=AT, by=as_actor(a_person("supervisor")))  # type: ignore[arg-type]


def test_a_question_within_ones_authority_is_not_hidden_behind_greater_ones() -> None:
    agent, boss = a_person("agent"), a_person("supervisor")
    a_person("chief")
    asked = {}
    for amount in (400_000, 500_000, 100_000, 600_000, 200_000):
        made = a_complaint(owner=agent)
        option = an_option(made, as_actor(agent), amount=amount)
        asked[amount] = services.ask_approval(
            complaint_id=made.pk,
            option_id=option.pk,
            at=AT + timedelta(minutes=len(asked)),
            by=as_actor(agent),
        )
    mine = queries.waiting_for(as_actor(boss), LATER)
    first = paginate(mine, order=queries.WAITING_ORDER, limit=2)
    assert first.items == [
        asked[100_000],
        asked[600_000],
    ]  # the second needs two people, of whom one may be less
    second = paginate(mine, order=queries.WAITING_ORDER, cursor=first.next_cursor, limit=2)
    assert second.items == [asked[200_000]]
    assert second.next_cursor is None


def test_a_yes_counts_by_what_its_giver_may_still_grant_when_the_second_one_comes() -> None:
    agent, boss, chief = a_person("agent"), a_person("supervisor"), a_person("chief")
    AuthorityLimit.objects.filter(role="chief", remedy="refund").update(together=5_000_000)
    great, small = a_complaint(owner=agent), a_complaint(owner=agent)
    option = an_option(great, as_actor(agent), amount=5_000_000)
    asked = services.ask_approval(complaint_id=great.pk, option_id=option.pk, at=AT, by=as_actor(agent))
    services.sign(approval_id=asked.pk, yes=True, at=AT, by=as_actor(chief))
    other = an_option(small, as_actor(chief), amount=400_000)
    services.grant_at_once(complaint_id=small.pk, option_id=other.pk, at=AT, by=as_actor(chief))
    with pytest.raises(Refused):
        services.sign(approval_id=asked.pk, yes=True, at=LATER, by=as_actor(boss))
    assert Grant.objects.filter(approval=asked).count() == 0
    services.release_grant(
        complaint_id=small.pk,
        grant_id=small.grants.get().pk,
        reason="Not wanted",
        at=LATER,
        by=as_actor(chief),
    )
    services.sign(approval_id=asked.pk, yes=True, at=LATER, by=as_actor(boss))
    assert Grant.objects.get(approval=asked).granted_by == chief.pk
