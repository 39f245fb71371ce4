"""Real worker processes: jobs by a real broker are done once each, whoever is killed; schedules and facts once too."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from shouwen.kernel.errors import Refused
from shouwen.platform.access import now
from shouwen.platform.jobs import enqueue, registry, sending, services
from shouwen.platform.jobs.models import Job, Schedule
from shouwen.platform.ledger import bus
from shouwen.platform.ledger.models import Event
from shouwen.platform.ledger.tests import children
from shouwen.platform.ledger.tests.notes import Noted, heard, note, write_down
from tests.servers.ports import free_port, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.postgres]

# A worker whose patience is shorter than in life, so that a test needs not wait for minutes.
WORKER = """
import os, time, structlog
from datetime import timedelta
from django.conf import settings
from shouwen.platform.jobs import enqueue, registry, sending, services, worker
from shouwen.platform.jobs.models import Schedule
services.LEASE, worker.RENEW_SECONDS = timedelta(seconds=1.5), 0.4
registry.back_off = lambda attempts: timedelta(seconds=0.2)
registry._recurring.clear()
def did(n): Schedule.objects.create(name=f"did-{n}-{os.getpid()}-{time.monotonic_ns()}", next_at=AT)
def begin(n):
    did(f"begun{n}")
    if Schedule.objects.filter(name__startswith=f"did-begun{n}-").count() == 1: time.sleep(600)
    did(n)
def moody(n):
    did(f"tried{n}")
    if Schedule.objects.filter(name__startswith=f"did-tried{n}-").count() == 1: raise RuntimeError("no paper")
    did(n)
def tick(*, at): Schedule.objects.create(name=f"tick-{at.timestamp()}-{os.getpid()}", next_at=at)
from shouwen.platform.ledger import dispatch
bus.on(Noted)(write_down)
registry.job("test.did")(did); registry.job("test.begin")(begin); registry.job("test.moody")(moody)
"""


@pytest.fixture(scope="module", params=["redis", "rabbitmq"])
def server(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(f"{request.param}_server")


@pytest.fixture(scope="module")
def workers() -> Iterator[list[children.Peer]]:
    """Two processes that work when they are told to. A start takes its time, so they stay for all tests."""
    running: list[children.Peer] = []
    yield running
    for peer in running:
        peer.end()


@pytest.fixture
def sent(server: Any, settings: Any) -> Iterator[Any]:
    """This process's way to an empty queue: it sends what a test enqueues."""
    settings.BROKER_URL = server.url
    for name in ("test.did", "test.begin", "test.moody"):
        registry.job(name)(print)
    broker = sending.start()
    assert broker is not None
    wait_until(lambda: broker._line is not None, seconds=60, what="the broker")
    purge(broker)
    yield broker
    sending.stop()
    for name in ("test.did", "test.begin", "test.moody"):
        del registry._work[name]


def purge(broker: Any) -> None:
    with broker._app.connection_for_write() as line:
        queue = broker._app.amqp.queues["shouwen.jobs"](line.default_channel)
        queue.declare()  # whoever comes first makes it
        queue.purge()


@pytest.fixture
def work(workers: list[children.Peer], sent: Any, server: Any) -> Iterator[list[children.Peer]]:
    """Two worker processes at work."""
    while len(workers) < 2:
        workers.append(children.Peer())
        workers[-1].does(WORKER)
    for peer in workers:
        peer.does(f"settings.BROKER_URL = {server.url!r}\nworker.start()")
    yield workers
    for peer in workers:
        peer.does("worker.stop()")


def did() -> list[str]:
    names = Schedule.objects.filter(name__startswith="did-").values_list("name", flat=True)
    return sorted(name.split("-")[1] for name in names)


def wait_for_all() -> None:
    wait_until(lambda: not Job.objects.exists(), seconds=40, what="the end of the jobs")


def queue(name: str, *numbers: int, at: datetime | None = None) -> list[int]:
    return [enqueue(name, {"n": number}, at=at) for number in numbers]


def test_only_the_number_of_the_row_travels(sent: Any) -> None:
    (job_id,) = queue("test.did", 1)
    with sent._app.connection_for_write() as line:
        waiting = sent._app.amqp.queues["shouwen.jobs"](line.default_channel)
        got: list[Any] = []

        def arrived() -> bool:
            got.append(waiting.get(no_ack=True))
            return got[-1] is not None

        wait_until(arrived, seconds=60, what="the number")
    assert got[-1].payload[0] == [job_id]
    assert got[-1].payload[1] == {}
    Job.objects.all().delete()


