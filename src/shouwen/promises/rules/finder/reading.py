"""From text to promises: times are found, each gets its stretch of the sentence, and the words
around it decide."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from . import judging_en, judging_zh, times_en, times_zh
from .clauses import Sentence, plain, sentences
from .days import Days
from .deeds import what
from .dues import due
from .shape import Around, Day, FoundPromise, Said, Verdict

if TYPE_CHECKING:
    from shouwen.kernel.worktime import Calendar

LONGEST_TEXT = 20_000
MOST_TIMES = 20
NEAR = 400
"""Per sentence, and how many characters around a time are read: nobody writes more, and it keeps
reading linear."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_RANGE = re.compile(r"\s*(?:[至到~～—–-]|through|to)\s*$")
_SAME_DAY = re.compile(r"当[天日晚]")
_OF_A_STORY = re.compile(r"第二天|次日|当[天日晚]")
_LETTERS = re.compile(r"[\u3400-\u9fffA-Za-z]")


@dataclass(frozen=True)
class Stretch:
    """The part of a sentence that belongs to one time."""

    said: Said
    start: int
    end: int
    chinese: bool


@dataclass(frozen=True)
class Reading:
    """One text being read: as it was written, as the patterns see it, when it was said and by what days."""

    text: str
    readable: str
    at: datetime
    days: Days


def find(
    text: str, at: datetime, calendar: "Calendar | None", zone: tzinfo, *, customers: bool = False
) -> list[FoundPromise]:
    """The promises in `text`, said at `at` (aware), in the order of the text.

    Due times are aware in `zone`. Without a calendar working days are Monday to Friday, nine to six.
    `customers=True` adds what the customer is to do by a time, as `who="customer"`. Only the first 20 000
    characters are read. Never raises for any text.
    """
    days = Days(calendar, zone)
    readable = plain(text[:LONGEST_TEXT])
    said_here = Reading(text, readable, at, days)
    found: list[FoundPromise] = []
    for sentence in sentences(readable):
        for stretch in _stretches(sentence):
            promise = _promise(said_here, sentence, stretch)
            if promise and (customers or promise.who == "we"):
                found.append(promise)
    return found


def _promise(reading: Reading, sentence: Sentence, stretch: Stretch) -> FoundPromise | None:
    text, readable, at, days = reading.text, reading.readable, reading.at, reading.days
    said = stretch.said
    falls = due(said, at, days)
    if falls is None:
        return None
    near = said.span is not None or falls.at.date() == at.astimezone(days.zone).date()
    around = Around(
        before=readable[stretch.start : said.start], after=readable[said.end : stretch.end],
        earlier=readable[max(sentence.start, stretch.start - NEAR) : stretch.start],
        later=readable[stretch.end : min(sentence.end, stretch.end + NEAR)],
        asks=sentence.asks, near=near, loose=_is_loose(said, readable),
    )  # fmt: skip
    verdict: Verdict = judging_zh.judge(around) if stretch.chinese else judging_en.judge(around)
    if verdict == "no":
        return None
    return FoundPromise(
        start=stretch.start, end=stretch.end, quoted=text[stretch.start : stretch.end],
        what=what(around.before, around.after, chinese=stretch.chinese), due=falls.at, sort=falls.sort,
        certain=falls.certain and verdict != "hedged", who="customer" if verdict == "customer" else "we",
        outside_hours=days.is_outside(falls.at),
    )  # fmt: skip


def _is_loose(said: Said, words: str) -> bool:
    if said.span is not None or said.clock is not None:
        return False
    return said.day is None or bool(_OF_A_STORY.search(words, said.start, said.end))


