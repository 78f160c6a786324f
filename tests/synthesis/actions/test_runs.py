"""Runs: asked for, carried out, failing, taken over, and repeated around what people decided."""

from datetime import timedelta

import pytest
import time_machine

from answerable.consultations.models import Contribution
from answerable.consultations.states import PostState
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.queries import facts_of
from answerable.synthesis import log_types
from answerable.synthesis.actions import (
    add_citation,
    add_theme,
    carry_out_run,
    merge_themes,
    move_contribution,
    rename_theme,
    request_run,
    set_aside,
    split_theme,
    take_up_silent_runs,
)
from answerable.synthesis.actions.run_progress import RunProgress, TakenOver
from answerable.synthesis.models import Coding, ContributionLabel, Disposition, SynthesisRun, Theme
from answerable.synthesis.states import Provenance, RunState, ThemeState
from tests.factories.consultations import NOW, ConsultationSessionFactory, ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.synthesis import FindingFactory, SynthesisRunFactory
from tests.synthesis.words import EVERYTHING, HOTLINES, METERS, SEATS


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def said(session):
    """Fifteen contributions by text."""
    return {text: ContributionFactory(session=session, text=text) for text in EVERYTHING}


def run_again(consultation, rapporteur):
    run = request_run(consultation, by=rapporteur, at=NOW)
    run.refresh_from_db()
    assert run.state == RunState.DONE, run.error
    return run


def rows_of(model, *left_out):
    return [tuple(v for k, v in row.items() if k not in left_out) for row in model.objects.order_by("pk").values()]


def theme_of(contribution):
    return Coding.objects.select_related("theme").get(contribution=contribution, theme__state=ThemeState.ACTIVE).theme


def test_request_run_is_carried_out_and_recorded(consultation, rapporteur, said):
    run = run_again(consultation, rapporteur)

    assert (run.number, run.contribution_count, run.done, run.total) == (1, 15, 15, 15)
    assert len(run.input_digest) == 64
    assert run.engine_version
    assert set(run.balance) == {"sector", "stakeholder_group", "country", "language"}
    kinds = [entry.kind for entry in facts_of("consultation", [consultation.public_id])[consultation.public_id]]
    assert kinds == [log_types.RUN_STARTED, log_types.RUN_FINISHED]


def test_run_groups_what_speaks_of_one_matter(consultation, rapporteur, said):
    run_again(consultation, rapporteur)

    placed = Coding.objects.filter(theme__state=ThemeState.ACTIVE).count()
    assert placed >= 12
    texts_by_theme = {}
    for coding in Coding.objects.select_related("contribution"):
        texts_by_theme.setdefault(coding.theme_id, set()).add(coding.contribution.text)
    matters = [set(METERS), set(SEATS), set(HOTLINES)]
    assert all(any(texts <= matter for matter in matters) for texts in texts_by_theme.values())


def test_run_keeps_exact_spans_of_key_contributions(consultation, rapporteur, said):
    run_again(consultation, rapporteur)

    keys = Coding.objects.filter(is_key=True).select_related("contribution")
    assert keys
    for coding in keys:
        assert 0 <= coding.start < coding.end <= len(coding.contribution.text)


def test_run_twice_over_the_same_input_changes_nothing(consultation, rapporteur, said):
    run_again(consultation, rapporteur)
    before = [rows_of(model) for model in (Theme, Coding, ContributionLabel)]

    second = run_again(consultation, rapporteur)

    assert second.number == 2
    assert [rows_of(model) for model in (Theme, Coding, ContributionLabel)] == before


def test_run_reads_only_public_contributions(consultation, rapporteur, said, session):
    hidden = ContributionFactory(session=session, state=PostState.HELD, text=METERS[0] + " Indeed.")

    run = run_again(consultation, rapporteur)

    assert run.contribution_count == 15
    assert not Coding.objects.filter(contribution=hidden).exists()


