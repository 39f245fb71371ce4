"""A real SMTP server that keeps what it is given, or misbehaves on purpose in one of the ways that servers do."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from shouwen.platform.mail.connection import Security, Server


@dataclass
class Kept:
    sender: str
    recipients: list[str]
    raw: bytes


@dataclass
class CatchAll:
    """Keeps every message in `messages`.

    refuse           recipient → answer, e.g. {"a@x": "550 no"}
    answer           what is said to the data instead of 250
    hang_up          "before_answer": takes all data, keeps it, then breaks the connection without answering;
                     "at_data": breaks the connection when the data should begin
    """

    messages: list[Kept] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    answer: str = "250 Kept"
    hang_up: str = ""
    port: int = 0
    users: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        if self.hang_up == "at_data":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.messages.append(Kept(envelope.mail_from or "", list(envelope.rcpt_tos), envelope.content))
        if self.hang_up == "before_answer":
            server.transport.abort()
        return self.answer

    def sign_in(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        known = self.users.get(data.login.decode()) == data.password.decode()
        return AuthResult(success=known, handled=False)

    def settings(self, **changes: Any) -> Server:
        values: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": Security.PLAIN,
            "timeout": 5.0,
        }
        return Server(**(values | changes))


@contextlib.contextmanager
def smtp_server(catch: CatchAll | None = None, **settings: Any) -> Iterator[CatchAll]:
    """`catch` behind a listening socket on a free loopback port; `settings` go to aiosmtpd's server."""
    catch = catch or CatchAll()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        catch.port = probe.getsockname()[1]
    if catch.users:
        settings |= {"authenticator": catch.sign_in, "auth_required": True, "auth_require_tls": False}
    controller = Controller(catch, hostname="127.0.0.1", port=catch.port, **settings)
    controller.start()
    try:
        yield catch
    finally:
        controller.stop()
