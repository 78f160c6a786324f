"""Decidim's export of proposals as it is."""

import json

from answerable.engine.reading import read_contributions
from answerable.engine.records import Contribution
from tests.engine.samples import BUSES, WATER

HEADINGS = (
    "id;author/id;author/name;category/id;category/name/en;scope/id;scope/name/en;participatory_space/id;"
    "component/id;title/en;title/es;body/en;body/es;state;reference;votes;comments;published_at;url"
)


def row(identity, *, title=("", ""), body=("", "")):
    cells = [identity, "7", "Fictional Author", "3", "Water", "1", "City", "2", "5", *title, *body]
    return ";".join([*cells, "accepted", f"REF-{identity}", "12", "3", "2026-01-02", "https://decidim.example/1"])


def written(folder, *rows):
    path = folder / "proposals.csv"
    path.write_text("\n".join([HEADINGS, *rows, ""]), encoding="utf-8")
    return path


def test_read_contributions_takes_the_first_language_that_is_filled(tmp_path):
    intake = read_contributions(
        written(
            tmp_path,
            row("11", title=("Wells", ""), body=(WATER[0], "")),
            row("12", title=("Wells", ""), body=(WATER[1], "Los pozos")),
            row("13", title=("", "Autobuses"), body=("", "Más autobuses por la noche")),
            row("14", title=("Only a title", "")),
        )
    )

    assert intake.contributions == (
        Contribution("11", WATER[0], language="en", author="7"),
        Contribution("12", WATER[1], language="en", author="7"),
        Contribution("13", "Más autobuses por la noche", language="es", author="7"),
        Contribution("14", "Only a title", language="en", author="7"),
    )
    assert any("There is a column for each language (en, es)" in note for note in intake.notes)


def test_read_contributions_takes_the_column_it_is_told_all_the_same(tmp_path):
    path = written(tmp_path, row("11", title=("Wells", ""), body=(WATER[0], "Los pozos están secos")))

    intake = read_contributions(path, columns={"text": "body/es"})

    assert [one.text for one in intake.contributions] == ["Los pozos están secos"]


def test_read_contributions_reads_the_json_export_without_tags(tmp_path):
    path = tmp_path / "proposals.json"
    records = [
        {"id": number, "title": {"en": "Title"}, "body": {"en": f"<p>{text}</p>"}, "component": {"id": 5}}
        for number, text in enumerate(BUSES)
    ]
    path.write_text(json.dumps(records), encoding="utf-8")

    intake = read_contributions(path)

    assert [one.text for one in intake.contributions] == list(BUSES)
    assert {one.language for one in intake.contributions} == {"en"}
    assert any("The texts are HTML" in note for note in intake.notes)
