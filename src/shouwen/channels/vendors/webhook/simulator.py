"""A connected system: signs what its people write, checks the signature of our answers."""

import json
import secrets
from datetime import datetime
from typing import Any

import httpx

from shouwen.channels import signing
from shouwen.channels.vendors.simulating import Asked, Said, Simulator, as_json, call
from shouwen.platform.access import now


class System(Simulator):
    """`hook` is our callback address. `answers` are our messages; `files` are served under /files/."""

    def __init__(self, secret: str = "", hook: str = "", port: int = 0) -> None:
        super().__init__(port)
        self.secret, self.hook = secret, hook
        self.answers: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.status = 200

    def hear(self, asked: Asked) -> Said:
        if asked.path.startswith("/files/"):
            found = self.files.get(asked.path.removeprefix("/files/"))
            return Said(404) if found is None else Said(200, found, "application/octet-stream")
        stamp = asked.headers.get(signing.TIMESTAMP.lower(), "")
        signature = asked.headers.get(signing.SIGNATURE.lower(), "")
        wrong = signing.fault(
            secret=self.secret, timestamp=stamp, signature=signature, body=asked.body, at=now()
        )
        if wrong:
            return as_json({"title": wrong}, 401)
        if self.status != 200:
            return as_json({"title": "as told"}, self.status)
        if asked.json()["type"] == "message":
            self.answers.append(asked.json())
        return as_json({"taken": True})

    def says(self, text: str, **more: Any) -> httpx.Response:
        """One of its people writes."""
        body = {
            "id": secrets.token_hex(8),
            "sender": {"id": "u-5512", "name": "王芳"},
            "text": text,
            **more,
        }
        return self.sends(body)

    def sends(self, body: dict[str, Any]) -> httpx.Response:
        return call(self.hook, *self.signed(body))

    def signed(self, body: dict[str, Any], at: datetime | None = None) -> tuple[bytes, dict[str, str]]:
        """Body and headers, so that a test can send them twice, late or bent."""
        content = json.dumps(body, ensure_ascii=False).encode()
        stamp = str(int((at or now()).timestamp()))
        return content, {
            signing.TIMESTAMP: stamp,
            signing.SIGNATURE: signing.sign(self.secret, stamp, content),
        }
