"""What became of contributions."""

import pytest

from answerable.consultations.states import PostState
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.queries import facts_of
from answerable.synthesis.actions import add_citation, merge_into_finding, remove_citation, set_aside, undo_disposition
from answerable.synthesis.models import Disposition
from answerable.synthesis.queries import coverage
from answerable.synthesis.states import DispositionKind, SetAsideReason
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.synthesis import FindingFactory

OFF_TOPIC = SetAsideReason.OFF_TOPIC


def kind_of(contribution):
    return Disposition.objects.values_list("kind", flat=True).get(contribution=contribution)


def test_set_aside_several_contributions_decides_and_records_each(contributions, rapporteur):
    decided = set_aside(contributions, reason_code=OFF_TOPIC, by=rapporteur, at=NOW)

    assert decided == 3
    assert {kind_of(row) for row in contributions} == {DispositionKind.SET_ASIDE}
    recorded = facts_of("contribution", [row.receipt_code for row in contributions])
    assert [entries[-1].facts["reason_code"] for entries in recorded.values()] == ["off_topic"] * 3


def test_set_aside_twice_for_the_same_reason_changes_nothing(contributions, rapporteur):
    set_aside(contributions, reason_code=OFF_TOPIC, by=rapporteur, at=NOW)

    assert set_aside(contributions, reason_code=OFF_TOPIC, by=rapporteur, at=NOW) == 0
    assert [len(e) for e in facts_of("contribution", [contributions[0].receipt_code]).values()] == [1]


def test_set_aside_for_another_reason_needs_its_words(contributions, rapporteur):
    with pytest.raises(Unacceptable) as problem:
        set_aside(contributions, reason_code=SetAsideReason.OTHER, by=rapporteur, at=NOW)
    assert list(problem.value.problems) == ["reason"]


def test_set_aside_for_an_unknown_reason_is_refused(contributions, rapporteur):
    with pytest.raises(Unacceptable) as problem:
        set_aside(contributions, reason_code="boring", by=rapporteur, at=NOW)
    assert list(problem.value.problems) == ["reason_code"]


def test_set_aside_by_somebody_without_the_role_is_refused(contributions):
    with pytest.raises(NotAllowed):
        set_aside(contributions, reason_code=OFF_TOPIC, by=PersonFactory(), at=NOW)
    assert not Disposition.objects.exists()


def test_set_aside_of_a_hidden_contribution_names_it(session, contributions, rapporteur):
    hidden = ContributionFactory(session=session, state=PostState.HELD)

    with pytest.raises(Unacceptable, match=hidden.receipt_code):
        set_aside([*contributions, hidden], reason_code=OFF_TOPIC, by=rapporteur, at=NOW)
    assert not Disposition.objects.exists()


def test_set_aside_across_consultations_is_refused(contributions, rapporteur):
    with pytest.raises(Unacceptable):
        set_aside([contributions[0], ContributionFactory()], reason_code=OFF_TOPIC, by=rapporteur, at=NOW)


def test_merge_what_was_set_aside_decides_anew(session, contributions, rapporteur):
    finding = FindingFactory(session=session)
    set_aside(contributions, reason_code=OFF_TOPIC, by=rapporteur, at=NOW)

    assert merge_into_finding(contributions[:1], finding=finding, by=rapporteur, at=NOW) == 1
    row = Disposition.objects.get(contribution=contributions[0])
    assert (row.kind, row.finding, row.reason_code) == (DispositionKind.MERGED, finding, "")


def test_merge_a_cited_contribution_is_refused_with_its_code(session, contributions, rapporteur):
    finding = FindingFactory(session=session)
    add_citation(finding, contribution=contributions[0], words="Our well was brown.", by=rapporteur, at=NOW)

    with pytest.raises(Unacceptable, match=contributions[0].receipt_code):
        merge_into_finding(contributions, finding=finding, by=rapporteur, at=NOW)
    assert kind_of(contributions[0]) == DispositionKind.CITED


def test_undo_makes_contributions_undecided_again(consultation, contributions, rapporteur):
    set_aside(contributions, reason_code=OFF_TOPIC, by=rapporteur, at=NOW)

    assert undo_disposition(contributions[:2], by=rapporteur, at=NOW) == 2
    assert coverage(consultation).undecided == 2
    assert [e[-1].facts["disposition"] for e in facts_of("contribution", [contributions[0].receipt_code]).values()] == [
        "none"
    ]


def test_removing_one_of_two_citations_leaves_the_contribution_cited_by_the_other(session, contributions, rapporteur):
    one, other = FindingFactory(session=session), FindingFactory(session=session)
    first = add_citation(one, contribution=contributions[0], words="Our well was brown.", by=rapporteur, at=NOW)
    add_citation(other, contribution=contributions[0], words="The dashboard was green.", by=rapporteur, at=NOW)

    remove_citation(first, by=rapporteur, at=NOW)

    row = Disposition.objects.get(contribution=contributions[0])
    assert (row.kind, row.finding) == (DispositionKind.CITED, other)


def test_removing_the_last_citation_takes_the_disposition_away(session, contributions, rapporteur):
    citation = add_citation(
        FindingFactory(session=session), contribution=contributions[0], words="brown", by=rapporteur, at=NOW
    )

    remove_citation(citation, by=rapporteur, at=NOW)

    assert not Disposition.objects.filter(contribution=contributions[0]).exists()
