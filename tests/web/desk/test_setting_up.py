"""Setting up a consultation at the desk, page by page."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from answerable.consultations.models import Consultation, ConsultationDocument
from answerable.consultations.states import ConsultationState, Phase, TextStatus
from tests.factories.consultations import CLOSES, NOW, ConsultationSessionFactory, SessionTextFactory
from tests.factories.people import OrganisationFactory

DESK = "/desk/consultations/water/"


@pytest.fixture
def draft(world):
    """The world's consultation as a draft to which nobody contributed yet."""
    row = world.consultation
    for contribution in row.sessions.get().contributions.all():
        contribution.moderation_acts.all().delete()
        contribution.digest_citations.all().delete()
        contribution.replies.all().delete()
        contribution.delete()
    row.state = ConsultationState.DRAFT
    row.save()
    return row


def facts(**changes):
    return {
        "act": "save",
        "slug": "water",
        "default_language": "en",
        "languages": ["en", "fr"],
        "time_zone": "Asia/Bangkok",
        "opens_at": "2026-10-10T07:00:00",
        "closes_at": "2026-11-20T23:59:59",
        "participation_policy": "open",
        "moderation_policy": "post",
        "event_name": "Expert group meeting",
        "goals": ["6", "17"],
        **changes,
    }


def test_new_consultation_begins_as_a_draft_with_its_own_desk(administrator):
    answer = administrator.post("/desk/consultations/new/", {"act": "begin", "title": "Clean air", "language": "fr"})
    row = Consultation.objects.get(slug="clean-air")
    assert answer["Location"] == "/desk/consultations/clean-air/"
    assert (row.state, row.default_language, row.texts.get().title) == (ConsultationState.DRAFT, "fr", "Clean air")


