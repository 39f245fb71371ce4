"""The queue: claimed once, tried again with patience, given up in sight of everybody."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from shouwen.kernel.errors import Forbidden, NotFound
from shouwen.platform.access import ANONYMOUS, SYSTEM
from shouwen.platform.jobs import enqueue, queries, registry, services, worker
from shouwen.platform.jobs.models import Job, Schedule

AT = datetime(2026, 3, 31, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Iterator[list[dict[str, Any]]]:
    """A job "test.note" whose calls are kept."""
    calls: list[dict[str, Any]] = []
    registry.job("test.note", attempts=3)(lambda **args: calls.append(args))
    yield calls
    del registry._work["test.note"]


def fail(text: str = "the printer is on fire") -> None:
    def burn(**_args: Any) -> None:
        raise RuntimeError(text)

    registry.job("test.note", attempts=3)(burn)


def at_once(work: Any, count: int = 2) -> list[Any]:
    """What `work()` gives in `count` threads that begin together."""
    together = threading.Barrier(count)
    results: list[Any] = []

    def run() -> None:
        together.wait(10)
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_a_job_is_done_and_its_row_is_gone(done: list[dict[str, Any]]) -> None:
    enqueue("test.note", {"case": 12}, at=AT)
    assert worker.run_all(AT) == 1
    assert done == [{"case": 12}]
    assert Job.objects.count() == 0


def test_a_job_waits_for_its_time(done: list[dict[str, Any]]) -> None:
    enqueue("test.note", {}, at=AT + timedelta(minutes=5))
    assert worker.run_all(AT + timedelta(minutes=4)) == 0
    assert worker.run_all(AT + timedelta(minutes=5)) == 1


def test_what_is_due_first_is_done_first(done: list[dict[str, Any]]) -> None:
    for number, minute in ((1, 3), (2, 1), (3, 2)):
        enqueue("test.note", {"n": number}, at=AT + timedelta(minutes=minute))
    worker.run_all(AT + timedelta(hours=1))
    assert [one["n"] for one in done] == [2, 3, 1]


def test_a_name_that_no_room_has_is_refused_at_the_door() -> None:
    with pytest.raises(LookupError, match=r"test\.nothing"):
        enqueue("test.nothing", {})


def test_of_one_key_only_one_job_waits(done: list[dict[str, Any]]) -> None:
    first = enqueue("test.note", {"n": 1}, at=AT, key="once")
    assert enqueue("test.note", {"n": 2}, at=AT + timedelta(hours=1), key="once") == first
    worker.run_all(AT)
    assert done == [{"n": 1}]


def test_the_key_is_free_again_while_the_job_runs() -> None:
    queued = []
    registry.job("test.note")(
        lambda: queued.append(enqueue("test.note", {}, at=AT, key="k") if not queued else 0)
    )
    enqueue("test.note", {}, at=AT, key="k")
    assert worker.run_one(AT)
    assert Job.objects.get().pk == queued[0]


def test_a_failed_job_comes_back_later_each_time_later_and_then_lies_dead(done: list[Any]) -> None:
    fail()
    enqueue("test.note", {}, at=AT)
    waits = []
    for _attempt in range(3):
        job = Job.objects.get()
        assert worker.run_one(max(job.run_at, AT))
        job.refresh_from_db()
        waits.append(job.state)
    assert waits == ["queued", "queued", "dead"]
    assert "the printer is on fire" in job.last_error
    assert [row.pk for row in queries.dead()] == [job.pk]
    assert worker.run_all(AT + timedelta(days=9)) == 0


def test_patience_grows_to_an_hour() -> None:
    seconds = [registry.back_off(attempt).total_seconds() for attempt in range(1, 8)]
    assert seconds == [5, 20, 80, 320, 1280, 3600, 3600]


def test_a_job_that_breaks_leaves_no_half_transaction(done: list[Any]) -> None:
    def half(**_args: Any) -> None:
        with transaction.atomic():
            Schedule.objects.create(name="test.half", next_at=AT)
            raise RuntimeError

    registry.job("test.note")(half)
    enqueue("test.note", {}, at=AT)
    worker.run_one(AT)
    assert not Schedule.objects.filter(name="test.half").exists()
    assert Job.objects.get().state == "queued"


def test_a_job_that_calls_exit_does_not_end_the_worker(done: list[Any]) -> None:
    def leave(**_args: Any) -> None:
        raise SystemExit(3)

    registry.job("test.note")(leave)
    enqueue("test.note", {}, at=AT)
    assert worker.run_one(AT)
    assert Job.objects.get().state == "queued"


def test_a_job_of_a_newer_version_waits_for_a_worker_that_knows_it() -> None:
    Job.objects.create(name="test.of-tomorrow", run_at=AT, created_at=AT)
    worker.run_one(AT)
    assert Job.objects.get().state == "queued"


def test_what_a_killed_process_left_is_queued_again_after_its_lease(done: list[Any]) -> None:
    enqueue("test.note", {}, at=AT)
    assert services.claim(AT) is not None
    assert services.sweep(AT + timedelta(seconds=59)) == 0
    assert services.sweep(AT + timedelta(seconds=61)) == 1
    assert Job.objects.get().state == "queued"


def test_what_kills_every_process_that_tries_it_ends_dead(done: list[Any]) -> None:
    enqueue("test.note", {}, at=AT)
    for day in range(1, 4):
        assert services.claim(AT + timedelta(days=day)) is not None
        services.sweep(AT + timedelta(days=day, hours=1))
    assert Job.objects.get().state == "dead"


def test_a_renewed_lease_is_not_swept(done: list[Any]) -> None:
    enqueue("test.note", {}, at=AT)
    job = services.claim(AT)
    assert job is not None
    services.renew(job, AT + timedelta(seconds=50))
    assert services.sweep(AT + timedelta(seconds=70)) == 0


def test_who_lost_the_lease_can_not_settle_what_another_is_doing(done: list[Any]) -> None:
    enqueue("test.note", {}, at=AT)
    slow = services.claim(AT)
    assert slow is not None
    services.sweep(AT + timedelta(minutes=2))
    later = AT + timedelta(minutes=10)
    assert services.claim(later) is not None
    services.settle(slow, at=later)
    services.settle(slow, error="too late", at=later)
    assert Job.objects.get().state == "running"


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same_job(done: list[Any]) -> None:
    for number in range(20):
        enqueue("test.note", {"n": number}, at=AT)
    at_once(lambda: worker.run_all(AT), count=4)
    assert sorted(one["n"] for one in done) == list(range(20))
    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_queued_in_a_transaction_that_fails_was_never_there(done: list[Any]) -> None:
    with transaction.atomic():
        enqueue("test.note", {}, at=AT, key="k")
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_waiting_job_is_not_begun_before_the_change_that_asks_for_it_again_is_there(
    done: list[Any],
) -> None:
    """Else it would do its work on yesterday's state and nobody would do it for today's."""
    enqueue("test.note", {}, at=AT, key="k")
    if connection.vendor != "postgresql":
        return  # one writer at a time: it can't happen
    with transaction.atomic():
        enqueue("test.note", {}, at=AT, key="k")
        assert at_once(lambda: services.claim(AT), count=1) == [None]
    assert services.claim(AT) is not None


@pytest.mark.django_db(transaction=True)
def test_a_schedule_is_run_by_one_of_two_that_see_it_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_recurring", {})
    ran: list[datetime] = []
    registry.every("test.tick", seconds=30)(lambda *, at: ran.append(at))
    Schedule.objects.create(name="test.tick", next_at=AT)
    assert sorted(at_once(lambda: worker.run_schedules(AT))) == [0, 1]
    assert ran == [AT]
    assert Schedule.objects.get(name="test.tick").next_at == AT + timedelta(seconds=30)


def test_a_schedule_that_fails_says_so_until_it_succeeds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_recurring", {})
    moods = iter([RuntimeError("no paper"), None])

    def tick(*, at: datetime) -> None:
        if (mood := next(moods)) is not None:
            raise mood

    registry.every("test.tick", seconds=30)(tick)
    worker.run_schedules(AT)
    assert "no paper" in Schedule.objects.get().last_error
    worker.run_schedules(AT + timedelta(seconds=30))
    assert Schedule.objects.get().last_error == ""


def test_only_who_may_tries_a_dead_job_again_or_puts_it_away() -> None:
    dead = Job.objects.create(name="test.note", run_at=AT, created_at=AT, state="dead", attempts=8)
    with pytest.raises(Forbidden):
        services.retry(job_id=dead.pk, at=AT, by=ANONYMOUS)
    services.retry(job_id=dead.pk, at=AT, by=SYSTEM)
    dead.refresh_from_db()
    assert (dead.state, dead.attempts) == ("queued", 0)
    with pytest.raises(NotFound):
        services.discard(job_id=dead.pk, at=AT, by=SYSTEM)
