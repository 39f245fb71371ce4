"""Measure the promise finder on its tables and write docs/promise-finder.md.

python tools/measure_finder.py            measure, print, write
python tools/measure_finder.py --check    fail when the page is not what would be written
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from shouwen.promises.rules.finder import find  # noqa: E402
from shouwen.promises.rules.finder.tests import later_tables, table  # noqa: E402
from shouwen.promises.rules.finder.tests.measuring import Tally, found_in, tally  # noqa: E402

PAGE = ROOT / "docs" / "promise-finder.md"

HEAD = """# The promise finder, measured

Written by `python tools/measure_finder.py`; do not edit by hand.

The finder reads a reply, Chinese or English, for promises with a due time ("10分钟内给您回电", "by tomorrow
noon"). A promise counts as found when its due time is right to the minute. *Precision* is the share of found
promises that are right, *recall* the share of promises in the text that were found.

**All sentences are our own.** They were made up by the people who made the rules, so the first table says that the
rules do what they are meant to do, not how the finder does on your mail. The later sets were each written when the
rules were settled, with harder and more natural sentences; what the finder made of them *at first sight* is the nearest
we have to an honest figure. Afterwards the rules were widened for what had been missed. Measure on your own
replies before you rely on it, and keep the chip a suggestion that a person confirms.

"""

TAIL = """
## How a time becomes a due time

- Minutes and hours are real elapsed time; the chip says when the result falls outside working hours.
- Days, weeks and months end with the working hours of their last day; *N working days* end at the close of the Nth open
  day after today, by the working calendar with its make-up workdays.
- 上午 ends at 12:00, 中午 at 13:00 (前: 12:00), 下午 and 下班前 with the working hours, 晚上 at 21:00, 明早 at 10:00.
- 周五之前 and *by Friday* include Friday. 下周 and 月底 end with the last open day.
- 5点 without 上午 or 下午 is the next such hour between 8 and 20 o'clock.
- Doubtful words (预计, 争取, we hope) and times with two readings give `certain = False`.

## Known weaknesses

- Promises without a time (尽快, 马上) are not found here; the reply check remarks on them.
- A condition anywhere earlier in the sentence makes everything after it conditional, also where a reader would not.
- What other people will do (an outage ends, a training begins) can be taken for a promise.
- A promise put as a question ("四点给您回电行吗？") is left out more often than taken.
- Lunar dates, "after the holiday", vague numbers (几天) and traditional characters are not read.
"""


def _line(name: str, counted: Tally, first: tuple[float, float] | None) -> str:
    seen = f"{first[0]:.3f} / {first[1]:.3f}" if first else "—"
    return (
        f"| {name} | {counted.rows} | {counted.wanted} | {counted.right_rows} | {counted.precision:.3f} "
        f"| {counted.recall:.3f} | {seen} |"
    )


def page() -> str:
    lines = [
        "| set | rows | promises in them | rows wholly right | precision | recall | at first sight (p / r) |",
        "|---|--:|--:|--:|--:|--:|--:|",
        _line("first table", tally(table.TABLE), (0.957, 0.937)),
    ]
    for name, rows in later_tables.SETS.items():
        lines.append(_line(f"{name} set", tally(rows), later_tables.FIRST_SIGHT[name]))
    holding = sum(not row.dues for row in table.TABLE)
    lines += [
        "",
        f"{holding} rows of the first table hold no promise: questions, conditions, the customer's own words,",
    ]
    lines += ["what the customer is to do, history, opening hours, negations.", "", "## Still wrong", ""]
    for rows in (table.TABLE, *later_tables.SETS.values()):
        for row in rows:
            if (found := found_in(row)) != row.dues:
                lines.append(f"- {row.text} — wanted {_times(row.dues)}, found {_times(found)}")
    return HEAD + "\n".join(lines) + "\n" + TAIL


def _times(dues: tuple[str, ...]) -> str:
    return ", ".join(due.replace("T", " ") for due in dues) or "nothing"


def _speed() -> str:
    text = "".join(f"{row.text}\n" for row in table.TABLE)[:2000]
    zone = ZoneInfo(table.ZONE)
    at = datetime.fromisoformat(table.WHEN).replace(tzinfo=zone)
    find(text, at, None, zone)
    began = time.perf_counter()
    for _ in range(10):
        find(text, at, None, zone)
    return f"{(time.perf_counter() - began) * 100:.1f} ms for 2 000 characters"


def main() -> int:
    made = page()
    if "--check" in sys.argv:
        same = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
        print(
            "The page is true."
            if same
            else "docs/promise-finder.md is out of date: run tools/measure_finder.py"
        )
        return 0 if same else 1
    PAGE.write_text(made, encoding="utf-8")
    print(made[len(HEAD) : made.index("## Still wrong")] + _speed())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