def test_new_consultation_without_a_title_keeps_what_was_typed(administrator):
    answer = administrator.post("/desk/consultations/new/", {"act": "begin", "title": "", "slug": "clean-air"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-title">Title</a>: Write a title.' in page
    assert 'aria-invalid="true" aria-describedby="f-title-wrong"' in page
    assert 'value="clean-air"' in page
    assert not Consultation.objects.filter(slug="clean-air").exists()


def test_facts_are_saved_with_times_of_the_consultations_zone(convener, world):
    answer = convener.post(DESK, facts(closes_at="2026-11-25T17:30:15"))
    assert answer["Location"] == DESK
    world.consultation.refresh_from_db()
    assert world.consultation.closes_at == datetime(2026, 11, 25, 10, 30, 15, tzinfo=UTC)
    assert list(world.consultation.goals.values_list("number", flat=True).order_by("number")) == [6, 17]


def test_facts_show_the_closing_time_to_the_second_in_their_zone(convener):
    assert 'value="2026-11-20T23:59:59"' in convener.get(DESK).content.decode()


@pytest.mark.parametrize(
    ("changes", "target", "sentence"),
    [
        ({"closes_at": "2026-10-01T00:00:00"}, "f-closes_at", "The closing time must come after the opening time."),
        ({"closes_at": "soon"}, "f-closes_at", "Write date and time, for example 2026-11-28 17:00:00."),
        ({"time_zone": "Mars/Olympus"}, "f-time_zone", "Write a time zone as in Asia/Bangkok or Europe/Zurich or UTC."),
        ({"languages": ["fr"]}, "f-languages-1", "The main language must be one of the languages."),
        ({"event_starts_on": "28.11."}, "f-event_starts_on", "Write the date as year, month, day"),
        (
            {"time_zone": "Europe/Paris", "opens_at": "2026-03-29T02:30:00"},
            "f-opens_at",
            "The clocks are changed at this time",
        ),
    ],
)
def test_facts_that_cannot_be_are_shown_again_with_what_is_wrong(convener, world, changes, target, sentence):
    answer = convener.post(DESK, facts(event_name="The meeting of the wells", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#{target}">' in page
    assert sentence in page
    assert 'value="The meeting of the wells"' in page
    world.consultation.refresh_from_db()
    assert world.consultation.closes_at == CLOSES


def test_draft_names_what_is_missing_and_refuses_to_be_published(convener, draft):
    draft.convening.all().delete()
    draft.closes_at = None
    draft.save()
    page = convener.get(DESK).content.decode()
    assert "<li>It has no closing time.</li>" in page
    answer = convener.post(DESK, {"act": "publish"})
    assert answer.status_code == 422
    assert "No organisation is named as its convener." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == ConsultationState.DRAFT


def test_draft_is_published_when_nothing_is_missing(convener, draft):
    assert "Nothing is missing: it can be published." in convener.get(DESK).content.decode()
    assert convener.post(DESK, {"act": "publish"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.phase_at(NOW)) == (ConsultationState.PUBLISHED, Phase.OPEN)


def test_consultation_is_concluded_only_after_its_closing_time(convener, world):
    answer = convener.post(DESK, {"act": "conclude"})
    assert answer.status_code == 422
    assert "A consultation can be concluded once its closing time has passed." in answer.content.decode()
    world.consultation.closes_at = NOW
    world.consultation.save()
    assert "Declare it concluded" in convener.get(DESK).content.decode()
    assert convener.post(DESK, {"act": "conclude"}).status_code == 302
    assert "This consultation is concluded and stays as it is." in convener.get(DESK).content.decode()


def test_moderator_sees_where_it_stands_but_no_form(moderator):
    page = moderator.get(DESK).content.decode()
    assert "Contributions that wait for a moderator" in page
    assert "Save the facts" not in page
    assert moderator.post(DESK, facts()).status_code == 403


def test_conveners_are_added_moved_and_removed(convener, world):
    OrganisationFactory(name="City of Lakes")
    names = world.consultation.convening.values_list("organisation__name", flat=True)
    assert convener.post(DESK + "conveners/", {"act": "add", "name": "city of  lakes"}).status_code == 302
    assert list(names.all()) == ["Union of Well Users", "City of Lakes"]
    second = world.consultation.conveners.get(name="City of Lakes").public_id
    convener.post(DESK + "conveners/", {"act": "up", "organisation": second})
    assert list(names.all()) == ["City of Lakes", "Union of Well Users"]
    convener.post(DESK + "conveners/", {"act": "remove", "organisation": second})
    assert list(names.all()) == ["Union of Well Users"]


def test_convener_that_is_not_kept_here_is_named_as_wrong(convener):
    answer = convener.post(DESK + "conveners/", {"act": "add", "name": "Nobody"})
    assert answer.status_code == 422
    assert "No organisation of this name is kept here." in answer.content.decode()


def test_text_is_written_in_a_second_language_with_its_state(convener, world):
    typed = {"act": "save", "title": "L’eau partagée", "summary": "Qui lit ?", "purpose": "", "status": "reviewed"}
    assert convener.post(DESK + "texts/fr/", typed).status_code == 302
    text = world.consultation.texts.get(language="fr")
    assert (text.title, text.status, text.reviewer) == (
        "L’eau partagée",
        TextStatus.REVIEWED,
        world.people["convener"],
    )
    assert "Translated and reviewed" in convener.get(DESK + "texts/").content.decode()


def test_text_in_a_language_the_consultation_does_not_have_is_not_found(convener):
    assert convener.get(DESK + "texts/ru/").status_code == 404


def test_text_without_a_title_keeps_what_was_typed(convener):
    answer = convener.post(DESK + "texts/fr/", {"act": "save", "title": "", "summary": "Qui lit le compteur ?"})
    assert answer.status_code == 422
    assert "Qui lit le compteur ?" in answer.content.decode()


def test_sessions_are_added_moved_and_removed_while_empty(convener, draft):
    convener.post(DESK + "sessions/", {"act": "add", "title": "Who pays"})
    titles = [row.texts.get().title for row in draft.sessions.all()]
    assert titles == ["Who is answerable", "Who pays"]
    convener.post(DESK + "sessions/", {"act": "up", "number": "2"})
    assert [row.texts.get().title for row in draft.sessions.all()] == ["Who pays", "Who is answerable"]
    convener.post(DESK + "sessions/", {"act": "remove", "number": "1"})
    assert [(row.number, row.texts.get().title) for row in draft.sessions.all()] == [(1, "Who is answerable")]


def test_session_with_contributions_is_not_removed(convener, world):
    answer = convener.post(DESK + "sessions/", {"act": "remove", "number": "1"})
    assert answer.status_code == 422
    assert "People have contributed to this session, so it stays." in answer.content.decode()


def test_sessions_with_contributions_keep_their_order(convener, world):
    SessionTextFactory(session=ConsultationSessionFactory(consultation=world.consultation, number=2))
    answer = convener.post(DESK + "sessions/", {"act": "down", "number": "1"})
    assert answer.status_code == 422
    assert [row.number for row in world.consultation.sessions.all()] == [1, 2]


def test_questions_are_added_moved_and_removed(convener, draft):
    session = draft.sessions.get()

    def asked():
        return [question.texts.get().text for question in session.questions.all()]

    convener.post(DESK + "sessions/1/", {"act": "add", "text": "Who repairs it?"})
    assert asked() == ["Question 1?", "Question 2?", "Who repairs it?"]
    convener.post(DESK + "sessions/1/", {"act": "up", "number": "3"})
    assert asked() == ["Question 1?", "Who repairs it?", "Question 2?"]
    convener.post(DESK + "sessions/1/", {"act": "remove", "number": "2"})
    assert asked() == ["Question 1?", "Question 2?"]


def test_session_gets_its_own_times_and_loses_them(convener, world):
    typed = {"act": "times", "opens_at": "", "closes_at": "2026-11-10T12:00:00"}
    assert convener.post(DESK + "sessions/1/", typed).status_code == 302
    world.session.refresh_from_db()
    assert (world.session.opens_at, world.session.closes_at) == (None, datetime(2026, 11, 10, 5, tzinfo=UTC))
    assert convener.post(DESK + "sessions/1/", {"act": "times"}).status_code == 302
    world.session.refresh_from_db()
    assert world.session.closes_at is None


def test_session_that_would_close_before_it_opens_keeps_what_was_typed(convener):
    answer = convener.post(DESK + "sessions/1/", {"act": "times", "closes_at": "2026-10-01T00:00:00"})
    assert answer.status_code == 422
    assert 'value="2026-10-01T00:00:00"' in answer.content.decode()


def test_session_and_its_questions_are_written_in_another_language(convener, world):
    typed = {"act": "save", "title": "Qui répond", "question-1": "Première ?", "question-2": "", "status": "machine"}
    assert convener.post(DESK + "sessions/1/texts/fr/", typed).status_code == 302
    assert world.session.texts.get(language="fr").status == TextStatus.MACHINE
    texts = [
        list(row.texts.filter(language="fr").values_list("text", flat=True)) for row in world.session.questions.all()
    ]
    assert texts == [["Première ?"], []]


def test_question_emptied_in_the_main_language_is_named_as_wrong(convener):
    typed = {"act": "save", "title": "Who", "question-1": "  ", "question-2": "Question 2?"}
    answer = convener.post(DESK + "sessions/1/texts/en/", typed)
    assert answer.status_code == 422
    assert '<a href="#f-question-1">Question 1</a>: Write your text.' in answer.content.decode()


def test_document_is_added_and_removed(convener, world):
    file = SimpleUploadedFile("agenda.pdf", b"%PDF-1.7 agenda")
    typed = {"act": "add", "title": "Agenda", "language": "fr", "file": file}
    assert convener.post(DESK + "documents/", typed).status_code == 302
    added = ConsultationDocument.objects.get(title="Agenda")
    assert (added.language, added.media_type) == ("fr", "application/pdf")
    assert convener.post(DESK + "documents/", {"act": "remove", "document": added.public_id}).status_code == 302
    assert list(world.consultation.documents.values_list("title", flat=True)) == ["Background paper"]


def test_document_that_is_not_what_its_name_says_is_refused(convener):
    typed = {"act": "add", "title": "Agenda", "file": SimpleUploadedFile("agenda.pdf", b"MZ not a paper")}
    answer = convener.post(DESK + "documents/", typed)
    assert answer.status_code == 422
    assert "The content of this file is not what its name says." in answer.content.decode()


def test_document_without_a_file_is_refused(convener):
    answer = convener.post(DESK + "documents/", {"act": "add", "title": "Agenda"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()
