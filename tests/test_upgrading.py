"""An installation as old as the first migration ends with the same tables as one made today."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.servers.shouwen import Shouwen

pytestmark = pytest.mark.slow

# Only what stood before the rooms' migrations were written together in one step each.
OLD_WAY = """
import django; django.setup()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
executor = MigrationExecutor(connection)
executor.loader = MigrationLoader(connection, replace_migrations=False)
together = [step for step in executor.loader.disk_migrations.values() if step.replaces]
targets = [step.replaces[-1] for step in together]
assert together and not set(together) & {step for step, _ in executor.migration_plan(targets)}
executor.migrate(targets)
for step in together:  # noted although it did not run: it had not been written then
    executor.recorder.record_unapplied(step.app_label, step.name)
"""
TABLES = """
import django, json; django.setup()
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from shouwen.config.commands.preparing import migrate
steps = migrate(quiet=True)
ask = connection.introspection
shape = {}
with connection.cursor() as cursor:
    for table in ask.table_names(cursor):
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        shape[table] = {"rows": cursor.fetchone()[0] if table != "django_migrations" else 0}
        columns = ask.get_table_description(cursor, table)
        shape[table]["columns"] = sorted(str((one.name, one.type_code, one[2:])) for one in columns)
        shape[table]["constraints"] = sorted(
            # A name of PostgreSQL's own is made in another way when the column came later.
            json.dumps([name if one["index"] or one["check"] else "", sorted(one["columns"]), one], sort_keys=True)
            for name, one in ask.get_constraints(cursor, table).items()
        )
    cursor.execute(
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'" if connection.vendor == "postgresql"
        else "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    )
    shape["every index"] = sorted(row[0] for row in cursor.fetchall())
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
        shape["every trigger"] = sorted(map(str, cursor.fetchall()))
        cursor.execute("SELECT conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid > 0")
        shape["every condition"] = sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT table_name, column_name, column_default, is_identity FROM information_schema.columns "
                       "WHERE table_schema = 'public'")
        shape["every default"] = sorted(map(str, cursor.fetchall()))
applied = MigrationLoader(connection).applied_migrations
shape["applied"] = sorted(map(list, applied))
print(json.dumps([steps, shape]))
"""


def brought_up(installation: Shouwen) -> tuple[int, dict[str, Any]]:
    steps, shape = json.loads(installation.python(TABLES).splitlines()[-1])
    return steps, shape


def test_an_old_installation_is_brought_to_the_same_tables(tmp_path: Path) -> None:
    old = Shouwen(tmp_path / "old", demo=False)
    new = Shouwen(tmp_path / "new", demo=False, prepared=True)
    old.python(OLD_WAY)
    _, upgraded = brought_up(old)
    steps, fresh = brought_up(new)
    assert steps == 0
    assert set(upgraded) == set(fresh)
    for table in fresh:
        assert upgraded[table] == fresh[table], table
