"""An account's settings as the transport wants them. The only place where passwords are unsealed."""

from shouwen.channels.models import Account
from shouwen.platform.mail.connection import Security, Server
from shouwen.platform.mail.imap import After, Fetching, Position
from shouwen.platform.secrets import unseal

# Time-outs in seconds for each answer. What comes before DATA has fewer than ten answers: see rules.ATTEMPT_LEASE.
SMTP_TIMEOUT, IMAP_TIMEOUT = 30.0, 60.0
MOST_BYTES = 80 * 1024 * 1024  # a 50 MB attachment is 68 MB in a mail


def smtp_server(account: Account) -> Server:
    return _server(account, "smtp", SMTP_TIMEOUT)


def imap_server(account: Account) -> Server:
    return _server(account, "imap", IMAP_TIMEOUT)


def fetching(account: Account) -> Fetching:
    settings = account.settings
    return Fetching(
        folder=settings.get("imap_folder", "INBOX"),
        after=After(settings.get("imap_after", "seen")),
        move_to=settings.get("imap_move_to", ""),
        poll_seconds=float(settings.get("poll_seconds", 60)),
        max_bytes=MOST_BYTES,
    )


def position(account: Account) -> Position | None:
    """How far the mailbox has been read; None before the first time."""
    known = account.position
    return Position(known["uidvalidity"], known["last_uid"]) if known else None


def _server(account: Account, part: str, timeout: float) -> Server:
    settings, sealed = account.settings, account.secrets.get(f"{part}_password", "")
    return Server(
        host=settings[f"{part}_host"],
        port=int(settings[f"{part}_port"]),
        security=Security(settings.get(f"{part}_security", "ssl")),
        username=settings.get(f"{part}_user", ""),
        password=unseal(sealed) if sealed else "",
        timeout=timeout,
        verify=bool(settings.get(f"{part}_verify", True)),
    )
