"""A provider of short messages: takes ours, tells what customers write, reports deliveries."""

import itertools
import json
from typing import Any

import httpx

from shouwen.channels import signing
from shouwen.channels.vendors.simulating import Asked, Said, Simulator, as_json, call
from shouwen.platform.access import now


class Provider(Simulator):
    """`sent` are our messages. `code` is what it answers instead of 0; `status` the HTTP status."""

    def __init__(self, key: str = "", secret: str = "", hook: str = "", port: int = 0) -> None:
        super().__init__(port)
        self.key, self.secret, self.hook = key, secret, hook
        self.sent: list[dict[str, Any]] = []
        self.code, self.status = "0", 200
        self._numbers = itertools.count(1)

    def hear(self, asked: Asked) -> Said:
        if asked.method != "POST":
            return as_json({})
        if asked.headers.get("authorization") != f"Bearer {self.key}":
            return as_json({"code": "401"}, 401)
        if self.status != 200 or self.code != "0":
            return as_json({"code": self.code}, self.status)
        name = f"p-{next(self._numbers)}"
        self.sent.append({**asked.json(), "name": name})
        return as_json({"code": 0, "id": name})

    def says(self, text: str, phone: str = "13800000000") -> httpx.Response:
        """A customer writes."""
        return self.tells({"id": f"in-{next(self._numbers)}", "phone": phone, "text": text})

    def reports(self, name: str, status: str = "DELIVRD") -> httpx.Response:
        return self.tells({"report": name, "status": status})

    def tells(self, body: Any) -> httpx.Response:
        return call(self.hook, *self.signed(body))

    def signed(self, body: Any, stamp: int = 0) -> tuple[bytes, dict[str, str]]:
        content, at = json.dumps(body, ensure_ascii=False).encode(), str(stamp or int(now().timestamp()))
        return content, {signing.TIMESTAMP: at, signing.SIGNATURE: signing.sign(self.secret, at, content)}