def test_new_run_with_more_contributions_keeps_every_human_decision(consultation, session, rapporteur, said):
    run_again(consultation, rapporteur)
    meters, seats, hotlines = theme_of(said[METERS[1]]), theme_of(said[SEATS[1]]), theme_of(said[HOTLINES[1]])
    rename_theme(meters, label="Who holds the meter", by=rapporteur, at=NOW)
    merge_themes(seats, others=[hotlines], by=rapporteur, at=NOW)
    own = add_theme(session, label="A matter of its own", by=rapporteur, at=NOW)
    move_contribution(said[SEATS[0]], to_theme=own, by=rapporteur, at=NOW)
    new = split_theme(seats, contributions=[said[SEATS[2]]], label="Elections", by=rapporteur, at=NOW)
    finding = FindingFactory(session=session)
    add_citation(finding, contribution=said[SEATS[1]], words="A seat on the board", by=rapporteur, at=NOW)
    set_aside([said[HOTLINES[2]]], reason_code="no_statement", by=rapporteur, at=NOW)
    decided = rows_of(Disposition)
    meter = ContributionFactory(
        session=session, text="Read the water meter at the village well aloud, so that all hear the number."
    )
    hotline = ContributionFactory(
        session=session, text="The complaint hotline should call back within a week, and publish its calls."
    )

    run_again(consultation, rapporteur)

    assert theme_of(said[METERS[1]]) == meters
    assert Theme.objects.get(pk=meters.pk).label == "Who holds the meter"
    assert theme_of(said[SEATS[0]]) == own
    assert theme_of(said[SEATS[2]]) == new
    assert theme_of(said[HOTLINES[1]]) == seats
    assert theme_of(meter) == meters
    assert theme_of(hotline) == seats, "what would join a merged theme joins the theme it was merged into"
    assert Theme.objects.get(pk=hotlines.pk).state == ThemeState.MERGED
    assert rows_of(Disposition) == decided


def test_new_run_drops_machine_themes_that_nobody_touched_once_nothing_is_in_them(consultation, rapporteur, said):
    run_again(consultation, rapporteur)
    hotlines = theme_of(said[HOTLINES[1]])
    Contribution.objects.filter(text__in=HOTLINES).update(state=PostState.REMOVED)

    run_again(consultation, rapporteur)

    hotlines.refresh_from_db()
    assert hotlines.state == ThemeState.DROPPED
    assert not hotlines.codings.exists()


def test_new_run_keeps_a_named_theme_even_when_nothing_is_in_it(consultation, rapporteur, said):
    run_again(consultation, rapporteur)
    hotlines = rename_theme(theme_of(said[HOTLINES[1]]), label="Calling back", by=rapporteur, at=NOW)
    Contribution.objects.filter(text__in=HOTLINES).update(state=PostState.REMOVED)

    run_again(consultation, rapporteur)

    hotlines.refresh_from_db()
    assert (hotlines.state, hotlines.label) == (ThemeState.ACTIVE, "Calling back")


def test_person_coding_wins_over_what_the_next_run_proposes(consultation, rapporteur, said):
    run_again(consultation, rapporteur)
    seats = theme_of(said[SEATS[1]])
    move_contribution(said[METERS[0]], to_theme=seats, by=rapporteur, at=NOW)

    run_again(consultation, rapporteur)

    coding = Coding.objects.get(contribution=said[METERS[0]])
    assert (coding.theme, coding.provenance) == (seats, Provenance.PERSON)


def test_run_labels_repeats_and_names_the_earliest(consultation, rapporteur, session, said):
    repeat = ContributionFactory(session=session, text=METERS[0], submitted_at=NOW)

    run_again(consultation, rapporteur)

    labels = ContributionLabel.objects.filter(kind="exact")
    assert {(row.contribution, row.is_first, row.group_key) for row in labels} == {
        (said[METERS[0]], True, said[METERS[0]].receipt_code),
        (repeat, False, said[METERS[0]].receipt_code),
    }


