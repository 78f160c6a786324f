"""A run that adds new contributions to the themes there are."""

import pytest
import time_machine

from answerable.consultations.actions.contributing import withdraw_contribution
from answerable.consultations.models import Contribution
from answerable.consultations.states import PostState
from answerable.synthesis.actions import (
    add_theme,
    carry_out_run,
    merge_themes,
    move_contribution,
    rename_theme,
    request_run,
)
from answerable.synthesis.actions import runs as runs_module
from answerable.synthesis.models import Coding, ContributionLabel, SynthesisRun, Theme
from answerable.synthesis.queries.newcomers import added_contributions, is_attached, newcomers
from answerable.synthesis.queries.placed import placed_and_alone
from answerable.synthesis.queries.runs import counts_of
from answerable.synthesis.queries.themes import codings_of
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import Provenance, RunKind, RunState, ThemeState
from tests.factories.consultations import NOW, ConsultationSessionFactory, ContributionFactory
from tests.factories.synthesis import SynthesisRunFactory
from tests.synthesis.words import EVERYTHING, HOTLINES, METERS, SEATS

NEW_METER = "Read the water meter at the village well aloud, so that all hear the number."
NEW_ALONE = "Ferries should run at night."


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def said(session):
    """Fifteen contributions by text, each in a second wording too, so that one more is less than a tenth."""
    rows = {text: ContributionFactory(session=session, text=text, language="en") for text in EVERYTHING}
    for text in EVERYTHING:
        ContributionFactory(session=session, text=f"As we said in our meeting: {text}", language="en")
    return rows


def ran(consultation, rapporteur, kind=RunKind.WHOLE):
    run = request_run(consultation, by=rapporteur, at=NOW, kind=kind)
    run.refresh_from_db()
    assert run.state == RunState.DONE, run.error
    assert_nothing_is_lost(run)
    return run


def assert_nothing_is_lost(run):
    public = set(public_contributions(run.consultation).values_list("receipt_code", flat=True))
    placed, alone = placed_and_alone(run.consultation, codes=public)
    assert placed | alone == public
    assert not placed & alone
    kept = run.manifest
    assert (kept["placed"], kept["alone"]) == (len(placed), len(alone))
    assert kept["placed"] + kept["alone"] == run.contribution_count == len(kept["read"]) == len(public)


def theme_of(contribution):
    return Coding.objects.select_related("theme").get(contribution=contribution, theme__state=ThemeState.ACTIVE).theme


