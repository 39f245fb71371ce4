"""The commands of an administrator at the keyboard."""

import argparse
import getpass
import json
import sys

from shouwen.config.commands.preparing import load, load_demo, say
from shouwen.config.commands.preparing import migrate as bring_up
from shouwen.kernel.errors import N_, Invalid, Refused, Sentence


def _ready() -> None:
    load()
    bring_up(quiet=True)


def migrate(args: argparse.Namespace) -> int:
    load()
    steps = bring_up()
    say("The database is up to date." if steps == 0 else "Done.")
    return 0


def demo(args: argparse.Namespace) -> int:
    _ready()
    if not load_demo():
        raise Refused("There is data already; the demonstration company goes into an empty database only.")
    return 0


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise Invalid(Sentence(N_("Fill this in.")), field="--password")
    return getpass.getpass("Password: ")


def user_add(args: argparse.Namespace) -> int:
    _ready()
    from shouwen.people import services
    from shouwen.platform.access import SYSTEM, now

    password = args.password or _asked_password()
    staff = services.hire(
        username=args.username,
        name=args.name or args.username,
        email=args.email,
        password=password,
        roles=args.role or ["agent"],
        at=now(),
        by=SYSTEM,
    )
    say(f"{args.username} ({staff.pk})")
    return 0


def token_add(args: argparse.Namespace) -> int:
    _ready()
    from shouwen.platform.access import SYSTEM, now
    from shouwen.platform.apikit import services

    scopes = [one for given in args.scope for one in given.split(",") if one]
    _token, secret = services.create_token(
        username=args.user, scopes=scopes, label=args.label, at=now(), by=SYSTEM
    )
    sys.stdout.write(secret + "\n")
    return 0


def mail_import(args: argparse.Namespace) -> int:
    """One line per message; afterwards everything that the import set off has been done."""
    _ready()
    from pathlib import Path

    from shouwen.channels.vendors.email.importing import import_paths
    from shouwen.platform.access import SYSTEM, now
    from shouwen.platform.ledger.dispatch import deliver_all
    from shouwen.platform.live import wires

    wires.start()
    for path in args.paths:
        if not Path(path).exists():
            raise Invalid(Sentence(N_("There is no file or folder %(path)s."), {"path": path}), field="PATH")
    for row in import_paths([Path(path) for path in args.paths], at_of=now, by=SYSTEM):
        if args.json:
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
        else:
            sys.stdout.write(
                f"{row['result']:<11}{row['case'] or '':<11}{row['source']}  {row['reason'] or ''}\n"
            )
        sys.stdout.flush()
    deliver_all()
    wires.stop()
    return 0
