"""What ought to be done."""

import pytest

from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.queries import facts_of
from answerable.synthesis.actions import (
    RecommendationDraft,
    change_recommendation,
    delete_recommendation,
    reorder_recommendations,
    write_recommendation,
)
from answerable.synthesis.models import Recommendation
from tests.factories.consultations import NOW
from tests.factories.people import PersonFactory
from tests.factories.synthesis import FindingFactory

DRAFT = RecommendationDraft("Publish the figures", "Publish them at the well.")


def test_write_recommendation_puts_it_last_and_records_it(consultation, rapporteur):
    rows = [write_recommendation(consultation, draft=DRAFT, by=rapporteur, at=NOW) for _n in range(2)]

    assert [row.order for row in rows] == [0, 1]
    assert len(facts_of("recommendation", [rows[0].public_id])[rows[0].public_id]) == 1


def test_write_recommendation_on_a_finding_of_elsewhere_is_refused(consultation, rapporteur):
    draft = RecommendationDraft("A", "B", findings=(FindingFactory(),))
    with pytest.raises(Unacceptable):
        write_recommendation(consultation, draft=draft, by=rapporteur, at=NOW)


def test_write_recommendation_without_the_role_is_refused(consultation):
    with pytest.raises(NotAllowed):
        write_recommendation(consultation, draft=DRAFT, by=PersonFactory(), at=NOW)


def test_change_recommendation_replaces_words_and_findings(consultation, session, rapporteur):
    row = write_recommendation(consultation, draft=DRAFT, by=rapporteur, at=NOW)
    finding = FindingFactory(session=session)

    change_recommendation(row, draft=RecommendationDraft("C", "D", "E", findings=(finding,)), by=rapporteur, at=NOW)

    row.refresh_from_db()
    assert (row.title, row.text, row.addressee, list(row.findings.all())) == ("C", "D", "E", [finding])


def test_delete_recommendation_leaves_its_entries(consultation, rapporteur):
    row = write_recommendation(consultation, draft=DRAFT, by=rapporteur, at=NOW)
    public_id = row.public_id

    delete_recommendation(row, by=rapporteur, at=NOW)

    kinds = [entry.kind for entry in facts_of("recommendation", [public_id])[public_id]]
    assert kinds == ["synthesis.recommendation_written", "synthesis.recommendation_deleted"]


def test_reorder_recommendations_puts_them_in_the_order_given(consultation, rapporteur):
    rows = [write_recommendation(consultation, draft=DRAFT, by=rapporteur, at=NOW) for _n in range(3)]
    wanted = [rows[1].public_id, rows[2].public_id, rows[0].public_id]

    reorder_recommendations(consultation, public_ids=wanted, by=rapporteur, at=NOW)

    assert list(Recommendation.objects.values_list("public_id", flat=True)) == wanted
