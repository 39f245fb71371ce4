"""A thin client of WeCom's customer service: what has come, who wrote, and our answers."""

from collections.abc import Callable, Iterable
from typing import Any

import httpx

from shouwen.channels.models import Account
from shouwen.channels.vendors.wechat.client import TIMEOUT, Client, PlatformError, checked
from shouwen.channels.vendors.wecom_kf import rules

A_PAGE = 200
MOST_NAMES = 100  # of one question, by the platform's documentation


class Kf(Client):
    """The customer-service account that `account` is set up for."""

    def __init__(self, account: Account) -> None:
        super().__init__(account, wecom=True)
        self.desk = str(account.settings["open_kfid"])

    def send(self, to: str, content: dict[str, Any], before: Callable[[], None]) -> dict[str, Any]:
        return self._ask("kf/send_msg", {"touser": to, "open_kfid": self.desk, **content}, before)

    def welcome(self, code: str, text: str) -> None:
        """The greeting that a code allows, once and within seconds."""
        self._ask("kf/send_msg_on_event", {"code": code, "msgtype": "text", "text": {"content": text}})

    def came(self, cursor: str, token: str) -> dict[str, Any]:
        """The next page after `cursor`: msg_list, next_cursor and has_more."""
        body: dict[str, Any] = {"open_kfid": self.desk, "limit": A_PAGE}
        body |= {name: value for name, value in (("cursor", cursor), ("token", token)) if value}
        try:
            return self._ask("kf/sync_msg", body)
        except PlatformError as trouble:
            if not token or trouble.code != rules.BAD_CURSOR_TOKEN:
                raise
        return self.came(cursor, "")

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """What customers call themselves, by their id; who is not told is left out."""
        asked = {"external_userid_list": sorted(set(ids))[:MOST_NAMES]}
        if not asked["external_userid_list"]:
            return {}
        given = self._ask("kf/customer/batchget", asked).get("customer_list")
        known = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
        return {rules.text(one, "external_userid"): rules.text(one, "nickname") for one in known}

    def _ask(
        self, path: str, body: dict[str, Any], before: Callable[[], None] | None = None
    ) -> dict[str, Any]:
        def ask(token: str) -> dict[str, Any]:
            if before is not None:
                before()
            address = f"{self.api}/cgi-bin/{path}"
            return checked(httpx.post(address, params={"access_token": token}, json=body, timeout=TIMEOUT))

        return self.with_token(ask)
