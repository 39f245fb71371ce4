"""Lists have a stamp from the beginning, so that processes keep them from their first use on."""

from django.db import migrations

LISTS = ("phrases", "wordings")


def stamp(apps, _editor):
    versions = apps.get_model("knowledge", "ListVersion")
    for name in LISTS:
        versions.objects.get_or_create(name=name, defaults={"stamp": "first"})


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0004_votes_by_day")]
    operations = [migrations.RunPython(stamp, migrations.RunPython.noop)]
