"""What the program guesses, shown as a guess."""

from answerable.synthesis.actions.runs import carry_out_run, request_run
from answerable.synthesis.queries.guesses import GoalGuess, goals_guessed, themes_linked_to
from answerable.synthesis.states import RunState, ThemeState
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.synthesis import SynthesisRunFactory, ThemeFactory


def test_goals_are_those_of_the_newest_finished_run(consultation, session):
    row = ContributionFactory(session=session, text="The ferry is late.")
    for number, goal in ((1, 4), (2, 14)):
        guess = {"goal": goal, "target": "", "revision": 1, "spans": [[4, 9]]}
        manifest = {"goals": {row.receipt_code: [guess]}}
        SynthesisRunFactory(consultation=consultation, number=number, state=RunState.DONE, manifest=manifest)
    SynthesisRunFactory(consultation=consultation, number=3, state=RunState.FAILED)
    assert goals_guessed(row) == [GoalGuess(14, "", ["ferry"])]
    assert goals_guessed(ContributionFactory(session=session)) == []


def test_a_run_keeps_what_it_guesses_with_the_words_that_say_so(consultation, session, rapporteur):
    text = "Children cannot read because the primary school has no teachers; free education for every girl and boy."
    row = ContributionFactory(session=session, text=text, language="en")
    carry_out_run(request_run(consultation, by=rapporteur, at=NOW).pk, clock=lambda: NOW)
    [first, *_others] = goals_guessed(row)
    assert first.goal == 4
    assert first.words
    assert all(word.casefold() in text.casefold() for word in first.words)


def test_links_lead_both_ways_and_only_to_themes_in_use(consultation, session):
    here = ThemeFactory(session=session, engine_key="a", language="en")
    there = ThemeFactory(session=session, engine_key="b", language="fr")
    ThemeFactory(session=session, engine_key="c", language="es", state=ThemeState.DROPPED)
    links = [["a", "b", 0.8], ["a", "c", 0.7]]
    SynthesisRunFactory(consultation=consultation, state=RunState.DONE, manifest={"links": links})
    assert themes_linked_to(here) == [there]
    assert themes_linked_to(there) == [here]
    assert themes_linked_to(ThemeFactory(session=session, engine_key="d")) == []
