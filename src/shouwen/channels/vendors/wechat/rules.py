"""What a WeChat message says in words, when an answer may be written, and what the platform's error codes mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

from shouwen.channels.rules import PERMANENT, TEMPORARY

MOST_BYTES = 2048  # of one text, by the platform's documentation
# After a customer's message: so long, and so many answers. Each message of theirs begins anew.
WINDOW = timedelta(hours=48)
MOST_ANSWERS = 5
ACKNOWLEDGE_AGAIN = timedelta(hours=12)

CLOSED = frozenset({45015, 45047})  # no answer as a customer-service message any more
EXPIRED = frozenset({40001, 40014, 42001})  # the access token is not, or no longer, good
_LATER = frozenset({-1, 45009, 45011, 45033, 40164, 6000, 50002})
_MEANINGS = {
    40003: "unknown_user",
    43004: "not_following",
    45002: "too_long",
    45015: "out_of_window",
    45047: "quota_used",
    45009: "rate_limit",
    40164: "ip_not_listed",
    81013: "unknown_user",
    40037: "no_template",
    47003: "template_fields",
    43101: "not_subscribed",
    95001: "quota_used",
    95018: "session_elsewhere",
}


class NoXml(Exception):
    """The body is nothing that the platform sends."""


def fields_of(xml: str) -> dict[str, str]:
    """The fields of a callback; nested ones by their own name. No document types: nothing is expanded."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise NoXml
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - entities were refused above
    except ElementTree.ParseError:
        raise NoXml from None
    return {child.tag: (child.text or "").strip() for child in root.iter() if child is not root}


def name_of(fields: Mapping[str, str]) -> str:
    """By what a callback is known again: its message id, or who did what in which second."""
    if fields.get("MsgId"):
        return f"msg:{fields['MsgId']}"
    parts = (fields.get(part, "") for part in ("FromUserName", "CreateTime", "MsgType", "Event", "EventKey"))
    return "event:" + ":".join(parts)


@dataclass(frozen=True)
class Words:
    """A message in words. `sort` names what came: text, image, voice, …; `media` is fetched later."""

    sort: str
    text: str
    media: str = ""
    form: str = ""


def words_of(fields: Mapping[str, str]) -> Words:
    """What a message of a customer says; of a picture or a voice only what it is, `text` may then be empty."""
    sort = fields.get("MsgType", "")
    media = fields.get("MediaId", "")
    if sort == "text":
        return Words(sort, fields.get("Content", ""))
    if sort == "voice":
        return Words(sort, fields.get("Recognition", ""), media, fields.get("Format", "") or "amr")
    if sort == "image":
        return Words(sort, "", media, "jpg")
    if sort in ("video", "shortvideo"):
        return Words("video", "", media, "mp4")
    if sort == "location":
        where = f"{fields.get('Location_X', '')}, {fields.get('Location_Y', '')}"
        return Words(sort, f"{fields.get('Label', '')} ({where})".strip())
    if sort == "link":
        parts = (fields.get(part, "") for part in ("Title", "Description", "Url"))
        return Words(sort, "\n".join(part for part in parts if part))
    return Words("other", sort)


@dataclass(frozen=True)
class Window:
    """Until when an answer may be written and how many more; `why` it may not: "", never, over or used."""

    until: datetime | None
    left: int
    why: str = ""


def window(last_in_at: datetime | None, sent_since: int, at: datetime) -> Window:
    if last_in_at is None:
        return Window(None, 0, "never")
    until = last_in_at + WINDOW
    if at > until:
        return Window(until, 0, "over")
    left = max(0, MOST_ANSWERS - sent_since)
    return Window(until, left, "" if left else "used")


def failure(code: int, said: str) -> tuple[str, str]:
    """Outcome and note for an error code of the platform."""
    result = TEMPORARY if code in _LATER or code in EXPIRED else PERMANENT
    key = _MEANINGS.get(code, "temporary" if result == TEMPORARY else "permanent")
    return result, f"{key}: {code} {said}"[:300]


def pairs(values: Mapping[str, Any]) -> str:
    """The fields as XML text in CDATA, the way the platform writes them."""
    parts = (
        f"<{name}><![CDATA[{str(v).replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
        for name, v in values.items()
    )
    return f"<xml>{''.join(parts)}</xml>"
