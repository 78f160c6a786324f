"""Setting up a consultation, its sessions, questions, documents and weekly summaries."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile

from answerable.consultations.actions import (
    DigestDraft,
    add_document,
    add_question,
    add_session,
    change_consultation,
    change_session,
    conclude_consultation,
    create_consultation,
    missing_for_publication,
    publish_consultation,
    publish_digest,
    remove_document,
    remove_question,
    remove_session,
    reorder_questions,
    reorder_sessions,
    set_consultation_text,
)
from answerable.consultations.models import Consultation
from answerable.consultations.queries import pinned_digest
from answerable.consultations.states import ConsultationState, PostState
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.people.states import RoleName
from tests.factories.consultations import CLOSES, NOW, OPENS, ContributionFactory
from tests.factories.people import OrganisationFactory, PersonFactory, RoleGrantFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
EARLIER = OPENS - timedelta(days=10)


@pytest.fixture
def organiser():
    return RoleGrantFactory(role=RoleName.CONVENER).person


@pytest.fixture
def draft(organiser):
    return create_consultation("Water for All", by=organiser, at=EARLIER)


def titles(consultation):
    return [row.texts.get().title for row in consultation.sessions.all()]


def test_create_makes_a_slug_of_the_title(draft):
    assert (draft.slug, draft.state, draft.texts.get().title) == ("water-for-all", "draft", "Water for All")


def test_create_under_a_taken_address_or_without_the_role_is_refused(draft, organiser):
    with pytest.raises(Unacceptable) as refused:
        create_consultation("Water for all!", by=organiser, at=EARLIER)
    assert list(refused.value.problems) == ["slug"]
    with pytest.raises(NotAllowed):
        create_consultation("Mine", by=PersonFactory(), at=EARLIER)


def test_create_with_a_title_in_another_script_gets_an_address(organiser):
    consultation = create_consultation("عن المياه", by=organiser, at=EARLIER, language="ar")
    assert consultation.slug == consultation.public_id


def test_publish_lists_everything_missing_then_publishes(draft, organiser):
    with pytest.raises(Unacceptable) as refused:
        publish_consultation(draft, by=organiser, at=EARLIER)
    assert len(refused.value.problems[""]) == 5
    changes = {"opens_at": OPENS, "closes_at": CLOSES, "conveners": [OrganisationFactory().public_id], "goals": [6, 17]}
    change_consultation(draft, by=organiser, changes=changes, at=EARLIER)
    set_consultation_text(draft, "en", by=organiser, fields={"title": "Water", "purpose": "To learn."}, at=EARLIER)
    session = add_session(draft, by=organiser, fields={"title": "Wells"}, at=EARLIER)
    assert missing_for_publication(draft, at=EARLIER) == ["Session 1 asks no question."]
    add_question(session, by=organiser, text="Who repairs them?", at=EARLIER)
    publish_consultation(draft, by=organiser, at=EARLIER)
    assert Consultation.objects.get().state == ConsultationState.PUBLISHED
    assert [goal.number for goal in draft.goals.order_by("number")] == [6, 17]
    with pytest.raises(Unacceptable):
        publish_consultation(draft, by=organiser, at=EARLIER)


def test_change_names_wrong_fields_and_changes_nothing(draft, organiser):
    changes = {"opens_at": CLOSES, "closes_at": OPENS, "time_zone": "Mars/Olympus", "languages": ["fr"], "slug": "a b"}
    with pytest.raises(Unacceptable) as refused:
        change_consultation(draft, by=organiser, changes=changes, at=EARLIER)
    assert set(refused.value.problems) == {"closes_at", "time_zone", "languages", "slug"}
    assert Consultation.objects.get().opens_at is None
    for changes in ({"goals": [17, 99]}, {"goals": ["x"]}, {"conveners": ["nobody"]}):
        with pytest.raises(Unacceptable) as refused:
            change_consultation(draft, by=organiser, changes=changes, at=EARLIER)
        assert list(refused.value.problems) == list(changes)


def test_conclude_waits_for_the_closing_time(session, convener):
    with pytest.raises(Unacceptable):
        conclude_consultation(session.consultation, by=convener, at=NOW)
    conclude_consultation(session.consultation, by=convener, at=CLOSES)
    assert session.consultation.concluded_at == CLOSES
    with pytest.raises(NotAllowed):
        change_session(session, by=convener, opens_at=None, closes_at=None, at=CLOSES)


def test_sessions_are_reordered_and_removed_while_empty(draft, organiser):
    first, *_others = (add_session(draft, by=organiser, fields={"title": t}, at=EARLIER) for t in "ABC")
    reorder_sessions(draft, [3, 1, 2], by=organiser, at=EARLIER)
    assert titles(draft) == ["C", "A", "B"]
    first.refresh_from_db()
    remove_session(first, by=organiser, at=EARLIER)
    assert titles(draft) == ["C", "B"]
    assert list(draft.sessions.values_list("number", flat=True)) == [1, 2]
    with pytest.raises(Unacceptable):
        reorder_sessions(draft, [1, 1], by=organiser, at=EARLIER)


def test_sessions_and_questions_with_answers_stay_as_they_are(session, convener):
    ContributionFactory(session=session)
    question = session.questions.get(number=1)
    for refuse in (
        lambda: remove_session(session, by=convener, at=NOW),
        lambda: remove_question(question, by=convener, at=NOW),
        lambda: reorder_questions(session, [2, 1], by=convener, at=NOW),
    ):
        with pytest.raises(Unacceptable):
            refuse()
    remove_question(session.questions.get(number=2), by=convener, at=NOW)
    assert list(session.questions.all()) == [question]


def test_document_is_kept_with_its_digest_and_removed(session, convener, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = ContentFile(b"%PDF-1.7 agenda", name="../agenda.PDF")
    document = add_document(session.consultation, upload, by=convener, title="Agenda", at=NOW)
    assert document.media_type == "application/pdf"
    assert [path.read_bytes() for path in tmp_path.rglob("*.pdf")] == [b"%PDF-1.7 agenda"]
    remove_document(document, by=convener, at=NOW)
    assert session.consultation.documents.count() == 0


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.pdf", b"<html>"), ("a.docx", b"")])
def test_document_of_a_kind_not_taken_is_refused(session, convener, name, content):
    with pytest.raises(Unacceptable) as refused:
        add_document(session.consultation, ContentFile(content, name=name), by=convener, title="A", at=NOW)
    assert list(refused.value.problems) == ["file"]


def digest_draft(text, *, week=date(2026, 10, 28)):
    return DigestDraft(week_starts_on=week, title="The first weeks", text=text)


def test_digest_cites_and_is_pinned_in_place_of_the_last(session, moderator):
    code = ContributionFactory(session=session).receipt_code
    first = publish_digest(session, by=moderator, draft=digest_draft(f"Two voices [{code}], [{code}]."), at=NOW)
    assert first.week_starts_on == date(2026, 10, 26)
    assert [row.contribution.receipt_code for row in first.citations.all()] == [code]
    second = publish_digest(session, by=moderator, draft=digest_draft("More.", week=date(2026, 11, 2)), at=NOW)
    assert pinned_digest(session, language="en") == second
    again = publish_digest(session, by=moderator, draft=digest_draft("Better.", week=date(2026, 11, 3)), at=NOW)
    assert (again.pk, again.text) == (second.pk, "Better.")


def test_digest_names_each_code_that_cannot_be_cited(session, moderator):
    held = ContributionFactory(session=session, state=PostState.HELD).receipt_code
    elsewhere = ContributionFactory().receipt_code
    public = ContributionFactory(session=session).receipt_code
    with pytest.raises(Unacceptable) as refused:
        publish_digest(session, by=moderator, draft=digest_draft(f"[{held}] [{elsewhere}] [{public}]"), at=NOW)
    assert refused.value.problems == {
        "text": [f"[{code}] is not a public contribution of this session." for code in (held, elsewhere)]
    }
    assert session.digests.count() == 0
