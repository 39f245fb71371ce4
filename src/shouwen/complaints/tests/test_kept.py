"""What is kept beside the complaints says what can be counted from their records, at every step."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shouwen.cases.testing import everything_happens
from shouwen.complaints import services
from shouwen.complaints.models import Complaint, Grant, StageVisit
from shouwen.complaints.queries import analysis
from shouwen.complaints.testing import (
    AT,
    a_complaint,
    a_person,
    an_option,
    as_actor,
    decided,
    furnished,
    heard,
)
from shouwen.customers import services as customers
from shouwen.customers.testing import a_customer
from shouwen.platform.access import SYSTEM, Actor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def boss() -> Actor:
    furnished()
    return as_actor(a_person("supervisor", "chief"))


def kept() -> list[Any]:
    complaints = Complaint.objects.order_by("pk").values_list(
        "pk", "customer_id", "granted", "recovered", "again"
    )
    grants = Grant.objects.order_by("pk").values_list("pk", "in_stage")
    visits = StageVisit.objects.order_by("pk").values_list("pk", "lasted", "left_before")
    return [*complaints, *grants, *visits]


def agrees() -> None:
    said = kept()
    services.reckon(Complaint.objects.all())
    assert said == kept()


def closed(made: Complaint, at: datetime, by: Actor) -> None:
    """At its last stage, with everything on record: passing it closes it."""
    fields = {"confirmed_at": at, "reviewed_at": at, "cause": "price", "lesson": "x", "stage": "reviewed"}
    Complaint.objects.filter(pk=made.pk).update(**fields)
    StageVisit.objects.filter(complaint=made, left_at=None).update(stage="reviewed")
    services.pass_stage(complaint_id=made.pk, at=at, by=by)


def again(made: Complaint) -> bool:
    return Complaint.objects.values_list("again", flat=True).get(pk=made.pk)


def test_who_complains_within_180_days_after_the_end_complained_again(boss: Actor) -> None:
    one = a_customer()
    first = a_complaint(customer=one, at=AT)
    closed(first, AT + DAY, boss)
    a_complaint(at=AT + 2 * DAY)
    assert not again(first)
    a_complaint(customer=one, at=AT + 182 * DAY)
    assert not again(first)
    a_complaint(customer=one, at=AT + 180 * DAY)
    assert again(first)
    agrees()


def test_a_complaint_that_was_open_before_the_end_is_not_again(boss: Actor) -> None:
    one = a_customer()
    first = a_complaint(customer=one, at=AT)
    second = a_complaint(customer=one, at=AT + DAY)
    closed(first, AT + 2 * DAY, boss)
    agrees()
    services.withdraw(complaint_id=second.pk, reason="settled elsewhere", at=AT + 3 * DAY, by=boss)
    assert (again(first), again(second)) == (False, False)
    a_complaint(customer=one, at=AT + 4 * DAY)
    assert (again(first), again(second)) == (True, True)
    services.reopen(complaint_id=first.pk, reason="not solved", at=AT + 5 * DAY, by=boss)
    assert not again(first)
    agrees()


def test_merged_customers_complained_again_and_undone_they_did_not(boss: Actor) -> None:
    winner, loser = a_customer(), a_customer()
    first = a_complaint(customer=winner, at=AT)
    closed(first, AT + DAY, boss)
    second = a_complaint(customer=loser, at=AT + 9 * DAY)
    everything_happens()
    merge = customers.merge(winner_id=winner.pk, loser_id=loser.pk, at=AT + 10 * DAY, by=SYSTEM)
    everything_happens()
    second.refresh_from_db()
    assert (second.customer_id, again(first)) == (winner.pk, True)
    agrees()
    customers.undo_merge(merge_id=merge.pk, at=AT + 11 * DAY, by=SYSTEM)
    everything_happens()
    second.refresh_from_db()
    assert (second.customer_id, again(first)) == (loser.pk, False)
    agrees()


def test_what_was_granted_is_kept_with_the_stage_it_was_granted_in(boss: Actor) -> None:
    made = a_complaint(at=AT)
    at = AT + timedelta(hours=1)
    for amount in (15_000, 20_000):
        option = an_option(made, boss, amount=amount, at=AT)
        services.grant_at_once(complaint_id=made.pk, option_id=option.pk, at=at, by=boss)
    made.refresh_from_db()
    assert made.granted == 35_000
    agrees()
    grant = made.grants.get(amount=20_000)
    services.release_grant(complaint_id=made.pk, grant_id=grant.pk, reason="not needed", at=at, by=boss)
    made.refresh_from_db()
    assert (made.granted, grant.in_stage) == (15_000, "received")
    services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=at, by=boss)
    services.pass_stage(complaint_id=made.pk, at=at + timedelta(hours=2), by=boss)
    assert made.visits.get(stage="received").lasted == timedelta(hours=3)
    agrees()


def test_a_stage_that_was_stood_in_twice_is_counted_twice_for_one_complaint(boss: Actor) -> None:
    made = a_complaint(at=AT)
    services.record_receipt(complaint_id=made.pk, remedy_sought="x", at=AT, by=boss)
    for hours in (1, 3):
        services.pass_stage(complaint_id=made.pk, at=AT + timedelta(hours=hours), by=boss)
        back = {"to": "received", "reason": "new facts", "at": AT + timedelta(hours=hours + 1), "by": boss}
        services.go_back(complaint_id=made.pk, **back)
    left = list(made.visits.filter(stage="received").order_by("pk").values_list("left_before", flat=True))
    assert left == [None, AT + timedelta(hours=1), AT + timedelta(hours=3)]
    agrees()

    def received(since: datetime) -> tuple[int, int]:
        stages = analysis.figures(since, AT + DAY).stages
        return next((one.visits, one.complaints) for one in stages if one.stage == "received")

    assert received(AT) == (2, 1)
    assert received(AT + timedelta(hours=2)) == (
        1,
        1,
    )  # the first leaving was before: the second counts for it


def test_a_recovery_counts_once_its_customer_was_asked(boss: Actor) -> None:
    made = a_complaint(at=AT)
    heard(made, boss, at=AT)
    decided(made, boss, at=AT)
    planned = services.plan_recovery(
        complaint_id=made.pk, sort="visit", text="x", follow_up_at=AT + DAY, at=AT, by=boss
    )
    agrees()
    services.follow_recovery(complaint_id=made.pk, recovery_id=planned.pk, level=4, at=AT + DAY, by=boss)
    made.refresh_from_db()
    assert made.recovered
    agrees()


def test_the_hourly_look_mends_what_missed_each_other(boss: Actor) -> None:
    one = a_customer()
    first = a_complaint(customer=one, at=AT)
    closed(first, AT + DAY, boss)
    a_complaint(customer=one, at=AT + 2 * DAY)
    Complaint.objects.update(again=False)
    services.reckon_recent(at=AT + 2 * DAY + timedelta(hours=1))
    assert again(first)
    agrees()
