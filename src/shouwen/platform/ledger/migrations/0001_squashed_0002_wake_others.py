"""What a new installation starts with: the migrations named below in one step. Older ones go through them."""

import django.db.models.deletion
from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


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

    replaces = [
        ('ledger', '0001_initial'),
        ('ledger', '0002_wake_others'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60)),
                        ('at', models.DateTimeField()),
                        ('by_kind', models.CharField(max_length=12)),
                        ('by_id', models.BigIntegerField(null=True)),
                        ('by_name', models.CharField(blank=True, max_length=80)),
                        ('data', models.JSONField(default=dict)),
                        ('before', models.JSONField(null=True)),
                        ('after', models.JSONField(null=True)),
                        ('topics', models.JSONField(default=list)),
                        ('pending', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('pending', True)), fields=['id'], name='ledger_event_pending')],
                    },
                ),
                migrations.CreateModel(
                    name='EventSubject',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('subject_id', models.BigIntegerField()),
                        ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ledger.event')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['kind', 'subject_id', 'event'], name='ledger_subject_events')],
                    },
                ),
            ],
        ),
        migrations.RunPython(forwards, backwards),
    ]
