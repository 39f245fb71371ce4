"""What was still asked for a complaint that had ended could neither be granted nor declined: it is withdrawn."""

from django.db import migrations
from django.db.models import F


def end(apps, schema_editor):
    approvals = apps.get_model("complaints", "Approval").objects.using(schema_editor.connection.alias)
    open_ones = approvals.filter(state="asked", complaint__isnull=False)
    # Decided at the moment of asking: the figures of how long decisions take leave it out
    open_ones.exclude(complaint__state="active").update(state="withdrawn", decided_at=F("asked_at"))


class Migration(migrations.Migration):
    dependencies = [("complaints", "0011_reckon_visits_before")]

    operations = [migrations.RunPython(end, migrations.RunPython.noop)]
