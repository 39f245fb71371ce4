"""python -m bench.chat: a thousand visitors and two hundred agents' pages live on one process.

Measures from the moment a message is sent (either way) until it is on every screen that shows it, the memory one
more open page costs the server, and, with the server killed and started again in the middle, whether anything was
lost or came twice. One database file, one process, real sockets; visitors speak the window's own protocol.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.inside import resident_mb, start_server

SITE = "https://shop.example.com"
MAKE = """
import django; django.setup()
import json, sys
from shouwen.channels import registry, services
from shouwen.channels.vendors.chat import queries, services as chats
from shouwen.channels.vendors.chat.rules import Visitor
from shouwen.cases import services as cases
from shouwen.people import services as people
from shouwen.platform import live
from shouwen.platform.access import ANONYMOUS, SYSTEM, now
from shouwen.platform.access.middleware import actor_from_user
visitors, agents = int(sys.argv[1]), int(sys.argv[2])
team = people.create_team(name="bench", at=now(), by=SYSTEM)
account = services.add_account(vendor=registry.get("chat"), name="bench",
    values={"sites": "https://shop.example.com", "at_once": 20}, team_id=team.pk, at=now(), by=SYSTEM)
staff = []
for n in range(agents):
    one = people.hire(username=f"a{n}", name=f"A{n}", hashed="!", teams=[team], capacity=200, at=now(), by=SYSTEM)
    staff.append(actor_from_user(one.user))
people.set_presence(staff_id=staff[0].user_id, presence="on_duty", at=now(), by=SYSTEM)
out = []
for n in range(visitors):
    chat = chats.open_chat(account=account, origin="https://shop.example.com", visitor=Visitor(), language="zh-hans",
        page="", at=now(), by=ANONYMOUS)
    chats.say(chat_id=chat.pk, client_id=f"first-{n:08d}", text="您好", file_ids=[], at=now())
    chat = queries.chat(chat.pk)
    by = staff[n % agents]
    cases.take(case_id=chat.subject_id, at=now(), by=by)
    out.append({"token": queries.token(chat), "chat": chat.pk, "case": chat.subject_id, "agent": n % agents})
pages = []
for n, actor in enumerate(staff):
    mine = [f"case:{one['case']}" for one in out if one["agent"] == n]
    pages.append(live.token(actor, ["inbox", f"user:{actor.user_id}", *mine]))
from django.conf import settings
from importlib import import_module
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
sessions = []
for actor in staff:
    from shouwen.platform.accounts.models import User
    user = User.objects.get(pk=actor.user_id)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    sessions.append(session.session_key)
print(json.dumps({"key": account.address, "visitors": out, "pages": pages, "sessions": sessions}))
"""


@dataclass
class Seen:
    """What came to the screens: how long it took, and how often each message stood on its own one."""

    spent: list[float] = field(default_factory=list)
    shown: Counter[tuple[int, str]] = field(default_factory=Counter)
    sent_at: dict[str, float] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)


class Page:
    """One open page: its stream, taken up again where it stood whenever it breaks."""

    def __init__(self, port: int, path: str) -> None:
        self.port, self.path, self.last, self.broken = port, path, "", 0
        self.open = asyncio.Event()

    async def listen(self, heard: Any) -> None:
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await self._once(heard)
            self.open.clear()
            self.broken += 1
            await asyncio.sleep(0.3 + random.random())

    async def _once(self, heard: Any) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        since = f"&since={self.last}" if self.last else ""
        head = f"GET {self.path}{since} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nOrigin: {SITE}\r\n\r\n"
        writer.write(head.encode())
        try:
            status = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in status[:20]:
                raise ConnectionError(status[:60])
            self.open.set()
            name = ""
            while line := await reader.readline():
                text = line.decode().rstrip("\r\n")
                if text.startswith("id: "):
                    self.last = text[4:]
                elif text.startswith("event: "):
                    name = text[7:]
                elif text.startswith("data: "):
                    heard(name, json.loads(text[6:]))
        finally:
            writer.close()


async def post(port: int, path: str, body: str, heads: str) -> int:
    """One request on a connection of its own; 0 when the server is not there."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        data = body.encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{heads}Connection: close\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        writer.write(head.encode() + data)
        answer = await asyncio.wait_for(reader.read(), 30)
        writer.close()
        return int(answer[9:12]) if answer else 0
    except (OSError, ValueError, TimeoutError):
        return 0


