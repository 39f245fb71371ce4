import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0005_first_stamps")]

    operations = [
        migrations.CreateModel(
            name="ArticleMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("moved", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                ("by_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("by_name", models.CharField(blank=True, max_length=80)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "goes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_lost",
                        to="knowledge.article",
                    ),
                ),
                (
                    "stays",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_won",
                        to="knowledge.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True), ("undone_at__isnull", True)),
                        fields=("goes",),
                        name="knowledge_merged_once",
                    )
                ],
            },
        ),
    ]
