"""Tell the search index where each public contribution stands and what the filters find it by."""

from django.db import migrations

_SIGN, _LONGEST, _AT_ONCE = "§", 60, 1_000
_SQLITE = "UPDATE consultations_search SET words = words || ' ' || %s WHERE rowid = %s"
_POSTGRESQL = (
    "UPDATE consultations_search SET words = words || array_to_tsvector(string_to_array(%s, ' ')) "
    "WHERE contribution_id = %s"
)


def mark(apps, schema_editor):
    """Add the marks of all public contributions."""
    contribution = apps.get_model("consultations", "Contribution")
    answered = contribution.questions.through
    columns = ("pk", "session_id", "kind", "sector_id", "country_id", "language")
    public = contribution.objects.filter(state="public").order_by("pk")
    last = 0
    while rows := list(public.filter(pk__gt=last).values_list(*columns)[:_AT_ONCE]):
        last = rows[-1][0]
        numbers = {row[0]: [] for row in rows}
        found = answered.objects.filter(contribution__in=list(numbers))
        for key, number in found.values_list("contribution_id", "guidingquestion__number"):
            numbers[key].append(("question", str(number)))
        with schema_editor.connection.cursor() as cursor:
            statement = _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE
            cursor.executemany(statement, [(_marks(row, numbers[row[0]]), row[0]) for row in rows])


def _marks(row, numbers):
    _key, session, *said = row
    facets = [*zip(("kind", "sector", "country", "language"), said, strict=True), *numbers]
    own = f"{_SIGN}{session}{_SIGN}"
    return " ".join([own, *(f"{own}{facet}{_SIGN}{value[:_LONGEST].encode().hex()}" for facet, value in facets if value)])


class Migration(migrations.Migration):
    """The marks."""

    dependencies = [("consultations", "0006_facet_counts")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
