"""Nothing of what somebody took back is left: in no table, and in no file that was kept."""

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as configured

from answerable.consultations.actions.contributing import withdraw_contribution
from answerable.ledger.checks import registered_checks
from answerable.people.actions import erase_person
from answerable.synthesis.actions import FindingDraft, add_citation, request_run, write_finding
from answerable.synthesis.actions.forgetting import forget_words
from answerable.synthesis.models import Theme
from answerable.synthesis.queries.guesses import goals_guessed
from answerable.synthesis.states import Provenance
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.synthesis import CodingFactory, ThemeFactory
from tests.synthesis.words import EVERYTHING

WORD = "quetzalcoatlite"
TEXT = f"The {WORD} school for girls needs teachers; a {WORD} school without teachers educates nobody."


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def where_the_word_is():
    """Return each table and each kept file that holds the word."""
    found = set()
    for model in apps.get_models():
        for row in model._base_manager.values():
            if WORD in str(row).casefold():
                found.add(model._meta.label)
    for path in configured.MEDIA_ROOT.rglob("*"):
        if path.is_file() and WORD.encode() in path.read_bytes().lower():
            found.add(path.name)
    return found


@pytest.fixture
def said(session):
    """One text with a word that nobody else says, among others."""
    for text in EVERYTHING:
        ContributionFactory(session=session, text=text, language="en")
    for number in range(3):
        ContributionFactory(
            session=session, text=f"A school without teachers educates nobody, say parents of {number}.", language="en"
        )
    return ContributionFactory(session=session, text=TEXT, language="en")


def test_words_that_were_withdrawn_and_erased_are_nowhere(consultation, session, rapporteur, said):
    request_run(consultation, by=rapporteur, at=NOW)
    finding = write_finding(session, draft=FindingDraft("minority_view", "Schools", "Said."), by=rapporteur, at=NOW)
    add_citation(finding, contribution=said, words=f"The {WORD} school for girls", by=rapporteur, at=NOW)
    theme = ThemeFactory(
        session=session, label=f"{WORD.title()}, teachers", key_phrases=[WORD, "teachers"], engine_key="x"
    )
    CodingFactory(theme=theme, contribution=said)
    before = where_the_word_is()
    assert {"consultations.Contribution", "synthesis.Theme", "synthesis.Citation"} <= before
    assert "synthesis.SynthesisRun" not in before

    withdraw_contribution(said, by=said.author, at=NOW)
    assert "synthesis.Theme" not in where_the_word_is()
    erase_person(said.author, at=NOW)

    assert where_the_word_is() == set()
    theme.refresh_from_db()
    assert (theme.label, theme.key_phrases) == ("Teachers", ["teachers"])
    assert list(registered_checks()["synthesis.findings"]()) == []


def test_a_run_made_after_withdrawal_brings_no_word_back(consultation, rapporteur, said):
    withdraw_contribution(said, by=said.author, at=NOW)
    erase_person(said.author, at=NOW)
    run = request_run(consultation, by=rapporteur, at=NOW)
    run.refresh_from_db()

    assert run.state == "done"
    assert where_the_word_is() == set()


def test_words_of_guessed_goals_are_read_from_the_text(consultation, rapporteur, said):
    request_run(consultation, by=rapporteur, at=NOW)
    [first, *_others] = goals_guessed(said)
    assert first.goal == 4
    assert first.words
    assert all(word in TEXT for word in first.words)

    said.revision_count += 1
    assert [guess.words for guess in goals_guessed(said)] == [[] for _guess in goals_guessed(said)]


def test_a_phrase_that_others_say_too_stays(session):
    gone, other = (ContributionFactory(session=session, text=text) for text in ("Deep wells.", "Deep wells, clean."))
    theme = ThemeFactory(session=session, label="Deep wells", key_phrases=["deep wells"], engine_key="x")
    CodingFactory(theme=theme, contribution=other)
    withdraw_contribution(gone, by=gone.author, at=NOW)

    theme.refresh_from_db()
    assert (theme.label, theme.key_phrases) == ("Deep wells", ["deep wells"])


def test_a_sentence_that_nobody_else_said_is_no_name_any_more(session):
    gone = ContributionFactory(session=session, text="Our wells were never deep enough for the village pumps.")
    ContributionFactory(session=session, text="Were our pumps deep enough? Never for the village of wells.")
    theme = ThemeFactory(session=session, label="Our wells were never deep enough…", engine_key="x")
    withdraw_contribution(gone, by=gone.author, at=NOW)

    theme.refresh_from_db()
    assert theme.label == "A theme whose words were withdrawn"


def test_a_name_that_a_person_gave_stays(session):
    gone = ContributionFactory(session=session, text="Wells.")
    theme = ThemeFactory(session=session, label="Wells", label_provenance=Provenance.PERSON, key_phrases=["wells"])
    withdraw_contribution(gone, by=gone.author, at=NOW)

    theme.refresh_from_db()
    assert (theme.label, theme.key_phrases) == ("Wells", [])


def test_forgetting_what_is_public_changes_nothing(session):
    row = ContributionFactory(session=session, text="Wells.")
    ThemeFactory(session=session, label="Wells", key_phrases=["wells"])
    before = list(Theme.objects.values())
    forget_words(row.pk)
    assert list(Theme.objects.values()) == before
