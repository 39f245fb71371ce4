"""Processes of their own on this test's database, to be killed."""

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


def run(code: str, seconds: float = 60) -> int:
    """Run `code` after django.setup(); the exit code, -9 when it was killed."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
        "SHOUWEN_DATABASE_URL": address(),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", BEGIN + code]
    return subprocess.run(command, env=environment, timeout=seconds, check=False).returncode