class Run:
    def __init__(self, port: int, world: dict[str, Any]) -> None:
        self.port, self.world, self.seen = port, world, Seen()
        self.csrf = secrets.token_hex(16)

    def visitor_heard(self, number: int) -> Any:
        def heard(name: str, data: Any) -> None:
            if name != "line":
                return
            self.seen.shown[(number, data["text"])] += 1
            if data["text"] in self.seen.sent_at and self.seen.shown[(number, data["text"])] == 1:
                self.seen.spent.append(time.monotonic() - self.seen.sent_at[data["text"]])

        return heard

    async def visitor_says(self, number: int, text: str) -> None:
        """As the window does: the same name again until it is acknowledged."""
        one = self.world["visitors"][number]
        body = f"token={quote(one['token'])}&client_id={secrets.token_hex(10)}&text={quote(text)}"
        self.seen.sent_at[text], self.seen.asked[text] = time.monotonic(), number
        path = f"/chat/{self.world['key']}/messages/"
        while await post(self.port, path, body, f"Origin: {SITE}\r\nAccept: application/json\r\n") not in (
            200,
            201,
        ):
            await asyncio.sleep(0.5)

    async def agent_says(self, number: int, text: str) -> bool:
        """A person presses "send" once; only an answer that came counts as sent."""
        one = self.world["visitors"][number]
        heads = (
            f"Cookie: shouwen={self.world['sessions'][one['agent']]}; shouwen-csrf={self.csrf}\r\n"
            f"X-CSRFToken: {self.csrf}\r\nHX-Request: true\r\n"
        )
        self.seen.sent_at[text], self.seen.asked[text] = time.monotonic(), number
        ref = self.world["refs"][number]
        found = await post(self.port, f"/cases/{ref}/replies/", f"text={quote(text)}", heads)
        if found != 200:
            self.seen.asked.pop(text)
        return found == 200


async def measure(
    port: int, world: dict[str, Any], args: argparse.Namespace, restart: Any, pid: Any
) -> dict[str, Any]:
    run = Run(port, world)
    found: dict[str, Any] = {}
    windows = [
        Page(port, f"/live/chat/stream?key={world['key']}&token={quote(one['token'])}")
        for one in world["visitors"]
    ]
    desks = [Page(port, f"/live/stream?token={quote(token)}") for token in world["pages"]]
    listening = [(page, run.visitor_heard(n)) for n, page in enumerate(windows)]
    listening += [(page, lambda _name, _data: None) for page in desks]
    warm, rest = listening[:20], listening[20:]  # the first ones start threads and connections that all share
    tasks = [asyncio.create_task(page.listen(heard)) for page, heard in warm]
    await asyncio.gather(*(page.open.wait() for page, _heard in warm))
    await asyncio.sleep(3)
    before = resident_mb(pid())
    tasks += [asyncio.create_task(page.listen(heard)) for page, heard in rest]
    await asyncio.gather(*(page.open.wait() for page, _heard in rest))
    await asyncio.sleep(3)
    found["pages"] = len(listening)
    found["kB_per_page"] = round((resident_mb(pid()) - before) * 1024 / len(rest), 1)
    # templates and statements are put together by the first messages
    await talk(run, argparse.Namespace(rate=args.rate, seconds=4), "w")
    spent = processor_seconds(pid())
    found["quiet"] = await talk(run, args, "q")
    used = processor_seconds(pid()) - spent
    found["processor_ms_per_message"] = round(used * 1000 / found["quiet"]["messages"], 1)
    talking = asyncio.create_task(talk(run, args, "r"))
    await asyncio.sleep(args.seconds / 3)
    await asyncio.to_thread(restart)
    found["over_a_restart"] = await talking
    await asyncio.sleep(8)  # everybody is back and has caught up
    shown = {text: run.seen.shown[(number, text)] for text, number in run.seen.asked.items()}
    found |= {"sent": len(shown), "lost": sum(n == 0 for n in shown.values())}
    double = Counter(text for (_number, text), n in run.seen.shown.items() if n > 1 and text != "您好")
    strangers = sum(1 for (n, text) in run.seen.shown if text in run.seen.asked and run.seen.asked[text] != n)
    found |= {"doubled": len(double), "on_a_wrong_screen": strangers}
    for task in tasks:
        task.cancel()
    return found


