"""Finding what an address names, as far as the reader may see it."""

from dataclasses import dataclass

from django.core.cache import cache
from django.http import Http404, HttpRequest

from answerable.consultations import queries, rules
from answerable.consultations.models import Consultation, ConsultationText, Contribution
from answerable.consultations.queries import ConsultationPage, SessionPage, text_in
from answerable.foundation.verdicts import require
from answerable.web.reader import language_of_page, moment_of, reader_of, show_in_zone_of

_KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class NamedConsultation:
    """A consultation with what it says of itself, for pages that need no more of it."""

    consultation: Consultation
    text: ConsultationText | None


def shown_consultation(request: HttpRequest, slug: str) -> ConsultationPage:
    """Return the consultation of an address; raises Http404, also for a draft the reader may not see."""
    at = moment_of(request)
    page = queries.consultation_page(slug, language=language_of_page(), at=at)
    if page is None or not rules.may_see_consultation(reader_of(request), page.consultation, at=at):
        raise Http404
    show_in_zone_of(request, page.consultation.time_zone)
    return page


def named_consultation(request: HttpRequest, slug: str) -> NamedConsultation:
    """Return the consultation of an address with its title alone; raises Http404 as ``shown_consultation`` does."""
    row = Consultation.objects.filter(slug=slug).first()
    if row is None or not rules.may_see_consultation(reader_of(request), row, at=moment_of(request)):
        raise Http404
    show_in_zone_of(request, row.time_zone)
    return NamedConsultation(row, text_in(language_of_page(), row.texts.all(), default=row.default_language))


def kept_heading(consultation: Consultation) -> ConsultationText | None:
    """Return what a consultation says of itself, for the way to a page; it may be half a minute old."""
    language = language_of_page()
    key = f"heading:{consultation.public_id}:{language}"
    heading: tuple[ConsultationText | None] | None = cache.get(key)
    if heading is None:
        heading = (text_in(language, consultation.texts.all(), default=consultation.default_language),)
        cache.set(key, heading, _KEPT_SECONDS)
    return heading[0]


def shown_session(request: HttpRequest, slug: str, number: int) -> SessionPage:
    """Return the session of an address; raises Http404, also within a draft the reader may not see."""
    at = moment_of(request)
    page = queries.kept_session_page(slug, number, language=language_of_page(), at=at)
    if page is None or not rules.may_see_consultation(reader_of(request), page.consultation, at=at):
        raise Http404
    show_in_zone_of(request, page.consultation.time_zone)
    return page


def readable_contribution(request: HttpRequest, code: str) -> Contribution:
    """Return the contribution of a receipt code; raises Http404 for an unknown one, NotAllowed for one not readable."""
    contribution = queries.contribution_with_code(code)
    if contribution is None:
        raise Http404
    require(rules.may_read(reader_of(request), contribution, at=moment_of(request)))
    show_in_zone_of(request, contribution.session.consultation.time_zone)
    return contribution
