"""The fast part of the tests, in under a minute: everything that needs no browser, no server and no database.

Steps run two at a time; a step that fails shows what it said. Exit code 1 when any failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTHON = sys.executable
OURS = ["src", "tests", "tools", "conftest.py", "hatch_build.py"]
SLOW = "not (browser or mailserver or postgres or crash or slow or once)"

# Longest first, so that two at a time end together.
STEPS = [
    ("types", ["mypy", "src", "tools", "bench"]),
    (
        "unit tests",
        # One process: a second one would collect everything once more, which takes longer than these tests.
        [PYTHON, "-m", "pytest", "-m", SLOW, "--without-database", "--no-header", "--tb", "short"],
    ),
    ("migrations", [PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity", "1"]),
    ("translations", [PYTHON, "tools/translations.py", "--check"]),
    ("templates", ["djlint", "--lint", "--quiet", "src/shouwen"]),
    ("imports", ["lint-imports", "--no-cache"]),
    ("lint", ["ruff", "check", "--quiet", *OURS]),
    ("format", ["ruff", "format", "--quiet", "--check", *OURS]),
    ("promise figures", [PYTHON, "tools/measure_finder.py", "--check"]),
    ("emotion figures", [PYTHON, "tools/measure_emotion.py", "--check"]),
    ("spelling", ["codespell", "src", "tests", "tools", "docs"]),
]


def run(step: tuple[str, list[str]], folder: str) -> tuple[bool, str]:
    """Whether the step is content, and what it said."""
    name, command = step
    program = command[0] if Path(command[0]).is_absolute() else str(BIN / command[0])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "shouwen.config.settings"}
    environment["SHOUWEN_DATA_DIR"] = str(Path(folder) / name.replace(" ", "-"))
    if name == "unit tests":  # pytest finds the tests' own settings by itself
        del environment["DJANGO_SETTINGS_MODULE"]
    done = subprocess.run(
        [program, *command[1:]], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return done.returncode == 0, done.stdout.decode(errors="replace").rstrip()


def tell(step: tuple[str, list[str]], folder: str) -> bool:
    began = time.monotonic()
    good, said = run(step, folder)
    line = f"{'ok    ' if good else 'FAILED'} {step[0]} ({time.monotonic() - began:.0f} s)"
    if len(said) > 12_000:
        said = f"{said[:6000]}\n  …\n{said[-6000:]}"
    print(line if good else f"\n{line}\n{said}\n", flush=True)
    return good


def main() -> int:
    began = time.monotonic()
    only = sys.argv[1:]
    steps = [step for step in STEPS if not only or step[0] in only]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda step: tell(step, folder), steps))
    print(f"{results.count(True)} passed, {results.count(False)} failed in {time.monotonic() - began:.0f} s")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
