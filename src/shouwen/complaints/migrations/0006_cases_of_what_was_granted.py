from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps: Any, editor: Any) -> None:
    complaints = apps.get_model("complaints", "Complaint").objects.filter(pk=OuterRef("complaint_id"))
    options = apps.get_model("complaints", "Option").objects.filter(pk=OuterRef("option_id"))
    case = Subquery(complaints.values("case_id")[:1])
    approvals = apps.get_model("complaints", "Approval").objects
    approvals.update(case_id=case, title=Subquery(options.values("title")[:1]))
    apps.get_model("complaints", "Grant").objects.update(case_id=case)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0005_authority_in_any_case")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