def _times(sentence: Sentence) -> list[Said]:
    """The times of one sentence in order; where two overlap, a length wins, then the longer one."""
    words, shift = sentence.text, sentence.start
    english = bool(_LATIN.search(words))
    found: list[tuple[int, Said]] = []
    if not english or _CHINESE.search(words):
        found += [(0, said) for said in times_zh.lengths(words)]
        found += [(1, said) for said in times_zh.points(words)]
    if english:
        found += [(0, said) for said in times_en.lengths(words)]
        found += [(1, said) for said in times_en.points(words)]
    found.sort(key=lambda pair: (pair[0], pair[1].start - pair[1].end))
    kept: list[Said] = []
    for _, said in found:
        if all(said.end <= other.start or other.end <= said.start for other in kept):
            kept.append(said)
    kept.sort(key=lambda said: said.start)
    return [_shifted(said, shift) for said in _same_day(_without_ranges(kept[:MOST_TIMES], words), words)]


def _shifted(said: Said, by: int) -> Said:
    return replace(said, start=said.start + by, end=said.end + by)


def _same_day(times: Iterable[Said], words: str) -> Iterator[Said]:
    """明早八点半出发，大概十点到: a time of day without its own day, and 当天, is on the day named before it."""
    day: Day | None = None
    for said in times:
        if day is not None and _SAME_DAY.search(words, said.start, said.end):
            yield replace(said, day=day)
            continue
        if said.day is not None:
            day = said.day if said.day.sort in {"offset", "weekday", "date"} else None
        elif said.span is None and day is not None:
            yield replace(said, day=day)
            continue
        yield said


def _without_ranges(times: Sequence[Said], words: str) -> Iterator[Said]:
    """'Monday to Friday' is no due time; of 'tomorrow to Friday' the end counts."""
    skip = -1
    for n, said in enumerate(times):
        if n == skip:
            continue
        following = times[n + 1] if n + 1 < len(times) else None
        if following and _RANGE.fullmatch(words[said.end : following.start]):
            if said.day and said.day.sort == "weekday" and said.clock is None:
                skip = n + 1
            continue
        yield said


def _stretches(sentence: Sentence) -> Iterator[Stretch]:
    times = _times(sentence)
    begins = sentence.start
    for n, said in enumerate(times):
        first = next(
            k
            for k, clause in enumerate(sentence.clauses)
            if said.start < clause.end or clause is sentence.clauses[-1]
        )
        last = next(
            (k for k, clause in enumerate(sentence.clauses) if said.end <= clause.end),
            len(sentence.clauses) - 1,
        )
        clauses = sentence.clauses
        limit = times[n + 1].start if n + 1 < len(times) else sentence.end
        start, end = max(begins, clauses[first].start), min(max(clauses[last].end, said.end), limit)
        start = min(start, said.start)
        while start < said.start and sentence.text[start - sentence.start].isspace():
            start += 1
        chinese = bool(_CHINESE.search(clauses[first].text))
        deed = judging_zh.has_deed if chinese else judging_en.has_deed
        words = sentence.text[start - sentence.start : end - sentence.start]
        without = words.replace(sentence.text[said.start - sentence.start : said.end - sentence.start], "", 1)
        if not deed(without):
            if last + 1 < len(clauses) and clauses[last + 1].end <= limit and _leads_on(without):
                end = clauses[last + 1].end
            elif first > 0 and clauses[first - 1].start >= begins:
                start = clauses[first - 1].start
        elif n + 1 < len(times) and end == limit:
            end = _cut_back(sentence, said.end, end)
        yield Stretch(said, start, end, chinese)
        if deed(sentence.text[start - sentence.start : end - sentence.start]):
            begins = end


def _cut_back(sentence: Sentence, least: int, end: int) -> int:
    """Two promises in one clause part at the joining word: 给您答复|并在三天内寄出."""
    words = sentence.text[least - sentence.start : end - sentence.start]
    found = list(re.finditer(r"并且?|而且|同时|然后|且|再|\s+and\s+|\s+then\s+", words))
    return least + found[-1].start() if found else end


def _leads_on(words: str) -> bool:
    """Nothing but a subject or small words stands with the time, so the deed is in the next clause."""
    return len(_LETTERS.findall(words)) <= 8 or bool(re.fullmatch(r"[\s\w']{0,30}", words))
