"""What a message fetched from WeCom's customer service says, which of them count, and what its codes mean.

Facts: developer.work.weixin.qq.com, documents 94670 (receiving) and 94677 (sending).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from shouwen.channels.vendors.wechat.rules import Words

CUSTOMER = 3  # `origin` of what a customer wrote; 4 is the platform, 5 a colleague in WeCom's own window
WELCOME_WITHIN = timedelta(seconds=20)
BAD_CURSOR_TOKEN = 95007  # the token of a callback, good for ten minutes, is not any more

_FAILED = {4: "out_of_window", 5: "session_over", 6: "quota_used", 10: "turned_away"}
_EVENTS = ("msg_send_fail", "user_recall_msg")


def part(message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An inner object of the message; empty when it is none."""
    found = message.get(name)
    return found if isinstance(found, dict) else {}


def text(values: Mapping[str, Any], name: str) -> str:
    found = values.get(name)
    return str(found) if isinstance(found, str | int | float) else ""


def said_at(message: Mapping[str, Any]) -> datetime | None:
    """When it was sent; None when it does not say."""
    stamp = message.get("send_time")
    if not isinstance(stamp, int) or not 0 < stamp < 10**10:
        return None
    return datetime.fromtimestamp(stamp, UTC)


def event_of(message: Mapping[str, Any]) -> str:
    return text(part(message, "event"), "event_type") if message.get("msgtype") == "event" else ""


def who(message: Mapping[str, Any]) -> str:
    """The customer's id on the platform."""
    return text(message, "external_userid") or text(part(message, "event"), "external_userid")


def counts(message: Mapping[str, Any]) -> bool:
    """Whether it is taken in: a customer's words, or what became of ours."""
    if not who(message) or not text(message, "msgid"):
        return False
    return message.get("origin") == CUSTOMER or event_of(message) in _EVENTS


def welcome_code(message: Mapping[str, Any], at: datetime) -> str:
    """With which a greeting may be sent to somebody who opened the window just now; "" when none may."""
    opened = said_at(message)
    if event_of(message) != "enter_session" or opened is None or at - opened > WELCOME_WITHIN:
        return ""
    return text(part(message, "event"), "welcome_code")


def words_of(message: Mapping[str, Any]) -> Words:
    sort = text(message, "msgtype")
    inner = part(message, sort)
    media = text(inner, "media_id")
    if sort == "text":
        return Words(sort, text(inner, "content"))
    if sort in ("image", "voice", "video", "file"):
        form = {"image": "jpg", "voice": "amr", "video": "mp4", "file": "bin"}[sort]
        return Words(sort, "", media, form)
    if sort == "location":
        where = f"{text(inner, 'latitude')}, {text(inner, 'longitude')}"
        return Words(sort, " ".join([text(inner, "name"), text(inner, "address"), f"({where})"]).strip())
    if sort == "link":
        return Words(sort, "\n".join(filter(None, (text(inner, one) for one in ("title", "desc", "url")))))
    if sort == "miniprogram":
        return Words("link", text(inner, "title"))
    return Words("other", sort)


def why_failed(message: Mapping[str, Any]) -> str:
    """The note for a message of ours that the platform took and did not bring to the customer."""
    code = part(message, "event").get("fail_type")
    return _FAILED.get(code, f"fail_type {code}") if isinstance(code, int) else ""
