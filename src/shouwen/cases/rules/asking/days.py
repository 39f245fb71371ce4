"""Days as people write them, as a span from the first day to the one after the last."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

YEARS = range(1970, 2200)
_SIGNS = {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "＞=": ">=", "＜=": "<=", "=": "", "＝": ""}
_WHOLE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_LAST = re.compile(r"(?:最近|近|last-?)?(\d{1,3})\s*(?:天|日|d|days?)", re.IGNORECASE)
_SIGN = re.compile(r"(>=|<=|＞=|＜=|[><≥≤＞＜=＝])")


@dataclass(frozen=True)
class Span:
    """From `since` on and before `until`; None is open."""

    since: date | None
    until: date | None


def span(text: str, words: dict[str, str], today: date) -> Span | None:
    """`>2026-11-01` (after that day), `>=`, `<`, `<=`, a day, a month, `2026-11-01..2026-11-05`, `7天`, and the
    words of `words` (by what is said, the code). None when it is none of these."""
    sign = _SIGN.match(text)
    if sign is not None:
        whole = _plain(text[sign.end() :], words, today)
        return _signed(_SIGNS.get(sign[1], sign[1]), whole) if whole else None
    first, dots, last = (
        part.strip() for part in re.sub(r"\.\.\.?|~|～|至", "…", text, count=1).partition("…")
    )
    if not dots:
        return _plain(text, words, today)
    began, ended = (_plain(part, words, today) if part else Span(None, None) for part in (first, last))
    if began is None or ended is None or not (first or last):
        return None
    return Span(began.since, ended.until)


def _signed(sign: str, whole: Span) -> Span:
    if sign == ">":
        return Span(whole.until, None)
    if sign == ">=":
        return Span(whole.since, None)
    if sign == "<":
        return Span(None, whole.since)
    return Span(None, whole.until) if sign == "<=" else whole


def _plain(text: str, words: dict[str, str], today: date) -> Span | None:
    said = text.strip().casefold()
    if said in words:
        return _spoken(words[said], today)
    if found := _WHOLE.fullmatch(said):
        return _one(*(int(part) for part in found.groups()))
    if found := _MONTH.fullmatch(said):
        return _month(int(found[1]), int(found[2]))
    if found := _DAY.fullmatch(said):
        return _one(today.year, int(found[1]), int(found[2]))
    if found := _LAST.fullmatch(said):
        return Span(today - timedelta(days=int(found[1]) - 1), today + timedelta(days=1))
    return None


def _one(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found + timedelta(days=1)) if year in YEARS else None


def _month(year: int, month: int) -> Span | None:
    first = _one(year, month, 1)
    if first is None or first.since is None:
        return None
    return Span(first.since, date(year + month // 12, month % 12 + 1, 1))


def _spoken(word: str, today: date) -> Span:
    day, monday = timedelta(days=1), today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    spans = {
        "today": (today, today + day),
        "yesterday": (today - day, today),
        "tomorrow": (today + day, today + 2 * day),
        "week": (monday, monday + 7 * day),
        "last-week": (monday - 7 * day, monday),
        "month": (month, (month + 31 * day).replace(day=1)),
        "last-month": ((month - day).replace(day=1), month),
        "year": (date(today.year, 1, 1), date(today.year + 1, 1, 1)),
    }
    return Span(*spans[word])
