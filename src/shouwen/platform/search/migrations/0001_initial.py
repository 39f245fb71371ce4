from django.db import migrations

from shouwen.platform.search import migrations_sql

KINDS = ("case", "customer", "article", "staff")


def forwards(apps, schema_editor):
    for statement in migrations_sql.create(schema_editor.connection.vendor, KINDS):
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in migrations_sql.drop(KINDS):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(forwards, backwards)]
