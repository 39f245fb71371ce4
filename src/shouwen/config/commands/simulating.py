"""`shouwen simulate …`: the other side of a channel, played against a server that runs."""

import argparse
from datetime import timedelta
from typing import Any

from shouwen.config.commands.preparing import load, say
from shouwen.kernel.errors import Refused

CONNECTED = {
    "wechat": "somebody writes to the Official Account",
    "wecom": "somebody writes to the WeCom application",
    "wecom_kf": "somebody writes to the customer service of WeCom",
    "sms": "somebody writes a short message",
    "webhook": "a system of one's own hands over a request",
}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    simulate = commands.add_parser(
        "simulate", help="play the other side of a channel against a running server"
    )
    what = simulate.add_subparsers(dest="verb", required=True)
    phone = what.add_parser("phone", help="a telephone system that reports a day of calls")
    phone.add_argument("--calls", type=int, default=60)
    phone.add_argument("--seed", type=int, default=1, help="the same seed is the same day")
    phone.set_defaults(run="simulate_phone")
    for name, help_text in CONNECTED.items():
        one = what.add_parser(name, help=help_text)
        one.add_argument("--line", type=int, default=0, help="id of the connected line; else the first")
        one.set_defaults(run="simulate_connected")
    chat = what.add_parser("chat", help="a visitor writes in the chat window")
    chat.add_argument("--line", type=int, default=0, help="id of the chat; else the first")
    chat.set_defaults(run="simulate_chat")
    counter = what.add_parser("counter", help="visitors take numbers in a hall")
    counter.add_argument("--hall", type=int, default=0, help="id of the hall; else the first")
    counter.add_argument("--visitors", type=int, default=4)
    counter.set_defaults(run="simulate_counter")
    for name, parser in what.choices.items():
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the server listens")
        parser.add_argument("--data", default="", metavar="DIR", help="data folder (SHOUWEN_DATA_DIR)")
        if name != "phone":
            parser.add_argument("--wait", type=float, default=120, help="seconds to wait for an answer")


def _ready(url: str) -> None:
    """Refused when nothing listens there: said before anything is played."""
    import httpx

    try:
        httpx.head(url, timeout=10)
    except (httpx.TransportError, httpx.InvalidURL):
        raise Refused(
            f"Nothing answers at {url}: start the server with `shouwen up`, or name another with --url."
        ) from None
    load()


def simulate_phone(args: argparse.Namespace) -> int:
    """Numbers, lines and extensions are those of the installation; the day ends now."""
    _ready(args.url)
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


def _stage(args: argparse.Namespace) -> Any:
    from shouwen.channels.vendors.scenes import Stage

    return Stage(args.url, say, max(0.0, args.wait))


def _chosen(found: list[Any], wanted: int, where: str) -> Any:
    """The one that was named, else the first that is switched on."""
    for one in found:
        if one.pk == wanted or (not wanted and one.active):
            return one
    raise Refused(f"There is none yet: set one up first, {where}")


def simulate_connected(args: argparse.Namespace) -> int:
    _ready(args.url)
    from django.urls import reverse

    from shouwen.channels import queries
    from shouwen.channels.vendors import scenes

    found = [one for one in queries.lines() if one.vendor == args.verb]
    account = _chosen(found, args.line, "/settings/lines/")
    say(f"{account.name}:")
    scenes.connected(_stage(args), account, reverse("channels:hook", args=[account.vendor, account.pk]))
    return 0


def simulate_chat(args: argparse.Namespace) -> int:
    _ready(args.url)
    from shouwen.channels import queries
    from shouwen.channels.vendors import scenes

    account = _chosen(queries.accounts("chat"), args.line, "/settings/chats/")
    say(f"{account.name}:")
    scenes.chat(_stage(args), account.address)
    return 0


def simulate_counter(args: argparse.Namespace) -> int:
    _ready(args.url)
    from shouwen.channels.vendors import scenes
    from shouwen.channels.vendors.desk import queries

    if not 1 <= args.visitors <= 100:
        raise Refused("--visitors: 1 to 100.")
    hall = _chosen(queries.halls(), args.hall, "/settings/halls/")
    say(f"{hall.name}:")
    scenes.counter(_stage(args), hall.key, args.visitors)
    return 0
