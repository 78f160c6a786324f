"""Who spoke beside who is cited."""

from answerable.synthesis.queries import balance
from tests.factories.consultations import ContributionFactory
from tests.factories.reference import SectorFactory
from tests.factories.synthesis import CitationFactory


def test_balance_sets_share_of_citations_beside_share_of_input(consultation, session):
    public, private = SectorFactory(key="public"), SectorFactory(key="private")
    rows = [ContributionFactory(session=session, sector=public) for _n in range(9)]
    rows.append(ContributionFactory(session=session, sector=private))
    for row in (rows[0], rows[9]):
        CitationFactory(contribution=row)

    axis = balance(consultation)["sector"]

    assert [(s.value, s.share, s.cited_share) for s in axis.shares] == [("public", 0.9, 0.5), ("private", 0.1, 0.5)]
    assert (axis.dominance.value, axis.dominance.n) == (0.64, 10)
    assert (axis.cited_dominance.value, axis.cited_dominance.n) == (None, 2)


def test_balance_costs_the_same_at_any_size(consultation, session, django_assert_num_queries):
    for _n in range(3):
        CitationFactory(contribution=ContributionFactory(session=session))
    with django_assert_num_queries(3):
        balance(consultation)
