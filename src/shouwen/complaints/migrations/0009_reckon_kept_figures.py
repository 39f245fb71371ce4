"""What is kept from now on, reckoned once from what it is counted from."""

from datetime import timedelta

from django.db import migrations
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

LATER = timedelta(days=180)


def reckon(apps, schema_editor):
    def rows(name, room="complaints"):
        return apps.get_model(room, name).objects.using(schema_editor.connection.alias)

    case = rows("Case", "cases").filter(pk=OuterRef("case_id")).values("customer_id")
    live = rows("Grant").filter(complaint=OuterRef("pk"), released_at=None).order_by().values("complaint")
    helped = rows("Recovery").filter(complaint=OuterRef("pk"), followed_at__isnull=False)
    rows("Complaint").update(
        customer_id=Subquery(case[:1]),
        granted=Coalesce(Subquery(live.annotate(sum=Sum("amount")).values("sum")), 0),
        recovered=Exists(helped),
    )
    end = ExpressionWrapper(OuterRef("closed_at") + LATER, output_field=DateTimeField())
    later = rows("Complaint").filter(
        customer_id=OuterRef("customer_id"), opened_at__gt=OuterRef("closed_at"), opened_at__lt=end
    )
    rows("Complaint").filter(closed_at__isnull=False).update(again=Exists(later))
    rows("StageVisit").filter(left_at__isnull=False).update(lasted=F("left_at") - F("entered_at"))
    then = rows("StageVisit").filter(
        complaint=OuterRef("complaint"), entered_at__lte=OuterRef("granted_at")
    ).order_by("-entered_at", "-id")
    rows("Grant").filter(complaint__isnull=False).update(
        in_stage=Coalesce(Subquery(then.values("stage")[:1]), Value(""))
    )


class Migration(migrations.Migration):
    dependencies = [("complaints", "0008_kept_figures")]

    operations = [migrations.RunPython(reckon, migrations.RunPython.noop)]
