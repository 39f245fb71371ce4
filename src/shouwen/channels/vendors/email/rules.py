"""What the settings of a mailbox must say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shouwen.kernel.errors import N_, Invalid, Sentence

RECEIVE = ("none", "imap", "inlet")
SEND = ("none", "smtp")
SECURITY = ("ssl", "starttls", "plain")
AFTER = ("seen", "move", "leave")
IMAP_PORTS = {"ssl": 993, "starttls": 143, "plain": 143}
SMTP_PORTS = {"ssl": 465, "starttls": 587, "plain": 25}
LEAST_POLL, MOST_POLL = 15, 3600  # seconds
MOST = 254


@dataclass(frozen=True)
class Mailbox:
    """The settings of a mailbox, checked."""

    address: str
    settings: dict[str, Any]
    secrets: dict[str, str]


def mailbox(values: Mapping[str, Any], known_secrets: frozenset[str] = frozenset()) -> Mailbox:
    """Check what was typed; Invalid names every wrong field at once.

    A password left empty keeps the one that is known; a server without user name needs none.
    """
    errors: dict[str, Any] = {}
    address = _text(values, "address").lower()
    if not _is_address(address):
        errors["address"] = Sentence(N_("Enter the e-mail address of the mailbox."))
    receive = _choice(values, "receive", RECEIVE, errors)
    send = _choice(values, "send", SEND, errors)
    settings: dict[str, Any] = {
        "receive": receive,
        "send": send,
        "from_name": _text(values, "from_name")[:80],
        "signature": str(values.get("signature") or "").strip()[:1000],
    }
    secrets: dict[str, str] = {}
    if receive == "imap":
        settings |= _server("imap", values, IMAP_PORTS, errors)
        settings["imap_folder"] = _text(values, "imap_folder") or "INBOX"
        settings["imap_after"] = _choice(values, "imap_after", AFTER, errors)
        settings["imap_move_to"] = _text(values, "imap_move_to")
        settings["poll_seconds"] = _number(
            values, "poll_seconds", errors, least=LEAST_POLL, most=MOST_POLL, default=60
        )
        if settings["imap_after"] == "move" and not settings["imap_move_to"]:
            errors["imap_move_to"] = Sentence(N_("Name the folder mails are moved to."))
        if not settings["imap_user"]:
            errors["imap_user"] = Sentence(N_("Enter the user name."))
        _secret("imap_password", values, secrets, errors, needed=True, known=known_secrets)
    if send == "smtp":
        settings |= _server("smtp", values, SMTP_PORTS, errors)
        _secret(
            "smtp_password", values, secrets, errors, needed=bool(settings["smtp_user"]), known=known_secrets
        )
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=errors)
    return Mailbox(address=address, settings=settings, secrets=secrets)


def _server(
    part: str, values: Mapping[str, Any], ports: dict[str, int], errors: dict[str, Any]
) -> dict[str, Any]:
    security = _choice(values, f"{part}_security", SECURITY, errors)
    host = _text(values, f"{part}_host")
    if not host or not host.isprintable() or any(one in host.strip("[]") for one in "/: "):
        errors[f"{part}_host"] = Sentence(N_("Enter the server's name, for instance mail.example.com."))
    return {
        f"{part}_security": security,
        f"{part}_host": host,
        f"{part}_port": _number(values, f"{part}_port", errors, least=1, most=65535, default=ports[security]),
        f"{part}_user": _text(values, f"{part}_user"),
        f"{part}_verify": values.get(f"{part}_verify") not in (False, "", "0", None),
    }


def _secret(
    name: str,
    values: Mapping[str, Any],
    secrets: dict[str, str],
    errors: dict[str, Any],
    *,
    needed: bool,
    known: frozenset[str],
) -> None:
    given = str(values.get(name) or "")
    if len(given) > 1000:
        errors[name] = Sentence(N_("This is too long."))
    elif given:
        secrets[name] = given
    elif needed and name not in known:
        errors[name] = Sentence(N_("Enter the password."))


def _text(values: Mapping[str, Any], name: str) -> str:
    return " ".join(str(values.get(name) or "").split())[:MOST]


def _choice(values: Mapping[str, Any], name: str, allowed: tuple[str, ...], errors: dict[str, Any]) -> str:
    value = _text(values, name) or allowed[0]
    if value not in allowed:
        errors[name] = Sentence(N_("Choose one of the listed values."))
        return allowed[0]
    return value


def _number(
    values: Mapping[str, Any], name: str, errors: dict[str, Any], *, least: int, most: int, default: int
) -> int:
    value = _text(values, name)
    if not value:
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        errors[name] = Sentence(
            N_("Enter a number from %(least)s to %(most)s."), {"least": least, "most": most}
        )
        return default
    return int(value)


def _is_address(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return bool(at and local and "." in domain.strip(".") and " " not in text and len(text) <= MOST) or (
        bool(at and local) and domain == "localhost"
    )
