"""One small server that stands in for every platform a line may lead to: it takes what we send, and remembers it.

For the demonstration company and for a developer, where no platform is: nothing fails and nothing is tried again.
Tests use the simulators of the vendors, which check signatures and have limits of their own.
"""

import base64
import itertools
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from shouwen.channels.models import Account
from shouwen.channels.vendors.simulating import Asked, Said, Simulator, as_json
from shouwen.platform.access import now

REMEMBERED = 500
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
ADDRESSES = ("api", "send_url", "deliver_url")  # settings that hold the address of a platform
TEXT = "text"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR42mP8z8DwnwEGYAwAFgABBYd7T3QAAAAASUVORK5CYII="
)


def port_of(account: Account) -> int | None:
    """Where on this machine a line's platform is; None when it is somewhere else or nowhere."""
    for name in ADDRESSES:
        parts = urlsplit(str(account.settings.get(name) or ""))
        if parts.hostname in LOOPBACK and parts.port:
            return parts.port
    return None


class StandIn(Simulator):
    """`GET /heard?after=3` tells what was sent to it after the third message; `POST /write` is a customer's message on
    a platform that only rings and is then asked for it."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.heard: deque[dict[str, Any]] = deque(maxlen=REMEMBERED)
        self.written: list[dict[str, Any]] = []  # by customers, where the platform is asked for it
        self.life = f"{int(now().timestamp())}"
        self._numbers = itertools.count(1)

    def hear(self, asked: Asked) -> Said:
        self.asked.clear()  # it may stand here for months
        if asked.path == "/heard":
            after = asked.query.get("after", "0")
            least = int(after) if after.isdecimal() else 0
            return as_json([one for one in self.heard if one["number"] > least])
        if asked.path.endswith(("/stable_token", "/gettoken")):
            return as_json({"access_token": "stand-in", "expires_in": 7200})
        if asked.path.endswith("/media/get"):
            return Said(200, PICTURE, "image/png")
        if asked.path.endswith("/kf/sync_msg"):
            return self._written(asked.json())
        if asked.path.endswith("/kf/customer/batchget"):
            return as_json({"errcode": 0, "customer_list": []})
        if asked.path == "/write":
            self.written.append(asked.json())
            return as_json({"errcode": 0})
        if asked.path.endswith("/media/upload"):
            return as_json({"type": asked.query.get("type"), "media_id": f"media-{next(self._numbers)}"})
        return self._taken(asked) if asked.method == "POST" else as_json({})

    def _written(self, body: dict[str, Any]) -> Said:
        """What customers wrote after the cursor, which is a count; one of an earlier life of ours begins anew."""
        cursor = str(body.get("cursor") or "")
        life, _dot, count = cursor.partition(".")
        after = int(count) if life == self.life and count.isdecimal() else 0
        desk = body.get("open_kfid")
        page = [one for one in list(self.written)[after:] if one.get("open_kfid") == desk]
        return as_json(
            {"errcode": 0, "next_cursor": f"{self.life}.{len(self.written)}", "has_more": 0, "msg_list": page}
        )

    def _taken(self, asked: Asked) -> Said:
        """A message, as any of the platforms would acknowledge it."""
        try:
            body = asked.json()
        except ValueError:
            body = {}
        number = next(self._numbers)
        name = f"stand-in-{int(now().timestamp())}-{number}"
        self.heard.append({"number": number, "name": name, **_read(body)})
        return as_json({"errcode": 0, "errmsg": "ok", "msgid": name, "code": 0, "id": name, "taken": True})


def _read(body: Any) -> dict[str, str]:
    """Who was written to, what, and what we call the message: in the words of whichever platform it is."""
    if not isinstance(body, dict):
        return {"to": "", TEXT: "", "id": ""}
    inner = body.get(TEXT)
    text = inner.get("content", "") if isinstance(inner, dict) else inner
    data = body.get("data")
    if isinstance(data, dict) and "template_id" in body:
        text = " | ".join(str(one.get("value", "")) for one in data.values() if isinstance(one, dict))
    to = body.get("touser") or body.get("phone") or body.get("to") or ""
    return {"to": str(to), TEXT: str(text or f"[{body.get('msgtype', '')}]"), "id": str(body.get("id", ""))}
