"""Small exchanges of a made-up customer with a running server, by the real callbacks, signed: `shouwen simulate …`.

Each begins as customers begin, waits a while for what somebody answers on the screen, and goes on from there.
"""

import itertools
import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from shouwen.channels.models import Account
from shouwen.channels.vendors import standing_in
from shouwen.channels.vendors.sms.simulator import Provider
from shouwen.channels.vendors.webhook.simulator import System
from shouwen.channels.vendors.wechat.simulator import Platform
from shouwen.channels.vendors.wecom_kf.simulator import message as a_message
from shouwen.kernel.errors import Refused
from shouwen.platform.access import now
from shouwen.platform.secrets import unseal

LOOK_SECONDS = 1.0
CUSTOMER = "林师傅（演示）"
PHONE = "19912345999"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MATTER = re.compile(r'name="matter" value="(\d+)"')
LABEL = re.compile(r'data-number="([A-Z]+\d+)"')
STATE = re.compile(r'data-state="(\w+)"')


@dataclass
class Stage:
    """`url` is where the server listens; `wait` for how many seconds an answer is waited for."""

    url: str
    say: Callable[[str], None]
    wait: float = 120.0

    def hook(self, path: str) -> str:
        return f"{self.url.rstrip('/')}{path}"

    def told(self, who: str, what: str) -> None:
        self.say(f"  {who}: {what}")

    def sent(self, what: str, answer: httpx.Response) -> httpx.Response:
        """Say what the customer wrote; a refusal ends the scene."""
        self.told("customer", what)
        if answer.status_code >= 300:
            raise Refused(f"The server refused it: {answer.status_code} {answer.text[:300]}")
        return answer


class Ear:
    """Hears at the stand-in what was sent to this customer since the scene began."""

    def __init__(self, stage: Stage, port: int, to: str) -> None:
        self.stage, self.base, self.to = stage, f"http://127.0.0.1:{port}", to
        self.after = max((one["number"] for one in self._ask(0)), default=0)

    def _ask(self, after: int) -> list[dict[str, Any]]:
        return list(httpx.get(f"{self.base}/heard", params={"after": after}, timeout=10).json())

    def answer(self) -> dict[str, Any] | None:
        """The next message for this customer; None when nobody wrote in time."""
        end = time.monotonic() + self.stage.wait
        while time.monotonic() < end:
            for one in self._ask(self.after):
                self.after = one["number"]
                if one["to"].endswith(self.to):
                    self.stage.told("we", one["text"])
                    return one
            time.sleep(LOOK_SECONDS)
        if self.stage.wait:
            self.stage.say("  (nobody answered in time)")
        return None


def _opened(account: Account, name: str) -> str:
    return unseal(account.secrets[name]) if name in account.secrets else ""


def wechat(stage: Stage, account: Account, path: str, port: int) -> None:
    """Somebody follows the account, asks, sends a picture, and thanks for the answer. WeCom has no following."""
    wecom = account.vendor == "wecom"
    receiver = str(account.settings["corp_id" if wecom else "app_id"])
    who = f"oDemo{secrets.token_hex(6)}"
    platform = Platform(
        token=_opened(account, "token"),
        aes_key=_opened(account, "aes_key"),
        receiver=receiver,
        hook=stage.hook(path),
    )
    ear = Ear(stage, port, who)

    def write(said: str, sort: str = "text", **fields: Any) -> None:
        began = time.monotonic()
        answer = stage.sent(said, platform.gives(sort, who, **fields))
        spent = time.monotonic() - began
        passive = platform.read(answer)
        if passive:
            stage.told(f"we, at once ({spent:.2f} s)", passive)

    if not wecom:
        write("(follows the account)", "event", Event="subscribe", EventKey="", MsgId="")
    asked = "你好，我们的挖掘机早上打不着火，工地停着等，能派人来看看吗？"
    write(asked, Content=asked)
    write("(sends a picture)", "image", MediaId="media-1", PicUrl=f"http://127.0.0.1:{port}/picture.png")
    if ear.answer():
        write("好的，谢谢！", Content="好的，谢谢！")


def wecom_kf(stage: Stage, account: Account, path: str, port: int) -> None:
    """Somebody opens the customer-service window in WeChat, asks, and thanks for the answer."""
    desk, who = str(account.settings["open_kfid"]), f"wmDemo{secrets.token_hex(6)}"
    platform = Platform(
        token=_opened(account, "token"),
        aes_key=_opened(account, "aes_key"),
        receiver=str(account.settings["corp_id"]),
        hook=stage.hook(path),
    )
    ear = Ear(stage, port, who)

    def write(said: str, sort: str = "text", **inner: Any) -> None:
        written = a_message(sort, desk, who, **inner)
        httpx.post(f"{ear.base}/write", json={**written, "open_kfid": desk}, timeout=10).raise_for_status()
        ring = platform.gives("event", "", Event="kf_msg_or_event", Token="", OpenKfId=desk, MsgId="")
        stage.sent(said, ring)

    write("(opens the window)", "event", event_type="enter_session", welcome_code=secrets.token_hex(8))
    asked = "你好，装载机转向很重，能派师傅来看看吗？"
    write(asked, content=asked)
    if ear.answer():
        write("好的，谢谢！", content="好的，谢谢！")


