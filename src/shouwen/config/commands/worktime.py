"""`shouwen time due` and `shouwen time between`: no database, no settings."""

import argparse
import json
import sys

from shouwen.kernel.worktime import cli


def run(args: argparse.Namespace) -> int:
    if args.run == "time_due":
        answer = cli.due_command(args.calendar, args.start, args.minutes)
    else:
        answer = cli.between_command(args.calendar, args.start, args.end)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 0
