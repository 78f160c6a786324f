"""What people do to themes."""

import pytest

from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.queries import facts_of
from answerable.synthesis.actions import (
    add_theme,
    drop_theme,
    merge_themes,
    move_contribution,
    rename_theme,
    split_theme,
)
from answerable.synthesis.models import Coding
from answerable.synthesis.states import Provenance, ThemeState
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.synthesis import CodingFactory, FindingFactory, ThemeFactory


def coded(theme):
    return set(Coding.objects.filter(theme=theme).values_list("contribution", flat=True))


def test_rename_theme_keeps_the_name_from_every_run(session, rapporteur):
    theme = rename_theme(ThemeFactory(session=session), label=" Who holds\nthe meter ", by=rapporteur, at=NOW)

    assert (theme.label, theme.label_provenance, theme.is_kept) == ("Who holds the meter", Provenance.PERSON, True)
    assert facts_of("theme", [theme.public_id])[theme.public_id][-1].facts["change"] == "renamed"


def test_rename_theme_without_the_role_is_refused(session):
    with pytest.raises(NotAllowed):
        rename_theme(ThemeFactory(session=session), label="Meters", by=PersonFactory(), at=NOW)


def test_merge_themes_moves_codings_parts_and_findings(session, contributions, rapporteur):
    into, other = ThemeFactory(session=session), ThemeFactory(session=session)
    part = ThemeFactory(session=session, parent=other)
    finding = FindingFactory(session=session)
    finding.themes.add(other)
    CodingFactory(theme=into, contribution=contributions[0])
    for row in contributions[:2]:
        CodingFactory(theme=other, contribution=row)

    merge_themes(into, others=[other], by=rapporteur, at=NOW)

    other.refresh_from_db()
    part.refresh_from_db()
    assert (other.state, other.merged_into, part.parent) == (ThemeState.MERGED, into, into)
    assert coded(into) == {contributions[0].pk, contributions[1].pk}
    assert coded(other) == set()
    assert set(Coding.objects.values_list("provenance", flat=True)) == {Provenance.PERSON}
    assert into in finding.themes.all()


def test_merge_a_first_level_theme_into_its_own_part_lifts_that_part(session, rapporteur):
    whole = ThemeFactory(session=session)
    part, neighbour = ThemeFactory(session=session, parent=whole), ThemeFactory(session=session, parent=whole)

    merge_themes(part, others=[whole], by=rapporteur, at=NOW)

    part.refresh_from_db()
    neighbour.refresh_from_db()
    assert (part.parent, neighbour.parent) == (None, part)


def test_merge_theme_into_itself_or_of_another_session_is_refused(session, rapporteur):
    theme = ThemeFactory(session=session)
    for other in (theme, ThemeFactory()):
        with pytest.raises(Unacceptable):
            merge_themes(theme, others=[other], by=rapporteur, at=NOW)


def test_merge_what_was_merged_meanwhile_is_refused(session, rapporteur):
    gone = ThemeFactory(session=session, state=ThemeState.MERGED)
    with pytest.raises(Unacceptable):
        merge_themes(ThemeFactory(session=session), others=[gone], by=rapporteur, at=NOW)


def test_split_theme_takes_the_chosen_contributions_along(session, contributions, rapporteur):
    theme = ThemeFactory(session=session)
    for row in contributions:
        CodingFactory(theme=theme, contribution=row)

    new = split_theme(theme, contributions=contributions[:1], label="Meters", by=rapporteur, at=NOW)

    assert (coded(new), coded(theme)) == ({contributions[0].pk}, {row.pk for row in contributions[1:]})
    assert (new.label, new.is_kept, new.provenance) == ("Meters", True, Provenance.PERSON)


def test_split_theme_by_contributions_it_does_not_hold_is_refused(session, contributions, rapporteur):
    with pytest.raises(Unacceptable):
        split_theme(ThemeFactory(session=session), contributions=contributions, label="Meters", by=rapporteur, at=NOW)


def test_move_contribution_leaves_every_other_theme(session, contributions, rapporteur):
    before, after = ThemeFactory(session=session), ThemeFactory(session=session)
    CodingFactory(theme=before, contribution=contributions[0])

    coding = move_contribution(contributions[0], to_theme=after, by=rapporteur, at=NOW)

    assert (coded(before), coded(after)) == (set(), {contributions[0].pk})
    assert (coding.provenance, coding.decided_by, coding.end) == (
        Provenance.PERSON,
        rapporteur,
        len(contributions[0].text),
    )


def test_move_contribution_to_a_theme_of_another_session_is_refused(consultation, rapporteur, session, contributions):
    elsewhere = ThemeFactory(session__consultation=consultation, session__number=2)
    with pytest.raises(Unacceptable):
        move_contribution(contributions[0], to_theme=elsewhere, by=rapporteur, at=NOW)


def test_add_theme_under_a_part_is_refused(session, rapporteur):
    part = ThemeFactory(session=session, parent=ThemeFactory(session=session))
    with pytest.raises(Unacceptable):
        add_theme(session, label="Third level", parent=part, by=rapporteur, at=NOW)


def test_add_theme_under_another_stands_after_the_others(session, rapporteur):
    parent = ThemeFactory(session=session, order=4)

    theme = add_theme(session, label="Meters", parent=parent, by=rapporteur, at=NOW)

    assert (theme.parent, theme.order, theme.is_kept) == (parent, 5, True)


def test_drop_empty_theme_takes_it_out_of_use(session, rapporteur):
    theme = ThemeFactory(session=session)
    drop_theme(theme, by=rapporteur, at=NOW)
    theme.refresh_from_db()
    assert theme.state == ThemeState.DROPPED


def test_drop_theme_that_holds_something_is_refused(session, rapporteur):
    coded_one, with_part, in_finding = (ThemeFactory(session=session) for _n in range(3))
    CodingFactory(theme=coded_one, contribution=ContributionFactory(session=session))
    ThemeFactory(session=session, parent=with_part)
    FindingFactory(session=session).themes.add(in_finding)

    for theme in (coded_one, with_part, in_finding):
        with pytest.raises(Unacceptable):
            drop_theme(theme, by=rapporteur, at=NOW)