def sms(stage: Stage, account: Account, path: str, port: int) -> None:
    """Somebody writes a short message; ours is reported as delivered; they thank."""
    key = account.settings.get("proof") == "key"
    secret = _opened(account, "secret")
    provider = Provider(secret=secret, hook=stage.hook(f"{path}?key={secret}" if key else path))
    provider._numbers = itertools.count(int(now().timestamp()))
    ear = Ear(stage, port, PHONE)
    asked = "昨天报修的装载机还没有人来，今天能到吗？"
    stage.sent(asked, provider.says(asked, PHONE))
    ours = ear.answer()
    if ours:
        stage.sent("(the provider reports it as delivered)", provider.reports(ours["name"]))
        stage.sent("收到，谢谢", provider.says("收到，谢谢", PHONE))


def webhook(stage: Stage, account: Account, path: str, port: int) -> None:
    """A system of one's own hands over a request, takes our answer and reports it as delivered."""
    system = System(secret=_opened(account, "secret"), hook=stage.hook(path))
    who = f"u-{secrets.token_hex(4)}"
    sender = {"id": who, "name": CUSTOMER}
    ear = Ear(stage, port, who)
    asked = "商城订单 20260311-07 的液压滤芯少发了一只，请补发。"
    stage.sent(asked, system.says(asked, sender=sender, title="少发一只滤芯"))
    ours = ear.answer()
    if ours:
        report = {"type": "report", "id": secrets.token_hex(8), "message": ours["id"], "status": "delivered"}
        stage.sent("(their system reports it as delivered)", system.sends(report))
        stage.sent("好的，等你们的快递单号。", system.says("好的，等你们的快递单号。", sender=sender))


def chat(stage: Stage, key: str) -> None:
    """A visitor opens the window, writes, waits for whoever takes the chat, thanks and leaves."""
    with httpx.Client(timeout=30) as browser:

        def post(what: str, **values: str) -> httpx.Response:
            return browser.post(stage.hook(f"/chat/{key}/{what}/"), data=values)

        asked = {"name": CUSTOMER, "email": "lin@demo.example", "phone": PHONE, "matter": "保养"}
        opened = stage.sent("(opens the window)", post("sessions", **asked, language="zh-hans"))
        token = opened.json()["token"]

        def write(text: str) -> None:
            stage.sent(text, post("messages", token=token, client_id=secrets.token_hex(8), text=text))

        write("您好，请问 YS-215 的第一次保养要带什么证件？")
        for line in _said_to(browser, stage, key, token):
            stage.told(f"we ({line['by']})", line["text"])
            post("marks", token=token, read=str(line["id"]))
            write("明白了，谢谢！")
            stage.sent("(closes the window)", post("ending", token=token))
            return
        if stage.wait:
            stage.say("  (nobody answered in time)")


def _said_to(browser: httpx.Client, stage: Stage, key: str, token: str) -> Iterator[dict[str, Any]]:
    """What we write, as the open window hears it."""
    end, name = time.monotonic() + stage.wait, ""
    params = {"key": key, "token": token}
    try:
        with browser.stream(
            "GET", stage.hook("/live/chat/stream"), params=params, timeout=max(stage.wait, 1.0)
        ) as stream:
            for row in stream.iter_lines():
                if row.startswith("event: "):
                    name = row[7:]
                elif row.startswith("data: ") and name == "line" and (said := json.loads(row[6:]))["ours"]:
                    yield said
                if time.monotonic() > end:
                    return
    except httpx.TimeoutException:
        return


def counter(stage: Stage, key: str, visitors: int) -> None:
    """Visitors take numbers at the tablet, one after the other, and look at their own page until they are called."""
    places: list[str] = []
    for n in range(visitors):
        with httpx.Client(timeout=30, follow_redirects=True) as tablet:
            shown = tablet.get(stage.hook(f"/hall/{key}/")).text
            matters, token = MATTER.findall(shown), TOKEN.search(shown)
            if not matters or token is None:
                raise Refused("This hall gives out no numbers: set up a matter first.")
            values = {"csrfmiddlewaretoken": token[1], "matter": matters[n % len(matters)]}
            if n % 2 == 0:
                values["phone"] = f"199123450{n:02}"
            answer = tablet.post(stage.hook(f"/hall/{key}/"), data=values)
            number = LABEL.search(answer.text)
            stage.sent(f"takes number {number[1] if number else '?'}", answer)
            places.append(str(answer.url))
    _until_called(stage, places)


def _until_called(stage: Stage, places: list[str]) -> None:
    known = dict.fromkeys(places, "waiting")
    end = time.monotonic() + stage.wait
    while time.monotonic() < end and any(state not in ("done", "no_show") for state in known.values()):
        for place in places:
            shown = httpx.get(place, timeout=10).text
            state, number = STATE.search(shown), LABEL.search(shown)
            if state and state[1] != known[place]:
                known[place] = state[1]
                stage.told(number[1] if number else "?", state[1])
        time.sleep(LOOK_SECONDS)


CONNECTED: dict[str, Callable[[Stage, Account, str, int], None]] = {
    "wechat": wechat,
    "wecom": wechat,
    "wecom_kf": wecom_kf,
    "sms": sms,
    "webhook": webhook,
}


def connected(stage: Stage, account: Account, path: str) -> None:
    """The scene of a connected line. Its platform must be on this machine; where none listens, one stands in."""
    port = standing_in.port_of(account)
    if port is None:
        raise Refused(
            f"“{account.name}” leads to a real platform. Set up one whose address is http://127.0.0.1:18790."
        )
    try:
        instead = standing_in.StandIn(port)
    except OSError:  # one stands there already, as in the demonstration company
        CONNECTED[account.vendor](stage, account, path, port)
        return
    with instead:
        CONNECTED[account.vendor](stage, account, path, port)
