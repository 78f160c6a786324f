from django.db import migrations, models


def forget_words_of_goals(apps, schema_editor):
    """Take the words out of the goals that earlier runs guessed; which goals they are stays."""
    runs = apps.get_model("synthesis", "SynthesisRun").objects
    for run in runs.only("pk", "manifest").iterator(chunk_size=1):
        guesses = [guess for each in run.manifest.get("goals", {}).values() for guess in each]
        if not any("words" in guess for guess in guesses):
            continue
        for guess in guesses:
            guess.pop("words", None)
        run.save(update_fields=["manifest"])


class Migration(migrations.Migration):

    dependencies = [
        ('synthesis', '0002_opinions'),
    ]

    operations = [
        migrations.AddField(
            model_name='synthesisrun',
            name='kind',
            field=models.CharField(choices=[('whole', 'Everything grouped anew'), ('added', 'New contributions added')], db_default=models.Value('whole'), default='whole', help_text='as asked for while it waits, as carried out once it is done', max_length=10),
        ),
        migrations.RunPython(forget_words_of_goals, migrations.RunPython.noop, elidable=True),
    ]
