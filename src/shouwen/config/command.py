"""The command `shouwen`. Each subcommand lives in commands/; this reads the line and says faults in one sentence."""

import argparse
import os
import sys
from collections.abc import Sequence

from shouwen import __version__
from shouwen.config.commands import importing, simulating
from shouwen.kernel.errors import Fault


def _add_server(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    up = commands.add_parser("up", help="web, live updates, jobs and mail in one process")
    up.add_argument("--demo", action="store_true", help="load the demonstration company on the first start")
    up.add_argument("--simulate", action="store_true", help="let new demonstration contacts arrive")
    web = commands.add_parser("web", help="web and live updates only")
    for one in (up, web):
        one.add_argument("--host", default="127.0.0.1")
        one.add_argument("--port", type=int, default=8000, help="0 or a taken one: the next free port")
        one.set_defaults(run="server")
    worker = commands.add_parser("worker", help="jobs, schedules and mail only")
    worker.add_argument("--host", default="127.0.0.1")
    worker.add_argument(
        "--port", type=int, default=0, help="/health/live, /health/ready and /metrics (0: none)"
    )
    worker.set_defaults(run="worker")
    migrate = commands.add_parser("migrate", help="prepare the database")
    migrate.set_defaults(run="migrate")
    demo = commands.add_parser("demo", help="load the demonstration company into an empty database")
    demo.set_defaults(run="demo")


def _add_people(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    user = commands.add_parser("user", help="sign-ins").add_subparsers(dest="verb", required=True)
    add = user.add_parser("add", help="create a member of staff who can sign in")
    add.add_argument("username")
    add.add_argument("--name", default="")
    add.add_argument("--email", default="")
    add.add_argument("--role", action="append", default=[], help="may be given several times")
    add.add_argument(
        "--password", default="", help="asked for when not given; never seen in the process list then"
    )
    add.set_defaults(run="user_add")
    token = commands.add_parser("token", help="API tokens").add_subparsers(dest="verb", required=True)
    make = token.add_parser("add", help="make a token; its secret is printed once")
    make.add_argument("--user", required=True)
    make.add_argument("--scope", nargs="+", action="extend", required=True)
    make.add_argument("--label", default="")
    make.set_defaults(run="token_add")


def _add_tools(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    mail = commands.add_parser("mail", help="mail").add_subparsers(dest="verb", required=True)
    take = mail.add_parser("import", help="take in mails from files, mbox files and maildirs")
    take.add_argument("paths", nargs="+", metavar="PATH")
    take.add_argument("--json", action="store_true", help="one JSON line per message")
    take.set_defaults(run="mail_import")
    time = commands.add_parser("time", help="working time").add_subparsers(dest="verb", required=True)
    due = time.add_parser("due", help="when a target is due")
    due.add_argument("--calendar", required=True)
    due.add_argument("--start", required=True)
    due.add_argument("--minutes", required=True)
    due.set_defaults(run="time_due")
    between = time.add_parser("between", help="open seconds between two times")
    between.add_argument("--calendar", required=True)
    between.add_argument("--from", required=True, dest="start")
    between.add_argument("--to", required=True, dest="end")
    between.set_defaults(run="time_between")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="shouwen", description="首问 Shouwen, customer-service management")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_server(commands)
    _add_people(commands)
    _add_tools(commands)
    simulating.add_to(commands)
    importing.add_to(commands)
    for name, sub in commands.choices.items():
        if name not in {"time", "user", "token", "mail", "simulate", "import"}:
            sub.add_argument("--data", default="", metavar="DIR", help="data folder (SHOUWEN_DATA_DIR)")
    return top


def _line(fault: Fault) -> str:
    """The fault's sentence in the installation's language, after the field's name unless it says that itself."""
    from django.apps import apps

    said = str(fault.sentence)
    if apps.ready:
        from shouwen.platform.web.faults import sentence

        said = sentence(fault.sentence)
    return said if not fault.field or fault.names_field else f"{fault.field}: {said}"


def main(argv: Sequence[str] | None = None) -> int:
    args = parser().parse_args(argv)
    if getattr(args, "data", ""):
        os.environ["SHOUWEN_DATA_DIR"] = args.data
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.config.settings")
    try:
        if args.run in {"time_due", "time_between"}:
            from shouwen.config.commands import worktime

            return worktime.run(args)
        from shouwen.config.commands import administration, server

        places = {"server": server, "worker": server}
        apart = {"simulate": simulating, "import": importing}
        place = apart.get(args.command) or places.get(args.run, administration)
        return int(getattr(place, args.run)(args))
    except Fault as fault:
        sys.stderr.write(_line(fault) + "\n")
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
