"""Lists of complaints from elsewhere: which column means what, what a row says, which rows cannot be taken (CMP-9)."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from shouwen.kernel.errors import N_, Invalid, Sentence

FIELDS: Final = ("issue", "company", "product", "day", "outcome")
LONGEST: Final = 200
MOST_ROWS: Final = 500_000
# How columns are called elsewhere, in small letters.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "issue": (
        "issue",
        "complaint",
        "category",
        "reason",
        "subject",
        "投诉事项",
        "问题",
        "类别",
        "原因",
        "事由",
    ),
    "company": ("company", "brand", "provider", "branch", "公司", "单位", "品牌", "网点", "企业"),
    "product": ("product", "service", "产品", "业务", "服务"),
    "day": ("day", "date", "received", "date received", "日期", "投诉日期", "时间"),
    "outcome": ("outcome", "response", "result", "结果", "处理结果"),
}


@dataclass(frozen=True)
class Row:
    """One complaint of a list; `line` is where it stands in the file."""

    line: int
    issue: str
    company: str = ""
    product: str = ""
    day: date | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Refused:
    """A row that was not taken, and why."""

    line: int
    reason: Sentence


@dataclass(frozen=True)
class Bar:
    """A line of a Pareto: `share` and `running` (all up to here) in per cent."""

    label: str
    count: int
    share: float
    running: float
    key: str = ""


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else GB18030 as Chinese spreadsheets write it."""
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    raise Invalid(Sentence(N_("This is no text file: save the list as CSV.")), field="file")


def table(text: str) -> Iterator[list[str]]:
    """The rows of a CSV; commas, semicolons or tabs, whichever the first line has most of."""
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=mark)


def headers(text: str) -> list[str]:
    found = [name.strip() for name in next(table(text), [])]
    if not any(found):
        raise Invalid(Sentence(N_("The first line has to name the columns.")), field="file")
    return found


def guess(names: Sequence[str]) -> dict[str, str]:
    """Which column is probably meant by each field; fields without one are left out."""
    known = {name.lower(): name for name in names}
    found = {}
    for field, words in NAMES.items():
        column = next((known[called] for called in words if called in known), None)
        if column is not None:
            found[field] = column
    return found


def mapping_of(text: str) -> dict[str, str]:
    """Our field → its column, from a JSON object; empty for none."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise Invalid(Sentence(N_("A JSON object of field and column is expected.")), field="mapping")
    return found


def check_mapping(mapping: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """A field without a column is left out; the issue needs one."""
    wanted = {field: column for field, column in mapping.items() if column}
    for field, column in wanted.items():
        if field not in FIELDS:
            raise Invalid(Sentence(N_("There is no field “%(name)s”."), {"name": field[:40]}), field="map")
        if column not in names:
            raise Invalid(
                Sentence(N_("The file has no column “%(name)s”."), {"name": column[:40]}), field=field
            )
    if "issue" not in wanted:
        raise Invalid(Sentence(N_("Say which column says what was complained of.")), field="issue")
    return wanted


def read(text: str, mapping: Mapping[str, str]) -> tuple[list[Row], list[Refused]]:
    """All rows of the list, and those that cannot be taken."""
    names = headers(text)
    places = {field: names.index(column) for field, column in check_mapping(mapping, names).items()}
    rows: list[Row] = []
    refused: list[Refused] = []
    source = table(text)
    next(source)
    for line, cells in enumerate(source, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MOST_ROWS:
            raise Invalid(Sentence(N_("At most %(most)s rows."), {"most": MOST_ROWS}), field="file")
        taken = _row(line, cells, places, len(names))
        if isinstance(taken, Row):
            rows.append(taken)
        else:
            refused.append(taken)
    return rows, refused


def _row(line: int, cells: Sequence[str], places: Mapping[str, int], width: int) -> Row | Refused:
    if len(cells) > width:
        return Refused(line, Sentence(N_("more cells than columns")))
    said = {field: cells[place].strip() if place < len(cells) else "" for field, place in places.items()}
    if not said["issue"]:
        return Refused(line, Sentence(N_("nothing in the column of what was complained of")))
    if any(len(value) > LONGEST for value in said.values()):
        return Refused(line, Sentence(N_("a cell is longer than %(most)s characters"), {"most": LONGEST}))
    day = said.pop("day", "")
    found = _day(day)
    if day and found is None:
        return Refused(line, Sentence(N_("“%(text)s” is no date"), {"text": day[:40]}))
    return Row(line, day=found, **said)


def _day(text: str) -> date | None:
    """2015-03-31, 2015/3/31 or 3/31/2015."""
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers if len(parts[0]) == 4 else (numbers[2], numbers[0], numbers[1])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def pareto(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    """The largest first, ties by name; shares in per cent of all."""
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    total = sum(count for _label, count in ordered)
    found, running = [], 0
    for label, count in ordered:
        running += count
        found.append(Bar(label, count, 100 * count / total, 100 * running / total))
    return found


def vital_few(bars: Sequence[Bar], share: float = 80.0) -> int:
    """How many of the largest it takes to reach `share` per cent of all."""
    return next((number for number, bar in enumerate(bars, 1) if bar.running >= share), len(bars))


@dataclass(frozen=True)
class Shape:
    """How a list is spread: its rows, its kinds, the largest of them, how many make 80 per cent of all."""

    count: int
    kinds: int
    largest: Bar | None
    few: int


def shape(bars: Sequence[Bar]) -> Shape:
    return Shape(sum(bar.count for bar in bars), len(bars), bars[0] if bars else None, vital_few(bars))


@dataclass(frozen=True)
class Beside:
    """One kind in two lists: how often, and its share of each in per cent."""

    label: str
    count: int
    share: float
    other_count: int
    other_share: float

    @property
    def more(self) -> float:
        """By how many points its share is larger in the first."""
        return self.share - self.other_share


def beside(one: Sequence[Bar], other: Sequence[Bar]) -> list[Beside]:
    """Two Paretos by kind, the one with the largest share in either first; a kind that one lacks counts nothing."""
    first, second = {bar.label: bar for bar in one}, {bar.label: bar for bar in other}
    found = []
    for label in {**first, **second}:
        mine, theirs = first.get(label), second.get(label)
        found.append(
            Beside(
                label,
                mine.count if mine else 0,
                mine.share if mine else 0.0,
                theirs.count if theirs else 0,
                theirs.share if theirs else 0.0,
            )
        )
    return sorted(found, key=lambda pair: (-max(pair.share, pair.other_share), pair.label))
