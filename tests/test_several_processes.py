"""Two `shouwen web` and two `shouwen worker` on one PostgreSQL, their jobs by a broker: one installation."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any
from urllib.request import urlopen

import httpx
import psycopg
import pytest

from tests.servers.exim import Exim
from tests.servers.ports import wait_until
from tests.servers.redis import Redis
from tests.servers.shouwen import Shouwen

pytestmark = [pytest.mark.postgres, pytest.mark.mailserver, pytest.mark.slow]

# An agent with a case by mail and a promise that is broken when the workers first look at the clock.
FURNISH = """
import django, json, sys
django.setup()
from datetime import timedelta
from shouwen.cases import services as cases
from shouwen.channels.models import Account
from shouwen.config.commands.preparing import migrate
from shouwen.customers import services as customers
from shouwen.people import services as people
from shouwen.platform import live
from shouwen.platform.access import SYSTEM, Actor, now
from shouwen.platform.apikit import services as tokens
migrate(quiet=True)
who = {"at": now(), "by": SYSTEM}
lin = people.hire(username="lin", name="林晓", email="lin@shouwen.test", password="long-pass-1234", roles=["agent"], **who)
Account.objects.create(channel="email", vendor="email", name="Service", address="service@shouwen.test", default=True,
    created_at=who["at"], settings={"send": "smtp", "smtp_host": "127.0.0.1", "smtp_port": SMTP_PORT,
    "smtp_security": "plain"})
customer = customers.register(name="李建国", contacts=[("email", "jianguo@gongdi.test")], **who)
case = cases.open_case(subject="铲斗开裂", text="请马上处理。", channel="email", customer=customer, owner_id=lin.pk,
    at=who["at"] - timedelta(minutes=10), by=SYSTEM)
promise = cases.promise(case_id=case.pk, text="马上回电", due_at=who["at"] - timedelta(minutes=1),
    at=who["at"] - timedelta(minutes=9), by=SYSTEM)
_token, secret = tokens.create_token(username="lin", scopes=["cases:read", "cases:write"], label="", **who)
hears = live.token(Actor(user_id=lin.user_id, kind="staff"), [f"user:{lin.user_id}", f"case:{case.pk}"])
print(json.dumps({"ref": case.reference, "token": secret, "hears": hears, "promise": promise.pk}))
"""
TOLD = """
SELECT (SELECT count(*) FROM ledger_event WHERE name = 'promises.broken'),
       (SELECT count(*) FROM ledger_event WHERE pending),
       (SELECT count(*) FROM jobs_job WHERE state = 'dead' OR attempts > 1),
       (SELECT count(*) FROM jobs_schedule WHERE last_error <> '')
"""


@dataclass
class Ear:
    """One open live stream; `kinds` is what was heard."""

    url: str
    kinds: list[str] = field(default_factory=list)
    open: bool = False

    def listen(self) -> None:
        with httpx.stream("GET", self.url, timeout=None) as stream:
            for line in stream.iter_lines():
                if line.startswith("data:"):
                    self.kinds.append(json.loads(line[5:]).get("kind", "hello"))
                    self.open = True


@dataclass
class Installation:
    webs: list[Shouwen]
    workers: list[Shouwen]
    facts: dict[str, Any]
    ears: list[Ear]

    def says(self, web: int, text: str) -> None:
        answer = httpx.post(
            f"{self.webs[web].url}/api/v1/cases/{self.facts['ref']}/interactions",
            headers={"Authorization": f"Bearer {self.facts['token']}"},
            json={"text": text},
            timeout=30,
        )
        assert answer.status_code == 201, answer.text

    def told(self) -> tuple[int, int, int, int]:
        """How many promises are broken, facts not yet delivered, jobs that failed, schedules in trouble."""
        with psycopg.connect(self.webs[0].environment["SHOUWEN_DATABASE_URL"]) as line:
            row = line.execute(TOLD).fetchone()
        assert row is not None
        return row


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, smtp_server: Exim, redis_server: Redis
) -> Iterator[Installation]:
    first = Shouwen(
        tmp_path_factory.mktemp("several") / "installation",
        demo=False,
        prepared=True,
        environment={"SHOUWEN_BROKER_URL": redis_server.url.replace("/0", "/1")},
    )
    facts = json.loads(first.python(FURNISH.replace("SMTP_PORT", str(smtp_server.port))))
    webs, workers = ([first.beside(kind) for _ in range(2)] for kind in ("web", "worker"))
    try:
        for web in webs:
            web.begin()
        for web in webs:
            web.wait()
        ears = [Ear(f"{web.url}/live/stream?token={facts['hears']}") for web in webs]
        for ear in ears:
            threading.Thread(target=ear.listen, daemon=True).start()
        wait_until(lambda: all(ear.open for ear in ears), seconds=60, what="the streams")
        for number, worker in enumerate(workers):
            worker.port = number  # it has none; its log is named so
            worker.begin()
        for worker in workers:
            worker.wait()
        yield Installation(webs, workers, facts, ears)
        assert [one.stop() for one in (*workers, *webs)] == [0, 0, 0, 0]
    finally:
        for one in (*webs, *workers):
            one.kill()


def test_a_broken_promise_is_noticed_by_one_worker_and_told_at_both_pages(installation: Installation) -> None:
    wait_until(
        lambda: all({"promises.broken", "notice"} <= set(ear.kinds) for ear in installation.ears),
        seconds=40,
        what="the word of the broken promise",
    )
    for ear in installation.ears:
        assert Counter(ear.kinds)["promises.broken"] == 1
    assert installation.told()[0] == 1


def test_each_reply_goes_out_once_and_in_order_whichever_process_took_it(
    installation: Installation, smtp_server: Exim
) -> None:
    def arrived() -> list[str]:
        mails = [message_from_bytes(raw, policy=policy.default) for raw in smtp_server.arrived()]
        wanted = [mail for mail in mails if "jianguo@gongdi.test" in str(mail["To"])]
        texts = [mail.get_body(("plain",)).get_content() for mail in wanted]  # type: ignore[union-attr]
        return sorted(text.split("第")[1][0] for text in texts if "第" in text)

    for number in range(4):
        installation.says(number % 2, f"第{number}次答复：维修人员已出发。")
    wait_until(lambda: len(arrived()) >= 4, seconds=40, what="the mails")
    wait_until(lambda: installation.told()[1] == 0, seconds=60, what="the end of the delivery")
    assert arrived() == ["0", "1", "2", "3"]
    assert installation.told() == (1, 0, 0, 0)


def test_what_one_process_commits_the_other_tells_once(installation: Installation) -> None:
    before = [len(ear.kinds) for ear in installation.ears]
    installation.says(0, "再报一次进度。")
    wait_until(
        lambda: all(len(ear.kinds) > count for ear, count in zip(installation.ears, before, strict=True)),
        seconds=20,
        what="the change",
    )
    heard = [Counter(ear.kinds) for ear in installation.ears]
    assert heard[0]["promises.broken"] == heard[1]["promises.broken"] == 1


def test_every_web_process_says_that_it_is_well(installation: Installation) -> None:
    for web in installation.webs:
        assert json.loads(urlopen(web.url + "/health/", timeout=5).read())["status"] == "ok"
