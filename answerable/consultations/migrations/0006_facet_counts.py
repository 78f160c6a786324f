"""Keep the numbers beside the filters, and an index over all sessions in the order of the search."""

import django.db.models.deletion
from django.db import migrations, models

_PATHS = {
    "kind": "kind",
    "question": "questions__number",
    "sector": "sector_id",
    "country": "country_id",
    "language": "language",
}


def count(apps, schema_editor):
    """Count what is public now."""
    contribution = apps.get_model("consultations", "Contribution")
    facet_count = apps.get_model("consultations", "FacetCount")
    public = contribution.objects.filter(state="public").order_by()
    for facet, path in _PATHS.items():
        counted = public.values_list("session_id", path).annotate(count=models.Count("pk"))
        facet_count.objects.bulk_create(
            facet_count(session_id=session, facet=facet, value=str(value), count=count)
            for session, value, count in counted
            if value
        )


class Migration(migrations.Migration):
    """The table and the index."""

    dependencies = [("consultations", "0005_contribution_filters")]
    operations = [
        migrations.CreateModel(
            name="FacetCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=40)),
                ("count", models.IntegerField()),
                (
                    "session",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facet_counts",
                        to="consultations.consultationsession",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint("session", "facet", "value", name="counted_once")],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["state", "-published_at", "-id", "session"], name="contribution_newest_anywhere"
            ),
        ),
    ]
