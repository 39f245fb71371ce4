"""Inside one measuring process: migrate, furnish, fill, start `shouwen up`, measure, write what was found."""

import argparse
import json
import os
import platform
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any


def start_server(log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The product's own server on a free port; what it says goes to a file, so that it never waits for a reader."""
    command = [sys.executable, "-m", "shouwen.config.command", "up", "--port", "0"]
    with log.open("wb") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    for _n in range(600):
        found = re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text(errors="replace"))
        if found:
            return server, int(found[1])
        time.sleep(0.1)
    raise SystemExit("the server did not start:\n" + log.read_text(errors="replace"))


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return round(int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024, 1)  # type: ignore[index]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()

    from shouwen.config.commands.preparing import load, migrate

    load()
    migrate(quiet=True)

    from django.db import connection

    from bench import fill, limits, work

    began = time.monotonic()
    world = fill.fill(args.size)
    found: dict[str, Any] = {
        "size": args.size,
        "database": connection.vendor,
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "fill_seconds": round(time.monotonic() - began, 1),
    }
    print(f"{connection.vendor}: {args.size} cases filled in {found['fill_seconds']} s", flush=True)
    if connection.vendor == "postgresql":
        found["limits"] = limits.measure(world, args.seconds)
        for name, row in found["limits"].items():
            print(f"  limit {name:<22} {row}", flush=True)
    server, port = start_server(Path(args.out).with_suffix(".log"))
    try:
        time.sleep(2)
        found["memory_idle_mb"] = resident_mb(server.pid)
        found["work"] = {}
        for name, row in work.measure(world, port, args.seconds):
            found["work"][name] = row
            print(f"  {name:<28} {row}", flush=True)
        found["memory_loaded_mb"] = resident_mb(server.pid)
        print(f"  memory {found['memory_idle_mb']} / {found['memory_loaded_mb']} MB", flush=True)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
    found["work"]["mail into a case"] = work.import_mail(world, 300)
    print(f"  mail into a case             {found['work']['mail into a case']}", flush=True)
    found["sql"] = work.bare_sql(world)
    Path(args.out).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
