"""What a new installation starts with: the migrations named below in one step. Older ones go through them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_leave'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='Provider',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, unique=True)),
                        ('sort', models.CharField(choices=[('in_house', 'In-house'), ('third_party', 'Third party'), ('independent', 'Independent')], default='third_party', max_length=12)),
                        ('contract_until', models.DateField(blank=True, null=True)),
                        ('note', models.TextField(blank=True)),
                    ],
                    options={
                        'ordering': ('name',),
                    },
                ),
                migrations.CreateModel(
                    name='Skill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=80)),
                    ],
                    options={
                        'ordering': ('name',),
                    },
                ),
                migrations.CreateModel(
                    name='Department',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.department')),
                    ],
                    options={
                        'ordering': ('name',),
                    },
                ),
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('calendar_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('active', models.BooleanField(default=True)),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='people.department')),
                    ],
                    options={
                        'ordering': ('name',),
                    },
                ),
                migrations.CreateModel(
                    name='Staff',
                    fields=[
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(db_index=True, max_length=80)),
                        ('title', models.CharField(blank=True, max_length=80)),
                        ('languages', models.JSONField(default=list)),
                        ('authority_level', models.PositiveSmallIntegerField(default=0)),
                        ('capacity', models.PositiveSmallIntegerField(default=12)),
                        ('presence', models.CharField(choices=[('on_duty', 'On duty'), ('busy', 'Busy'), ('break', 'On a break'), ('offline', 'Offline')], default='offline', max_length=8)),
                        ('presence_since', models.DateTimeField()),
                        ('presence_note', models.CharField(blank=True, max_length=80)),
                        ('photo', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('limits', models.CharField(blank=True, max_length=400)),
                        ('active', models.BooleanField(default=True)),
                        ('joined_at', models.DateTimeField()),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='people.department')),
                        ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.staff')),
                        ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='staff', to='people.provider')),
                        ('skills', models.ManyToManyField(related_name='staff', through='people.StaffSkill', to='people.skill')),
                        ('teams', models.ManyToManyField(related_name='staff', through='people.Membership', to='people.team')),
                        ('leave_from', models.DateField(blank=True, null=True)),
                        ('leave_until', models.DateField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name_plural': 'staff',
                        'ordering': ('name',),
                        'indexes': [models.Index(fields=['active', 'presence'], name='people_staff_duty')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('authority_level__lte', 5)), name='people_authority_0_to_5')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lead', models.BooleanField(default=False)),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.staff')),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.team')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('staff', 'team'), name='people_once_in_a_team')],
                    },
                ),
                migrations.CreateModel(
                    name='StaffSkill',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('level', models.PositiveSmallIntegerField(default=3)),
                        ('skill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holders', to='people.skill')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skill_levels', to='people.staff')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('staff', 'skill'), name='people_one_level_per_skill'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='people_skill_1_to_5')],
                    },
                ),
                migrations.CreateModel(
                    name='HelpCall',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.CharField(blank=True, max_length=200)),
                        ('asked_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('helper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.staff')),
                        ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='help_calls', to='people.staff')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['asked_at'], name='people_help_waiting')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('staff',), name='people_one_open_call')],
                    },
                ),
            ],
        ),
    ]
