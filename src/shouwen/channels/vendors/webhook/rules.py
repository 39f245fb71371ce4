"""What a webhook may say. Everything wrong is named at once, so that who connects a system sees it in one answer."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from shouwen.channels.callbacks import MESSAGE, REPORT, Loose
from shouwen.kernel.errors import N_, Invalid, Sentence

MOST_ID, MOST_TITLE, MOST_TEXT, MOST_NAME = 200, 300, 50_000, 120
MOST_FILES = 10
MOST_FILE_BYTES = 10 * 1024 * 1024
MOST_ALL_BYTES = 20 * 1024 * 1024
MOST_BYTES = 30 * 1024 * 1024  # of the whole request: base64 takes a third more
PING = "ping"


@dataclass(frozen=True)
class Sender:
    """`key` is what joins their messages: their id with you, else their number or address."""

    key: str
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Post:
    """A webhook's body, checked. `links` are files to be fetched later: (name, address)."""

    sort: str
    id: str
    sender: Sender = Sender("")
    title: str = ""
    text: str = ""
    files: tuple[Loose, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    message: str = ""
    delivered: bool = True
    detail: str = ""


def parse(body: bytes) -> Post:
    """The body of a webhook; Invalid names every wrong field, `body` when it is no JSON object."""
    try:
        given = json.loads(body)
    except ValueError:
        raise Invalid(Sentence(N_("The body is not JSON.")), field="body") from None
    if not isinstance(given, dict):
        raise Invalid(Sentence(N_("The body is not a JSON object.")), field="body")
    errors: dict[str, Any] = {}
    sort = _text(given, "type", 20, errors) or MESSAGE
    if sort not in (MESSAGE, REPORT, PING):
        errors["type"] = Sentence(N_("Choose one of the listed values."))
    name = _text(given, "id", MOST_ID, errors)
    if not name:
        errors.setdefault("id", Sentence(N_("This is needed.")))
    post = _report(given, name, errors) if sort == REPORT else Post(sort, name)
    if sort == MESSAGE:
        post = _message(given, name, errors)
    if errors:
        raise Invalid(Sentence(N_("Please look at the marked fields.")), errors=errors)
    return post


def _message(given: dict[str, Any], name: str, errors: dict[str, Any]) -> Post:
    text = _text(given, "text", MOST_TEXT, errors)
    files, links = _attachments(given.get("attachments"), errors)
    if not text and not files and not links:
        errors.setdefault("text", Sentence(N_("This is needed.")))
    return Post(
        MESSAGE,
        name,
        sender=_sender(given.get("sender"), errors),
        title=_text(given, "title", MOST_TITLE, errors),
        text=text,
        files=files,
        links=links,
    )


def _report(given: dict[str, Any], name: str, errors: dict[str, Any]) -> Post:
    status = _text(given, "status", 20, errors)
    if status not in ("delivered", "failed"):
        errors["status"] = Sentence(N_("Choose one of the listed values."))
    message = _text(given, "message", MOST_ID, errors)
    if not message:
        errors.setdefault("message", Sentence(N_("This is needed.")))
    detail = _text(given, "detail", 300, errors)
    return Post(REPORT, name, message=message, delivered=status == "delivered", detail=detail)


def _sender(given: Any, errors: dict[str, Any]) -> Sender:
    if not isinstance(given, dict):
        errors["sender"] = Sentence(N_("Say who wrote: an id, a phone number or a mail address."))
        return Sender("")
    found = {
        part: _text(given, part, MOST_NAME, errors, f"sender.{part}")
        for part in ("id", "name", "phone", "email")
    }
    key = found["id"] or found["phone"] or found["email"]
    if not key and not any(field.startswith("sender.") for field in errors):
        errors["sender"] = Sentence(N_("Say who wrote: an id, a phone number or a mail address."))
    return Sender(key, found["name"], found["phone"], found["email"])


def _attachments(given: Any, errors: dict[str, Any]) -> tuple[tuple[Loose, ...], tuple[tuple[str, str], ...]]:
    if given in (None, []):
        return (), ()
    if not isinstance(given, list) or len(given) > MOST_FILES:
        errors["attachments"] = Sentence(N_("At most 10 files can be attached."))
        return (), ()
    files: list[Loose] = []
    links: list[tuple[str, str]] = []
    for number, item in enumerate(given):
        field = f"attachments.{number}"
        one = item if isinstance(item, dict) else {}
        name = _text(one, "name", 200, errors, field)
        link = _text(one, "url", 2000, errors, field)
        if link:
            links.append((name, link))
        elif isinstance(one.get("content"), str):
            files += _decoded(name, one["content"], field, errors)
        else:
            errors[field] = Sentence(N_("Give a file as “content” in base64 or as “url”."))
    if sum(len(one.content) for one in files) > MOST_ALL_BYTES:
        errors["attachments"] = Sentence(N_("All files together may have at most 20 MB."))
    return tuple(files), tuple(links)


def _decoded(name: str, content: str, field: str, errors: dict[str, Any]) -> list[Loose]:
    try:
        read = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        errors[field] = Sentence(N_("This is not base64."))
        return []
    if len(read) > MOST_FILE_BYTES:
        errors[field] = Sentence(N_("A file may have at most 10 MB."))
        return []
    if not read:
        errors[field] = Sentence(N_("The file is empty."))
    return [Loose(name, read)]


def _text(given: dict[str, Any], name: str, most: int, errors: dict[str, Any], field: str = "") -> str:
    value = given.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        errors[field or name] = Sentence(N_("This is not a text."))
        return ""
    if len(value) > most:
        errors[field or name] = Sentence(N_("This is too long."))
    return value.strip()[:most]
