"""Write the lock: requirements.txt (to run), requirements-dev.txt (to develop), tools/requirements-uv.txt.

One lock serves every Python from 3.11 on and every platform (`--universal`). It names versions and hashes and
no registry address, so that a mirror serves as well. What is locked stays locked unless `--upgrade` is given.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = ROOT / ".venv" / "installer" / "bin" / "uv"
COMMON = [
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--python-version",
    "3.11",
]
LOCKS = [
    ["pyproject.toml", "--output-file", "requirements.txt"],
    ["pyproject.toml", "--group", "dev", "-c", "requirements.txt", "--output-file", "requirements-dev.txt"],
    ["tools/uv.in", "--no-annotate", "--output-file", "tools/requirements-uv.txt"],
]


def main() -> int:
    for lock in LOCKS:
        done = subprocess.run([str(UV), *COMMON, *lock, *sys.argv[1:]], cwd=ROOT, stdout=subprocess.DEVNULL)
        if done.returncode:
            return done.returncode
        print(f"Locked {lock[-1]}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
