"""Processes of their own on this test's database, to be killed."""

import json
import os
import subprocess
import sys
from urllib.parse import quote

from django.db import connection

BEGIN = "import django; django.setup()\nfrom shouwen.platform.ledger.tests.notes import *\n"


def address() -> str:
    """The test database as SHOUWEN_DATABASE_URL names it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    person = f"{quote(known['USER'])}:{quote(known['PASSWORD'])}"
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgresql://{person}@{port}/{known['NAME']}?host={quote(known['HOST'], safe='')}"


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
        "SHOUWEN_DATABASE_URL": address(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }


def run(code: str, seconds: float = 60) -> int:
    """Run `code` after django.setup(); the exit code, -9 when it was killed."""
    command = [sys.executable, "-c", BEGIN + code]
    return subprocess.run(command, env=environment(), timeout=seconds, check=False).returncode


class Peer:
    """A process that stays: it does what it is told, one thing after the other, and says when it has done it."""

    def __init__(self) -> None:
        obey = BEGIN + (
            "import json, sys\n"
            "for line in sys.stdin:\n    exec(json.loads(line), globals())\n    print('done', flush=True)\n"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-c", obey],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def does(self, code: str) -> None:
        """Returns when it is done."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(code) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()
