"""The platform's side of WeCom's customer service: keeps what customers write behind a cursor, rings, takes answers."""

import itertools
import secrets
from typing import Any

import httpx

from shouwen.channels.vendors.simulating import Asked, Said, as_json
from shouwen.channels.vendors.wechat.rules import MOST_ANSWERS
from shouwen.channels.vendors.wechat.simulator import Platform
from shouwen.channels.vendors.wecom_kf import rules
from shouwen.platform.access import now

_numbers = itertools.count(1)
WHO = "wmLin0001"


def message(sort: str, desk: str, who: str = WHO, at: int = 0, **inner: Any) -> dict[str, Any]:
    """One message as the platform lists it; an event's own fields go into `inner`."""
    stamp = at or int(now().timestamp())
    head = {"msgid": f"kf{next(_numbers)}{secrets.token_hex(6)}", "send_time": stamp, "msgtype": sort}
    if sort == "event":
        inner = {**inner, "open_kfid": desk, "external_userid": who}
        return {**head, "origin": 4, "event": inner}
    return {**head, "origin": rules.CUSTOMER, "open_kfid": desk, "external_userid": who, sort: inner}


def _desk_of(one: Any) -> str:
    """Of a message; "" of the odd things a test lists."""
    inner = one.get("event") if isinstance(one, dict) else None
    place = inner if isinstance(inner, dict) else one
    return str(place.get("open_kfid", "")) if isinstance(place, dict) else ""


class KfPlatform(Platform):
    """`listed` is what sync_msg gives, `a_page` at a time. `welcomed` are the greetings, `names` the nicknames.

    rang  what the last ring said; others are refused, as after ten minutes
    """

    def __init__(self, *, desk: str = "wkDesk1", a_page: int = 100, **more: Any) -> None:
        super().__init__(**more)
        self.desk, self.a_page = desk, a_page
        self.listed: list[dict[str, Any]] = []
        self.names: dict[str, str] = {WHO: "林师傅"}
        self.welcomed: list[dict[str, Any]] = []
        self.answered: dict[str, int] = {}
        self.rang = "ring-0"

    def hear(self, asked: Asked) -> Said:
        kinds = {
            "/cgi-bin/kf/sync_msg": self._sync,
            "/cgi-bin/kf/customer/batchget": self._batchget,
            "/cgi-bin/kf/send_msg_on_event": self._welcome,
            "/cgi-bin/kf/send_msg": self._send,
        }
        answer = kinds.get(asked.path)
        if answer is None or asked.query.get("access_token") != self.access:
            return super().hear(asked)
        return answer(asked.json()) if not self.fail_next else super().hear(asked)

    def _sync(self, body: dict[str, Any]) -> Said:
        if body.get("token", self.rang) != self.rang:
            return as_json({"errcode": 95007, "errmsg": "invalid msg token"})
        after = int(str(body.get("cursor") or "c0")[1:])
        end = after + min(self.a_page, int(body["limit"]))
        page, more = self.listed[after:end], end < len(self.listed)
        mine = [one for one in page if _desk_of(one) in ("", body["open_kfid"])]
        step = f"c{min(end, len(self.listed))}"
        return as_json({"errcode": 0, "next_cursor": step, "has_more": int(more), "msg_list": mine})

    def _batchget(self, body: dict[str, Any]) -> Said:
        ids = body["external_userid_list"]
        known = [{"external_userid": one, "nickname": self.names[one]} for one in ids if one in self.names]
        return as_json({"errcode": 0, "customer_list": known, "invalid_external_userid": []})

    def _welcome(self, body: dict[str, Any]) -> Said:
        if body["code"] in [one["code"] for one in self.welcomed]:
            return as_json({"errcode": 95014, "errmsg": "the code has been used"})
        self.welcomed.append(body)
        return as_json({"errcode": 0, "msgid": f"welcome-{len(self.welcomed)}"})

    def _send(self, body: dict[str, Any]) -> Said:
        to = body["touser"]
        if self.answered.get(to, MOST_ANSWERS) >= MOST_ANSWERS:
            return as_json({"errcode": 95001, "errmsg": "too many messages since the customer last wrote"})
        self.answered[to] += 1
        self.sent.append(body)
        return as_json({"errcode": 0, "errmsg": "ok", "msgid": f"sent-{next(_numbers)}"})

    def says(self, text: str, **more: Any) -> httpx.Response:
        return self.brings("text", content=text, **more)

    def brings(self, sort: str, who: str = WHO, at: int = 0, **inner: Any) -> httpx.Response:
        """A customer writes: it is listed, and the platform rings."""
        self.listed.append(message(sort, self.desk, who, at, **inner))
        if sort != "event":
            self.answered[who] = 0
        return self.rings()

    def rings(self, desk: str = "") -> httpx.Response:
        self.rang = f"ring-{next(_numbers)}"
        return self.gives(
            "event", "", Event="kf_msg_or_event", Token=self.rang, OpenKfId=desk or self.desk, MsgId=""
        )
