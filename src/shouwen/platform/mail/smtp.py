"""Sending by SMTP, with an answer that says exactly what is known about the fate of the message.

Sent              the server has taken responsibility; some recipients may have been refused
TemporaryFailure  not taken; try again later
PermanentFailure  not taken, and trying again cannot help
MaybeSent         all of it was handed over, but the connection broke before the answer: a second try could
                  deliver it twice, so a person or a rule must decide
"""

import contextlib
import smtplib
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from shouwen.kernel.errors import N_, Sentence
from shouwen.platform.mail.connection import Security, Server, Step, look_up, tls_context, why


@dataclass(frozen=True)
class RefusedRecipient:
    address: str
    code: int
    reason: str

    @property
    def temporary(self) -> bool:
        return 400 <= self.code < 500


@dataclass(frozen=True)
class Sent:
    accepted: tuple[str, ...]
    refused: tuple[RefusedRecipient, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class TemporaryFailure:
    sentence: Sentence
    code: int = 0
    refused: tuple[RefusedRecipient, ...] = ()


@dataclass(frozen=True)
class PermanentFailure:
    sentence: Sentence
    code: int = 0
    refused: tuple[RefusedRecipient, ...] = ()


@dataclass(frozen=True)
class MaybeSent:
    sentence: Sentence
    accepted: tuple[str, ...] = field(default=())


Failure = TemporaryFailure | PermanentFailure
Outcome = Sent | TemporaryFailure | PermanentFailure | MaybeSent


class _SignInRefused(Exception):
    """The server knows neither user nor password, or offers no way to sign in."""


def send(
    message: EmailMessage | bytes,
    recipients: Sequence[str],
    settings: Server,
    *,
    sender: str,
    before_data: Callable[[], None] = lambda: None,
) -> Outcome:
    """Hand `message` over for `recipients`.

    sender       the envelope sender, where bounces go ('' for none)
    before_data  called when the recipients are named and the message itself comes next: the moment to write
                 down that it may have been sent
    """
    payload = message if isinstance(message, bytes) else message.as_bytes()
    try:
        with _signed_in(settings) as client:
            return _hand_over(client, payload, sender, list(dict.fromkeys(recipients)), before_data)
    except _SignInRefused as error:
        return TemporaryFailure(_not_signed_in(error), code=535)
    except smtplib.SMTPResponseException as error:
        return _by_code(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException, EOFError, UnicodeError) as error:
        return TemporaryFailure(_reason(error, settings))


@contextlib.contextmanager
def _signed_in(settings: Server) -> Iterator[smtplib.SMTP]:
    """A connection that has said hello, is encrypted as wished and signed in; closed without fuss."""
    client = _connect(settings)
    try:
        client.ehlo_or_helo_if_needed()
        if settings.security is Security.STARTTLS:
            client.starttls(context=tls_context(settings))
            client.ehlo()
        if settings.username:
            _sign_in(client, settings)
        yield client
    finally:
        # The answer to QUIT changes nothing about what was accepted before.
        with contextlib.suppress(OSError, smtplib.SMTPException, ValueError):
            client.quit()
        client.close()


def _connect(settings: Server) -> smtplib.SMTP:
    if settings.security is Security.SSL:
        context = tls_context(settings)
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout, context=context)
    return smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)


def _sign_in(client: smtplib.SMTP, settings: Server) -> None:
    try:
        client.login(settings.username, settings.password)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
        raise _SignInRefused(str(error)) from error


def _hand_over(
    client: smtplib.SMTP,
    payload: bytes,
    sender: str,
    recipients: list[str],
    before_data: Callable[[], None],
) -> Outcome:
    options = [f"size={len(payload)}"] if client.has_extn("size") else []
    if not _ascii_only(sender, *recipients):
        if not client.has_extn("smtputf8"):
            return PermanentFailure(Sentence(N_("The mail server does not take addresses outside ASCII.")))
        options += ["SMTPUTF8", "BODY=8BITMIME"]
        client.command_encoding = "utf-8"
    code, reply = client.mail(sender, options)
    if code != 250:
        return _by_code(code, reply)
    accepted, refused = _name_recipients(client, recipients)
    if not accepted:
        return _nobody(refused)
    before_data()
    code, reply = client.docmd("data")
    if code != 354:
        return _by_code(code, reply, refused)
    return _send_data(client, payload, accepted, refused)


