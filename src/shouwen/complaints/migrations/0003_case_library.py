import django.db.models.deletion
from django.db import migrations, models

CAUSES = [('product', 'Product or material'), ('delivery', 'Service carried out badly'), ('delay', 'Too slow'), ('promise', 'Promise not kept'), ('information', 'Said wrongly or not at all'), ('attitude', 'Manner and attitude'), ('price', 'Price or invoice'), ('policy', 'Our own rule'), ('outside', 'Outside cause'), ('misunderstanding', 'Misunderstanding')]
LIABILITIES = [('ours', 'Ours'), ('customer', "The customer's"), ('shared', 'Shared'), ('third_party', "A third party's"), ('none', "Nobody's")]


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0002_lists_from_elsewhere'),
    ]

    operations = [
        migrations.CreateModel(
            name='LibraryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(blank=True, max_length=40, null=True, unique=True)),
                ('title_zh', models.CharField(blank=True, max_length=160)),
                ('title_en', models.CharField(blank=True, max_length=160)),
                ('zh', models.JSONField(blank=True, default=dict)),
                ('en', models.JSONField(blank=True, default=dict)),
                ('cause', models.CharField(blank=True, choices=CAUSES, max_length=20)),
                ('liability', models.CharField(blank=True, choices=LIABILITIES, max_length=12)),
                ('triggers', models.JSONField(blank=True, default=list)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10)),
                ('words', models.TextField(blank=True)),
                ('marks', models.TextField(blank=True)),
                ('looked_over_by', models.PositiveBigIntegerField(blank=True, null=True)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(blank=True, null=True)),
                ('source', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='complaints.complaint')),
            ],
            options={
                'indexes': [models.Index(fields=['state', '-id'], name='complaints_library')],
            },
        ),
        migrations.CreateModel(
            name='LibraryAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('staff_id', models.PositiveBigIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('question', models.CharField(max_length=1000)),
                ('text', models.TextField()),
                ('answered_at', models.DateTimeField()),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='complaints.libraryentry')),
            ],
            options={
                'indexes': [models.Index(fields=['entry', '-id'], name='complaints_answers')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'staff_id', 'number'), name='complaints_one_answer_each')],
            },
        ),
    ]
