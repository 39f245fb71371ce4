"""Two real processes: what one of them says or commits, who listens to the other hears, once.

Nobody asks the database now and then in these tests (HOURS): what arrives came over the wire.
"""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from shouwen.platform.access import ANONYMOUS, SYSTEM, Actor
from shouwen.platform.accounts import services as accounts
from shouwen.platform.ledger.tests import children
from shouwen.platform.ledger.tests.notes import AT
from shouwen.platform.live import hub as hubs
from shouwen.platform.live import token, wires
from shouwen.platform.live.hub import hub
from shouwen.platform.live.tests.streams import CUSTOMER, Stream, elsewhere, run
from tests.servers.ports import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
HOURS = 3600.0
LONG = "挖掘机" * 5000


@pytest.fixture(scope="module")
def peers() -> Iterator[list[children.Peer]]:
    """Two other processes; they stay for all tests, since a start takes its time."""
    running: list[children.Peer] = []
    yield running
    for peer in running:
        peer.end()


@pytest.fixture(params=["database", "redis"])
def wire(
    request: pytest.FixtureRequest,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    peers: list[children.Peer],
) -> Iterator[Any]:
    """A running hub that hears by the database (PostgreSQL) or by Redis; gives the Redis, if that is it."""
    server = None
    if request.param == "redis":
        server = request.getfixturevalue("redis_server")
        settings.REDIS_URL = server.url
    elif connection.vendor != "postgresql":
        pytest.skip("SQLite says nothing by itself")
    for name in ("POLL_SECONDS", "LOOK_SECONDS", "FALL_BACK_SECONDS"):
        monkeypatch.setattr(hubs, name, HOURS)
    while len(peers) < 2:
        peers.append(children.Peer())
    for peer in peers:
        peer.does(
            "from django.conf import settings\nfrom shouwen.platform.live import publish, publish_row, wires\n"
            f"settings.REDIS_URL = {settings.REDIS_URL!r}\nwires.start()"
        )
    hub._current = False
    hub.start()
    wait_until(wires.connected, seconds=60, what="the wire")
    yield server
    hub.stop()
    for peer in peers:
        peer.does("wires.stop()")


def test_passing_news_of_another_process_is_heard_once_whatever_its_length(
    wire: Any, peers: list[children.Peer]
) -> None:
    say = f"publish(['case:5'], 'typing', {{'name': {LONG!r}}})\npublish(['case:5'], 'last', {{}})"

    async def story() -> None:
        stream = await Stream().open(token(ANONYMOUS, ["case:5"]))
        await asyncio.to_thread(peers[0].does, say)
        first, last = await stream.next(), await stream.next()
        assert first.data == {"kind": "typing", "topics": ["case:5"], "name": LONG}
        assert (last.data["kind"], last.id) == ("last", "")
        assert stream.is_silent()
        await stream.close()

    run(story)


def test_a_row_of_another_process_is_told_to_who_listens_a_moment_later(
    wire: Any, peers: list[children.Peer]
) -> None:
    async def story() -> None:
        drawn = token(ANONYMOUS, ["case:5", "user:3"])
        early = await Stream().open(drawn)
        say = "publish_row(['user:3'], 'notice')\npublish(['case:5'], 'typing', {})"
        await asyncio.to_thread(peers[0].does, say)
        assert [(await early.next()).data["kind"] for _ in range(2)] == ["notice", "typing"]
        late = await Stream().open(drawn)
        assert (await late.next()).data == {"kind": "notice", "topics": ["user:3"]}
        assert early.is_silent()
        assert late.is_silent()
        await early.close()
        await late.close()

    run(story)


def test_ones_own_passing_news_is_heard_once(wire: Any, peers: list[children.Peer]) -> None:
    async def story() -> None:
        stream = await Stream().open(token(ANONYMOUS, ["case:5"]))
        for kind in ("typing", "gone"):
            hubs.publish(["case:5"], kind, {})
        assert [(await stream.next()).data["kind"] for _ in range(2)] == ["typing", "gone"]
        # when the other process's word is here, our own has come back and was not told again
        await asyncio.to_thread(peers[0].does, "publish(['case:5'], 'other', {})")
        assert (await stream.next()).data["kind"] == "other"
        assert stream.is_silent()
        await stream.close()

    run(story)


