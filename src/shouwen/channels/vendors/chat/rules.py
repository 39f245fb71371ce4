"""What a chat may be set to, what a visitor may send, who waits how long. Plain values; times are passed in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from shouwen.kernel.errors import N_, Invalid, Refused, Sentence

MOST_TEXT = 4_000  # characters of one message; a longer story fits into a file
MOST_FILES = 5  # with one message
MOST_FILE_BYTES = 10 * 1024 * 1024
MOST_SITES = 20
NO_PROGRAMS = frozenset({"application/x-msdownload", "application/x-executable"})
TOKEN_DAYS = 30  # a returning visitor finds the chat again for so long
CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
COLOUR = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.ASCII)
LANGUAGES = ("zh-hans", "en")
ASKED = ("name", "email", "phone", "matter")
ASKS = ("off", "optional", "required")
LIMITS = {"name": 80, "email": 254, "phone": 40, "matter": 200}
SIDES = ("right", "left")

# How often, per minute (a session: per hour and network). A quick writer sends some twenty messages a minute.
RATES = {"session": 120, "say": 30, "file": 10, "mark": 120, "address": 5}
SESSION_SECONDS = 3600

BEAT = timedelta(seconds=30)  # how often open windows are written down
HERE = timedelta(seconds=75)  # two beats and a little: a server that was killed leaves nobody here for ever
LEFT_AFTER = timedelta(minutes=3)  # a page change or a lift takes less
UNUSED_AFTER = timedelta(days=1)  # a window that was opened and never written in
OFFER_AGAIN = timedelta(seconds=45)

LEAST_WAITS = 5  # measured waits below which we do not know
AS_USUAL = 40  # waits looked at


@dataclass(frozen=True)
class Visitor:
    """What the form before the chat asked."""

    name: str = ""
    email: str = ""
    phone: str = ""
    matter: str = ""


def settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of a chat, checked; Invalid names every field that is wrong."""
    errors: dict[str, Any] = {}
    found: dict[str, Any] = {
        "sites": _sites(str(values.get("sites", "")), errors),
        "colour": _fits(COLOUR, values, "colour", "#0f6b5c", errors, N_("Give a colour such as #0f6b5c.")),
        "from": _fits(CLOCK, values, "from", "", errors, N_("Give a time such as 09:00.")),
        "to": _fits(CLOCK, values, "to", "", errors, N_("Give a time such as 09:00.")),
        "days": sorted({day for day in values.get("days", ()) if day in tuple("1234567")}),
        "side": values.get("side") if values.get("side") in SIDES else SIDES[0],
        "skill": str(values.get("skill", "")),
        "at_once": _at_once(values.get("at_once"), errors),
    }
    for name in ("title", "greeting", "away"):
        found[name] = str(values.get(name, "")).strip()
        if len(found[name]) > 300:
            errors[name] = Sentence(N_("This is too long."))
    for name in ASKED:
        found[f"ask_{name}"] = values.get(f"ask_{name}") if values.get(f"ask_{name}") in ASKS else "off"
    if bool(found["from"]) != bool(found["to"]):
        errors.setdefault("to", Sentence(N_("Give both times, or none.")))
    elif found["from"] and found["from"] >= found["to"]:
        errors.setdefault("to", Sentence(N_("The end must lie after the beginning.")))
    if errors:
        raise Invalid(Sentence(N_("Please correct the marked fields.")), errors=errors)
    return found


def _fits(
    pattern: re.Pattern[str],
    values: Mapping[str, Any],
    name: str,
    usual: str,
    errors: dict[str, Any],
    said: str,
) -> str:
    value = str(values.get(name, "")).strip() or usual
    if value and not pattern.fullmatch(value):
        errors[name] = Sentence(said)
    return value.lower() if pattern is COLOUR else value


def _at_once(value: Any, errors: dict[str, Any]) -> int:
    number = value if isinstance(value, int) else 3
    if not 1 <= number <= 20:
        errors["at_once"] = Sentence(N_("Between 1 and 20 chats at once."))
    return number


