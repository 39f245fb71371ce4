"""Before anything runs: translations compiled, database brought to today's shape, demonstration company loaded."""

import gc
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

TURN = 0x73685178  # any number, the same in every process of ours; another one than the dispatcher's


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def load() -> None:
    """Load the product into this process, without Python's looks for garbage while there is none yet.

    They are a fifth of the time it takes. What is loaded stays until the end, so later looks leave it out.
    """
    import django

    _compile_translations()
    gc.disable()
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()


def _compile_translations() -> None:
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


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: several may be started at once on one database."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])
        return
    import fcntl

    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "preparing.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate(*, quiet: bool = False) -> int:
    """Bring the database to today's shape and furnish it; returns how many steps that took."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    def steps() -> int:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))

    with _alone():
        count = steps()
        if count and not quiet:
            say(f"Preparing the database: {count} steps …")
        if count:
            call_command("migrate", interactive=False, verbosity=0)
        if count or not _furnished():
            furnish()
    return count


def _furnished() -> bool:
    """Whether the first start came to its end; it may have been killed between the tables and what stands in them."""
    from shouwen.cases.queries.trying import all_kinds

    return bool(all_kinds())  # what furnish() does last


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
