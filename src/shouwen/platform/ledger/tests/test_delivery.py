"""Facts reach their hearers: at least once, in order, whatever else fails."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction

from shouwen.kernel import events
from shouwen.platform.access import SYSTEM, customer_actor, now
from shouwen.platform.jobs import worker
from shouwen.platform.jobs.models import Job
from shouwen.platform.ledger import bus, dispatch, queries
from shouwen.platform.ledger.models import Event, EventSubject
from shouwen.platform.ledger.tests import children
from shouwen.platform.ledger.tests.notes import AT, Noted, heard, note, write_down

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_listens_afterwards() -> Iterator[None]:
    yield
    bus._handlers.pop(Noted.wire, None)


def a_broken_hearer_complains(fact: Noted, ctx: bus.Context) -> None:
    write_down(Noted(number=-fact.number), ctx)
    raise RuntimeError("deaf")


def test_a_hearer_gets_the_fact_and_its_circumstances() -> None:
    got = []
    bus.on(Noted)(lambda fact, ctx: got.append((fact, ctx)))
    event_id = note(12, word="你好")
    assert dispatch.deliver_all() == 1
    assert got[0][0] == Noted(number=12, word="你好")
    assert got[0][1] == bus.Context(event_id, AT, "system", None, "system", (("case", 12), ("customer", 7)))


def test_facts_are_heard_in_the_order_in_which_they_happened() -> None:
    bus.on(Noted)(write_down)
    for number in range(25):
        note(number)
    dispatch.deliver_all()
    assert heard() == list(range(25))


def test_what_a_hearer_announces_is_delivered_too() -> None:
    def echo(fact: Noted, ctx: bus.Context) -> None:
        if fact.number < 3:
            note(fact.number + 1)

    bus.on(Noted)(echo)
    note(0)
    assert dispatch.deliver_all() == 4


def test_a_fact_is_delivered_once() -> None:
    bus.on(Noted)(write_down)
    note(1)
    assert dispatch.deliver_all() == 1
    assert dispatch.deliver_all() == 0
    assert heard() == [1]


def test_without_hearers_nothing_is_pending() -> None:
    note(1)
    assert not Event.objects.filter(pending=True).exists()


def test_one_failing_hearer_holds_neither_the_others_nor_the_next_facts() -> None:
    bus.on(Noted)(a_broken_hearer_complains)
    bus.on(Noted)(write_down)
    note(1)
    note(2)
    dispatch.deliver_all()
    assert heard() == [1, 2], "what the broken one wrote is rolled back"
    assert Job.objects.filter(name="ledger.redeliver").count() == 2


def test_a_failed_hearer_is_tried_again_as_a_job() -> None:
    moods = iter([RuntimeError("busy"), RuntimeError("busy"), None])  # in the batch, alone, as a job

    def moody(fact: Noted, ctx: bus.Context) -> None:
        if (mood := next(moods)) is not None:
            raise mood
        write_down(fact, ctx)

    bus.on(Noted)(moody)
    note(5)
    dispatch.deliver_all()
    assert worker.run_all(now() + timedelta(minutes=1)) == 1
    assert heard() == [5]
    assert Job.objects.count() == 0


def test_what_never_succeeds_ends_among_the_dead_letters() -> None:
    bus.on(Noted)(a_broken_hearer_complains)
    note(1)
    dispatch.deliver_all()
    for day in range(1, 11):
        worker.run_all(now() + timedelta(days=day))
    assert Job.objects.get().state == "dead"
    assert "deaf" in Job.objects.get().last_error
    assert heard() == []


def test_a_fact_that_can_not_be_read_does_not_stop_the_others() -> None:
    bus.on(Noted)(write_down)
    note(1)
    Event.objects.filter(name=Noted.wire).update(data={"strange": True})
    note(2)
    dispatch.deliver_all()
    assert heard() == [2]
    assert Job.objects.filter(name="ledger.redeliver").count() == 1


def test_a_fact_of_a_room_that_is_gone_is_nobodys() -> None:
    bus.on(Noted)(write_down)
    note(1)
    known = events._KNOWN.pop(Noted.wire)
    try:
        assert dispatch.deliver_all() == 1
    finally:
        events._KNOWN[Noted.wire] = known
    assert Job.objects.count() == 0


def test_a_hearer_that_was_renamed_is_missed_aloud() -> None:
    event_id = note(1)
    with pytest.raises(LookupError, match="old_name"):
        dispatch.redeliver(event_id=event_id, handler="room.handlers.old_name")


def test_the_same_hearer_registers_once() -> None:
    bus.on(Noted)(write_down)
    bus.on(Noted)(write_down)
    assert len(bus.handlers_of(Noted.wire)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_fact_can_only_be_announced_in_the_transaction_of_its_change() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        bus.announce(Noted(number=1), subjects=[("case", 1)], by=SYSTEM, at=AT)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_announced() -> None:
    with transaction.atomic():
        note(1)
        transaction.set_rollback(True)
    assert not Event.objects.exists()
    assert not EventSubject.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_deliver_everything_once_and_in_order() -> None:
    bus.on(Noted)(write_down)
    for number in range(60):
        note(number)

    def deliver() -> None:
        end = time.monotonic() + 30
        while Event.objects.filter(pending=True).exists() and time.monotonic() < end:
            dispatch.deliver_batch()
        connection.close()

    threads = [threading.Thread(target=deliver) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard() == list(range(60))


@pytest.mark.crash
@pytest.mark.django_db(transaction=True)
def test_a_process_killed_between_commit_and_delivery_loses_nothing() -> None:
    assert children.run("bus.on(Noted)(write_down)\nnote(3)\ndie()") == -9
    assert heard() == []
    bus.on(Noted)(write_down)
    assert dispatch.deliver_all() == 1
    assert heard() == [3]


@pytest.mark.crash
@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_of_a_delivery_leaves_it_to_be_done_again() -> None:
    code = (
        "from shouwen.platform.ledger import dispatch\n"
        "bus.on(Noted)(write_down); bus.on(Noted)(die)\nnote(4)\ndispatch.deliver_all()"
    )
    assert children.run(code) == -9
    assert heard() == []
    bus.on(Noted)(write_down)
    assert dispatch.deliver_all() == 1
    assert heard() == [4]


def test_the_timeline_of_a_subject_is_paged_by_event() -> None:
    ids = [note(number) for number in range(5)]
    first = queries.timeline(("customer", 7), limit=2)
    assert [row.id for row in first] == ids[:2]
    assert [row.id for row in queries.timeline(("customer", 7), after=first[-1].id, limit=2)] == ids[2:4]
    newest = queries.timeline(("customer", 7), newest=True, limit=2)
    assert [row.id for row in newest] == ids[:2:-1]
    assert [row.id for row in queries.timeline(("customer", 7), newest=True, before=ids[3])] == ids[2::-1]
    assert [row.data["number"] for row in queries.timeline(("case", 3))] == [3]
    assert queries.timeline(("case", 99)) == []


def test_an_event_says_who_did_it_and_what_changed() -> None:
    with transaction.atomic():
        pk = bus.announce(
            Noted(number=1),
            subjects=[("case", 1), ("case", 1)],
            by=customer_actor(7, "王" * 100),
            at=AT,
            before={"priority": 3},
            after={"priority": 1},
            topics=["inbox"],
        )
    row = queries.get(pk)
    assert row is not None
    assert (row.by_kind, row.by_id, row.by_name) == ("customer", 7, "王" * 80)
    assert (row.before, row.after) == ({"priority": 3}, {"priority": 1})
    assert EventSubject.objects.filter(event_id=pk).count() == 1
    assert Event.objects.get(pk=pk).topics == ["case:1", "inbox"]


def test_a_fact_and_what_it_is_about_are_one_statement_where_the_database_can(
    django_assert_num_queries: object,
) -> None:
    statements = 1 if connection.vendor == "postgresql" else 2
    with transaction.atomic(), django_assert_num_queries(statements):  # type: ignore[operator]
        bus.announce(Noted(number=1), subjects=[("case", 1), ("customer", 2)], by=SYSTEM, at=AT)
