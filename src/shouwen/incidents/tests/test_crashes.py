"""kill -9 while all customers are being told: each hears it exactly once, with one promise."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.crash,
    pytest.mark.slow,
    pytest.mark.once,
]  # always on SQLite, in processes of its own
CASES = 23


def run(folder: Path, *act: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SHOUWEN_DATA_DIR": str(folder), "SHOUWEN_DATABASE_URL": ""}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "shouwen.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "shouwen.incidents.tests.crash_scene", *act]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def state(folder: Path) -> dict[str, Any]:
    done = run(folder, "state")
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_everybody_is_told_once_though_the_sender_is_killed_twice(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert run(folder, "prepare", str(CASES)).returncode == 0
    for after in ("3", "14"):  # in the middle of the first batch, and of a later one
        assert run(folder, "send", after).returncode == -signal.SIGKILL
        known = state(folder)
        assert set(known["told"]) <= {1}
        assert (len(known["told"]), known["finished"]) == (known["rows"], False)
        assert known["queued"] >= 1  # the job that goes on is there
    assert run(folder, "send", "1000").returncode == 0
    after = state(folder)
    assert after["told"] == after["promised"] == [1] * CASES
    assert (after["rows"], after["finished"]) == (CASES, True)