def attached(rows):
    return set(Contribution.objects.filter(is_attached(), pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


def places():
    return set(Coding.objects.values_list("theme__public_id", "contribution_id", "provenance", "score"))


def test_adding_puts_a_new_one_under_the_nearest_theme_and_leaves_all_others(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    before, themes = places(), list(Theme.objects.order_by("pk").values())
    new = ContributionFactory(session=session, text=NEW_METER, language="en")
    alone = ContributionFactory(session=session, text=NEW_ALONE, language="en")

    run = ran(consultation, rapporteur, RunKind.ADDED)

    assert run.kind == RunKind.ADDED
    assert theme_of(new) == theme_of(said[METERS[0]])
    assert not codings_of(alone).exists()
    assert {place for place in places() if place[1] != new.pk} == before
    assert list(Theme.objects.order_by("pk").values()) == themes
    assert list(added_contributions(consultation)) == [new, alone]
    assert attached([new, alone, said[METERS[0]]]) == {new.pk}
    assert counts_of(run).added == 2


def test_adding_goes_by_what_people_decided(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    own = add_theme(session, label="Who reads it", by=rapporteur, at=NOW)
    for row in public_contributions(consultation).filter(text__contains="water meter"):
        move_contribution(row, to_theme=own, by=rapporteur, at=NOW)
    seats = rename_theme(theme_of(said[SEATS[1]]), label="Seats", by=rapporteur, at=NOW)
    merge_themes(seats, others=[theme_of(said[HOTLINES[1]])], by=rapporteur, at=NOW)
    decided = places()
    meter = ContributionFactory(session=session, text=NEW_METER, language="en")
    hotline = ContributionFactory(session=session, text="The complaint hotline never answered my call.", language="en")

    ran(consultation, rapporteur, RunKind.ADDED)

    assert (theme_of(meter), theme_of(hotline)) == (own, seats)
    assert decided <= places()
    assert set(Theme.objects.filter(pk__in=[own.pk, seats.pk]).values_list("label", flat=True)) == {
        "Who reads it",
        "Seats",
    }


def test_adding_more_than_a_tenth_groups_everything_anew(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    for number in range(4):
        ContributionFactory(session=session, text=f"{NEW_METER} Number {number}.", language="en")
    assert newcomers(consultation).is_whole_run_due

    run = ran(consultation, rapporteur, RunKind.ADDED)

    assert run.kind == RunKind.WHOLE
    assert not added_contributions(consultation).exists()


def test_what_was_added_before_counts_towards_the_tenth(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    kinds = []
    for number in range(5):
        ContributionFactory(session=session, text=f"{NEW_METER} Number {number}.", language="en")
        kinds.append(str(ran(consultation, rapporteur, RunKind.ADDED).kind))

    assert kinds == ["added", "added", "added", "whole", "added"]


def test_adding_without_a_run_before_groups_everything(consultation, rapporteur, said):
    assert ran(consultation, rapporteur, RunKind.ADDED).kind == RunKind.WHOLE


def test_grouping_everything_takes_the_mark_of_added_ones_away(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    new = ContributionFactory(session=session, text=NEW_METER, language="en")
    ran(consultation, rapporteur, RunKind.ADDED)
    theme = theme_of(new)

    ran(consultation, rapporteur)

    assert theme_of(new) == theme
    assert attached([new]) == set()


def test_withdrawn_and_removed_ones_leave_when_new_ones_are_added(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    gone = [said[METERS[0]], said[SEATS[0]]]
    withdraw_contribution(gone[0], by=gone[0].author, at=NOW)
    Contribution.objects.filter(pk=gone[1].pk).update(state=PostState.REMOVED)

    run = ran(consultation, rapporteur, RunKind.ADDED)

    assert run.kind == RunKind.ADDED
    assert not Coding.objects.filter(contribution__in=gone).exists()
    assert not Coding.objects.filter(key_contribution__in=gone).exists()
    assert not {row.receipt_code for row in gone} & set(str(run.manifest).replace("'", " ").split())


def test_a_text_that_was_changed_is_placed_again(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    row = said[METERS[0]]
    Contribution.objects.filter(pk=row.pk).update(text=SEATS[1] + " Indeed.", revision_count=2)
    assert newcomers(consultation).new == (row.receipt_code,)

    ran(consultation, rapporteur, RunKind.ADDED)

    assert theme_of(row) == theme_of(said[SEATS[1]])
    assert newcomers(consultation).new == ()


def test_a_person_decision_on_a_changed_text_stands(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    row, theme = said[METERS[0]], theme_of(said[HOTLINES[1]])
    move_contribution(row, to_theme=theme, by=rapporteur, at=NOW)
    Contribution.objects.filter(pk=row.pk).update(text=SEATS[1] + " Indeed.", revision_count=2)

    ran(consultation, rapporteur, RunKind.ADDED)

    assert Coding.objects.get(contribution=row).provenance == Provenance.PERSON
    assert theme_of(row) == theme


@pytest.mark.parametrize("kind", [RunKind.WHOLE, RunKind.ADDED])
def test_what_is_posted_or_withdrawn_while_a_run_works_is_left_to_the_next(
    consultation, session, rapporteur, said, kind, monkeypatch
):
    ran(consultation, rapporteur)
    ContributionFactory(session=session, text=NEW_METER, language="en")
    read, late = runs_module.opinion_maps, []

    def meanwhile(*given, **named):
        withdraw_contribution(said[METERS[1]], by=said[METERS[1]].author, at=NOW)
        late.append(ContributionFactory(session=session, text=NEW_METER + " Again.", language="en"))
        return read(*given, **named)

    monkeypatch.setattr(runs_module, "opinion_maps", meanwhile)
    run = request_run(consultation, by=rapporteur, at=NOW, kind=kind)
    run.refresh_from_db()

    assert (run.state, run.kind) == (RunState.DONE, kind)
    assert not Coding.objects.filter(contribution=said[METERS[1]]).exists()
    assert said[METERS[1]].receipt_code not in run.manifest["read"]
    assert newcomers(consultation).new == (late[0].receipt_code,)
    assert run.manifest["placed"] + run.manifest["alone"] == run.contribution_count == 30
    monkeypatch.undo()
    ran(consultation, rapporteur, RunKind.ADDED)


def test_theme_merged_while_new_ones_are_added_takes_what_would_join_it(
    consultation, session, rapporteur, said, monkeypatch
):
    ran(consultation, rapporteur)
    new = ContributionFactory(session=session, text=NEW_METER, language="en")
    meters, seats = theme_of(said[METERS[0]]), theme_of(said[SEATS[1]])
    read = runs_module.opinion_maps

    def meanwhile(*given, **named):
        merge_themes(seats, others=[meters], by=rapporteur, at=NOW)
        return read(*given, **named)

    monkeypatch.setattr(runs_module, "opinion_maps", meanwhile)
    ran(consultation, rapporteur, RunKind.ADDED)

    assert theme_of(new) == seats


def test_two_runs_asked_for_at_once_are_one(consultation, rapporteur, said):
    working = SynthesisRunFactory(
        consultation=consultation, number=1, state=RunState.RUNNING, heard_from_at=NOW, started_at=NOW
    )

    assert request_run(consultation, by=rapporteur, at=NOW, kind=RunKind.ADDED) == working
    assert request_run(consultation, by=rapporteur, at=NOW, kind=RunKind.WHOLE) == working
    assert SynthesisRun.objects.count() == 1


def test_runs_from_before_that_kept_less_are_not_added_to(consultation, session, rapporteur, said):
    SynthesisRunFactory(consultation=consultation, number=1, state=RunState.DONE, manifest={"themes": []})
    found = newcomers(consultation)

    assert (found.has_ground, found.new_count, found.is_whole_run_due) == (False, 30, True)
    assert ran(consultation, rapporteur, RunKind.ADDED).kind == RunKind.WHOLE


def test_carrying_out_an_added_run_again_changes_nothing(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    ContributionFactory(session=session, text=NEW_METER, language="en")
    run = ran(consultation, rapporteur, RunKind.ADDED)
    before = places()

    carry_out_run(run.pk, clock=lambda: NOW)
    again = ran(consultation, rapporteur, RunKind.ADDED)

    assert places() == before
    assert again.manifest["added"] == run.manifest["added"]
    assert again.input_digest == run.input_digest


def labels():
    rows = ContributionLabel.objects.order_by("contribution__receipt_code", "kind")
    return list(rows.values_list("contribution__receipt_code", "kind", "group_key", "is_first"))


LETTER = (
    "As a resident of {place} I ask you to keep the night ferry, since {count} of us cross after ten to work in the "
    "hospital, and no bus goes round the bay before the morning; publish the timetable at every pier in {place}."
)
PLACES = ("Amber Bay", "Birch Point", "Cedar Cove", "Dune End", "Elm Quay", "Fern Isle")


def test_repeats_are_labelled_when_they_are_added_as_everything_anew_would_label_them(
    consultation, session, rapporteur, said
):
    ran(consultation, rapporteur)
    assert not any(said[METERS[0]].receipt_code in row for row in labels())
    exact = ContributionFactory(session=session, text=METERS[0], language="en")
    near = ContributionFactory(session=session, text=f"{SEATS[2]} Today.", language="en")

    run = ran(consultation, rapporteur, RunKind.ADDED)

    assert run.kind == RunKind.ADDED
    first = said[METERS[0]].receipt_code
    assert {(first, "exact", first, True), (exact.receipt_code, "exact", first, False)} <= set(labels())
    assert (near.receipt_code, "near", said[SEATS[2]].receipt_code, False) in labels()
    added = labels()
    ran(consultation, rapporteur)
    assert labels() == added


def test_campaign_that_arrives_after_the_first_run_is_labelled_at_once(consultation, session, rapporteur, said):
    early = ContributionFactory(session=session, text=LETTER.format(place=PLACES[0], count=20), language="en")
    for text in EVERYTHING:
        ContributionFactory(session=session, text=f"Let me add what our school says: {text}", language="en")
    ran(consultation, rapporteur)
    before = labels()
    for number, place in enumerate(PLACES[1:4], start=21):
        ContributionFactory(session=session, text=LETTER.format(place=place, count=number), language="en")

    run = ran(consultation, rapporteur, RunKind.ADDED)

    assert run.kind == RunKind.ADDED
    campaign = [row for row in labels() if row[1] == "campaign"]
    assert [row[2] for row in campaign] == [early.receipt_code] * 4
    assert [row[0] for row in campaign if row[3]] == [early.receipt_code]
    assert set(before) <= set(labels())


def test_what_repeats_an_earlier_one_lies_where_a_person_put_that_one(consultation, session, rapporteur, said):
    ran(consultation, rapporteur)
    seats = theme_of(said[SEATS[1]])
    move_contribution(said[METERS[0]], to_theme=seats, by=rapporteur, at=NOW)
    again = ContributionFactory(session=session, text=METERS[0], language="en")

    ran(consultation, rapporteur, RunKind.ADDED)

    coding = Coding.objects.get(contribution=again)
    assert (coding.theme, coding.key_contribution, coding.score) == (seats, said[METERS[0]], 0.75)


def test_label_of_one_that_is_alone_after_a_withdrawal_goes_when_new_ones_are_added(
    consultation, session, rapporteur, said
):
    twin = ContributionFactory(session=session, text=METERS[0], language="en")
    ran(consultation, rapporteur)
    assert len([row for row in labels() if row[1] == "exact"]) == 2
    withdraw_contribution(twin, by=twin.author, at=NOW)

    ran(consultation, rapporteur, RunKind.ADDED)

    assert [row for row in labels() if row[1] == "exact"] == []


def test_labels_of_questions_that_nobody_answered_since_stay_as_they_are(consultation, session, rapporteur, said):
    other = ConsultationSessionFactory(consultation=consultation)
    for _n in range(2):
        ContributionFactory(session=other, text=SEATS[0], language="en")
    ran(consultation, rapporteur)
    kept = list(ContributionLabel.objects.filter(contribution__session=other).order_by("pk").values())
    ContributionFactory(session=session, text=METERS[0], language="en")

    ran(consultation, rapporteur, RunKind.ADDED)

    assert len(kept) == 2
    assert list(ContributionLabel.objects.filter(contribution__session=other).order_by("pk").values()) == kept
