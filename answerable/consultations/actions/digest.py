"""The moderator's weekly summary of a session."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from answerable.consultations import log_types, rules
from answerable.consultations.actions.entries import actor_ref
from answerable.consultations.actions.language_detection import known_languages
from answerable.consultations.models import ConsultationSession, Contribution, Digest, DigestCitation
from answerable.consultations.states import PostState
from answerable.consultations.validators import choice_problems, raise_if_any, text_problems, title_problems
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import require
from answerable.ledger.actions import record
from answerable.people.models import Person

_CITATION = re.compile(r"\[(R-[0-9A-Z]{4}-[0-9A-Z]{4})\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DigestDraft:
    """A summary as written; ``[R-XXXX-XXXX]`` in its text cites a contribution."""

    week_starts_on: date
    title: str
    text: str
    language: str = "en"


def publish_digest(session: ConsultationSession, *, by: Person, draft: DigestDraft, at: datetime) -> Digest:
    """
    Publish a session's summary of a week and pin it in place of the earlier ones in its language.

    The same week and language again replaces the words. Raises NotAllowed, and Unacceptable that names each cited code
    that is not a public contribution of this session.
    """
    require(rules.may_write_digest(by, session, at=at))
    title, text = " ".join(tidy_text(draft.title).split()), tidy_text(draft.text)
    week_starts_on = draft.week_starts_on - timedelta(days=draft.week_starts_on.weekday())
    codes = cited_codes(text)
    with transaction.atomic():
        cited = Contribution.objects.filter(session=session, state=PostState.PUBLIC, receipt_code__in=codes)
        by_code = {row.receipt_code: row for row in cited}
        raise_if_any(
            {
                "title": title_problems(title),
                "text": text_problems(text) + _citation_problems([code for code in codes if code not in by_code]),
                "language": choice_problems(draft.language, known_languages(), is_required=True),
            }
        )
        Digest.objects.filter(session=session, language=draft.language, is_pinned=True).update(is_pinned=False)
        digest, _made = Digest.objects.update_or_create(
            session=session,
            week_starts_on=week_starts_on,
            language=draft.language,
            defaults={"title": title, "text": text, "moderator": by, "published_at": at, "is_pinned": True},
        )
        digest.citations.all().delete()
        DigestCitation.objects.bulk_create(DigestCitation(digest=digest, contribution=by_code[code]) for code in codes)
        _record(digest, by=by, at=at)
    return digest


def cited_codes(text: str) -> list[str]:
    """Return the receipt codes a text cites, each once, in order of appearance."""
    return list(dict.fromkeys(code.upper() for code in _CITATION.findall(text)))


def _citation_problems(codes: list[str]) -> list[str]:
    sentence = _("[%(code)s] is not a public contribution of this session.")
    return [sentence % {"code": code} for code in codes]


def _record(digest: Digest, *, by: Person, at: datetime) -> None:
    record(
        log_types.DIGEST_PUBLISHED,
        subject_type="digest",
        subject_id=digest.public_id,
        actor_ref=actor_ref(by),
        facts={
            "session": digest.session.number,
            "language": digest.language,
            "week_starts_on": digest.week_starts_on,
            "text_digest": text_digest(f"{digest.title}\n\n{digest.text}"),
        },
        at=at,
    )
