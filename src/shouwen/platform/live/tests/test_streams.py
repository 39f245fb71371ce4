"""Live streams: nothing lost, nothing doubled, whoever commits and whenever the browser comes back."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from shouwen.platform.access import ANONYMOUS, SYSTEM, Actor
from shouwen.platform.accounts import services as accounts
from shouwen.platform.ledger.dispatch import deliver_all
from shouwen.platform.ledger.models import Event
from shouwen.platform.ledger.tests import children
from shouwen.platform.ledger.tests.notes import AT, note
from shouwen.platform.live import hub as hubs
from shouwen.platform.live import publish, publish_row, token
from shouwen.platform.live.app import RESUME_LIMIT
from shouwen.platform.live.hub import hub
from shouwen.platform.live.middleware import PlaceMiddleware, page_stands_at
from shouwen.platform.live.tests.streams import CUSTOMER, Stream, elsewhere, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _running_hub() -> Iterator[None]:
    hub._current = False
    hub.start()
    yield
    hub.stop()


def test_a_committed_fact_is_heard_with_its_topics_and_its_place() -> None:
    async def story() -> None:
        stream = await Stream().open(token(ANONYMOUS, ["case:5"]))
        pk = await elsewhere(lambda: note(5))
        heard = await stream.next()
        assert heard.event == "change"
        assert heard.data == {"kind": "ledger_test.noted", "topics": ["case:5"]}
        assert heard.id.split(".")[0] == str(pk)  # then what it has not seen yet, on PostgreSQL
        await stream.close()

    run(story)


def test_nobody_hears_of_other_topics() -> None:
    async def story() -> None:
        stream = await Stream().open(token(ANONYMOUS, ["case:1"]))
        await elsewhere(lambda: [note(2), note(1)])
        assert (await stream.next()).data["topics"] == ["case:1"]
        assert stream.is_silent()
        await stream.close()

    run(story)


def test_a_forged_an_expired_and_a_missing_token_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    good = token(ANONYMOUS, ["case:1"])

    async def story() -> None:
        for wrong in (good[:-2] + "xx", "", "nonsense", good.replace(":", "")):
            assert (await Stream().open(wrong)).status == 403
        monkeypatch.setattr("shouwen.platform.live.tokens.MAX_AGE_SECONDS", -1)
        assert (await Stream().open(good)).status == 403

    run(story)


def test_who_comes_back_is_told_what_was_missed_once() -> None:
    async def story() -> None:
        stream = await Stream().open(CUSTOMER)
        await elsewhere(lambda: note(0))
        assert await stream.several(1) == [0]
        await stream.close()
        await elsewhere(lambda: [note(n) for n in (1, 2, 3)])
        again = await Stream().open(CUSTOMER, last=stream.last)
        await elsewhere(lambda: note(4))
        assert await again.several(4) == [1, 2, 3, 4]
        assert again.is_silent()
        await again.close()

    run(story)


def test_the_place_may_come_as_a_parameter_too_and_nonsense_is_no_place() -> None:
    async def story() -> None:
        first = await elsewhere(lambda: note(0))
        await elsewhere(lambda: note(1))
        stream = await Stream().open(CUSTOMER, since=str(first))
        assert await stream.several(1) == [1]
        await stream.close()
        for nonsense in ("abc", "-1", "9" * 40, "1.x", "٣", "1." * 4000):
            stream = await Stream().open(CUSTOMER, since=nonsense)
            assert stream.is_silent()
            await stream.close()

    run(story)


def test_while_facts_are_committed_all_the_time_coming_and_going_loses_and_doubles_nothing() -> None:
    count = 150

    def busy(begin: int) -> None:
        for number in range(begin, begin + count):
            note(number)
        connection.close()

    async def story() -> None:
        heard: list[int] = []
        stream = await Stream().open(CUSTOMER)
        writers = [threading.Thread(target=busy, args=(1000 * k,)) for k in (1, 2)]
        for writer in writers:
            writer.start()
        while len(heard) < 2 * count:
            heard += await stream.several(1)
            if len(heard) % 29 == 0:  # the connection breaks now and then, with more on its way
                last = stream.last
                await stream.close()
                stream = await Stream().open(CUSTOMER, last=last)
        await stream.close()
        for writer in writers:
            writer.join()
        assert sorted(heard) == [*range(1000, 1000 + count), *range(2000, 2000 + count)]

    run(story)


def test_a_fact_from_another_process_is_heard() -> None:
    async def story() -> None:
        stream = await Stream().open(CUSTOMER)
        assert await asyncio.to_thread(children.run, "note(9)") == 0
        assert await stream.several(1) == [9]
        await stream.close()

    run(story)


def test_a_fact_that_is_committed_after_a_later_one_is_not_lost() -> None:
    """PostgreSQL only: SQLite has one writer, whose ids come in the order of the commits."""
    if connection.vendor != "postgresql":
        return
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            note(1)
            begun.set()
            go_on.wait(10)
        connection.close()

    async def story() -> None:
        stream = await Stream().open(CUSTOMER)
        writer = threading.Thread(target=slow)
        writer.start()
        await asyncio.to_thread(begun.wait, 10)
        await elsewhere(lambda: note(2))
        assert await stream.several(1) == [2]
        newest, *missing = (int(part) for part in stream.last.split("."))
        assert newest - 1 in missing
        await stream.close()
        again = await Stream().open(CUSTOMER, last=stream.last)
        go_on.set()
        assert await again.several(1) == [1]
        await asyncio.to_thread(writer.join)
        third = await Stream().open(CUSTOMER, last=stream.last)
        assert await third.several(1) == [1]
        assert third.is_silent()
        await again.close()
        await third.close()

    run(story)


def test_who_missed_too_much_is_told_to_fetch_everything() -> None:
    async def story() -> None:
        first = await elsewhere(lambda: note(0))
        await elsewhere(
            lambda: Event.objects.bulk_create(
                Event(name="x.y", at=AT, by_kind="system", topics=["customer:7"])
                for _ in range(RESUME_LIMIT + 1)
            )
        )
        stream = await Stream().open(CUSTOMER, last=str(first))
        heard = await stream.next()
        assert heard.event == "reset"
        assert heard.id.isdecimal()
        await elsewhere(lambda: note(1))
        assert await stream.several(1) == [1]
        await stream.close()

    run(story)


def test_a_listener_that_does_not_keep_up_is_told_to_fetch_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story() -> None:
        listener = hub.listen(frozenset({"case:1"}))
        for _ in range(hubs.QUEUE_LIMIT):
            listener.offer(hubs.Message("a", ("case:1",), {}, 1, "1"))
        listener.offer(hubs.Message("b", ("case:1",), {}, 2, "2"))
        assert listener.queue.qsize() == 1
        waiting = listener.queue.get_nowait()
        assert waiting is not None
        assert (waiting.kind, waiting.place) == ("reset", "2")
        hub.leave(listener)

    run(story)


def test_passing_news_reaches_who_listens_now_and_has_no_place() -> None:
    async def story() -> None:
        stream = await Stream().open(token(ANONYMOUS, ["case:5"]))
        publish(["case:5"], "typing", {"name": "李"})
        heard = await stream.next()
        assert heard.data == {"kind": "typing", "topics": ["case:5"], "name": "李"}
        assert heard.id == ""
        await stream.close()

    run(story)


def test_who_is_deactivated_hears_nothing_more() -> None:
    user = accounts.create_user(username="li", name="李", password=None, roles=["agent"], at=AT, by=SYSTEM)
    hers = token(Actor(user_id=user.pk, kind="staff"), ["customer:7"])

    async def story() -> None:
        stream = await Stream().open(hers)
        await elsewhere(lambda: accounts.set_active(user_id=user.pk, active=False, at=AT, by=SYSTEM))
        await stream.ended()
        assert (await Stream().open(hers)).status == 403

    run(story)


def test_stopping_ends_every_stream() -> None:
    async def story() -> None:
        streams = [await Stream().open(CUSTOMER) for _ in range(3)]
        await asyncio.to_thread(hub.stop)
        for stream in streams:
            await stream.ended()

    run(story)


def drawn() -> HttpRequest:
    """A request as the middleware lets it in."""
    request = HttpRequest()
    PlaceMiddleware(lambda _request: HttpResponse())(request)
    return request


def test_what_happens_between_a_page_being_drawn_and_its_stream_opening_is_told() -> None:
    async def story() -> None:
        for somebody_listens in (False, True):
            other = await Stream().open(CUSTOMER) if somebody_listens else None
            request = await elsewhere(drawn)
            await elsewhere(deliver_all)
            since = await elsewhere(lambda: page_stands_at(request))  # noqa: B023
            await elsewhere(lambda: note(3))
            stream = await Stream().open(CUSTOMER, since=since)
            assert (await stream.several(1)) == [3]
            assert stream.is_silent()
            await stream.close()
            if other:
                await other.close()

    run(story)


def test_a_page_begins_before_what_the_handlers_have_not_seen() -> None:
    """What they write, a notice for one, is not on it: the event is told again."""

    async def story() -> None:
        await elsewhere(lambda: note(1))
        await elsewhere(deliver_all)
        await elsewhere(lambda: Event.objects.filter(pk=note(2)).update(pending=True))
        request = await elsewhere(drawn)
        since = await elsewhere(lambda: page_stands_at(request))
        stream = await Stream().open(CUSTOMER, since=since)
        assert (await stream.several(1)) == [2]
        assert stream.is_silent()
        await stream.close()

    run(story)


def test_a_row_that_is_in_no_event_is_told_to_who_drew_the_page_before_and_listens_after() -> None:
    drawn, another = token(ANONYMOUS, ["user:3"]), token(ANONYMOUS, ["user:4"])
    publish(["user:3"], "typing", {})
    for _ in range(3):
        publish_row(["user:2", "user:3"], "notice")

    async def story() -> None:
        late, stranger = await Stream().open(drawn), await Stream().open(another)
        assert (await late.next()).data == {"kind": "notice", "topics": ["user:3"]}
        assert late.is_silent(), "once, and nothing of who was typing"
        assert stranger.is_silent()
        publish_row(["user:4"], "notice")
        assert (await stranger.next()).data == {"kind": "notice", "topics": ["user:4"]}
        await late.close()
        await stranger.close()

    run(story)


def test_a_page_drawn_after_such_a_row_is_not_told_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    began = hubs.monotonic()
    monkeypatch.setattr(hubs, "monotonic", lambda: began)
    publish_row(["user:3"], "notice")
    monkeypatch.setattr(hubs, "monotonic", lambda: began + 8)
    topics = frozenset({"user:3"})
    assert hub.recent(topics, seconds=7) == []
    assert [one.topics for one in hub.recent(topics, seconds=9)] == [("user:3",)]
    monkeypatch.setattr(hubs, "monotonic", lambda: began + hubs.RECENT_SECONDS + 1)
    assert hub.recent(topics, seconds=9999) == []