def test_run_over_two_sessions_gives_each_theme_its_session(consultation, rapporteur, said):
    other = ConsultationSessionFactory(consultation=consultation, number=2)
    for text in EVERYTHING:
        ContributionFactory(session=other, text=text)

    run_again(consultation, rapporteur)

    for coding in Coding.objects.select_related("theme", "contribution"):
        assert coding.theme.session_id == coding.contribution.session_id


def test_request_run_without_contributions_is_refused(consultation, session, rapporteur):
    with pytest.raises(Unacceptable):
        request_run(consultation, by=rapporteur, at=NOW)


def test_request_run_without_the_role_is_refused(consultation, said):
    with pytest.raises(NotAllowed):
        request_run(consultation, by=PersonFactory(), at=NOW)


def test_request_run_while_one_works_returns_that_one(consultation, rapporteur, said):
    working = SynthesisRunFactory(
        consultation=consultation, number=1, state=RunState.RUNNING, heard_from_at=NOW - timedelta(seconds=119)
    )

    assert request_run(consultation, by=rapporteur, at=NOW) == working
    working.refresh_from_db()
    assert working.state == RunState.RUNNING


def test_request_run_starts_one_again_that_fell_silent(consultation, rapporteur, said):
    silent = SynthesisRunFactory(
        consultation=consultation,
        number=1,
        state=RunState.RUNNING,
        started_at=NOW - timedelta(minutes=9),
        heard_from_at=NOW - timedelta(seconds=121),
    )

    assert request_run(consultation, by=rapporteur, at=NOW) == silent
    silent.refresh_from_db()
    assert silent.state == RunState.DONE


def test_take_up_silent_runs_starts_only_what_fell_silent(consultation, rapporteur, said):
    silent, working = (
        SynthesisRunFactory(
            consultation=consultation, state=RunState.RUNNING, started_at=NOW, heard_from_at=NOW - timedelta(seconds=s)
        )
        for s in (121, 119)
    )

    assert take_up_silent_runs(NOW) == 1
    assert dict(SynthesisRun.objects.values_list("pk", "state")) == {silent.pk: "done", working.pk: "running"}


def test_carry_out_run_that_is_done_changes_nothing(consultation, rapporteur, said):
    run = run_again(consultation, rapporteur)
    before = rows_of(SynthesisRun)

    carry_out_run(run.pk, clock=lambda: NOW + timedelta(hours=1))

    assert rows_of(SynthesisRun) == before


def test_run_whose_words_are_gone_fails_with_a_sentence(consultation, rapporteur):
    run = SynthesisRunFactory(consultation=consultation)

    carry_out_run(run.pk, clock=lambda: NOW)

    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, "There is no public contribution to read any more.")


def test_run_with_settings_of_another_engine_fails_in_plain_words_and_changes_nothing(consultation, said):
    run = SynthesisRunFactory(consultation=consultation, settings={"no_such_setting": 1})

    carry_out_run(run.pk, clock=lambda: NOW)

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "TypeError" in run.error
    assert not Theme.objects.exists()


def test_progress_is_written_at_most_once_a_second(consultation):
    run = SynthesisRunFactory(consultation=consultation, state=RunState.RUNNING, started_at=NOW)
    moments = iter([NOW + timedelta(milliseconds=ms) for ms in (0, 400, 999, 1000)])
    progress = RunProgress(run, clock=lambda: next(moments))
    seen = []
    for done in range(4):
        progress("themes", done, 4)
        seen.append(SynthesisRun.objects.values_list("done", flat=True).get(pk=run.pk))

    assert seen == [0, 0, 0, 3]


def test_progress_of_a_run_that_was_taken_over_stops_the_work(consultation):
    run = SynthesisRunFactory(consultation=consultation, state=RunState.RUNNING, started_at=NOW)
    SynthesisRun.objects.filter(pk=run.pk).update(started_at=NOW + timedelta(minutes=3))

    with pytest.raises(TakenOver):
        RunProgress(run, clock=lambda: NOW + timedelta(minutes=4))("themes", 1, 2)
