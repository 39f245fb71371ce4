"""Merging, taking it back, splitting, linking: with what is where afterwards."""

from datetime import timedelta

import pytest

from shouwen.cases import services
from shouwen.cases.models import CaseLink
from shouwen.cases.services import organising, splitting
from shouwen.cases.testing import AT, a_case, everything_happens, furnished
from shouwen.channels import queries as channels
from shouwen.customers.testing import a_customer
from shouwen.kernel.errors import Forbidden, Invalid, Refused
from shouwen.people.testing import a_department, a_person, as_actor
from shouwen.promises import queries as promises

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _installation():
    furnished()


@pytest.fixture
def anna():
    return a_person("agent", name="安娜")


@pytest.fixture
def pair(anna):
    customer = a_customer(email="pump@example.com")
    first = a_case(customer=customer, subject="水泵漏水", text="水泵漏水", owner=anna)
    second = a_case(customer=customer, subject="还在漏", text="还在漏，停产了", owner=anna, at=LATER)
    services.promise(
        case_id=second.pk, text="下午上门", due_at=AT + timedelta(hours=5), at=LATER, by=as_actor(anna)
    )
    services.ask_task(
        case_id=second.pk, title="备件", ask="查库存", minutes=60, department_id=a_department().pk,
        at=LATER, by=as_actor(anna),
    )  # fmt: skip
    return first, second


def texts(case):
    return [message.text for message in channels.messages_of(case.subject)]


def look(*cases):
    for case in cases:
        case.refresh_from_db()


def test_a_merge_takes_words_promises_and_tasks_along(pair, anna):
    first, second = pair
    organising.merge(case_id=second.pk, into_id=first.pk, at=LATER, by=as_actor(anna))
    look(first, second)
    assert texts(first) == ["水泵漏水", "还在漏，停产了"]
    assert texts(second) == []
    assert [promise.text for promise in promises.open_for(first.subject)] == ["下午上门"]
    assert first.tasks.count() == 1
    assert (second.state, second.active, second.merged_into_id) == ("merged", False, first.pk)
    assert (first.message_count, first.last_words) == (2, "还在漏，停产了")
    assert second.due_at is None


def test_undoing_a_merge_gives_everything_back(pair, anna):
    first, second = pair
    due_before = {clock.sort: clock.due_at for clock in promises.clocks_for(second.subject)}
    made = organising.merge(case_id=second.pk, into_id=first.pk, at=LATER, by=as_actor(anna))
    organising.undo_merge(merge_id=made.pk, at=LATER + timedelta(minutes=30), by=as_actor(anna))
    look(first, second)
    assert (texts(first), texts(second)) == (["水泵漏水"], ["还在漏，停产了"])
    assert [promise.text for promise in promises.open_for(second.subject)] == ["下午上门"]
    assert (first.tasks.count(), second.tasks.count()) == (0, 1)
    assert (second.state, second.owner_id, second.message_count) == ("open", anna.id, 1)
    after = {clock.sort: clock.due_at for clock in promises.clocks_for(second.subject)}
    assert after["first_reply"] == due_before["first_reply"] + timedelta(minutes=30)
    with pytest.raises(Refused):
        organising.undo_merge(merge_id=made.pk, at=LATER, by=as_actor(anna))


def test_what_the_customer_writes_to_a_merged_case_arrives_where_work_goes_on(pair, anna):
    from shouwen.cases.services.requesting import write_in
    from shouwen.cases.testing import speaks

    first, second = pair
    organising.merge(case_id=second.pk, into_id=first.pk, at=LATER, by=as_actor(anna))
    subject = write_in(case_id=second.pk, text="几点来？", at=LATER, by=speaks(second))
    assert subject == first.subject
    assert "几点来？" in texts(first)


def test_cases_of_different_customers_are_not_merged(pair, anna):
    other = a_case(customer=a_customer(email="other@example.com"))
    with pytest.raises(Refused):
        organising.merge(case_id=other.pk, into_id=pair[0].pk, at=LATER, by=as_actor(anna))


def test_a_case_is_not_merged_into_itself_nor_by_somebody_who_does_not_answer_for_it(pair, anna):
    with pytest.raises(Invalid) as invalid:
        organising.merge(case_id=pair[0].pk, into_id=pair[0].pk, at=LATER, by=as_actor(anna))
    assert invalid.value.field == "into"
    with pytest.raises(Forbidden):
        organising.merge(case_id=pair[1].pk, into_id=pair[0].pk, at=LATER, by=as_actor(a_person("agent")))


def test_a_split_moves_the_chosen_words_into_a_case_of_the_same_owner(pair, anna):
    first, second = pair
    organising.merge(case_id=second.pk, into_id=first.pk, at=LATER, by=as_actor(anna))
    wanted = [channels.messages_of(first.subject)[1].pk]
    made = splitting.split(
        case_id=first.pk,
        message_ids=wanted,
        subject="停产赔偿",
        kind="complaint",
        at=LATER,
        by=as_actor(anna),
    )
    look(first)
    assert (texts(first), texts(made)) == (["水泵漏水"], ["还在漏，停产了"])
    assert (made.owner_id, made.customer_id, made.kind, made.state) == (
        anna.id, first.customer_id, "complaint", "open",
    )  # fmt: skip
    assert (first.message_count, first.last_words) == (1, "水泵漏水")
    assert CaseLink.objects.get(case=made).sort == "split"
    everything_happens(LATER)
    assert [m.kind for m in channels.messages_of(made.subject)] == ["reply"]  # nobody acknowledges it twice


def test_a_split_needs_the_customers_words_and_leaves_something(pair, anna):
    only = [message.pk for message in channels.messages_of(pair[0].subject)]
    for chosen in ([], only):
        with pytest.raises(Invalid) as invalid:
            splitting.split(
                case_id=pair[0].pk, message_ids=chosen, subject="另一件", at=LATER, by=as_actor(anna)
            )
        assert invalid.value.field == "messages"


def test_a_link_is_made_once_and_taken_away(pair, anna):
    first, second = pair
    by = as_actor(anna)
    for case, other in ((first, second), (second, first)):
        organising.link(case_id=case.pk, other_id=other.pk, at=LATER, by=by)
    assert CaseLink.objects.count() == 1
    organising.unlink(case_id=second.pk, other_id=first.pk, at=LATER, by=by)
    assert CaseLink.objects.count() == 0