def _sites(text: str, errors: dict[str, Any]) -> list[str]:
    found = [origin_of(line) for line in text.split() if line]
    if len(found) > MOST_SITES:
        errors["sites"] = Sentence(N_("At most %(most)s sites."), {"most": MOST_SITES})
    elif "" in found:
        errors["sites"] = Sentence(N_("Give each site as https://www.example.com, one a line."))
    return list(dict.fromkeys(found))


def origin_of(address: str) -> str:
    """The origin of an address as browsers write it ("https://shop.example.com:8443"); "" when it is none."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(shown) or parts.username is not None:
        return ""
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != usual else "")


def is_open(settings: Mapping[str, Any], local: datetime) -> bool:
    """Whether the set hours hold at `local`, in the organisation's own zone. No days or times: always."""
    days, begin, end = settings.get("days"), settings.get("from"), settings.get("to")
    if days and str(local.isoweekday()) not in days:
        return False
    return not (begin and end) or begin <= f"{local:%H:%M}" < end


def text(value: str, files: int) -> str:
    """What a visitor wrote. Something must be said or attached."""
    found = value.replace("\x00", "").replace("\r\n", "\n").strip().encode("utf-8", "replace").decode("utf-8")
    if not found and not files:
        raise Invalid(Sentence(N_("Write something first.")), field="text")
    if len(found) > MOST_TEXT:
        raise Invalid(Sentence(N_("At most %(most)s characters."), {"most": MOST_TEXT}), field="text")
    if files > MOST_FILES:
        raise Invalid(Sentence(N_("At most %(most)s files at once."), {"most": MOST_FILES}), field="files")
    return found


def client_id(value: str) -> str:
    if not CLIENT_ID.fullmatch(value):
        raise Invalid(Sentence(N_("Name the message with 8 to 64 letters or digits.")), field="client_id")
    return value


def visitor(given: Mapping[str, str], settings: Mapping[str, Any]) -> Visitor:
    """What the form asked for, and nothing it did not ask; Invalid names every field that is wrong."""
    errors: dict[str, Any] = {}
    found = dict.fromkeys(ASKED, "")
    for name in ASKED:
        ask = settings.get(f"ask_{name}", "off")
        value = " ".join(given.get(name, "").replace("\x00", "").split()) if ask != "off" else ""
        if not value and ask == "required":
            errors[name] = Sentence(N_("Fill this in."))
        if len(value) > LIMITS[name]:
            errors[name] = Sentence(N_("This is too long."))
        found[name] = value
    if found["email"] and not is_mail(found["email"]):
        errors["email"] = Sentence(N_("This is not an e-mail address."))
    if errors:
        raise Invalid(Sentence(N_("Please complete the form.")), errors=errors)
    return Visitor(**found)


def is_mail(value: str) -> bool:
    name, at, domain = value.rpartition("@")
    return bool(name and at and "." in domain.strip(".") and not re.search(r"[\s<>,;@]", name + domain))


def mail(value: str) -> str:
    found = value.strip()
    if len(found) > LIMITS["email"] or not is_mail(found):
        raise Invalid(Sentence(N_("This is not an e-mail address.")), field="email")
    return found


def may_pass(sort: str, before: int) -> bool:
    """Whether one more of these may pass after `before` in the same span."""
    return before < RATES[sort]


def no_program(kind: str) -> None:
    if kind in NO_PROGRAMS:
        raise Refused(Sentence(N_("Programs are not accepted.")), field="file")


def is_here(seen_at: datetime, gone_at: datetime | None, at: datetime) -> bool:
    return gone_at is None and at - seen_at <= HERE


def has_left(seen_at: datetime, gone_at: datetime | None, at: datetime) -> bool:
    return at - (gone_at or seen_at) > LEFT_AFTER


def waiting_seconds(measured: Sequence[tuple[int, float]], ahead: int, waited: float) -> int | None:
    """How much longer somebody with `ahead` before them probably waits, in seconds; None: we do not know.

    `measured` are (ahead at the beginning, seconds until taken) of others, the newest first. Those who began
    at least as far behind count; who has waited longer than half of them is told that we do not know, for
    then it is no usual wait.
    """
    alike = [seconds for before, seconds in measured if before >= ahead][:AS_USUAL]
    if len(alike) < LEAST_WAITS:
        return None
    left = median(alike) - waited
    return round(left) if left > 0 else None
