"""From a request's plain values to a question for the reply check. Pure.

Browsers count UTF-16 units where Python counts characters; an emoji is two there and one here. Offsets are
turned at this border, so that an underline stands under its word.
"""

import json
from collections.abc import Mapping
from typing import Any, get_args

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.knowledge.rules.reply_check import Emotion, ReplyContext
from shouwen.knowledge.rules.reply_check.shape import Language

EMOTIONS: tuple[str, ...] = get_args(Emotion)
LANGUAGES: tuple[str, ...] = get_args(Language)


def from_json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise Invalid(Sentence(N_("Send an object in JSON.")), field="body")
    return values


def text_of(values: Mapping[str, Any]) -> str:
    text = values.get("text", "")
    if not isinstance(text, str):
        raise Invalid(Sentence(N_("The text to check is missing.")), field="text")
    return text


def context_of(values: Mapping[str, Any], *, text: str, utf16: bool = False) -> ReplyContext:
    """What is known about the reply. Every value may be missing; a wrong one is Invalid, naming its field."""
    emotion = str(values.get("customer_emotion") or "calm")
    language = str(values.get("language") or "auto")
    if emotion not in EMOTIONS:
        raise _unknown("customer_emotion")
    if language not in LANGUAGES:
        language = {"zh-hans": "zh", "en": "en"}.get(language, "")
        if not language:
            raise _unknown("language")
    spans = _spans(values.get("promise_spans"))
    if utf16:
        spans = [(from_utf16(text, start), from_utf16(text, end)) for start, end in spans]
    return ReplyContext(
        channel=str(values.get("channel") or "email")[:20],
        customer_name=str(values.get("customer_name") or "")[:120],
        customer_emotion=emotion,  # type: ignore[arg-type]  # checked above
        has_recorded_promise=_yes(values.get("has_recorded_promise")),
        promise_spans=spans,
        is_first_reply=_yes(values.get("is_first_reply")),
        language=language,  # type: ignore[arg-type]  # checked above
    )


def _yes(value: Any) -> bool:
    return value is True or str(value).lower() in {"1", "true", "on", "yes"}


def _spans(value: Any) -> list[tuple[int, int]]:
    """Pairs of offsets: [[3, 9]] in JSON, "3-9,12-20" in a form."""
    if not value:
        return []
    pairs = [part.split("-") for part in value.split(",")] if isinstance(value, str) else value
    try:
        return [(int(start), int(end)) for start, end in pairs][:200]
    except (TypeError, ValueError):
        raise _unknown("promise_spans") from None


def _unknown(field: str) -> Invalid:
    return Invalid(Sentence(N_("Choose one of the listed values.")), field=field)


def to_utf16(text: str, offset: int) -> int:
    head = text[:offset]
    return len(head) if head.isascii() else len(head.encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, offset: int) -> int:
    if text.isascii():
        return min(max(offset, 0), len(text))
    head = text.encode("utf-16-le", "surrogatepass")[: max(offset, 0) * 2]
    return len(head.decode("utf-16-le", "ignore"))


def insert_at(text: str, better: str, mended: str) -> int:
    """Where `better` went into `text` to make `mended` (both as the check's `apply` gives them)."""
    for at in range(len(text) + 1):
        if text[:at] != mended[:at]:
            break
        if text[:at] + better + text[at:] == mended:
            return at
    return 0
