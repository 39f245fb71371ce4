"""A notice as rows: JSON in the usual shapes, or lines of `date, kind, name`."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from shouwen.kernel.errors import N_, Sentence
from shouwen.promises.rules.notice.shape import Kind, NoticeDay, Raw

KINDS: Final[dict[str, Kind]] = {
    "holiday": "holiday", "off": "holiday", "休": "holiday", "放假": "holiday", "假": "holiday",
    "休息": "holiday", "节假日": "holiday", "rest": "holiday", "false": "workday", "true": "holiday",
    "workday": "workday", "work": "workday", "班": "workday", "上班": "workday", "调休": "workday",
    "补班": "workday", "makeup": "workday", "make-up": "workday",
}  # fmt: skip
HEADINGS: Final = {"date", "day", "日期", "kind", "type", "类型", "name", "名称"}
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def read_date(text: str) -> date | None:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def from_lines(text: str) -> Iterator[Raw]:
    """Comma, tab or semicolon between the cells; a heading and lines beginning with # are passed over."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for number, line in enumerate(lines):
        mark = next((mark for mark in "\t;,，" if mark in line), ",")
        cells = [cell.strip() for cell in next(csv.reader([line], delimiter=mark))]
        if number == 0 and {cell.lower() for cell in cells} & HEADINGS:
            continue
        yield _row(line.strip()[:200], cells)


def _row(source: str, cells: list[str]) -> Raw:
    day = read_date(cells[0]) if cells else None
    if day is None:
        return Raw(source, refused=Sentence(N_("The first cell is not a date such as 2027-01-01.")))
    kind = next((KINDS[cell.lower()] for cell in cells[1:] if cell.lower() in KINDS), None)
    if kind is None:
        return Raw(source, refused=Sentence(N_("Say holiday or workday in the second cell.")))
    name = next((cell for cell in cells[1:] if cell and cell.lower() not in KINDS), "")
    return Raw(source, NoticeDay(day, kind, name[:80]))


def from_json(data: Any) -> Iterator[Raw]:
    """`{"holidays": […], "workdays": […]}`, `{"days": [{date, kind or isOffDay, name}]}` or such a list."""
    if isinstance(data, dict) and ("holidays" in data or "workdays" in data):
        for key in ("holidays", "workdays"):
            kind: Kind = "holiday" if key == "holidays" else "workday"
            for item in data.get(key) or []:
                yield _entry(item if isinstance(item, dict) else {"date": item}, kind)
        return
    items = data.get("days") if isinstance(data, dict) else data
    if not isinstance(items, list):
        yield Raw(str(data)[:200], refused=Sentence(N_("Expected a list of days.")))
        return
    for item in items:
        yield _entry(item if isinstance(item, dict) else {"date": item}, None)


def _entry(item: dict[str, Any], kind: Kind | None) -> Raw:
    source = str(item)[:200]
    day = read_date(str(item.get("date", "")))
    if day is None:
        return Raw(source, refused=Sentence(N_("No date was found here.")))
    said = kind or KINDS.get(str(item.get("kind", item.get("type", ""))).lower())
    if said is None and isinstance(item.get("isOffDay"), bool):
        said = "holiday" if item["isOffDay"] else "workday"
    if said is None:
        return Raw(source, refused=Sentence(N_("It does not say whether this is a holiday or a workday.")))
    return Raw(source, NoticeDay(day, said, str(item.get("name", ""))[:80]))
