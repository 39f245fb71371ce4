"""On PostgreSQL an event notifies the other processes in the transaction that writes it, without a statement more."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION shouwen_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('shouwen_events', ''); RETURN NULL; END $$;
CREATE TRIGGER ledger_event_wakes AFTER INSERT ON ledger_event
FOR EACH STATEMENT EXECUTE FUNCTION shouwen_wake();
"""
BACKWARDS = """
DROP TRIGGER ledger_event_wakes ON ledger_event;
DROP FUNCTION shouwen_wake();
"""


def forwards(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(FORWARDS)


def backwards(_apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute(BACKWARDS)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
