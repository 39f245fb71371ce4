"""What a new installation starts with: the migrations named below in one step. Older ones go through them."""

import django.db.models.deletion
import shouwen.customers.models
from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [
        ('customers', '0001_initial'),
        ('customers', '0002_legal_hold'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Customer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('person', 'Person'), ('organisation', 'Organisation'), ('internal', 'Internal customer')], default='person', max_length=12)),
                        ('name', models.CharField(max_length=120)),
                        ('spelling', models.CharField(blank=True, max_length=120)),
                        ('initials', models.CharField(blank=True, max_length=120)),
                        ('salutation', models.CharField(blank=True, max_length=40)),
                        ('tier', models.CharField(default='C', max_length=1)),
                        ('language', models.CharField(default='zh-hans', max_length=10)),
                        ('zone', models.CharField(default='Asia/Shanghai', max_length=60)),
                        ('region', models.CharField(blank=True, max_length=80)),
                        ('note', models.TextField(blank=True)),
                        ('consent', models.JSONField(blank=True, default=shouwen.customers.models.no_consent)),
                        ('external_ref', models.CharField(blank=True, max_length=80)),
                        ('created_at', models.DateTimeField()),
                        ('last_contact_at', models.DateTimeField()),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='customers.customer')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='customers.customer')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('erased_at__isnull', True), ('merged_into__isnull', True)), fields=['-last_contact_at', '-id'], name='customers_recent'), models.Index(condition=models.Q(('erased_at__isnull', True), ('merged_into__isnull', True)), fields=['tier', '-last_contact_at', '-id'], name='customers_by_tier'), models.Index(condition=models.Q(('erased_at__isnull', True), ('merged_into__isnull', True)), fields=['kind', '-last_contact_at', '-id'], name='customers_by_kind'), models.Index(fields=['name'], name='customers_name', opclasses=['varchar_pattern_ops']), models.Index(fields=['spelling'], name='customers_spelling', opclasses=['varchar_pattern_ops']), models.Index(fields=['initials'], name='customers_initials', opclasses=['varchar_pattern_ops']), models.Index(condition=models.Q(('external_ref', ''), _negated=True), fields=['external_ref'], name='customers_external')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('tier__in', ('A', 'B', 'C', 'D'))), name='customers_tier_a_to_d'), models.CheckConstraint(condition=models.Q(('organisation', models.F('id')), _negated=True), name='customers_not_own_org')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactPoint',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('phone', 'Phone'), ('email', 'E-mail'), ('wechat', 'WeChat'), ('other', 'Other')], max_length=8)),
                        ('value', models.CharField(max_length=254)),
                        ('normalised', models.CharField(max_length=254)),
                        ('backwards', models.CharField(max_length=254)),
                        ('label', models.CharField(blank=True, max_length=40)),
                        ('primary', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField()),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='customers.customer')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['normalised'], name='customers_contact_start', opclasses=['varchar_pattern_ops']), models.Index(fields=['backwards'], name='customers_contact_end', opclasses=['varchar_pattern_ops'])],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'normalised'), name='customers_one_per_contact')],
                    },
                ),
                migrations.CreateModel(
                    name='CautionFlag',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=200)),
                        ('evidence', models.TextField(blank=True)),
                        ('set_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('set_by_name', models.CharField(blank=True, max_length=80)),
                        ('set_at', models.DateTimeField()),
                        ('review_on', models.DateField()),
                        ('expires_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_reason', models.CharField(blank=True, max_length=200)),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='customers.customer')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['expires_at'], name='customers_flag_ends'), models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['review_on'], name='customers_flag_reviews')],
                    },
                ),
                migrations.CreateModel(
                    name='Asset',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120)),
                        ('model', models.CharField(blank=True, max_length=80)),
                        ('serial_number', models.CharField(blank=True, db_index=True, max_length=80)),
                        ('bought_on', models.DateField(blank=True, null=True)),
                        ('warranty_until', models.DateField(blank=True, null=True)),
                        ('location', models.CharField(blank=True, max_length=160)),
                        ('note', models.TextField(blank=True)),
                        ('created_at', models.DateTimeField()),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assets', to='customers.customer')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('serial_number', ''), _negated=True), fields=('customer', 'serial_number'), name='customers_serial_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AccessLog',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('user_name', models.CharField(blank=True, max_length=80)),
                        ('at', models.DateTimeField()),
                        ('what', models.CharField(max_length=60)),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accesses', to='customers.customer')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['customer', '-at'], name='customers_access')],
                    },
                ),
                migrations.CreateModel(
                    name='Merge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moved', models.JSONField(default=dict)),
                        ('at', models.DateTimeField()),
                        ('by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('by_name', models.CharField(blank=True, max_length=80)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                        ('loser', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_lost', to='customers.customer')),
                        ('winner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_won', to='customers.customer')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('loser',), name='customers_merged_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LegalHold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=200)),
                        ('until', models.DateField(blank=True, null=True)),
                        ('set_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('set_by_name', models.CharField(blank=True, max_length=80)),
                        ('set_at', models.DateTimeField()),
                        ('released_at', models.DateTimeField(blank=True, null=True)),
                        ('released_by_name', models.CharField(blank=True, max_length=80)),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='customers.customer')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['customer', '-id'], name='customers_hold')],
                    },
                ),
            ],
        ),
    ]
