"""Reads a year's official notice of holidays and make-up workdays, as JSON, CSV or the published text.

Every line becomes a day or a refused row with its reason; nothing is guessed silently. Doors: `read`, `decoded`.
"""

import codecs
import json
from collections.abc import Iterable

from shouwen.kernel.errors import N_, Invalid, Sentence
from shouwen.promises.rules.notice import prose, rows
from shouwen.promises.rules.notice.shape import Notice, NoticeDay, Raw, Refusal

__all__ = ["Notice", "NoticeDay", "Refusal", "decoded", "read"]

LONGEST = 100_000
MOST_DAYS = 200
"""A notice names some forty days; many more is another kind of file."""


def decoded(content: bytes) -> str:
    """The text of an uploaded file: UTF-8, UTF-16 with its mark, or GB18030 as Chinese programs write it."""
    if len(content) > LONGEST:
        raise Invalid(Sentence(N_("This is too long for a notice.")), field="file")
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for charset in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(charset).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise Invalid(Sentence(N_("This is no text file: save the notice as text or CSV.")), field="file")


def read(text: str, year: int) -> Notice:
    """The days a notice names for `year`. Invalid (field `text`) when nothing in it can be read at all."""
    said = text.strip().lstrip("\ufeff")
    if not said:
        raise Invalid(Sentence(N_("Paste the notice here.")), field="text")
    if len(said) > LONGEST:
        raise Invalid(Sentence(N_("This is too long for a notice.")), field="text")
    found, refused = sort_out(_raw(said, year), year)
    if not found and not refused:
        raise Invalid(Sentence(N_("No day could be read from this.")), field="text")
    if len(found) > MOST_DAYS:
        raise Invalid(Sentence(N_("This names too many days for one year.")), field="text")
    return Notice(year, tuple(found), tuple(refused))


def _raw(said: str, year: int) -> Iterable[Raw]:
    if said[0] in "[{":
        try:
            return rows.from_json(json.loads(said))
        except (json.JSONDecodeError, RecursionError):
            raise Invalid(
                Sentence(N_("This looks like JSON but cannot be read as it.")), field="text"
            ) from None
    if prose.looks_like(said):
        return prose.days(said, year)
    return rows.from_lines(said)


def sort_out(raw: Iterable[Raw], year: int) -> tuple[list[NoticeDay], list[Refusal]]:
    """Days of the year, each once; what contradicts itself or lies outside is refused with its reason."""
    days: dict[object, NoticeDay] = {}
    refused: list[Refusal] = []
    for item in raw:
        reason = item.refused or _fault(item, year)
        if reason or item.day is None:
            refused.append(Refusal(item.source, reason or Sentence(N_("No date was found here."))))
            continue
        before = days.get(item.day.date)
        if before is None:
            days[item.day.date] = item.day
        elif before.kind != item.day.kind:
            sentence = Sentence(N_("This day is already in the list as the other kind."))
            refused.append(Refusal(item.source, sentence))
    return sorted(days.values(), key=lambda day: day.date), refused


def _fault(item: Raw, year: int) -> Sentence | None:
    day = item.day
    if day is None:
        return None
    if day.date.year != year:
        return Sentence(N_("%(date)s is not in %(year)s."), {"date": day.date.isoformat(), "year": year})
    if item.weekday is not None and day.date.weekday() != item.weekday:
        return Sentence(
            N_("%(date)s is another day of the week than it says."), {"date": day.date.isoformat()}
        )
    if day.kind == "workday" and day.date.weekday() < 5:
        sentence = N_("%(date)s is an ordinary weekday and needs no make-up work.")
        return Sentence(sentence, {"date": day.date.isoformat()})
    return None
