"""What a new installation starts with: the migrations named below in one step. Older ones go through them."""

import django.db.models.deletion
from django.db import migrations, models

from shouwen.platform.db.tables import CreateTables


LISTS = ("phrases", "wordings")


def stamp(apps, _editor):
    versions = apps.get_model("knowledge", "ListVersion")
    for name in LISTS:
        versions.objects.get_or_create(name=name, defaults={"stamp": "first"})


class Migration(migrations.Migration):

    replaces = [
        ('knowledge', '0001_initial'),
        ('knowledge', '0002_figures_by_team'),
        ('knowledge', '0003_merging_and_uses'),
        ('knowledge', '0004_votes_by_day'),
        ('knowledge', '0005_first_stamps'),
        ('knowledge', '0006_article_merges'),
    ]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        CreateTables(
            operations=[
                migrations.CreateModel(
                    name='ListVersion',
                    fields=[
                        ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ('stamp', models.CharField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name='Article',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', models.CharField(max_length=200)),
                        ('body', models.TextField(blank=True)),
                        ('keywords', models.CharField(blank=True, max_length=300)),
                        ('category', models.CharField(blank=True, max_length=60)),
                        ('language', models.CharField(default='zh-hans', max_length=10)),
                        ('audience', models.CharField(choices=[('staff', 'Staff only'), ('public', 'Customers too')], default='staff', max_length=6)),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=9)),
                        ('review_on', models.DateField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('views', models.PositiveIntegerField(default=0)),
                        ('helpful', models.PositiveIntegerField(default=0)),
                        ('unhelpful', models.PositiveIntegerField(default=0)),
                        ('created_at', models.DateTimeField()),
                        ('updated_at', models.DateTimeField()),
                        ('published_at', models.DateTimeField(blank=True, null=True)),
                        ('retired_reason', models.CharField(blank=True, max_length=200)),
                        ('original', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='knowledge.article')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.staff')),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.article')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['state', '-updated_at', '-id'], name='knowledge_by_state'), models.Index(fields=['state', 'category', '-updated_at', '-id'], name='knowledge_by_category'), models.Index(condition=models.Q(('state', 'published')), fields=['owner', 'review_on'], name='knowledge_reviews'), models.Index(condition=models.Q(('state', 'published')), fields=['review_on'], name='knowledge_review_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('language__in', ('zh-hans', 'en'))), name='knowledge_article_language'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('review_on__isnull', False), _connector='OR'), name='knowledge_published_has_a_review_day'), models.CheckConstraint(condition=models.Q(('original', models.F('id')), _negated=True), name='knowledge_not_its_own_original')],
                    },
                ),
                migrations.CreateModel(
                    name='ArticleFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField()),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='knowledge.article')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('article', 'file'), name='knowledge_file_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ArticleTerm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('term', models.CharField(max_length=64)),
                        ('weight', models.PositiveSmallIntegerField()),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='knowledge.article')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('term', 'article'), name='knowledge_term_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ArticleVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('title', models.CharField(max_length=200)),
                        ('body', models.TextField(blank=True)),
                        ('keywords', models.CharField(blank=True, max_length=300)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('state', models.CharField(choices=[('kept', 'Kept'), ('proposed', 'Proposed'), ('declined', 'Declined')], default='kept', max_length=8)),
                        ('answer', models.CharField(blank=True, max_length=200)),
                        ('by_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('by_name', models.CharField(blank=True, max_length=80)),
                        ('at', models.DateTimeField()),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='knowledge.article')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'proposed')), fields=['at'], name='knowledge_proposals')],
                        'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='knowledge_version_number_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ArticleVote',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user_id', models.PositiveBigIntegerField()),
                        ('helpful', models.BooleanField()),
                        ('missing', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField()),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='knowledge.article')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('article', 'user_id'), name='knowledge_one_vote_a_reader')],
                    },
                ),
                migrations.CreateModel(
                    name='CheckTally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('staff_id', models.PositiveBigIntegerField()),
                        ('sort', models.CharField(blank=True, max_length=16)),
                        ('found', models.PositiveIntegerField(default=0)),
                        ('team_id', models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('day', 'staff_id', 'team_id', 'sort'), name='knowledge_tally_once')],
                    },
                ),
                migrations.CreateModel(
                    name='JargonTerm',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('term', models.CharField(max_length=40)),
                        ('better', models.CharField(max_length=120)),
                        ('active', models.BooleanField(default=True)),
                        ('changed_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('term',), name='knowledge_term_of_ours_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SearchMiss',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('words', models.CharField(max_length=100)),
                        ('key', models.CharField(max_length=100, unique=True)),
                        ('count', models.PositiveIntegerField(default=1)),
                        ('first_at', models.DateTimeField()),
                        ('last_at', models.DateTimeField()),
                        ('last_by', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('settled_at', models.DateTimeField(blank=True, null=True)),
                        ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='misses', to='knowledge.article')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('settled_at__isnull', True)), fields=['-count', '-last_at'], name='knowledge_misses')],
                    },
                ),
                migrations.CreateModel(
                    name='TabooPhrase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('phrase', models.CharField(max_length=80)),
                        ('sort', models.CharField(choices=[('taboo', 'Not to be said'), ('blame', 'Puts the blame on the customer'), ('allowed', 'May be said here')], default='taboo', max_length=8)),
                        ('reason', models.CharField(blank=True, max_length=200)),
                        ('better', models.CharField(blank=True, max_length=200)),
                        ('language', models.CharField(blank=True, max_length=10)),
                        ('active', models.BooleanField(default=True)),
                        ('changed_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('phrase',), name='knowledge_phrase_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Template',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80)),
                        ('spelling', models.CharField(blank=True, max_length=200)),
                        ('sort', models.CharField(choices=[('greeting', 'Greeting'), ('reply', 'Reply'), ('closing', 'Closing'), ('thanks', 'Thanks'), ('note', 'Note')], default='reply', max_length=8)),
                        ('body', models.TextField()),
                        ('language', models.CharField(default='zh-hans', max_length=10)),
                        ('channel', models.CharField(blank=True, max_length=16)),
                        ('active', models.BooleanField(default=True)),
                        ('uses', models.PositiveIntegerField(default=0)),
                        ('changed_at', models.DateTimeField()),
                        ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.team')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['active', '-uses'], name='knowledge_templates_used')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('active', True)), fields=('name', 'language'), name='knowledge_template_name_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Wording',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('topic', models.CharField(max_length=120)),
                        ('text', models.TextField()),
                        ('keywords', models.CharField(blank=True, max_length=300)),
                        ('language', models.CharField(default='zh-hans', max_length=10)),
                        ('valid_from', models.DateField()),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('basis', models.CharField(blank=True, max_length=300)),
                        ('by_name', models.CharField(blank=True, max_length=80)),
                        ('stated_at', models.DateTimeField()),
                        ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='knowledge.wording')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['topic', 'language', '-valid_from'], name='knowledge_wording_topic')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='knowledge_wording_ends_after_it_begins')],
                    },
                ),
                migrations.CreateModel(
                    name='WordingUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=20)),
                        ('subject_id', models.PositiveBigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('wording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='knowledge.wording')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='knowledge_wordings_used')],
                        'constraints': [models.UniqueConstraint(fields=('wording', 'subject_kind', 'subject_id'), name='knowledge_wording_use_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ArticleUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject_kind', models.CharField(max_length=20)),
                        ('subject_id', models.PositiveBigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='knowledge.article')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='knowledge_articles_used')],
                        'constraints': [models.UniqueConstraint(fields=('article', 'subject_kind', 'subject_id'), name='knowledge_article_use_once')],
                    },
                ),
                migrations.CreateModel(
                    name='VoteDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.DateField()),
                        ('helpful', models.PositiveIntegerField(default=0)),
                        ('unhelpful', models.PositiveIntegerField(default=0)),
                        ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.article')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('day', 'article'), name='knowledge_votes_of_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='ArticleMerge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('moved', models.JSONField(default=dict)),
                        ('at', models.DateTimeField()),
                        ('by_id', models.PositiveBigIntegerField(blank=True, null=True)),
                        ('by_name', models.CharField(blank=True, max_length=80)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                        ('left_at', models.DateTimeField(blank=True, null=True)),
                        ('goes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_lost', to='knowledge.article')),
                        ('stays', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges_won', to='knowledge.article')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True), ('undone_at__isnull', True)), fields=('goes',), name='knowledge_merged_once')],
                    },
                ),
            ],
        ),
        migrations.RunPython(stamp, migrations.RunPython.noop),
    ]
