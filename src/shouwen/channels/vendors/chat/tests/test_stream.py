"""The stream: what is said is heard once, whoever comes back and whatever broke; other chats are never heard."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import close_old_connections, connection, connections

from shouwen.channels import services as channels
from shouwen.channels.models import Chat
from shouwen.channels.testing import Upstairs
from shouwen.channels.vendors.chat import queries, rules, services
from shouwen.channels.vendors.chat.testing import Browser, staffed_chat
from shouwen.channels.vendors.chat.windows import Windows
from shouwen.platform import live
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.live.hub import hub

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _running_hub() -> Iterator[None]:
    hub._current = False
    hub.start()
    yield
    hub.stop()


def run(story: Callable[[], Awaitable[None]]) -> None:
    """Run an async story; the threads it read the database in give their connections back."""

    async def whole() -> None:
        try:
            await asyncio.wait_for(story(), 120)
        finally:
            await asyncio.gather(*(asyncio.to_thread(connections.close_all) for _ in range(8)))

    asyncio.run(whole())


async def elsewhere(work: Callable[[], Any]) -> Any:
    """Run `work` in a thread with a connection of its own, as a request does."""

    def whole() -> Any:
        close_old_connections()
        try:
            return work()
        finally:
            connection.close()

    return await asyncio.to_thread(whole)


def answer(text: str, case: int = 1, at: datetime | None = None) -> None:
    channels.send(
        subject=("case", case), customer_id=1, to="", channel="chat", text=text, at=at or now(), by=SYSTEM
    )


@pytest.fixture
def browser(upstairs: Upstairs) -> Browser:
    account, _person = staffed_chat()
    found = Browser(account)
    found.opens()
    found.says("铲斗开裂")
    return found


def test_what_both_sides_say_is_heard_and_where_the_visitor_stands(browser: Browser) -> None:
    async def story() -> None:
        window = await browser.listens()
        assert window.head[b"access-control-allow-origin"] == browser.origin.encode()
        standing = await window.next("standing")
        assert (standing["place"], standing["agent"], standing["wait"]) == (1, "", None)
        await elsewhere(lambda: services.taken(("case", 1), 7, "李青", now()))
        assert (await window.next("standing"))["agent"] == "李青"
        await elsewhere(lambda: answer("您好，我来处理"))
        heard = await window.next("line")
        assert (heard["ours"], heard["text"]) == (True, "您好，我来处理")
        assert [line["text"] for line in window.lines] == ["铲斗开裂", "您好，我来处理"]
        await window.close()

    run(story)


def test_typing_and_read_marks_are_told_and_not_kept(browser: Browser) -> None:
    async def story() -> None:
        window = await browser.listens()
        await window.next("standing")
        chat = await elsewhere(Chat.objects.get)
        live.publish([chat.topic], "typing", {"by": "李青"})
        assert await window.next("typing") == {"by": "李青"}
        await elsewhere(lambda: services.mark_read(chat_id=chat.pk, by_us=2**40))
        assert (await window.next("read"))["read"] == window.last
        await window.close()

    run(story)


def test_a_stream_opens_only_with_a_token_of_this_chat_from_this_site(browser: Browser) -> None:
    async def story() -> None:
        for given in ({"token": "x"}, {"key": "absent"}, {"token": browser.token[:-2]}):
            assert (await browser.listens(**given)).status in (403, 404)
        browser.origin = "https://evil.example.com"
        assert (await browser.listens()).status == 403

    run(story)


def test_nothing_of_another_chat_is_ever_heard(browser: Browser, upstairs: Upstairs) -> None:
    async def story() -> None:
        other = Browser(browser.account)
        await elsewhere(lambda: (other.opens(), other.says("别人的隐私")))
        window = await browser.listens()
        await window.next("standing")
        await elsewhere(lambda: answer("给别人的", case=2))
        await elsewhere(lambda: answer("给我的", case=1))
        assert (await window.next("line"))["text"] == "给我的"
        assert [line["text"] for line in window.lines] == ["铲斗开裂", "给我的"]
        await window.close()

    run(story)


def test_thousands_of_broken_connections_lose_and_double_nothing(browser: Browser) -> None:
    """Twenty-four hours of flapping, the time passed in: the stream breaks at any moment, an answer to what was sent
    is lost every other time and the message sent again, windows open and close, the clock looks after the chat; what
    the screen shows in the end is what was said, once and in order."""
    dice = random.Random(20260302)
    chat, begins, steps = Chat.objects.get(), now(), 2_500

    def flap() -> None:
        wanted, screen, last = ["铲斗开裂"], [], 0
        for step in range(steps):
            at = begins + timedelta(hours=24) * step / steps
            if step % 5 == 0:
                moves = services.enter_windows if step % 2 else services.leave_windows
                moves(chat_ids=[chat.pk], at=at)
                services.sweep(at=at)
            fate = dice.random()
            if fate < 0.10:
                services.say(
                    chat_id=chat.pk, client_id=f"client-{step:06d}", text=f"客{step}", file_ids=[], at=at
                )
                wanted.append(f"客{step}")
                if dice.random() < 0.5:  # the answer was lost on its way: sent again, perhaps twice
                    again = services.say(
                        chat_id=chat.pk,
                        client_id=f"client-{step:06d}",
                        text=f"客{step}",
                        file_ids=[],
                        at=at,
                    )
                    assert again.again
            elif fate < 0.20:
                answer(f"我{step}", at=at)
                wanted.append(f"我{step}")
            told = queries.lines_after(chat.pk, last)  # the browser comes back
            arrived = dice.randint(0, len(told))  # and is cut off again after some of it
            for line in told[:arrived]:
                screen.append(line["text"])
                last = line["id"]
        screen += [line["text"] for line in queries.lines_after(chat.pk, last)]
        assert screen == wanted
        assert len(wanted) > 400

    flap()


def test_a_visitor_who_reconnects_hears_the_rest_from_the_stream_itself(browser: Browser) -> None:
    async def story() -> None:
        shown: list[str] = []
        last = 0
        for round_ in range(25):
            window = await browser.listens(since=last)
            await window.next("standing")
            await elsewhere(lambda n=round_: answer(f"第{n}条"))  # type: ignore[misc]
            if round_ % 2:
                await window.next("line")
            shown += [line["text"] for line in window.lines]
            last = window.last or last
            await window.close()
        window = await browser.listens(since=last)
        await window.next("standing")
        shown += [line["text"] for line in window.lines]
        await window.close()
        assert shown == ["铲斗开裂", *(f"第{n}条" for n in range(25))]

    run(story)


def test_open_windows_are_written_down_together_and_closed_ones_a_little_later(browser: Browser) -> None:
    chat = Chat.objects.get()
    at = now()

    async def story() -> None:
        windows = Windows()
        windows.enter(chat.pk)
        await elsewhere(lambda: windows.write(at))
        windows.leave(chat.pk, at)
        windows.enter(chat.pk)  # another page of the same site
        await elsewhere(lambda: windows.write(at + rules.BEAT))
        here = await elsewhere(Chat.objects.get)
        assert rules.is_here(here.seen_at, here.gone_at, at + rules.BEAT)
        windows.leave(chat.pk, at + rules.BEAT)
        await elsewhere(lambda: windows.write(at + 2 * rules.BEAT))
        gone = await elsewhere(Chat.objects.get)
        assert gone.gone_at == at + 2 * rules.BEAT

    run(story)
