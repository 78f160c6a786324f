"""Bringing in files: every bad row is named, all rows come or none, and nothing comes twice."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.base import ContentFile

from answerable.consultations import log_types
from answerable.consultations.actions import check_import, load_import, set_mapping, start_import
from answerable.consultations.models import Contribution, ImportBatch
from answerable.consultations.queries import ContributionFilters, contribution_page_of, facets_of, match_count
from answerable.consultations.queries.facets import recounted_facets
from answerable.consultations.states import ImportState, ModerationPolicy, PostState
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.models import Entry
from tests.factories.consultations import CLOSES, NOW, ConsultationSessionFactory, GuidingQuestionFactory
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

GOOD = """text,question,sector,country,name,kind
"The committee met in the market, where people are anyway.",1,public,Nepal,Table 4,view
"Réunions le soir, après le travail.",1;2,Société civile,FJI,,Example
"""


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bring(session, moderator):
    """Take in a file to the session; with fields, map them."""

    def bring(content, *, name="input.csv", into=session, mapping=None, fixed=None):
        content = content if isinstance(content, bytes) else content.encode()
        batch = start_import(session.consultation, into, ContentFile(content, name=name), by=moderator, at=NOW)
        if mapping is not None:
            set_mapping(batch, by=moderator, mapping=mapping, fixed=fixed, at=NOW)
        return batch

    return bring


def load(batch):
    check_import(batch, at=NOW)
    assert (batch.state, batch.problems) == (ImportState.CHECKED, [])
    return load_import(batch, at=NOW)


def workbook(*rows):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_load_makes_contributions_as_if_they_had_come_alone(bring, session, moderator):
    batch = bring(GOOD)
    assert batch.mapping == {
        "text": "text",
        "question": "question",
        "sector": "sector",
        "country": "country",
        "author": "name",
        "kind": "kind",
    }
    load(batch)
    assert (batch.state, batch.rows_added, batch.rows_known, batch.rows_done) == (ImportState.DONE, 2, 0, 2)
    first, second = Contribution.objects.order_by("pk")
    assert (first.attributed_name, first.sector_id, first.country_id, first.kind) == (
        "Table 4",
        "public",
        "NPL",
        "view",
    )
    assert (second.sector_id, second.country_id, second.kind, second.language) == (
        "civil_society",
        "FJI",
        "example",
        "fr",
    )
    assert [question.number for question in second.questions.all()] == [1, 2]
    assert (first.author, first.facilitator, first.channel, first.revisions.get().text) == (
        None,
        moderator,
        "file",
        first.text,
    )
    session.refresh_from_db()
    assert session.contribution_count == 2
    assert Entry.objects.filter(kind=log_types.CONTRIBUTION_RECEIVED).count() == 2
    assert Entry.objects.filter(kind=log_types.IMPORT_LOADED).count() == 1
    found = contribution_page_of(session, filters=ContributionFilters(search="market")).items
    assert [item.contribution for item in found] == [first]
    assert facets_of(session) == recounted_facets(session)
    assert facets_of(session)["question"] == {"1": 2, "2": 1}
    assert match_count(session, filters=ContributionFilters(question=2), languages=["en"]) == 1


def test_load_the_same_file_again_adds_nothing(bring, session):
    load(bring(GOOD))
    again = load(bring(GOOD))
    assert (again.rows_added, again.rows_known, Contribution.objects.count()) == (0, 2, 2)
    day = f"{again.finished_at:%d} {again.finished_at:%B} {again.finished_at:%Y}".lstrip("0")
    assert f"This same file was loaded on {day}; its rows are known." in again.notes
    session.refresh_from_db()
    assert session.contribution_count == 2


def test_load_a_batch_twice_adds_nothing(bring):
    batch = load(bring(GOOD))
    load_import(batch, at=NOW)
    ImportBatch.objects.update(state=ImportState.LOADING)
    batch.refresh_from_db()
    load_import(batch, at=NOW)
    assert (Contribution.objects.count(), batch.state) == (2, ImportState.DONE)


def test_equal_letters_of_a_campaign_are_all_kept_once(bring):
    letters = "text,question\n" + "Stop the dam.,1\n" * 3
    load(bring(letters))
    assert Contribution.objects.count() == 3
    more = load(bring(letters + "Stop the dam.,1\n"))
    assert (more.rows_added, more.rows_known) == (1, 3)


def test_check_names_every_bad_row_and_load_is_refused(bring):
    bad = (
        "id,text,question,country,language,date\n"
        "1,,1,NPL,en,2026-11-01\n"
        "2,Good words.,9,NPL,en,2026-11-01\n"
        "3,Good words.,1,Atlantis,Klingonese,yesterday\n"
        "3,Good words again.,1,NPL,en,2026-11-01\n"
        "3,Good words indeed.,1,NPL,en,2026-11-01\n"
    )
    mapping = {"id": "id", "text": "text", "question": "question", "country": "country", "language": "language"}
    batch = check_import(bring(bad, mapping={**mapping, "submitted_on": "date"}), at=NOW)
    assert batch.state == ImportState.REJECTED
    assert [(said["row"], said["column"]) for said in batch.problems] == [
        (2, "text"),
        (3, "question"),
        (4, "language"),
        (4, "country"),
        (4, "date"),
        (5, "id"),
        (6, "id"),
    ]
    assert all(said["wrong"] and said["right"] for said in batch.problems)
    assert batch.problem_count == 7
    with pytest.raises(Unacceptable):
        load_import(batch, at=NOW)
    assert not Contribution.objects.exists()
    assert not Entry.objects.filter(kind=log_types.CONTRIBUTION_RECEIVED).exists()


def test_check_names_a_known_id_with_another_text(bring):
    load(bring("id,text,question\n7,First words.,1\n8,Other words.,1\n"))
    batch = check_import(bring("id,text,question\n7,Different words.,1\n8,Other words.,1\n"), at=NOW)
    assert [(said["row"], said["column"]) for said in batch.problems] == [(2, "id")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_apart(bring, encoding):
    text = "text;question\nDéjà vu à la réunion, señor Müller.;1\nŒuvre commune.;2\n"
    load(bring(text.encode(encoding)))
    assert [row.text for row in Contribution.objects.order_by("pk")] == [
        "Déjà vu à la réunion, señor Müller.",
        "Œuvre commune.",
    ]


def test_formulas_are_text(bring):
    file = workbook(
        ["text", "question"], ["=1+1 is what they told us", 1], ['=HYPERLINK("http://x.example","click")', 1]
    )
    load(bring(file, name="input.xlsx"))
    assert [row.text for row in Contribution.objects.order_by("pk")] == [
        "=1+1 is what they told us",
        '=HYPERLINK("http://x.example","click")',
    ]


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "a.csv"), (b"text\n", "a.csv"), (b"PK\x03\x04broken", "a.xlsx"), (b"text\nx", "a.pdf")],
)
def test_start_with_what_is_no_table_keeps_nothing(bring, tmp_path, content, name):
    with pytest.raises(Unacceptable) as refused:
        bring(content, name=name)
    assert list(refused.value.problems) == ["file"]
    assert not ImportBatch.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_mapping_is_remembered_for_the_next_file(bring):
    content = "A,B,C\nWells were dug without asking.,whatever,Q2\n"
    load(bring(content, mapping={"text": "A", "question": "C"}, fixed={"kind": "challenge", "language": "en"}))
    assert Contribution.objects.get().kind == "challenge"
    after = bring("A,B,C\nOthers were asked.,whatever,Q1\n")
    assert after.mapping == {"text": "A", "question": "C", "=kind": "challenge", "=language": "en"}


def test_mapping_to_what_is_not_there_is_refused(bring, moderator):
    batch = bring("A,B\nWells were dug without asking anybody.,1\n")
    with pytest.raises(Unacceptable) as refused:
        set_mapping(batch, by=moderator, mapping={"question": "Z", "shoe_size": "B"}, at=NOW)
    assert set(refused.value.problems) == {"text", "question", "shoe_size"}


def test_rows_find_their_session_by_number_or_title(bring, session):
    other = ConsultationSessionFactory(consultation=session.consultation, number=2)
    GuidingQuestionFactory(session=other)
    title = session.texts.get().title
    content = f"text,session,question\nFor the second.,2,\nFor the first.,{title},2\n"
    load(bring(content, into=None))
    assert list(Contribution.objects.order_by("pk").values_list("session__number", flat=True)) == [2, 1]
    lost = check_import(bring("text,session,question\nFor nobody.,9,1\n", into=None), at=NOW)
    assert [said["column"] for said in lost.problems] == ["session"]


def test_known_organisations_are_spoken_for_and_others_named(bring):
    organisation = OrganisationFactory(name="Water Users of Nan")
    content = (
        "text,question,author,organisation\nOne view.,1,Table 1,water users of nan\nTwo views.,1,Table 2,Nobody Ltd\n"
    )
    load(bring(content))
    first, second = Contribution.objects.order_by("pk")
    assert (first.capacity, first.organisation, first.attributed_name) == ("organisation", organisation, "Table 1")
    assert (second.capacity, second.organisation, second.attributed_name) == ("personal", None, "Table 2 (Nobody Ltd)")


def test_load_where_moderators_read_first_waits_uncounted(bring, session):
    session.consultation.moderation_policy = ModerationPolicy.PRE
    session.consultation.save()
    load(bring(GOOD))
    session.refresh_from_db()
    assert session.contribution_count == 0
    assert set(Contribution.objects.values_list("state", flat=True)) == {PostState.WAITING}


def test_import_is_for_staff_also_after_closing_until_concluded(session, moderator):
    def start(by, at):
        return start_import(session.consultation, session, ContentFile(GOOD.encode(), name="a.csv"), by=by, at=at)

    with pytest.raises(NotAllowed):
        start(PersonFactory(), NOW)
    assert start(moderator, CLOSES + timedelta(days=3)).rows_total == 2
    session.consultation.state = "concluded"
    with pytest.raises(NotAllowed):
        start(moderator, NOW)


def test_load_that_fails_in_the_middle_keeps_nothing(bring, monkeypatch):
    batch = check_import(bring(GOOD), at=NOW)
    monkeypatch.setattr(log_types, "IMPORT_LOADED", "Not A Kind")
    with pytest.raises(ValueError, match="kind"):
        load_import(batch, at=NOW)
    assert (batch.state, Contribution.objects.count(), Entry.objects.count()) == (ImportState.FAILED, 0, 0)
    monkeypatch.undo()
    load(batch)
    assert Contribution.objects.count() == 2


def test_a_day_after_the_file_was_brought_in_is_a_problem_of_its_row(bring):
    late = (NOW + timedelta(days=2)).date()
    batch = bring(f"text,question,day\nA word that comes too early.,1,{late}\nA word of yesterday.,1,2026-10-01\n")
    set_mapping(batch, by=batch.brought_by, mapping={**batch.mapping, "submitted_on": "day"}, fixed=None, at=NOW)
    check_import(batch, at=NOW)
    assert [(problem["row"], problem["column"]) for problem in batch.problems] == [(2, "day")]
    assert "lies after the day" in batch.problems[0]["wrong"]
