"""Decidim's export of proposals as it is."""

import csv
import json
import zipfile

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


def test_read_contributions_takes_the_proposals_of_an_open_data_archive(tmp_path):
    archive = tmp_path / "decidim.example-open-data.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("README.md", "# Open data")
        for kind in ("proposal_comments", "results", "meetings"):
            packed.writestr(f"decidim.example-open-data-{kind}.csv", "id;body\n1;Something else altogether\n")
        own = written(tmp_path, row("11", body=(WATER[0], "")), row("12", body=(WATER[1], "")))
        packed.write(own, "decidim.example-open-data-proposals.csv")

    intake = read_contributions(archive)

    assert [(one.id, one.text) for one in intake.contributions] == [("11", WATER[0]), ("12", WATER[1])]
    assert intake.notes[0] == (
        "The proposals are read from decidim.example-open-data-proposals.csv; not read: "
        "decidim.example-open-data-proposal_comments.csv, decidim.example-open-data-results.csv, "
        "decidim.example-open-data-meetings.csv. To read another, name its file."
    )


# The headings of Decidim's own serializers; rows are ours.
COMMENTS = (
    "id;created_at;body;locale;author/id;author/name;alignment;depth;user_group/id;user_group/name/en;"
    "commentable_id;commentable_type;root_commentable_url"
)
EARLIER_PROPOSALS = (
    "id;category/id;category/name/en;scope/id;scope/name/en;participatory_space/id;participatory_space/url;"
    "component/id;title;body;state;reference;answer/en;supports;endorsements/total_count;"
    "endorsements/user_endorsements;comments;attachments;followers;published_at;url;meeting_urls;related_proposals;"
    "is_amend;original_proposal/title;original_proposal/url"
)
SURVEY = "ID;Answered on;IP Hash;User status;1. Which village?;2. What should change first?"
MEETINGS = (
    "id;participatory_space/id;participatory_space/url;category/id;category/name/ca;component/id;title/ca;"
    "description/ca;start_time;end_time;attendees;contributions;organizations;address;location/ca;reference;url"
)


def table(path, headings, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([headings.split(";"), *rows])
    return read_contributions(path)


def test_read_contributions_takes_the_export_of_comments(tmp_path):
    where = ("proposals", "https://decidim.example/1")
    intake = table(
        tmp_path / "comments.csv",
        COMMENTS,
        *((n, "2026-01-02 03:04:05 UTC", text, "es", 7, "Fictional Author", 0, 0, "", "", 5, *where)
          for n, text in enumerate(WATER)),
    )  # fmt: skip

    assert [one.text for one in intake.contributions] == list(WATER)
    assert {(one.language, one.author) for one in intake.contributions} == {("es", "7")}
    assert [one.id for one in intake.contributions] == [str(n) for n in range(len(WATER))]


def test_read_contributions_takes_proposals_of_versions_with_one_column_of_texts(tmp_path):
    intake = table(
        tmp_path / "proposals.csv",
        EARLIER_PROPOSALS,
        *((n, 3, "Water", 1, "City", 2, "https://decidim.example/p", 5, "Wells", f"<p>{text}</p>", "accepted", f"R-{n}",
           "We agree with this proposal and will build it", 12, 0, "", 1, 0, 2, "2026-01-02",
           f"https://decidim.example/{n}", "", "", "false", "", "") for n, text in enumerate(WATER)),
    )  # fmt: skip

    assert intake.columns.text == "body"
    assert [one.text for one in intake.contributions] == list(WATER)


def test_read_contributions_takes_the_longest_answer_of_a_survey_and_says_so(tmp_path):
    intake = table(
        tmp_path / "answers.csv",
        SURVEY,
        *((f"s{n}", "2026-01-02 03:04:05", "ab12", "registered", "Upper village", text)
          for n, text in enumerate(WATER)),
    )  # fmt: skip

    assert (intake.columns.text, intake.columns.id) == ("2. What should change first?", "ID")
    assert any("holds the longest texts" in note for note in intake.notes)


def test_read_contributions_takes_the_descriptions_of_meetings(tmp_path):
    intake = table(
        tmp_path / "meetings.csv",
        MEETINGS,
        *((n, 2, "https://decidim.example/p", 3, "Aigua", 5, "Trobada", text, "2026-01-02", "2026-01-02", 9, 3, "",
           "Plaza 1", "Plaza", f"R-{n}", f"https://decidim.example/{n}") for n, text in enumerate(WATER)),
    )  # fmt: skip

    assert [one.text for one in intake.contributions] == list(WATER)
    assert {one.language for one in intake.contributions} == {"ca"}
