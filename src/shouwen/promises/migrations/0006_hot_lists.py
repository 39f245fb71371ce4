"""Lists and badges of a ledger of a million promises read what is owed alone; figures are counted from one index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0001_squashed_0005_catalogue_and_perceptions'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='promise',
            name='promises_made_by',
        ),
        migrations.RemoveIndex(
            model_name='promise',
            name='promises_deliver_by',
        ),
        migrations.RemoveIndex(
            model_name='promise',
            name='promises_team',
        ),
        migrations.RemoveIndex(
            model_name='promise',
            name='promises_owed',
        ),
        migrations.RemoveIndex(
            model_name='promise',
            name='promises_settled',
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['made_by', 'due_at', 'id'], name='promises_maker'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['deliver_by', 'due_at', 'id'], name='promises_deliverer'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(fields=['team_id', 'due_at', 'id'], name='promises_of_team'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('owed', True)), fields=['due_at', 'id'], name='promises_owed_all'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('owed', True)), fields=['deliver_by', 'due_at'], name='promises_owed_deliverer'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('owed', True)), fields=['team_id', 'due_at'], name='promises_owed_team'),
        ),
        migrations.AddIndex(
            model_name='promise',
            index=models.Index(condition=models.Q(('settled_at__isnull', False)), fields=['settled_at', 'state', 'made_by', 'team_id', 'work', 'cause', 'deliver_by'], name='promises_figures'),
        ),
    ]
