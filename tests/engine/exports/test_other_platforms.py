"""Tables with the headings that other platforms of participation write."""

import csv
from pathlib import Path

import pytest

from answerable.engine.reading import read_contributions

TEXTS = (
    "We need a bench at the tram stop because older people cannot stand so long.",
    "The school needs clean water and toilets for the girls.",
    "More bicycle lanes along the river would help commuters.",
)

# For each layout its headings, and the cells of a row: {text}, {row} and {writer} stand for what differs.
LAYOUTS = {
    "adhocracy+ ideas": (
        ("Reference No.", "Link", "Name", "Description", "Category", "Creator", "Created", "Comment count"),
        ("2026-{row}", "https://x.example/{row}/", "Idea {row}", "{text}", "Roads", "{writer}", "2026-03-01", "2"),
    ),
    "adhocracy+ comments": (
        ("ID", "Comment", "Created", "Creator", "Link", "Replies to"),
        ("2026-{row}", "{text}", "2026-03-01T10:00:00+02:00", "{writer}", "https://x.example/{row}/", ""),
    ),
    "CONSUL investments": (
        ("ID", "Title", "Supports", "Administrator", "Feasibility", "Selected", "Author username"),
        ("2026-{row}", "{text}", "4", "No admin assigned", "Undecided", "No", "{writer}"),
    ),
    "CONSUL investments with descriptions, German": (
        ("ID", "Titel", "Beschreibungstext", "Beanstandungskriterium", "Autor*in Benutzername", "Anzahl Kommentare"),
        ("2026-{row}", "Vorschlag {row}", "{text}", "", "{writer}", "3"),
    ),
    "Go Vocal ideas": (
        ("ID", "Title", "Description", "Tags", "Author name", "Author ID", "Submitted at", "Comments", "Project"),
        ("2026-{row}", "Idea {row}", "{text}", "Roads", "A. B.", "{writer}", "03/01/2026 10:00:00", "3", "Green"),
    ),
    "Loomio comments": (
        ("id", "group_id", "discussion_id", "author_id", "discussion_title", "author_name", "title", "body"),
        ("2026-{row}", "4", "9", "{writer}", "Benches and water", "A. B.", "", "{text}"),
    ),
    "Your Priorities posts": (
        ("Nr", " Post id", "email", "User Name", "Post Name", "Description", "Url", "Category", "Points For"),
        ("{row}", "2026-{row}", "hidden", "{writer}", "Post {row}", "{text}", "https://x.example", "Parks", "I agree"),
    ),
    "Decidim proposals before languages had columns": (
        ("id", "scope/name/en", "title", "body", "state", "reference", "answer/en", "supports", "author/id"),
        ("2026-{row}", "City", "Title {row}", "{text}", "accepted", "x-{row}", "Accepted: it is planned.", "4", "{writer}"),
    ),
    "Decidim proposals with a translation by a machine": (
        ("id", "author/id", "title/en", "body/en", "body/machine_translations/fr", "answer/en", "votes"),
        ("2026-{row}", "{writer}", "Title {row}", "{text}", "Un texte traduit, et bien plus long que l'autre.", "", "4"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_another_platform_is_read_with_its_texts_ids_and_writers(layout: str, tmp_path: Path) -> None:
    headings, cells = LAYOUTS[layout]
    writers = ("u-1", "u-2", "u-1")
    source = tmp_path / "export.csv"
    with source.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(headings)
        for row, (text, person) in enumerate(zip(TEXTS, writers, strict=True)):
            writer.writerow([cell.format(row=row, text=text, writer=person) for cell in cells])

    read = read_contributions(source).contributions

    assert {one.id: (one.text, one.author) for one in read} == {
        f"2026-{row}": pair for row, pair in enumerate(zip(TEXTS, writers, strict=True))
    }
