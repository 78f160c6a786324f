"""The arithmetic of coverage."""

from answerable.consultations.states import ConsultationState, PostState
from answerable.synthesis.queries import Coverage, answered_everywhere, coverage, coverage_by_session
from answerable.synthesis.states import DispositionKind
from tests.factories.consultations import ConsultationSessionFactory, ContributionFactory
from tests.factories.synthesis import DispositionFactory, FindingFactory


def decide(contribution, kind):
    if kind == DispositionKind.SET_ASIDE:
        return DispositionFactory(contribution=contribution)
    finding = FindingFactory(session=contribution.session)
    return DispositionFactory(contribution=contribution, kind=kind, finding=finding, reason_code="")


def test_coverage_counts_each_public_contribution_once(consultation, session, contributions, django_assert_num_queries):
    for contribution, kind in zip(contributions, DispositionKind, strict=True):
        decide(contribution, kind)
    ContributionFactory(session=session)
    decide(ContributionFactory(session=session, state=PostState.WITHDRAWN), DispositionKind.CITED)
    decide(ContributionFactory(), DispositionKind.CITED)

    with django_assert_num_queries(1):
        counted = coverage(consultation)

    assert counted == Coverage(total=4, cited=1, merged=1, set_aside=1)
    assert (counted.decided, counted.undecided, counted.share, counted.is_complete) == (3, 1, 0.75, False)


def test_coverage_of_nothing_is_complete_with_a_share_of_zero(consultation):
    counted = coverage(consultation)
    assert (counted, counted.share, counted.is_complete) == (Coverage(0, 0, 0, 0), 0.0, True)


def test_coverage_by_session_adds_up_to_the_whole(consultation, contributions, django_assert_num_queries):
    other = ConsultationSessionFactory(consultation=consultation, number=2)
    decide(ContributionFactory(session=other), DispositionKind.SET_ASIDE)

    with django_assert_num_queries(1):
        by_session = coverage_by_session(consultation)

    assert by_session == {1: Coverage(3, 0, 0, 0), 2: Coverage(1, 0, 0, 1)}


def test_answered_everywhere_leaves_drafts_out(contributions):
    ContributionFactory(session__consultation__state=ConsultationState.DRAFT)
    decide(ContributionFactory(), DispositionKind.SET_ASIDE)
    assert answered_everywhere() == Coverage(4, 0, 0, 1)
