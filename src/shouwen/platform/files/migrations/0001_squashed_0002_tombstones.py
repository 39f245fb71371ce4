"""What a new installation starts with: the migrations named below in one step. Older ones go through them."""

from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [
        ('files', '0001_initial'),
        ('files', '0002_tombstones'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='StoredFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=255)),
                        ('content_type', models.CharField(max_length=120)),
                        ('size', models.BigIntegerField()),
                        ('sha256', models.CharField(db_index=True, max_length=64)),
                        ('safe_inline', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField()),
                        ('gone_at', models.DateTimeField(null=True)),
                        ('wiped_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('gone_at__isnull', False), ('wiped_at__isnull', True)), fields=['id'], name='files_to_wipe')],
                    },
                ),
            ],
        ),
    ]
