"""The consultation itself: its facts, texts, sessions and questions."""

from datetime import date, datetime, timedelta
from typing import Any

from answerable.consultations.actions import consultation as consulting
from answerable.consultations.actions import sessions as sitting
from answerable.consultations.models import Consultation
from answerable.consultations.states import TextStatus
from answerable.demo import calendar, words
from answerable.people.models import Organisation, Person

MAIN = "en"


def make_consultation(*, by: Person, conveners: list[Organisation], opened_at: datetime, meeting: date) -> Consultation:
    """Keep the model consultation with four sessions in six languages, published a week before it opened."""
    said = words.consultation()
    at = opened_at - timedelta(days=14)
    consultation = consulting.create_consultation(said["title"][MAIN], by=by, at=at, slug=said["slug"])
    changes: dict[str, object] = {
        "languages": list(said["languages"]),
        "opens_at": opened_at,
        "closes_at": calendar.closing(meeting),
        "time_zone": said["timezone"],
        "event_name": said["event"]["name"][MAIN],
        "event_place": said["event"]["place"][MAIN],
        "event_starts_on": meeting,
        "event_ends_on": meeting,
        "goals": [17],
        "conveners": [organisation.public_id for organisation in conveners],
    }
    consulting.change_consultation(consultation, by=by, changes=changes, at=at)
    for language in said["languages"]:
        fields = {
            "title": said["title"][language],
            "summary": said["summary"][language],
            "purpose": f"{said['purpose'][language]}\n\n{said['about'][language]}\n\n{said['participation'][language]}",
        }
        status = _status(language)
        consulting.set_consultation_text(consultation, language, by=by, fields=fields, at=at, status=status)
    for item in said["session"]:
        _add_session(consultation, item, by=by, at=at)
    consulting.publish_consultation(consultation, by=by, at=opened_at - timedelta(days=7))
    consultation.refresh_from_db()
    return consultation


def _add_session(consultation: Consultation, item: dict[str, Any], *, by: Person, at: datetime) -> None:
    session = sitting.add_session(consultation, by=by, fields=_session_fields(item, MAIN), at=at)
    for language in consultation.languages:
        if language != MAIN:
            fields = _session_fields(item, language)
            sitting.set_session_text(session, language, by=by, fields=fields, at=at, status=_status(language))
    for asked in item["question"]:
        question = sitting.add_question(session, by=by, text=asked["text"][MAIN], at=at)
        for language in consultation.languages:
            if language != MAIN:
                text, status = asked["text"][language], _status(language)
                sitting.set_question_text(question, language, by=by, text=text, at=at, status=status)


def _session_fields(item: dict[str, Any], language: str) -> dict[str, str]:
    return {
        "title": item["title"][language],
        "lead": item["lede"][language],
        "background": item["background"][language],
    }


def _status(language: str) -> TextStatus:
    return TextStatus.ORIGINAL if language == MAIN else TextStatus.REVIEWED
