"""A small mail server of our own that only takes mail in: SMTP for other servers, LMTP behind one's own.

250 is said only after the callback has stored the message for good; whatever goes wrong before that, the
sender keeps it and tries again. It relays nothing: a recipient that `wanted` does not know is refused.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

log = logging.getLogger(__name__)
MAX_RECIPIENTS = 300
LONGEST_LINE = 8 * 1024 * 1024  # some writers put a whole page on one line; SMTP's 1000 would lose their mail


class Taken(Enum):
    """What became of a message that was handed in, as the answer to the sender."""

    STORED = "250 2.0.0 Stored"
    TRY_LATER = "451 4.3.0 Not stored, please try again later"
    TOO_LARGE = "552 5.3.4 Message too large"
    REFUSED = "554 5.7.1 Message refused"


Accept = Callable[[bytes, str, Sequence[str]], Taken]


class _Handler:
    """Answers to the envelope and to the data."""

    def __init__(self, accept: Accept, wanted: Callable[[str], bool], limit: int) -> None:
        self.accept = accept
        self.wanted = wanted
        self.limit = limit
        self.pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="mail-inlet")

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= self.limit:
            return "452 4.5.3 Too many recipients"
        loop = asyncio.get_running_loop()
        try:
            known = await loop.run_in_executor(self.pool, self.wanted, address)
        except Exception:
            log.exception("the inlet could not look a recipient up")
            return "451 4.3.0 Please try again later"
        if not known:
            return "550 5.1.1 No such recipient here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Recipient ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        sender = "" if envelope.mail_from in (None, "<>") else str(envelope.mail_from)
        recipients = tuple(envelope.rcpt_tos)
        loop = asyncio.get_running_loop()
        try:
            taken = await loop.run_in_executor(self.pool, self.accept, envelope.content, sender, recipients)
        except Exception:
            log.exception("the inlet could not store a message")
            taken = Taken.TRY_LATER
        return taken.value


def _plain(status: Any, limit: int | None) -> Any:
    """aiosmtpd's own words for too large a mail do not say how large it may be; the sender is shown ours."""
    if limit and str(status).startswith("552 Error"):
        return f"552 5.3.4 Message too large: at most {limit // 1024 // 1024} MB with its attachments"
    return status


class _Smtp(SMTP):  # type: ignore[misc]
    line_length_limit = LONGEST_LINE

    async def push(self, status: Any) -> None:
        await super().push(_plain(status, self.data_size_limit))


class _Lmtp(LMTP):  # type: ignore[misc]
    """LMTP answers the data once for every recipient (RFC 2033); aiosmtpd does it once."""

    line_length_limit = LONGEST_LINE
    _answers = 0

    async def push(self, status: Any) -> None:
        status = _plain(status, self.data_size_limit)
        if str(status).startswith("354"):
            self._answers = len(self.envelope.rcpt_tos)
            await super().push(status)
            return
        answers, self._answers = max(1, self._answers), 0
        for _ in range(answers):
            await super().push(status)


class _Listener(Controller):  # type: ignore[misc]
    def __init__(self, handler: _Handler, host: str, port: int, kind: type[SMTP], **settings: Any) -> None:
        self._kind = kind
        super().__init__(handler, hostname=host, port=port, **settings)

    def factory(self) -> SMTP:
        return self._kind(self.handler, **self.SMTP_kwargs)


class Inlet:
    """The server: `start()` returns when it listens, `stop()` when it no longer does.

    accept     stores the message durably and says what became of it; runs in a thread
    wanted     whether we take mail for an address at all
    max_size   bytes; larger ones get 552
    port       0 takes a free one; `port` tells which after `start()`
    """

    def __init__(
        self,
        host: str,
        port: int,
        protocol: Literal["smtp", "lmtp"],
        accept: Accept,
        max_size: int = 50 * 1024 * 1024,
        *,
        wanted: Callable[[str], bool],
        tls: ssl.SSLContext | None = None,
        name: str = "shouwen",
        max_recipients: int = MAX_RECIPIENTS,
    ) -> None:
        self.host = host
        self.port = port or _free_port(host)
        self._handler = _Handler(accept, wanted, max_recipients)
        self._listener = _Listener(
            self._handler,
            host,
            self.port,
            _Lmtp if protocol == "lmtp" else _Smtp,
            data_size_limit=max_size,
            enable_SMTPUTF8=True,
            tls_context=tls,
            server_hostname=name,
            ident="Shouwen",
            timeout=300,
        )

    def start(self) -> None:
        self._listener.start()

    def stop(self) -> None:
        """Stop listening; a message being stored is finished first."""
        self._listener.stop(no_assert=True)
        self._handler.pool.shutdown(wait=True)


def _free_port(host: str) -> int:
    with socket.create_server((host, 0)) as probe:
        return int(probe.getsockname()[1])