def _name_recipients(
    client: smtplib.SMTP, recipients: list[str]
) -> tuple[tuple[str, ...], tuple[RefusedRecipient, ...]]:
    accepted, refused = [], []
    for address in recipients:
        code, reply = client.rcpt(address)
        if code in (250, 251):
            accepted.append(address)
        else:
            refused.append(RefusedRecipient(address, code, _text(reply)))
            if code == 421:
                break
    return tuple(accepted), tuple(refused)


def _send_data(
    client: smtplib.SMTP, payload: bytes, accepted: tuple[str, ...], refused: tuple[RefusedRecipient, ...]
) -> Outcome:
    """The message itself. If handing over breaks, the server never saw the end mark and has taken nothing;
    if only the answer is missing, nobody knows."""
    client.send(_dotted(payload))
    try:
        code, reply = client.getreply()
    except (OSError, smtplib.SMTPException, EOFError):
        return MaybeSent(
            Sentence(N_("The connection broke before the server confirmed the message.")), accepted
        )
    if code == 250:
        return Sent(accepted, refused, _text(reply))
    return _by_code(code, reply, refused)


def _dotted(payload: bytes) -> bytes:
    """CRLF line ends, leading dots doubled, the end mark behind."""
    lines = payload.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    body = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return body + (b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n")


def _nobody(refused: tuple[RefusedRecipient, ...]) -> Outcome:
    if not refused:
        return PermanentFailure(Sentence(N_("The message has no recipient.")))
    reasons = "; ".join(f"{one.address}: {one.code} {one.reason}" for one in refused[:5])
    sentence = Sentence(N_("No recipient was accepted: %(reasons)s"), {"reasons": reasons[:500]})
    kind = TemporaryFailure if any(one.temporary for one in refused) else PermanentFailure
    return kind(sentence, refused[0].code, refused)


def _by_code(code: int, reply: bytes | str, refused: tuple[RefusedRecipient, ...] = ()) -> Failure:
    sentence = Sentence(
        N_("The mail server answered %(code)s: %(reply)s"), {"code": code, "reply": _text(reply)[:300]}
    )
    permanent = 500 <= code < 600 and code not in (530, 534, 535, 538)  # those are about signing in
    return (PermanentFailure if permanent else TemporaryFailure)(sentence, code, refused)


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


def _ascii_only(*addresses: str) -> bool:
    return all(address.isascii() for address in addresses)


def _not_signed_in(error: Exception) -> Sentence:
    return Sentence(N_("Signing in to the mail server failed: %(detail)s"), {"detail": str(error)[:200]})


def _reason(error: Exception, settings: Server) -> Sentence:
    if isinstance(error, smtplib.SMTPServerDisconnected):
        # smtplib says "disconnected" for a server that is only silent; what really happened stands behind it.
        timed_out = isinstance(error.__context__, TimeoutError)
        error = TimeoutError() if timed_out else ConnectionResetError(str(error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Sentence(N_("%(host)s does not offer encryption (STARTTLS)."), {"host": settings.host})
    return why(error, settings)


def test_connection(settings: Server, *, sender: str = "") -> list[Step]:  # noqa: PT028 - for people, not pytest
    """Look up, connect, encrypt, sign in, and ask whether `sender` may send. Nothing is sent."""
    steps = [look_up(settings)]
    if not steps[0].ok:
        return steps
    try:
        with _signed_in(settings) as client:
            steps.append(_connected(settings))
            if settings.username:
                steps.append(Step("sign_in", True, Sentence(N_("Signed in."))))
            if sender:
                steps.append(_may_send(client, sender))
    except _SignInRefused as error:
        steps += [_connected(settings), Step("sign_in", False, _not_signed_in(error))]
    except smtplib.SMTPResponseException as error:
        steps.append(Step("connect", False, _by_code(error.smtp_code, error.smtp_error).sentence))
    except (OSError, smtplib.SMTPException, EOFError, UnicodeError, socket.gaierror) as error:
        steps.append(Step("connect", False, _reason(error, settings)))
    return steps


test_connection.__test__ = False  # type: ignore[attr-defined]  # its name looks like a test to pytest


def _connected(settings: Server) -> Step:
    if settings.security is Security.PLAIN:
        return Step("connect", True, Sentence(N_("Connected without encryption.")))
    return Step("connect", True, Sentence(N_("Connected and encrypted.")))


def _may_send(client: smtplib.SMTP, sender: str) -> Step:
    code, reply = client.mail(sender)
    client.rset()
    if code == 250:
        return Step("sender", True, Sentence(N_("%(address)s may send."), {"address": sender}))
    params = {"address": sender, "reply": f"{code} {_text(reply)}"[:200]}
    return Step("sender", False, Sentence(N_("%(address)s may not send: %(reply)s"), params))