def test_a_fact_of_another_process_comes_by_its_commit_and_once(
    wire: Any, peers: list[children.Peer]
) -> None:
    async def story() -> None:
        stream = await Stream().open(CUSTOMER)
        await asyncio.to_thread(peers[0].does, "note(1)\nnote(2)\nnote(3)")
        assert await stream.several(3) == [1, 2, 3]
        assert stream.is_silent()
        await stream.close()

    run(story)


def test_two_others_commit_while_the_stream_breaks_and_nothing_is_lost_or_told_twice(
    wire: Any, peers: list[children.Peer]
) -> None:
    count = 60

    def code(begin: int) -> str:
        return f"for number in range({begin}, {begin + count}): note(number)"

    async def story() -> None:
        heard: list[int] = []
        stream = await Stream().open(CUSTOMER)
        writers = [
            asyncio.create_task(asyncio.to_thread(peer.does, code(1000 * k)))
            for k, peer in enumerate(peers, 1)
        ]
        while len(heard) < 2 * count:
            heard += await stream.several(1)
            if len(heard) % 17 == 0:
                last = stream.last
                await stream.close()
                stream = await Stream().open(CUSTOMER, last=last)
        await asyncio.gather(*writers)
        assert stream.is_silent()
        await stream.close()
        assert sorted(heard) == [*range(1000, 1000 + count), *range(2000, 2000 + count)]

    run(story)


def cut(server: Any) -> None:
    """Break the line; returns when it stands again."""
    if server is not None:
        server.kill()
        server.start()
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
                " AND datname = current_database()"
            )
            assert cursor.fetchone() == (True,)
    wait_until(lambda: not wires.connected(), seconds=60, what="the break")
    wait_until(wires.connected, seconds=60, what="the line")


def test_a_broken_line_is_mended_and_what_was_committed_meanwhile_is_told(
    wire: Any, peers: list[children.Peer]
) -> None:
    async def story() -> None:
        stream = await Stream().open(CUSTOMER)
        await elsewhere(lambda: cut(wire))
        await asyncio.to_thread(peers[0].does, "note(7)")
        assert await stream.several(1) == [7]
        assert stream.is_silent()
        await stream.close()

    run(story)


def test_whose_rights_another_process_changed_is_cut_off_here_too(
    wire: Any, peers: list[children.Peer]
) -> None:
    user = accounts.create_user(username="li", name="李", password=None, roles=["agent"], at=AT, by=SYSTEM)
    hers = token(Actor(user_id=user.pk, kind="staff"), ["customer:7"])
    code = (
        "from shouwen.platform.access import SYSTEM\nfrom shouwen.platform.accounts import services\n"
        f"services.set_active(user_id={user.pk}, active=False, at=AT, by=SYSTEM)"
    )

    async def story() -> None:
        stream = await Stream().open(hers)
        await asyncio.to_thread(peers[0].does, code)
        await stream.ended()

    run(story)


def test_what_is_no_message_of_ours_is_left_out(wire: Any) -> None:
    async def story() -> None:
        stream = await Stream().open(token(ANONYMOUS, ["case:5"]))
        running = wires._wire
        assert running is not None
        for nonsense in ("", "a:b", "x:1:1/1:{", "x:2:1/1:{}", "x:three:1/1:{}"):
            running._arrived(nonsense)
        hubs.publish(["case:5"], "typing", {})
        assert (await stream.next()).data["kind"] == "typing"
        await stream.close()

    run(story)


def test_on_sqlite_a_look_at_the_file_shows_what_another_process_committed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor != "sqlite":
        return
    reads: list[int] = []
    read_new = hub.read_new
    monkeypatch.setattr(hub, "read_new", lambda: reads.append(read_new()) or reads[-1])
    hub._current = False
    hub.start()

    async def story() -> None:
        stream = await Stream().open(CUSTOMER)
        assert await asyncio.to_thread(children.run, "note(9)") == 0
        assert await stream.several(1) == [9]
        looked = len(reads)
        await asyncio.to_thread(wait_until, lambda: hub._version is not None, seconds=60, what="a look")
        assert len(reads) <= looked + 2, "nobody wrote: nothing is read"
        await stream.close()

    run(story)
    hub.stop()
