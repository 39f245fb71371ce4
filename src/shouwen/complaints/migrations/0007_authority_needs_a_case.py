import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

CASE = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "cases.case"}


def _of(name: str, to: str, on_delete: object) -> models.ForeignKey:
    return models.ForeignKey(null=True, on_delete=on_delete, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0006_cases_of_what_was_granted")]

    operations = [
        migrations.AlterField("approval", "case", models.ForeignKey(**CASE)),
        migrations.AlterField("grant", "case", models.ForeignKey(**CASE)),
        migrations.AlterField(
            "approval",
            "complaint",
            _of("approvals", "complaints.complaint", django.db.models.deletion.CASCADE),
        ),
        migrations.AlterField(
            "approval",
            "option",
            _of("approvals", "complaints.option", django.db.models.deletion.CASCADE),
        ),
        migrations.AlterField(
            "grant",
            "complaint",
            _of("grants", "complaints.complaint", django.db.models.deletion.PROTECT),
        ),
        migrations.AddConstraint(
            "approval",
            models.UniqueConstraint(
                fields=["case", "remedy"],
                condition=Q(state="asked", complaint=None),
                name="complaints_asked_once_in_a_case",
            ),
        ),
        migrations.AddConstraint(
            "approval",
            models.CheckConstraint(
                condition=Q(complaint=None, option=None)
                | Q(complaint__isnull=False, option__isnull=False),
                name="complaints_option_has_its_complaint",
            ),
        ),
    ]
