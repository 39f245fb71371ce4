"""Install the servers and the browser that tests use, where allowed; say what will not run where not.

    python tools/prepare_test_machine.py [--only chromium]

Root, or sudo without a password, on Debian and its relatives: `apt-get install`. Otherwise one line per
missing thing, and the tests that need it skip themselves. In CI (CI=true) nothing may be missing (exit 1).
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

PLACES = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"


def command(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name, path=PLACES) is not None


def chinese_font() -> bool:
    listed = shutil.which("fc-list")
    if listed is None:
        return False
    return b":" in subprocess.run([listed, ":lang=zh-cn"], capture_output=True).stdout


@dataclass(frozen=True)
class Thing:
    name: str
    packages: tuple[str, ...]
    there: Callable[[], bool]
    without: str


THINGS = (
    Thing("chromium", ("chromium",), command("chromium"), "browser tests"),
    Thing("fonts", ("fonts-noto-cjk", "fontconfig"), chinese_font, "readable pictures of Chinese pages"),
    Thing("dovecot", ("dovecot-imapd",), command("dovecot"), "tests with a real IMAP server"),
    Thing("exim", ("exim4-daemon-light",), command("exim4"), "tests with a real SMTP server"),
    Thing("rabbitmq", ("rabbitmq-server",), command("rabbitmq-server"), "tests with a real message broker"),
    Thing("redis", ("redis-server",), command("redis-server"), "tests with a real Redis"),
)


def privilege() -> list[str] | None:
    """What to put before a command that needs root; None when we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], stderr=subprocess.DEVNULL).returncode == 0:
        return [sudo, "-n"]
    return None


def install(packages: list[str]) -> None:
    """By apt-get, without questions and without starting any of the servers."""
    prefix = privilege()
    if prefix is None or shutil.which("apt-get") is None:
        return
    print(f"Installing {', '.join(packages)} for the tests …", flush=True)
    # RUNLEVEL=1 keeps the packages' scripts from starting their daemons: the tests start their own.
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq"]
    subprocess.run([*prefix, *quiet, "update"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done = subprocess.run(
        [*prefix, *quiet, "install", "-y", "--no-install-recommends", *packages],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        print(done.stdout.decode(errors="replace")[-2000:])


def main() -> int:
    parser = argparse.ArgumentParser(description="Install what the tests use, where that may be done.")
    parser.add_argument("--only", action="append", choices=[thing.name for thing in THINGS])
    only = parser.parse_args().only
    things = [thing for thing in THINGS if only is None or thing.name in only]
    missing = [thing for thing in things if not thing.there()]
    if missing:
        install([package for thing in missing for package in thing.packages])
        missing = [thing for thing in things if not thing.there()]
    for thing in missing:
        print(f"Not run: {thing.without} ({' '.join(thing.packages)} is missing and could not be installed).")
    return 1 if missing and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
