"""An IMAP connection, one command at a time: sign in, open a folder, search, fetch, wait."""

import contextlib
import imaplib
import re
import time
from collections.abc import Iterator
from threading import Event

from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from shouwen.kernel.errors import N_, Sentence
from shouwen.platform.mail.connection import Security, Server, tls_context, why

TROUBLE = (ImapToolsError, imaplib.IMAP4.error, OSError, EOFError, UnicodeError)
GONE = imaplib.IMAP4.abort
NO = (ImapToolsError, imaplib.IMAP4.error)  # without GONE: one command is refused, the connection is well
imaplib.Commands.setdefault("ID", ("NONAUTH", "AUTH", "SELECTED"))

_SECONDS = re.compile(r" \([\d. +]+secs\)\.?$")


@contextlib.contextmanager
def opened(server: Server) -> Iterator[BaseMailBox]:
    """A signed-in connection, closed without fuss."""
    box = _connect(server)
    try:
        _sign_in(box, server)
        yield box
    finally:
        with contextlib.suppress(*TROUBLE, ValueError):
            box.logout()
        with contextlib.suppress(OSError):
            box.client.shutdown()


def _connect(server: Server) -> BaseMailBox:
    if server.security is Security.SSL:
        return MailBox(server.host, server.port, timeout=server.timeout, ssl_context=tls_context(server))
    if server.security is Security.STARTTLS:
        return MailBoxStartTls(
            server.host, server.port, timeout=server.timeout, ssl_context=tls_context(server)
        )
    return MailBoxUnencrypted(server.host, server.port, timeout=server.timeout)


def _sign_in(box: BaseMailBox, server: Server) -> None:
    """Sign in and say who we are: 163 and 126 refuse every folder to a client without an ID (RFC 2971)."""
    if (server.username + server.password).isascii():
        box.login(server.username, server.password, initial_folder=None)
    else:
        box.login_utf8(server.username, server.password, initial_folder=None)
    box.client.capability()
    answer = box.client.untagged_responses.get("CAPABILITY", [b""])[-1]
    box.client.capabilities = (
        tuple(answer.decode("ascii", "ignore").upper().split()) or box.client.capabilities
    )
    if "ID" in box.client.capabilities:
        with contextlib.suppress(imaplib.IMAP4.error):
            box.client._simple_command("ID", '("name" "shouwen" "version" "1")')


def select(box: BaseMailBox, folder: str) -> tuple[int, int]:
    """Open the folder for changes; its UIDVALIDITY and the UID that the next message will have."""
    box.folder.set(folder)
    return _number(box, "UIDVALIDITY"), _number(box, "UIDNEXT")


def _number(box: BaseMailBox, code: str) -> int:
    _, answer = box.client.response(code)
    return int(answer[-1]) if answer and answer[-1] else 0


def search(box: BaseMailBox, criteria: str) -> list[int]:
    return sorted(int(uid) for uid in box.uids(criteria, charset=None))


def fetch_size(box: BaseMailBox, uid: int) -> int | None:
    """Bytes of a message, None when it is gone."""
    _, data = box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    for piece in data:
        text = piece[0] if isinstance(piece, tuple) else piece
        if text and b"RFC822.SIZE" in text:
            return int(text.split(b"RFC822.SIZE")[1].split()[0].strip(b")"))
    return None


def fetch(box: BaseMailBox, uid: int, part: str) -> bytes | None:
    """A part of a message as it lies on the server, without marking it read; None when it is gone."""
    _, data = box.client.uid("FETCH", str(uid), f"({part})")
    return next((bytes(piece[1]) for piece in data if isinstance(piece, tuple)), None)


def wait_by_idle(box: BaseMailBox, stop: Event, seconds: float) -> None:
    """Return when something arrived, when `stop` is set or after `seconds`.

    Raises when the connection is gone.
    """
    client = box.client
    client.untagged_responses.pop("EXISTS", None)
    tag = client._command("IDLE")
    while client._get_response() is not None:
        pass  # what the server had to say before it began to idle
    arrived = "EXISTS" in client.untagged_responses
    until = time.monotonic() + seconds
    while not arrived and not stop.is_set() and time.monotonic() < until:
        began = time.monotonic()
        said = box.idle.poll(timeout=0.5)
        if not said and time.monotonic() - began < 0.4:
            break  # readable, but nothing to read: the far side has hung up, and DONE will tell
        arrived = any(b" EXISTS" in line for line in said)
    client.send(b"DONE\r\n")
    box.consume_until_tagged_response(tag)


def answer(error: BaseException) -> str:
    """What the server said, without the wrapping of the libraries and the server's own stop-watch."""
    result = getattr(error, "command_result", None)
    said = result[1] if result else None
    lines = [one.decode("utf-8", "replace") for one in said or () if isinstance(one, bytes)]
    return _SECONDS.sub("", " ".join(lines) or str(error))[:200]


def sentence_for(error: BaseException, server: Server) -> Sentence:
    """A sentence for whatever went wrong between us and the server."""
    if isinstance(error, MailboxLoginError):
        return Sentence(N_("User name or password was not accepted by %(host)s."), {"host": server.host})
    if isinstance(error, imaplib.IMAP4.abort):
        error = ConnectionResetError(str(error))
    if isinstance(error, (ImapToolsError, imaplib.IMAP4.error)):
        params = {"host": server.host, "detail": answer(error)}
        return Sentence(N_("%(host)s answered: %(detail)s"), params)
    return why(error, server)
