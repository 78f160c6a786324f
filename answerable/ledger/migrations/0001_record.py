
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(unique=True)),
                ('root', models.BinaryField()),
                ('note', models.TextField()),
                ('signed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ('size',),
            },
        ),
        migrations.CreateModel(
            name='TreeHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('frontier', models.BinaryField(default=b'')),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('index', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=100)),
                ('subject_type', models.CharField(max_length=100)),
                ('subject_id', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('commitments', models.JSONField()),
                ('body', models.BinaryField()),
                ('leaf_hash', models.BinaryField()),
            ],
            options={
                'ordering': ('index',),
                'indexes': [models.Index(fields=['subject_type', 'subject_id', 'index'], name='ledger_entry_subject'), models.Index(fields=['kind', 'index'], name='ledger_entry_kind')],
            },
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('position', models.PositiveBigIntegerField()),
                ('hashes', models.BinaryField()),
                ('root', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('level', 'position'), name='ledger_tile_once')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=63)),
                ('nonce', models.BinaryField()),
                ('value', models.TextField()),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='ledger.entry')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('field', 'actor')), fields=['value'], name='ledger_opening_actor')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'field'), name='ledger_opening_once')],
            },
        ),
    ]