def processor_seconds(pid: int) -> float:
    """What a process and its threads have used of the processor so far (Linux: /proc)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def talk(run: Run, args: argparse.Namespace, mark: str) -> dict[str, Any]:
    """So many messages a second for so long, two of three from visitors, each timed until it is on the screen."""
    run.seen.spent.clear()
    dice, began, sends = random.Random(7), time.monotonic(), []
    for n in range(int(args.rate * args.seconds)):
        await asyncio.sleep(max(0.0, began + n / args.rate - time.monotonic()))
        number, text = dice.randrange(len(run.world["visitors"])), f"{mark}-{n}"
        say = run.visitor_says if n % 3 else run.agent_says
        sends.append(asyncio.create_task(say(number, text)))
    await asyncio.wait_for(asyncio.gather(*sends), 120)
    for _n in range(300):  # whatever was sent is timed, also what waits for a page to come back
        mine = [(number, text) for text, number in run.seen.asked.items() if text.startswith(f"{mark}-")]
        if all(run.seen.shown[one] for one in mine):
            break
        await asyncio.sleep(0.1)
    spent = sorted(run.seen.spent)
    return {
        "messages": len(sends),
        "timed": len(spent),
        "p50_ms": round(spent[len(spent) // 2] * 1000, 1),
        "p95_ms": round(spent[int(len(spent) * 0.95)] * 1000, 1),
        "most_ms": round(spent[-1] * 1000, 1),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench.chat")
    parser.add_argument("--visitors", type=int, default=1000)
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--rate", type=float, default=20.0, help="messages a second")
    parser.add_argument("--seconds", type=float, default=15.0, help="of talking, quietly and over a restart")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="shouwen-bench-chat-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
            "SHOUWEN_DATA_DIR": folder,
            "SHOUWEN_SECRET_KEY": "a key for measuring only",
            "SHOUWEN_DATABASE_URL": "",
        }
        found = inside(Path(folder), args)
    print(json.dumps(found, indent=1))
    return 0 if not (found["lost"] or found["doubled"] or found["on_a_wrong_screen"]) else 1


def inside(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    server, port = start_server(folder / "up.log")
    os.environ["SHOUWEN_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    running = [server]
    try:
        command = [sys.executable, "-c", MAKE, str(args.visitors), str(args.agents)]
        world = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        world["refs"] = references(world)
        settled()

        def restart() -> None:
            """As after a crash: killed, and started again on the same port."""
            running[0].send_signal(signal.SIGKILL)
            running[0].wait()
            again = [sys.executable, "-m", "shouwen.config.command", "up", "--port", str(port)]
            with (folder / "again.log").open("wb") as out:
                running[0] = subprocess.Popen(again, stdout=out, stderr=subprocess.STDOUT)

        return asyncio.run(measure(port, world, args, restart, lambda: running[0].pid))
    finally:
        running[0].send_signal(signal.SIGINT)
        running[0].wait(30)


def settled() -> None:
    """Until what follows from a thousand new chats (offers, search, clocks) has been done by the server."""
    code = (
        "import django, time; django.setup()\n"
        "from shouwen.platform.ledger.models import Event\n"
        "end = time.monotonic() + 600\n"
        "while Event.objects.filter(pending=True).exists() and time.monotonic() < end: time.sleep(1)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def references(world: dict[str, Any]) -> list[str]:
    """The cases' own names, by which their pages are found."""
    ids = ",".join(str(one["case"]) for one in world["visitors"])
    code = f"from shouwen.kernel.references import reference; print(*[reference(n) for n in [{ids}]])"
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return re.findall(r"\S+", said)


if __name__ == "__main__":
    sys.exit(main())
