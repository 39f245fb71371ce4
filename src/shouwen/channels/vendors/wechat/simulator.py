"""The platform's server for tests and developers: encrypts what customers write, takes our answers, has its own limits."""

import itertools
import json
import secrets
from typing import Any
from xml.etree import ElementTree

import httpx

from shouwen.channels.vendors.simulating import Asked, Said, Simulator, as_json, call
from shouwen.channels.vendors.wechat import crypto, rules
from shouwen.platform.access import now

_numbers = itertools.count(7_000_000_000_000_000)


class Platform(Simulator):
    """`hook` is our callback address. `sent` are our customer-service messages, `notices` our template messages, in
    order.

    token_calls  how often an access token was asked for
    fail_next    error codes for the next calls of send, in order
    media        what media/get gives, by id
    """

    def __init__(self, *, token: str, aes_key: str, receiver: str, hook: str = "", port: int = 0) -> None:
        super().__init__(port)
        self.token, self.envelope = token, crypto.Envelope(aes_key, receiver)
        self.hook = hook
        self.sent: list[dict[str, Any]] = []
        self.notices: list[dict[str, Any]] = []
        self.fail_next: list[int] = []
        self.media: dict[str, bytes] = {}
        self.token_calls = 0
        self.access = "access-0"

    def expire(self) -> None:
        """The access token is no longer good."""
        self.access = ""

    def hear(self, asked: Asked) -> Said:
        if asked.path in ("/cgi-bin/stable_token", "/cgi-bin/gettoken"):
            self.token_calls += 1
            self.access = self.access or f"access-{self.token_calls}"
            return as_json({"access_token": self.access, "expires_in": 7200})
        if asked.query.get("access_token") != self.access:
            return as_json({"errcode": 42001, "errmsg": "access_token expired"})
        if asked.path == "/cgi-bin/media/get":
            found = self.media.get(asked.query.get("media_id", ""))
            return (
                Said(200, found, "image/jpeg")
                if found
                else as_json({"errcode": 40007, "errmsg": "invalid media_id"})
            )
        if asked.path == "/cgi-bin/media/upload":
            name = f"media-{len(self.media)}"
            self.media[name] = asked.body
            return as_json({"type": asked.query.get("type"), "media_id": name})
        if self.fail_next:
            return as_json({"errcode": self.fail_next.pop(0), "errmsg": "as told"})
        if asked.path in ("/cgi-bin/message/template/send", "/cgi-bin/message/subscribe/bizsend"):
            number = next(_numbers)
            self.notices.append({**asked.json(), "path": asked.path, "msgid": number})
            return as_json({"errcode": 0, "errmsg": "ok", "msgid": number})
        self.sent.append(asked.json())
        return as_json({"errcode": 0, "errmsg": "ok", "msgid": f"sent-{next(_numbers)}"})

    def says(self, text: str, **more: Any) -> httpx.Response:
        return self.gives("text", Content=text, **more)

    def event(self, name: str, key: str = "", **more: Any) -> httpx.Response:
        return self.gives("event", Event=name, EventKey=key, MsgId="", **more)

    def gives(self, sort: str, who: str = "oWangFang0001", **fields: Any) -> httpx.Response:
        """Somebody sends a message of this sort."""
        return call(*self.sealed(sort, who, **fields), {"Content-Type": "text/xml"})

    def sealed(
        self, sort: str, who: str = "oWangFang0001", *, stamp: int = 0, **fields: Any
    ) -> tuple[str, bytes]:
        """Address and body of a callback, so that a test can send it twice, late or bent."""
        known = {
            "ToUserName": "gh_service",
            "FromUserName": who,
            "CreateTime": int(now().timestamp()),
            "MsgType": sort,
            "MsgId": next(_numbers),
        }
        plain = rules.pairs({name: value for name, value in {**known, **fields}.items() if value != ""})
        sealed = self.envelope.close(plain)
        return self.address(sealed, stamp), rules.pairs(
            {"ToUserName": "gh_service", "Encrypt": sealed}
        ).encode()

    def address(self, sealed: str, stamp: int = 0) -> str:
        at, nonce = str(stamp or int(now().timestamp())), secrets.token_hex(5)
        signed = crypto.signature(self.token, at, nonce, sealed)
        return f"{self.hook}?timestamp={at}&nonce={nonce}&encrypt_type=aes&msg_signature={signed}"

    def verifies(self, *, wecom: bool = False) -> httpx.Response:
        """The check of the address when somebody saves it on the platform's page."""
        at, nonce = str(int(now().timestamp())), secrets.token_hex(5)
        if not wecom:
            signed = crypto.signature(self.token, at, nonce)
            params = {"signature": signed, "timestamp": at, "nonce": nonce, "echostr": "echo-4711"}
            return httpx.get(self.hook, params=params)
        sealed = self.envelope.close("echo-4711")
        signed = crypto.signature(self.token, at, nonce, sealed)
        return httpx.get(
            self.hook, params={"msg_signature": signed, "timestamp": at, "nonce": nonce, "echostr": sealed}
        )

    def read(self, answer: httpx.Response) -> str:
        """The text of a passive reply."""
        if answer.text == "success":
            return ""
        outer = {child.tag: child.text or "" for child in ElementTree.fromstring(answer.text)}  # noqa: S314 - ours
        fits = crypto.is_signed(
            outer["MsgSignature"], self.token, outer["TimeStamp"], outer["Nonce"], outer["Encrypt"]
        )
        text, _receiver = self.envelope.open(outer["Encrypt"])
        return rules.fields_of(text)["Content"] if fits else json.dumps(outer)
