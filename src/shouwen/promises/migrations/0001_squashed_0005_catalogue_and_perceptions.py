"""What a new installation starts with: the migrations named below in one step. Older ones go through them."""

import django.db.models.deletion
from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [
        ('promises', '0001_initial'),
        ('promises', '0002_statutory'),
        ('promises', '0003_break_causes'),
        ('promises', '0004_authority'),
        ('promises', '0005_catalogue_and_perceptions'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='CustomerMove',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('merge_id', models.PositiveBigIntegerField(unique=True)),
                        ('promise_ids', models.JSONField(default=list)),
                        ('expectation_ids', models.JSONField(default=list)),
                        ('perception_ids', models.JSONField(default=list)),
                    ],
                ),
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveBigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='ServiceItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=80)),
                        ('name_en', models.CharField(blank=True, max_length=80)),
                        ('description', models.TextField(blank=True)),
                        ('for_whom', models.CharField(blank=True, max_length=200)),
                        ('price_note', models.CharField(blank=True, max_length=200)),
                        ('covered', models.TextField(blank=True)),
                        ('not_covered', models.TextField(blank=True)),
                        ('evidence_needed', models.TextField(blank=True)),
                        ('expectation_notice', models.TextField(blank=True)),
                        ('active', models.BooleanField(default=True)),
                        ('updated_at', models.DateTimeField()),
                        ('expectation_notice_en', models.TextField(blank=True)),
                        ('public', models.BooleanField(default=False)),
                        ('sends_notice', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ('-active', 'name', 'id'),
                    },
                ),
                migrations.CreateModel(
                    name='Calendar',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('zone', models.CharField(max_length=64)),
                        ('definition', models.JSONField()),
                        ('default', models.BooleanField(default=False)),
                        ('active', models.BooleanField(default=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('updated_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('-default', 'name'),
                        'constraints': [models.UniqueConstraint(condition=models.Q(('default', True)), fields=('default',), name='promises_one_default_calendar')],
                    },
                ),
                migrations.CreateModel(
                    name='Expectation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=20)),
                        ('subject_id', models.PositiveBigIntegerField()),
                        ('customer_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('text', models.TextField()),
                        ('sort', models.CharField(choices=[('reasonable', 'Reasonable'), ('too_high', 'Too high'), ('mistaken', 'Mistaken'), ('unreasonable', 'Unreasonable demand')], max_length=12)),
                        ('managed', models.TextField(blank=True)),
                        ('agreed', models.TextField(blank=True)),
                        ('levels', models.JSONField(default=dict)),
                        ('recorded_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('recorded_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('-id',),
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='promises_expectation_about'), models.Index(fields=['customer_id'], name='promises_expectation_customer')],
                    },
                ),
                migrations.CreateModel(
                    name='OfficialDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('country', models.CharField(max_length=2)),
                        ('date', models.DateField()),
                        ('kind', models.CharField(choices=[('holiday', 'Holiday'), ('workday', 'Make-up workday')], max_length=7)),
                        ('name', models.CharField(blank=True, max_length=80)),
                        ('source', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'ordering': ('date',),
                        'constraints': [models.UniqueConstraint(fields=('country', 'date'), name='promises_official_day_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceStandard',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('case_kind', models.CharField(blank=True, max_length=30)),
                        ('tier', models.CharField(blank=True, choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D')], max_length=1)),
                        ('channel', models.CharField(blank=True, max_length=20)),
                        ('first_reply_seconds', models.PositiveIntegerField(blank=True, null=True, verbose_name='First reply')),
                        ('next_reply_seconds', models.PositiveIntegerField(blank=True, null=True, verbose_name='Next reply')),
                        ('solution_seconds', models.PositiveIntegerField(blank=True, null=True, verbose_name='Solution')),
                        ('valid_from', models.DateTimeField()),
                        ('valid_to', models.DateTimeField(blank=True, null=True)),
                        ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='standards', to='promises.calendar')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='standards', to='promises.serviceitem')),
                    ],
                    options={
                        'ordering': ('item_id', 'case_kind', 'tier', 'channel', '-valid_from'),
                        'indexes': [models.Index(fields=['item', 'case_kind', 'tier', 'channel'], name='promises_standard_about')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='promises_standard_forward'), models.CheckConstraint(condition=models.Q(('first_reply_seconds__gt', 0), ('next_reply_seconds__gt', 0), ('solution_seconds__gt', 0), _connector='OR'), name='promises_standard_says_something')],
                    },
                ),
                migrations.CreateModel(
                    name='Clock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=20)),
                        ('subject_id', models.PositiveBigIntegerField()),
                        ('sort', models.CharField(choices=[('first_reply', 'First reply'), ('next_reply', 'Next reply'), ('solution', 'Solution'), ('task', 'Task')], max_length=11)),
                        ('started_at', models.DateTimeField()),
                        ('counted_from', models.DateTimeField()),
                        ('used_before', models.PositiveIntegerField(default=0)),
                        ('target_seconds', models.PositiveIntegerField()),
                        ('due_at', models.DateTimeField()),
                        ('look_at', models.DateTimeField(null=True)),
                        ('provisional', models.BooleanField(default=False)),
                        ('state', models.CharField(choices=[('running', 'Running'), ('paused', 'Paused'), ('met', 'Met'), ('breached', 'Breached'), ('stopped', 'Stopped')], default='running', max_length=8)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('warned_at', models.DateTimeField(blank=True, null=True)),
                        ('breached_at', models.DateTimeField(blank=True, null=True)),
                        ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promises.calendar')),
                        ('standard', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promises.servicestandard')),
                    ],
                    options={
                        'ordering': ('due_at', 'id'),
                        'indexes': [models.Index(fields=['state', 'due_at'], name='promises_clock_due'), models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='promises_clock_look'), models.Index(fields=['subject_kind', 'subject_id'], name='promises_clock_subject')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['running', 'paused'])), fields=('subject_kind', 'subject_id', 'sort'), name='promises_one_live_clock_per_sort')],
                    },
                ),
                migrations.CreateModel(
                    name='ClockPause',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('from_at', models.DateTimeField()),
                        ('to_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('clock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='promises.clock')),
                    ],
                    options={
                        'ordering': ('from_at', 'id'),
                        'constraints': [models.UniqueConstraint(condition=models.Q(('to_at__isnull', True)), fields=('clock',), name='promises_one_open_pause')],
                    },
                ),
                migrations.CreateModel(
                    name='Promise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=20)),
                        ('subject_id', models.PositiveBigIntegerField()),
                        ('customer_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('text', models.CharField(max_length=400)),
                        ('work', models.CharField(default='other', max_length=12)),
                        ('due_at', models.DateTimeField()),
                        ('provisional', models.BooleanField(default=False)),
                        ('counted_seconds', models.PositiveIntegerField(blank=True, null=True)),
                        ('made_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('deliver_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('team_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('channel', models.CharField(blank=True, max_length=20)),
                        ('message_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('renegotiated', 'Renegotiated'), ('broken', 'Broken'), ('withdrawn', 'Withdrawn')], default='open', max_length=12)),
                        ('owed', models.BooleanField(default=True)),
                        ('made_at', models.DateTimeField()),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('delivered_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=400)),
                        ('told_message_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('customer_told_at', models.DateTimeField(blank=True, null=True)),
                        ('half_at', models.DateTimeField()),
                        ('most_at', models.DateTimeField()),
                        ('look_at', models.DateTimeField(blank=True, null=True)),
                        ('warned_half_at', models.DateTimeField(blank=True, null=True)),
                        ('warned_most_at', models.DateTimeField(blank=True, null=True)),
                        ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promises.calendar')),
                        ('previous', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewal', to='promises.promise')),
                        ('cause', models.CharField(blank=True, max_length=12)),
                    ],
                    options={
                        'ordering': ('due_at', 'id'),
                        'indexes': [models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='promises_promise_look'), models.Index(fields=['state', 'due_at', 'id'], name='promises_state_due'), models.Index(fields=['subject_kind', 'subject_id'], name='promises_subject'), models.Index(fields=['made_by', 'state', 'due_at'], name='promises_made_by'), models.Index(fields=['deliver_by', 'owed', 'due_at'], name='promises_deliver_by'), models.Index(fields=['team_id', 'state', 'due_at'], name='promises_team'), models.Index(fields=['owed', 'due_at'], name='promises_owed'), models.Index(fields=['due_at', 'id'], name='promises_due'), models.Index(fields=['customer_id'], name='promises_customer'), models.Index(fields=['settled_at', 'state'], name='promises_settled'), models.Index(fields=['work', 'state', '-id'], name='promises_work')],
                    },
                ),
                migrations.CreateModel(
                    name='StatutoryTemplate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('name', models.CharField(max_length=120)),
                        ('name_en', models.CharField(blank=True, max_length=120)),
                        ('authority', models.CharField(max_length=80)),
                        ('count', models.PositiveIntegerField()),
                        ('unit', models.CharField(choices=[('calendar_days', 'Calendar days'), ('working_days', 'Working days'), ('weeks', 'Weeks')], max_length=13)),
                        ('country', models.CharField(max_length=2)),
                        ('zone', models.CharField(max_length=64)),
                        ('ends_at', models.PositiveIntegerField(default=1440)),
                        ('rolls', models.BooleanField(default=False)),
                        ('extensions', models.JSONField(default=list)),
                        ('source', models.CharField(max_length=300)),
                        ('source_version', models.CharField(blank=True, max_length=120)),
                        ('valid_from', models.DateTimeField()),
                        ('valid_to', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ('authority', 'code', '-version'),
                        'constraints': [models.UniqueConstraint(fields=('code', 'version'), name='promises_statutory_version_once'), models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='promises_statutory_counts'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='promises_statutory_forward')],
                    },
                ),
                migrations.CreateModel(
                    name='StatutoryClock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=20)),
                        ('subject_id', models.PositiveBigIntegerField()),
                        ('code', models.CharField(max_length=40)),
                        ('reference', models.CharField(blank=True, max_length=80)),
                        ('received_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('warn_at', models.DateTimeField()),
                        ('look_at', models.DateTimeField(blank=True, null=True)),
                        ('provisional', models.BooleanField(default=False)),
                        ('state', models.CharField(choices=[('running', 'Running'), ('met', 'Met'), ('breached', 'Breached'), ('stopped', 'Stopped')], default='running', max_length=8)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=400)),
                        ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='promises.statutorytemplate')),
                    ],
                    options={
                        'ordering': ('due_at', 'id'),
                        'indexes': [models.Index(condition=models.Q(('look_at__isnull', False)), fields=['look_at'], name='promises_statutory_look'), models.Index(fields=['subject_kind', 'subject_id'], name='promises_statutory_subject'), models.Index(fields=['state', 'due_at', 'id'], name='promises_statutory_due')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('subject_kind', 'subject_id', 'code'), name='promises_one_live_statutory')],
                    },
                ),
                migrations.CreateModel(
                    name='StatutoryExtension',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('count', models.PositiveIntegerField()),
                        ('why', models.CharField(blank=True, max_length=200)),
                        ('reason', models.CharField(max_length=400)),
                        ('extended_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('extended_at', models.DateTimeField()),
                        ('clock', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extensions', to='promises.statutoryclock')),
                    ],
                    options={
                        'ordering': ('id',),
                    },
                ),
                migrations.CreateModel(
                    name='PromiseKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('work', models.CharField(max_length=12, unique=True)),
                        ('minimum_lead_minutes', models.PositiveIntegerField(blank=True, null=True)),
                        ('strict', models.BooleanField(default=False)),
                        ('restricted', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ('work',),
                    },
                ),
                migrations.CreateModel(
                    name='PromiseAuthority',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(max_length=40)),
                        ('most_amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorities', to='promises.promisekind')),
                    ],
                    options={
                        'ordering': ('role',),
                        'constraints': [models.UniqueConstraint(fields=('kind', 'role'), name='promises_authority_once'), models.CheckConstraint(condition=models.Q(('most_amount__isnull', True), ('most_amount__gt', 0), _connector='OR'), name='promises_authority_positive')],
                    },
                ),
                migrations.CreateModel(
                    name='Perception',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=20)),
                        ('subject_id', models.PositiveBigIntegerField()),
                        ('answer_id', models.PositiveBigIntegerField()),
                        ('customer_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('item_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('team_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('perceived', models.JSONField(default=dict)),
                        ('expected', models.JSONField(default=dict)),
                        ('mean', models.FloatField()),
                        ('state', models.CharField(max_length=5)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('-at', '-id'),
                        'indexes': [models.Index(fields=['at', 'id'], name='promises_perception_at'), models.Index(fields=['item_id', 'at'], name='promises_perception_item'), models.Index(fields=['team_id', 'at'], name='promises_perception_team'), models.Index(fields=['customer_id', 'at'], name='promises_perception_customer')],
                        'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'answer_id'), name='promises_perception_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CoverageRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sort', models.CharField(choices=[('warranty', 'Warranty'), ('return', 'Return'), ('exchange', 'Exchange'), ('repair', 'Free repair')], max_length=8)),
                        ('span', models.PositiveIntegerField(blank=True, null=True)),
                        ('unit', models.CharField(choices=[('days', 'days'), ('months', 'months')], default='months', max_length=6)),
                        ('condition', models.CharField(blank=True, max_length=300)),
                        ('evidence', models.CharField(blank=True, max_length=300)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coverage', to='promises.serviceitem')),
                    ],
                    options={
                        'ordering': ('item_id', 'sort'),
                        'constraints': [models.UniqueConstraint(fields=('item', 'sort'), name='promises_coverage_once'), models.CheckConstraint(condition=models.Q(('span__isnull', True), ('span__gt', 0), _connector='OR'), name='promises_coverage_span')],
                    },
                ),
            ],
        ),
    ]
