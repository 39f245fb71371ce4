"""One database, one size: prepare, fill, start the real server, measure, stop."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any


def measure_one(database: str, size: int, folder: Path, seconds: float) -> dict[str, Any]:
    """Everything in a process of its own, because settings are read once a process."""
    with ExitStack() as stack:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
            "SHOUWEN_DATA_DIR": str(folder / "data"),
            "SHOUWEN_SECRET_KEY": "a key for measuring only",
            "SHOUWEN_DATABASE_URL": "",
            "SHOUWEN_API_RATE": "100000",  # one token does the work of many
        }
        if database == "postgres":
            from tests.servers.postgres import Postgres

            # as an installation has it: every commit waits for the disk
            server = Postgres("max_connections = 60\nshared_buffers = 256MB\nmax_wal_size = 4GB\n")
            environment["SHOUWEN_DATABASE_URL"] = server.start()
            stack.callback(server.stop)
        out = folder / "found.json"
        command = [
            sys.executable,
            "-m",
            "bench.inside",
            "--size",
            str(size),
            "--seconds",
            str(seconds),
            "--out",
            str(out),
        ]
        began = time.monotonic()
        subprocess.run(command, env=environment, check=True)
        found: dict[str, Any] = json.loads(out.read_text())
        found["minutes"] = round((time.monotonic() - began) / 60, 1)
        return found
