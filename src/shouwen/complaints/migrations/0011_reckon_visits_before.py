"""When a complaint left a stage the time before, reckoned once for the few that came back to one."""

from django.db import migrations
from django.db.models import Count, OuterRef, Subquery


def reckon(apps, schema_editor):
    visits = apps.get_model("complaints", "StageVisit").objects.using(schema_editor.connection.alias)
    twice = visits.order_by().values("complaint", "stage").annotate(n=Count("pk")).filter(n__gt=1)
    before = visits.filter(
        complaint=OuterRef("complaint"), stage=OuterRef("stage"), left_at__isnull=False, pk__lt=OuterRef("pk")
    )
    visits.filter(complaint__in=twice.values("complaint")).update(
        left_before=Subquery(before.order_by("-pk").values("left_at")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("complaints", "0010_visits_before_and_investigators")]

    operations = [migrations.RunPython(reckon, migrations.RunPython.noop)]
