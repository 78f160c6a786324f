"""What repeats what."""

from answerable.synthesis.queries import label_counts, similar_to
from tests.factories.consultations import ContributionFactory
from tests.factories.synthesis import ContributionLabelFactory, SynthesisRunFactory


def test_labels_are_counted_by_group_and_by_repeat(consultation, session):
    run = SynthesisRunFactory(consultation=consultation)
    rows = [ContributionFactory(session=session) for _n in range(4)]
    for row in rows[:3]:
        ContributionLabelFactory(contribution=row, run=run, group_key="A", is_first=row is rows[0])
    ContributionLabelFactory(contribution=rows[3], run=run, kind="campaign", group_key="B", is_first=True)

    assert label_counts(consultation) == {"exact": (1, 2), "campaign": (1, 0)}
    assert list(similar_to(rows[0])) == rows[1:3]
    assert list(similar_to(rows[3])) == []


def test_similar_to_a_contribution_without_label_is_nothing(session, contributions):
    assert list(similar_to(contributions[0])) == []
