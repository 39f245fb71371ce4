"""Run the whole suite on SQLite, then again on PostgreSQL.

    python tools/test.py [--only sqlite|postgres] [pytest arguments, such as a path or -k words]

What does not depend on the database (mail servers, the package, browser pages other than the main story) runs
on SQLite only. Exit code 0 only when both runs are green; the last line is pytest's own.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MARKS = {
    "sqlite": "not postgres",
    "postgres": "story or postgres or not (browser or mailserver or once)",
}
NO_TESTS = 5  # pytest's exit code when a selection is empty; fine for one of two runs


def run(database: str, arguments: list[str], workers: str, compiled: str) -> int:
    print(f"\n== {database} ==", flush=True)
    command = [sys.executable, "-m", "pytest", "-m", MARKS[database]]
    if workers != "0":
        # A file stays on one worker, so that its browser and servers are started once.
        # Files are given out as they were collected, the slow ones first (tests/fixtures/session.py).
        command += ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    environment = {**os.environ, "SHOUWEN_TEST_DATABASE": database}
    if database == "sqlite":
        environment.pop("SHOUWEN_DATABASE_URL", None)
    # Every server, command and worker of the tests is a Python of its own: what one has compiled the others
    # read, also where the environment tells Python to leave no such files (as container images do).
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = compiled
    return subprocess.run([*command, *arguments], cwd=ROOT, env=environment).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the suite on both databases.", allow_abbrev=False)
    parser.add_argument("--only", choices=sorted(MARKS), help="one database only")
    parser.add_argument("--workers", default=str(min(os.cpu_count() or 2, 8)), help="0: in this process")
    options, arguments = parser.parse_known_args()
    codes = []
    with tempfile.TemporaryDirectory(prefix="shouwen-compiled-", ignore_cleanup_errors=True) as compiled:
        for database in [options.only] if options.only else ["sqlite", "postgres"]:
            codes.append(run(database, arguments, options.workers, compiled))
            if codes[-1] == 2:  # interrupted
                break
    bad = [code for code in codes if code not in (0, NO_TESTS)]
    return bad[0] if bad else min(codes)


if __name__ == "__main__":
    sys.exit(main())
