"""Before anything runs: translations compiled, database brought to today's shape, demonstration company loaded."""

import sys
import time
from importlib.util import find_spec
from pathlib import Path


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def compile_translations() -> None:
    """Compile .po files that have no newer .mo beside them (a checkout has none, a wheel has all)."""
    import shouwen

    stale = [
        path
        for path in Path(shouwen.__file__).parent.rglob("*.po")
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").stat().st_mtime < path.stat().st_mtime
    ]
    if not stale:
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for path in stale:
        with path.open("rb") as source:
            catalog = read_po(source)
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalog)


def migrate(*, quiet: bool = False) -> int:
    """Bring the database to today's shape; returns how many steps that took."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return 0
    if not quiet:
        say(f"Preparing the database: {len(plan)} steps …")
    call_command("migrate", interactive=False, verbosity=0)
    furnish()
    return len(plan)


def furnish() -> None:
    """What a new installation starts with: calendars, standards, kinds, wordings. Twice changes nothing."""
    from shouwen.cases import services as cases
    from shouwen.knowledge import services as knowledge
    from shouwen.platform.access import SYSTEM, now
    from shouwen.promises import services as promises

    at = now()
    promises.furnish(at=at)
    knowledge.furnish(at=at, by=SYSTEM)
    cases.furnish(at=at, by=SYSTEM)


def load_demo() -> bool:
    """The demonstration company, into an empty database only; False when there is something in it."""
    from shouwen.platform.accounts.models import User

    if not find_spec("shouwen.demo") or User.objects.exists():
        return False
    from shouwen.demo.loading import load
    from shouwen.platform.access import now

    began = time.monotonic()
    say("Loading the demonstration company …")
    load(at=now(), say=say)
    say(f"Loaded in {time.monotonic() - began:.1f} s.")
    return True
