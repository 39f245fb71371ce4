"""What is asked and granted stands in a case; where that is a complaint, in the complaint too."""

import django.db.models.deletion
from django.db import migrations, models

CASE = {
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "cases.case",
}


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0001_squashed_0008_ladder"),
        ("complaints", "0004_threats_and_abuse"),
    ]

    operations = [
        migrations.AddField("approval", "case", models.ForeignKey(**CASE)),
        migrations.AddField("approval", "title", models.CharField(blank=True, max_length=200)),
        migrations.AddField("grant", "case", models.ForeignKey(**CASE)),
    ]
