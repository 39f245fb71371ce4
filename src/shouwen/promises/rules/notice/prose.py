"""A notice as it is published: "春节：2月15日（周日）至23日放假调休，共9天。2月14日（周六）上班。"

Read sentence by sentence: the words 放假 and 上班 say which kind, 至 makes a range, 、 lists days,
and a weekday in brackets is checked against the calendar. A sentence with a date that says neither
is refused, not passed over.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from shouwen.kernel.errors import N_, Sentence
from shouwen.promises.rules.notice.shape import Kind, NoticeDay, Raw

LONGEST_RANGE: Final = 15
_DAY = (
    r"(?:(?P<y{0}>\d{{4}})年)?(?:(?P<m{0}>\d{{1,2}})月)?(?P<d{0}>\d{{1,2}})日(?:[（(](?P<n{0}>[^）)]*)[）)])?"
)
_SPAN = re.compile(_DAY.format("a") + r"(?:\s*(?:至|到|—|－|-|~)\s*" + _DAY.format("b") + ")?")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_NAME = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?([^：:，。\d]{2,20})[：:]")
_ENDS = re.compile(r"[。；;\n]")
_HALVES = re.compile(r"(?<=放假)[，,、]|(?<=调休)[，,](?=\s*共?\s*\d)|(?<=上班)[，,]")


def looks_like(text: str) -> bool:
    return bool(re.search(r"\d{1,2}月\d{1,2}日", text)) and ("放假" in text or "上班" in text)


def days(text: str, year: int) -> Iterator[Raw]:
    name = ""
    for sentence in _ENDS.split(text):
        said = sentence.strip()
        heading = _NAME.match(said)
        if heading:
            name = heading[1].strip()
        for part in _HALVES.split(said):
            yield from _part(part.strip(), year, name)


def _part(part: str, year: int, name: str) -> Iterator[Raw]:
    kind: Kind | None = (
        "workday" if "上班" in part else "holiday" if re.search("放假|休息|补休", part) else None
    )
    month: int | None = None
    for found in _SPAN.finditer(part):
        if not (found["ma"] or month):
            continue
        month = int(found["ma"] or month or 0)
        if kind is None:
            sentence = Sentence(N_("It does not say whether this is a holiday or a workday."))
            yield Raw(found[0], refused=sentence)
            continue
        yield from _span(found, int(found["ya"] or year), month, kind, name)


def _span(found: re.Match[str], year: int, month: int, kind: Kind, name: str) -> Iterator[Raw]:
    first = _date(year, month, int(found["da"]))
    last = first
    if found["db"]:
        end_month = int(found["mb"] or month)
        last = _date(int(found["yb"] or (year + (end_month < month))), end_month, int(found["db"]))
    if first is None or last is None:
        yield Raw(found[0], refused=Sentence(N_("There is no such date.")))
        return
    if not first <= last < first + timedelta(days=LONGEST_RANGE):
        yield Raw(found[0], refused=Sentence(N_("This range is turned round or too long.")))
        return
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        note = found["na"] if day == first else found["nb"] if day == last else None
        yield Raw(found[0], NoticeDay(day, kind, name), _weekday(note))


def _weekday(note: str | None) -> int | None:
    found = _WEEKDAY.search(note or "")
    return "一二三四五六日天".index(found[1]) % 7 if found and found[1] != "天" else 6 if found else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
