"""`shouwen import complaints FILE`: lists of complaints from elsewhere, to compare with."""

import argparse
import sys
from pathlib import Path
from typing import Any

from shouwen.config.commands.preparing import load, say
from shouwen.kernel.errors import N_, Invalid, Sentence


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    into = commands.add_parser("import", help="take in lists").add_subparsers(dest="verb", required=True)
    one = into.add_parser("complaints", help="a list of complaints (CSV), to hold our own against")
    one.add_argument("file", metavar="FILE")
    one.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="issue, company, product, day or outcome and its column; else guessed from the names",
    )
    one.add_argument("--name", default="", help="how the list is called; else as the file")
    one.add_argument("--preview", action="store_true", help="only show which column would mean what")
    one.add_argument("--data", default="", metavar="DIR", help="data folder (SHOUWEN_DATA_DIR)")
    one.set_defaults(run="import_complaints")


def import_complaints(args: argparse.Namespace) -> int:
    load()
    from shouwen.complaints import services
    from shouwen.complaints.rules import lists
    from shouwen.platform.access import SYSTEM, now

    try:
        content = Path(args.file).read_bytes()
    except OSError:
        said = {"field": "FILE", "path": args.file}
        raise Invalid(
            Sentence(N_("%(field)s: the file %(path)s cannot be read."), said), field="FILE"
        ) from None
    columns = lists.headers(lists.decoded(content))
    mapping = {**lists.guess(columns), **dict(_pair(text) for text in args.map)}
    for field, column in lists.check_mapping(mapping, columns).items():
        say(f"  {field:<8} ← {column}")
    if args.preview:
        return 0
    name = args.name or Path(args.file).stem
    made = services.import_list(name=name[:120], content=content, mapping=mapping, at=now(), by=SYSTEM)
    for entry in made.refused:
        sys.stderr.write(f"line {entry['line']}: {entry['reason'] % entry['params']}\n")
    say(f"{made.rows} rows taken in, {made.refused_rows} refused: /complaints/analysis/?list={made.pk}")
    return 0


def _pair(text: str) -> tuple[Any, Any]:
    field, _equals, column = text.partition("=")
    return field.strip(), column.strip()
