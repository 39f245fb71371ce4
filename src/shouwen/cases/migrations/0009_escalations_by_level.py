"""The highest come first: from the index, and not by sorting all that wait."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_ladder")]

    operations = [
        migrations.RemoveIndex("escalation", "cases_escalation_open"),
        migrations.AddIndex(
            "escalation",
            models.Index(
                fields=["-level", "-id"], condition=Q(settled_at=None), name="cases_escalation_waiting"
            ),
        ),
    ]
