"""The built-in mail server that takes mail in: on when an organisation switches it on, for mailboxes set to it."""

import threading
from collections.abc import Sequence

import structlog
from django.db import close_old_connections, connection

from shouwen.channels import preferences, queries
from shouwen.channels.models import Account
from shouwen.channels.vendors.email.arriving import import_raw
from shouwen.channels.vendors.email.servers import MOST_BYTES
from shouwen.platform.access import SYSTEM, now
from shouwen.platform.mail.inlet import Inlet, Taken
from shouwen.platform.preferences import get

log = structlog.get_logger(__name__)
LOOK_SECONDS = 5.0  # how soon a changed setting takes effect
STOP_SECONDS = 10.0

_stop = threading.Event()
_keeper: threading.Thread | None = None
Wish = tuple[str, str, int]  # protocol, host, port


def start() -> None:
    global _keeper  # noqa: PLW0603
    _stop.clear()
    _keeper = threading.Thread(target=_keep, name="mail-inlet", daemon=True)
    _keeper.start()


def stop() -> None:
    _stop.set()
    if _keeper is not None:
        _keeper.join(STOP_SECONDS)


def listener(host: str, port: int, protocol: str) -> Inlet:
    """The server, not yet started."""
    kind = "lmtp" if protocol == "lmtp" else "smtp"
    return Inlet(host, port, kind, accept, MOST_BYTES, wanted=wanted)  # type: ignore[arg-type]


def accept(raw: bytes, sender: str, recipients: Sequence[str]) -> Taken:
    """Store a mail handed to us; 250 is said only after that. It knows its envelope by a Return-Path line."""
    close_old_connections()
    known = queries.inlet_accounts("email")
    account = next((known[r.lower()] for r in recipients if r.lower() in known), None)
    envelope = f"Return-Path: <{sender}>\r\n".encode("utf-8", "replace")
    import_raw(envelope + raw, source=f"inlet:{sender}", account=account, at=now(), by=SYSTEM)
    return Taken.STORED


def wanted(address: str) -> bool:
    """Whether we take mail for an address; nothing is relayed."""
    close_old_connections()
    account: Account | None = queries.inlet_accounts("email").get(address.lower())
    return account is not None and account.settings.get("receive") == "inlet"


def _wish() -> Wish | None:
    protocol = str(get(preferences.INLET_PROTOCOL))
    if protocol == "off":
        return None
    return protocol, str(get(preferences.INLET_HOST)), int(get(preferences.INLET_PORT))


def _keep() -> None:
    """Listen as the organisation wishes, until told to stop."""
    running: Inlet | None = None
    now_so: Wish | None = None
    while not _stop.is_set():
        try:
            close_old_connections()
            wish = _wish()
            if wish != now_so:
                if running is not None:
                    running.stop()
                running, now_so = _listening(wish), wish
        except Exception:
            log.exception("the mail inlet could not be opened")
            running = None
        _stop.wait(LOOK_SECONDS)
    if running is not None:
        running.stop()
    connection.close()


def _listening(wish: Wish | None) -> Inlet | None:
    if wish is None:
        return None
    protocol, host, port = wish
    made = listener(host, port, protocol)
    made.start()
    log.info("the mail inlet listens", protocol=protocol, host=host, port=port)
    return made
