"""What a new installation starts with: the migrations named below in one step. Older ones go through them."""

from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [
        ('jobs', '0001_initial'),
        ('jobs', '0002_sent_at'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Schedule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('next_at', models.DateTimeField(db_index=True)),
                        ('last_at', models.DateTimeField(null=True)),
                        ('last_error', models.TextField(blank=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('args', models.JSONField(default=dict)),
                        ('key', models.CharField(max_length=200, null=True, unique=True)),
                        ('run_at', models.DateTimeField()),
                        ('state', models.CharField(default='queued', max_length=8)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('lease_until', models.DateTimeField(null=True)),
                        ('last_error', models.TextField(blank=True)),
                        ('created_at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['run_at', 'id'], name='jobs_job_queued'), models.Index(condition=models.Q(('state', 'running')), fields=['lease_until'], name='jobs_job_running'), models.Index(condition=models.Q(('state', 'dead')), fields=['-id'], name='jobs_job_dead')],
                    },
                ),
            ],
        ),
    ]
