"""`shouwen up`, `shouwen web`, `shouwen worker`."""

import argparse
import os
import signal
import socket
import threading
from importlib.util import find_spec

from shouwen.config.commands.preparing import load, load_demo, migrate, say

GRACE_SECONDS = 2
TRIES = 50


def _free_port(host: str, wanted: int) -> socket.socket:
    """A listening socket on `wanted`, or on the next free port above it (any, for 0)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, wanted + TRIES) if wanted else [0]:
        # the protocol is named so that asyncio sees TCP and turns Nagle off: without it every answer waits 40 ms
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(1024)
        except OSError as error:
            listening.close()
            if wanted == 0:
                raise SystemExit(f"Can't listen on {host}: {error.strerror}") from None
            continue
        if wanted and port != wanted:
            say(f"Port {wanted} is taken; using {port}.")
        return listening
    raise SystemExit(f"No free port from {wanted} to {wanted + TRIES - 1} on {host}.")


def _prepare(args: argparse.Namespace) -> None:
    load()
    from shouwen.platform.jobs import sending

    sending.check()
    migrate()
    if getattr(args, "demo", False):
        load_demo()


def _welcome(url: str) -> None:
    say(f"\n  首问 Shouwen   {url}\n")
    if find_spec("shouwen.demo"):
        from shouwen.demo.signins import doors, table

        for line in [*table(), "", *doors()]:
            say(f"  {line}")
    say("\n  Ctrl-C stops it.\n")


def server(args: argparse.Namespace) -> int:
    """Everything (`up`) or only pages and live updates (`web`) in this process, until a signal."""
    listening = _free_port(args.host, args.port)
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    os.environ.setdefault("SHOUWEN_PUBLIC_URL", f"http://{shown}:{port}")
    if args.command == "web":
        os.environ.setdefault("SHOUWEN_SHARED", "1")
    say("Starting …")
    _prepare(args)

    import uvicorn

    from shouwen.config.asgi import application
    from shouwen.config.commands.stopping import Server, leave
    from shouwen.platform import courtesy, runtime
    from shouwen.platform.jobs import sending

    courtesy.short_slices()
    everything = args.command == "up"
    sending.start()
    if everything:
        runtime.start_all()
        if args.simulate:
            from shouwen.demo.simulation import start as simulate

            simulate()
    configuration = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        # what stands before us on this machine may say who is really asking
        forwarded_allow_ips="127.0.0.1",
        server_header=False,
        loop="asyncio",
    )
    _welcome(os.environ["SHOUWEN_PUBLIC_URL"])
    try:
        Server(configuration).run(sockets=[listening])
    finally:
        runtime.stop_all()
        sending.stop()
    say("Stopped.")
    return leave()


def worker(args: argparse.Namespace) -> int:
    """Jobs, schedules, mail; no pages. As many of these on as many hosts as wanted."""
    os.environ.setdefault("SHOUWEN_SHARED", "1")
    _prepare(args)
    from shouwen.config.commands.stopping import STOPPING, leave
    from shouwen.platform import runtime
    from shouwen.platform.live import wires

    stopping = threading.Event()
    for number in STOPPING:
        signal.signal(number, lambda *_: stopping.set())
    wires.start()
    runtime.start_all()
    if args.port:
        from shouwen.config.commands import showing

        try:
            showing.start(args.host, args.port)
        except OSError as error:
            raise SystemExit(f"Can't listen on {args.host}:{args.port}: {error.strerror}") from None
    say("Worker runs. Ctrl-C stops it.")
    while not stopping.wait(1):
        pass
    runtime.stop_all()
    wires.stop()
    say("Stopped.")
    return leave()
