"""What IMAP and SMTP share.

Where the server is, how to reach it safely, and what to say when it cannot be reached.
"""

import socket
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from shouwen.kernel.errors import N_, Sentence


class Security(StrEnum):
    """How the connection is encrypted. PLAIN is for servers on the same machine or network only."""

    SSL = "ssl"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True)
class Server:
    """One mail server account.

    `timeout` in seconds for each answer; `ca_file` trusts a company's own certificate.
    """

    host: str
    port: int
    security: Security = Security.SSL
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    verify: bool = True
    ca_file: str = ""


class Step(NamedTuple):
    """One line of a connection test: a code for programs, whether it went well, a sentence for people."""

    step: str
    ok: bool
    sentence: Sentence


def tls_context(server: Server) -> ssl.SSLContext:
    """Certificates are checked unless the administrator switched that off for this server."""
    context = ssl.create_default_context(cafile=server.ca_file or None)
    if not server.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def look_up(server: Server) -> Step:
    """First step of a test: does the name exist at all?"""
    try:
        socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Step("look_up", False, unknown_host(server))
    return Step("look_up", True, Sentence(N_("The server name %(host)s is known."), {"host": server.host}))


def unknown_host(server: Server) -> Sentence:
    return Sentence(N_("The server name %(host)s cannot be found."), {"host": server.host})


def why(error: BaseException, server: Server) -> Sentence:
    """A sentence for a failure below the mail protocol."""
    place = {"host": server.host, "port": server.port}
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return unknown_host(server)
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = error.verify_message or str(error)
        return Sentence(
            N_("The certificate of %(host)s is not trusted: %(reason)s."),
            {"host": server.host, "reason": reason},
        )
    if isinstance(error, ssl.SSLError):
        return Sentence(N_("Encryption with %(host)s, port %(port)s failed. Is the port right?"), place)
    if isinstance(error, TimeoutError):
        return Sentence(N_("%(host)s, port %(port)s did not answer in time."), place)
    if isinstance(error, ConnectionRefusedError):
        return Sentence(N_("Nothing answers at %(host)s, port %(port)s."), place)
    if isinstance(error, (ConnectionError, EOFError)):
        return Sentence(N_("%(host)s, port %(port)s broke the connection off."), place)
    detail = str(error)[:200] or type(error).__name__
    return Sentence(
        N_("The connection to %(host)s failed: %(detail)s"), {"host": server.host, "detail": detail}
    )
