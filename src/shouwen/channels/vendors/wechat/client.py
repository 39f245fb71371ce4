"""A thin client of the platform's own interface, for an Official Account and, where they differ, for WeCom."""

from collections.abc import Callable
from typing import Any

import httpx

from shouwen.channels.models import Account
from shouwen.channels.services.keys import Fetched, key_of
from shouwen.channels.vendors.wechat import rules
from shouwen.kernel.errors import Refused
from shouwen.platform.access import now
from shouwen.platform.secrets import unseal

TIMEOUT = httpx.Timeout(12.0, connect=6.0)
MOST_MEDIA = 20 * 1024 * 1024


class PlatformError(Exception):
    """The platform answered with an error code."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(f"{code} {said}")
        self.code, self.said = code, said


class Client:
    """`wecom` chooses the enterprise's addresses."""

    def __init__(self, account: Account, *, wecom: bool = False) -> None:
        self.account, self.wecom = account, wecom
        self.api = str(account.settings["api"]).rstrip("/")

    def token(self, stale: str = "") -> str:
        return key_of(account_id=self.account.pk, fetch=self._fetch_token, clock=now, stale=stale)

    def send(self, to: str, content: dict[str, Any], before: Callable[[], None]) -> dict[str, Any]:
        """One message; `before` is called when the next byte may reach the customer."""
        path = "/cgi-bin/message/send" if self.wecom else "/cgi-bin/message/custom/send"
        body: dict[str, Any] = {"touser": to, **content}
        if self.wecom:
            body["agentid"] = int(self.account.settings["agent_id"])

        def ask(token: str) -> dict[str, Any]:
            before()
            return checked(
                httpx.post(f"{self.api}{path}", params={"access_token": token}, json=body, timeout=TIMEOUT)
            )

        return self.with_token(ask)

    def notify(self, body: dict[str, Any], before: Callable[[], None], *, subscribed: bool) -> dict[str, Any]:
        """A template message, or one that the customer subscribed to."""
        path = "subscribe/bizsend" if subscribed else "template/send"

        def ask(token: str) -> dict[str, Any]:
            before()
            address = f"{self.api}/cgi-bin/message/{path}"
            return checked(httpx.post(address, params={"access_token": token}, json=body, timeout=TIMEOUT))

        return self.with_token(ask)

    def upload(self, sort: str, name: str, content: bytes) -> str:
        """A file on the platform's side; the id that a message names it by."""

        def ask(token: str) -> dict[str, Any]:
            params = {"access_token": token, "type": sort}
            files = {"media": (name, content)}
            return checked(
                httpx.post(f"{self.api}/cgi-bin/media/upload", params=params, files=files, timeout=TIMEOUT)
            )

        return str(self.with_token(ask)["media_id"])

    def media(self, media_id: str) -> bytes:
        """The bytes of a picture or a voice. Refused when the platform no longer has it."""

        def ask(token: str) -> dict[str, Any]:
            params = {"access_token": token, "media_id": media_id}
            answer = httpx.get(f"{self.api}/cgi-bin/media/get", params=params, timeout=TIMEOUT)
            sort = answer.headers.get("content-type", "")
            if "json" in sort or "text/plain" in sort:
                checked(answer)
            answer.raise_for_status()
            return {"content": answer.content}

        try:
            content = bytes(self.with_token(ask)["content"])
        except PlatformError as trouble:
            if trouble.code in (40007, 40004):
                raise Refused(str(trouble)) from None
            raise
        if len(content) > MOST_MEDIA:
            raise Refused(f"{len(content)} bytes")
        return content

    def with_token(self, ask: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
        """Once more with a new token when the platform no longer takes the one we have."""
        token = self.token()
        try:
            return ask(token)
        except PlatformError as trouble:
            if trouble.code not in rules.EXPIRED:
                raise
        return ask(self.token(stale=token))

    def _fetch_token(self) -> Fetched:
        secret = unseal(self.account.secrets["app_secret"])
        if self.wecom:
            params = {"corpid": self.account.settings["corp_id"], "corpsecret": secret}
            answer = httpx.get(f"{self.api}/cgi-bin/gettoken", params=params, timeout=TIMEOUT)
        else:
            # the stable one: asking again gives the same token and ends no other's
            body = {
                "grant_type": "client_credential",
                "appid": self.account.settings["app_id"],
                "secret": secret,
            }
            answer = httpx.post(f"{self.api}/cgi-bin/stable_token", json=body, timeout=TIMEOUT)
        given = checked(answer)
        return Fetched(str(given["access_token"]), int(given.get("expires_in", 7200)))


def checked(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_server_error:
        raise PlatformError(-1, f"HTTP {answer.status_code}")
    try:
        given = answer.json()
    except ValueError:
        raise PlatformError(-1, f"HTTP {answer.status_code}") from None
    if not isinstance(given, dict) or given.get("errcode", 0) not in (0, None):
        code = given.get("errcode", -1) if isinstance(given, dict) else -1
        raise PlatformError(int(code), str(given.get("errmsg", "")) if isinstance(given, dict) else "")
    return given
