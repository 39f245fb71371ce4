import django.db.models.deletion
from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0005_opened'),
        ('people', '0001_initial'),
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Incident',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200)),
                        ('title_en', models.CharField(blank=True, max_length=200)),
                        ('model', models.CharField(blank=True, max_length=80)),
                        ('terms', models.JSONField(default=list)),
                        ('area_names', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('suspected', 'Suspected'), ('open', 'Open'), ('partly', 'Partly restored'), ('restored', 'Restored'), ('closed', 'Closed'), ('reopened', 'Reopened'), ('dismissed', 'Dismissed')], max_length=10)),
                        ('active', models.BooleanField(default=False)),
                        ('cause', models.TextField(blank=True)),
                        ('interim', models.TextField(blank=True)),
                        ('interim_en', models.TextField(blank=True)),
                        ('estimate_at', models.DateTimeField(blank=True, null=True)),
                        ('public', models.BooleanField(default=False)),
                        ('evidence', models.JSONField(default=dict)),
                        ('linked_count', models.PositiveIntegerField(default=0)),
                        ('reopen_count', models.PositiveSmallIntegerField(default=0)),
                        ('began_at', models.DateTimeField()),
                        ('made_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('restored_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', '-began_at', '-id'], name='incidents_by_state'), models.Index(fields=['-began_at', '-id'], name='incidents_newest'), models.Index(condition=models.Q(('active', True)), fields=['-began_at', '-id'], name='incidents_active'), models.Index(condition=models.Q(('public', True)), fields=['-changed_at'], name='incidents_public')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('active', True), ('state__in', ('open', 'partly', 'restored', 'reopened'))), models.Q(('active', False), models.Q(('state__in', ('open', 'partly', 'restored', 'reopened')), _negated=True)), _connector='OR'), name='incidents_active_says_the_state')],
                    },
                ),
                migrations.CreateModel(
                    name='Area',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(blank=True, max_length=80)),
                        ('restored_at', models.DateTimeField(blank=True, null=True)),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='incidents.incident')),
                    ],
                    options={
                        'ordering': ('id',),
                        'constraints': [models.UniqueConstraint(fields=('incident', 'name'), name='incidents_one_area')],
                    },
                ),
                migrations.CreateModel(
                    name='Link',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('suggested', 'Suggested'), ('linked', 'Linked'), ('unlinked', 'Unlinked')], max_length=10)),
                        ('why', models.JSONField(default=list)),
                        ('promise_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('told_at', models.DateTimeField(blank=True, null=True)),
                        ('asked_at', models.DateTimeField(blank=True, null=True)),
                        ('answer', models.CharField(blank=True, max_length=12)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('made_at', models.DateTimeField()),
                        ('made_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('changed_at', models.DateTimeField()),
                        ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.area')),
                        ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='incidents.incident')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['incident', 'state', 'id'], name='incidents_link_page'), models.Index(fields=['case', 'state'], name='incidents_link_case')],
                        'constraints': [models.UniqueConstraint(fields=('incident', 'case'), name='incidents_one_link'), models.UniqueConstraint(condition=models.Q(('state', 'linked')), fields=('case',), name='incidents_one_incident_per_case')],
                    },
                ),
                migrations.CreateModel(
                    name='Problem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200)),
                        ('state', models.CharField(choices=[('candidate', 'Candidate'), ('open', 'Looking for the cause'), ('cause_known', 'Cause known'), ('watching', 'Fixed, being watched'), ('closed', 'Closed'), ('dismissed', 'Dismissed')], max_length=12)),
                        ('live', models.BooleanField(default=False)),
                        ('model', models.CharField(blank=True, max_length=80)),
                        ('kind', models.CharField(blank=True, max_length=30)),
                        ('terms', models.JSONField(default=list)),
                        ('evidence', models.JSONField(default=dict)),
                        ('key', models.CharField(blank=True, max_length=200)),
                        ('whys', models.JSONField(default=list)),
                        ('fix', models.TextField(blank=True)),
                        ('fixed_at', models.DateTimeField(blank=True, null=True)),
                        ('period_days', models.PositiveSmallIntegerField(default=7)),
                        ('result', models.TextField(blank=True)),
                        ('case_count', models.PositiveIntegerField(default=0)),
                        ('made_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('owner', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.staff')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', '-changed_at', '-id'], name='incidents_problem_state'), models.Index(fields=['-changed_at', '-id'], name='incidents_problem_newest'), models.Index(condition=models.Q(('live', True)), fields=['-changed_at', '-id'], name='incidents_problem_live')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('key',), name='incidents_one_problem_per_key'), models.CheckConstraint(condition=models.Q(models.Q(('live', True), ('state__in', ('open', 'cause_known', 'watching'))), models.Q(('live', False), models.Q(('state__in', ('open', 'cause_known', 'watching')), _negated=True)), _connector='OR'), name='incidents_live_says_the_state'), models.CheckConstraint(condition=models.Q(('period_days__gte', 1), ('period_days__lte', 90)), name='incidents_period_1_to_90')],
                    },
                ),
                migrations.CreateModel(
                    name='ProblemCase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('opened_at', models.DateTimeField()),
                        ('removed', models.BooleanField(default=False)),
                        ('found', models.BooleanField(default=False)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.case')),
                        ('problem', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='incidents.problem')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['problem', 'removed', '-opened_at', '-id'], name='incidents_problem_cases')],
                        'constraints': [models.UniqueConstraint(fields=('problem', 'case'), name='incidents_case_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ProblemIncident',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('incident', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='incidents.incident')),
                        ('problem', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='incidents.problem')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('problem', 'incident'), name='incidents_incident_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Sighting',
                    fields=[
                        ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                        ('customer_id', models.PositiveBigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('area', models.CharField(blank=True, max_length=80)),
                        ('model', models.CharField(blank=True, max_length=80)),
                        ('terms', models.JSONField(default=list)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['at'], name='incidents_sighting_at')],
                    },
                ),
                migrations.CreateModel(
                    name='Update',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sort', models.CharField(choices=[('news', 'News'), ('restored', 'Restored')], max_length=10)),
                        ('text', models.TextField(blank=True)),
                        ('text_en', models.TextField(blank=True)),
                        ('estimate_at', models.DateTimeField(blank=True, null=True)),
                        ('areas', models.JSONField(default=list)),
                        ('made_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('made_by_name', models.CharField(blank=True, max_length=80)),
                        ('made_at', models.DateTimeField()),
                        ('cursor', models.PositiveBigIntegerField(default=0)),
                        ('wanted', models.PositiveIntegerField(default=0)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('incident', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='incidents.incident')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['incident', '-id'], name='incidents_update_page'), models.Index(condition=models.Q(('finished_at', None)), fields=['id'], name='incidents_update_unsent')],
                    },
                ),
                migrations.CreateModel(
                    name='Told',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('way', models.CharField(choices=[('sent', 'Sent'), ('by_hand', 'To be told by phone'), ('by_word', 'Told by word of mouth'), ('closed', 'Closed before, not told'), ('failed', 'Could not be told')], max_length=8)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('message_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('at', models.DateTimeField()),
                        ('link', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='told', to='incidents.link')),
                        ('update', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='told', to='incidents.update')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['update', 'way', 'id'], name='incidents_told_way'), models.Index(fields=['link', '-id'], name='incidents_told_link')],
                        'constraints': [models.UniqueConstraint(fields=('update', 'link'), name='incidents_told_once')],
                    },
                ),
            ],
        ),
    ]
