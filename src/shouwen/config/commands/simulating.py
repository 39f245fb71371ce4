"""`shouwen simulate …`: the other side of a channel, played against a server that runs."""

import argparse
from datetime import timedelta

from shouwen.config.commands.preparing import compile_translations, say
from shouwen.kernel.errors import Refused


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    simulate = commands.add_parser(
        "simulate", help="play the other side of a channel against a running server"
    )
    what = simulate.add_subparsers(dest="verb", required=True)
    phone = what.add_parser("phone", help="a telephone system that reports a day of calls")
    phone.add_argument("--calls", type=int, default=60)
    phone.add_argument("--seed", type=int, default=1, help="the same seed is the same day")
    phone.add_argument("--url", default="http://127.0.0.1:8000", help="where the server listens")
    phone.add_argument("--data", default="", metavar="DIR", help="data folder (SHOUWEN_DATA_DIR)")
    phone.set_defaults(run="simulate_phone")


def simulate_phone(args: argparse.Namespace) -> int:
    """Numbers, lines and extensions are those of the installation; the day ends now."""
    import django

    compile_translations()
    django.setup()
    from django.urls import reverse

    from shouwen.channels.vendors.phone import queries, simulator
    from shouwen.platform.access import now
    from shouwen.platform.secrets import unseal

    if not 1 <= args.calls <= 10_000:
        raise Refused("--calls: 1 to 10000.")
    system = next((one for one in queries.systems() if one.active), None)
    lines, extensions = queries.lines(), queries.extensions()
    if system is None or not lines or not extensions:
        raise Refused("Set up a telephone system, a line and an extension first: /settings/phone/")
    setting = simulator.Setting(
        numbers=queries.some_numbers() + [f"1380000{n:04}" for n in range(0, 40)],
        lines=[line.number for line in lines],
        extensions=[one.number for one in extensions],
    )
    at = now()
    mark = f"{int(at.timestamp()):x}"
    begins = at - simulator.DAY - timedelta(minutes=15)
    sent = simulator.day(calls=args.calls, seed=args.seed, begins=begins, setting=setting, mark=mark)
    address = args.url.rstrip("/") + reverse("channels:phone-hook", args=[system.key])
    answers = simulator.play(sent, address=address, secret=unseal(system.secret), clock=now)
    say(f"{args.calls} calls, {len(sent)} events; answers: {answers}")
    return 0 if set(answers) <= {200} else 1