def test_two_workers_do_each_job_once_though_every_number_comes_three_times(sent: Any, work: Any) -> None:
    for job_id in queue("test.did", *range(100, 160)):
        sent.send(job_id)
        sent.send(job_id)
    queue("test.did", 160, at=now() + timedelta(seconds=1))
    wait_for_all()
    assert did() == [str(number) for number in range(100, 161)]


def test_a_job_that_fails_comes_again(sent: Any, work: Any) -> None:
    queue("test.moody", 1)
    wait_for_all()
    assert did() == ["1", "tried1", "tried1"]


def test_a_number_that_was_lost_is_sent_again(sent: Any, work: Any) -> None:
    for peer in work:
        peer.does("worker.stop()")
    queue("test.did", *range(10))
    wait_until(lambda: not sent._waiting, seconds=60, what="the sending")
    purge(sent)
    assert services.to_send(now() + services.RESEND / 2) == []
    Job.objects.update(sent_at=now() - services.RESEND * 2)
    for peer in work:
        peer.does("worker.start()")
    wait_for_all()
    assert did() == [str(number) for number in range(10)]


def test_a_killed_broker_stops_nothing_and_loses_nothing(
    sent: Any, work: list[children.Peer], server: Any
) -> None:
    queue("test.did", 100)
    wait_for_all()
    server.kill()
    queue("test.did", *range(101, 110))
    wait_for_all()  # without the broker
    assert not sent.reachable
    server.start()
    wait_until(lambda: sent.reachable, seconds=40, what="the broker")
    queue("test.did", *range(110, 120))
    wait_for_all()
    assert did() == [str(number) for number in range(100, 120)]


def test_two_processes_run_no_schedule_twice_and_deliver_facts_once_and_in_order(
    work: list[children.Peer], server: Any
) -> None:
    if server.url.startswith("amqp"):
        return  # once is enough: it is about the processes, not about the broker
    bus.on(Noted)(write_down)
    for peer in work:
        peer.does('registry.every("test.tick", seconds=1)(tick)\ndispatch.start()')
    for number in range(60):
        note(number)
    ticks = Schedule.objects.filter(name__startswith="tick-")
    wait_until(lambda: ticks.count() >= 4, seconds=60, what="the ticks")
    wait_until(lambda: not Event.objects.filter(pending=True).exists(), seconds=60, what="the delivery")
    for peer in work:
        peer.does("registry._recurring.clear()\ndispatch.stop()")
    bus._handlers.pop(Noted.wire)
    times = sorted(float(name.split("-")[1]) for name in ticks.values_list("name", flat=True))
    assert min(later - one for one, later in pairwise(times)) >= 1
    assert heard() == list(range(60))


def test_what_a_killed_worker_was_doing_another_does(
    sent: Any, work: list[children.Peer], server: Any
) -> None:
    if not server.url.startswith("amqp"):
        return  # the last one, since it takes a worker away
    queue("test.begin", 5)
    wait_until(lambda: did() == ["begun5"], seconds=60, what="the work")
    doing = int(Schedule.objects.get(name__startswith="did-begun5").name.split("-")[2])
    killed = next(peer for peer in work if peer.pid == doing)
    killed.end()
    work.remove(killed)
    wait_for_all()
    assert did() == ["5", "begun5", "begun5"]


def test_a_broker_that_is_not_there_is_said_without_its_password() -> None:
    pytest.importorskip("celery")
    from shouwen.platform.jobs.broker import Broker

    port = free_port()
    with pytest.raises(Refused) as refused:
        Broker(f"amqp://desk:secret@127.0.0.1:{port}//").reach(0)
    assert f"127.0.0.1:{port}" in str(refused.value.sentence)
    assert "SHOUWEN_BROKER_URL" in str(refused.value.sentence)
    assert "secret" not in str(refused.value.sentence)


def test_a_missing_extra_is_said(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "find_spec", lambda _name: None)
    settings.BROKER_URL = "amqp://127.0.0.1//"
    with pytest.raises(Refused, match="scale"):
        sending.check()
    settings.BROKER_URL, settings.REDIS_URL = "", "redis://127.0.0.1/0"
    with pytest.raises(Refused, match="SHOUWEN_REDIS_URL"):
        sending.check()


def test_without_a_broker_no_number_is_sent() -> None:
    assert sending.start() is None
    registry.job("test.did")(print)
    job_id = enqueue("test.did", {"n": 1})
    del registry._work["test.did"]
    assert Job.objects.get(pk=job_id).sent_at is None
    assert connection.vendor == "postgresql"
