"""A consultation by its address with its words, for pages that need no more of it."""

from answerable.consultations.models import Consultation, ConsultationText
from answerable.consultations.queries.localised import text_in


def consultation_heading(slug: str, *, language: str | None) -> tuple[Consultation | None, ConsultationText | None]:
    """Return a consultation and its text for a reader, both None for an unknown address; one query for nearly all."""
    texts = list(ConsultationText.objects.filter(consultation__slug=slug).select_related("consultation"))
    if not texts:
        return Consultation.objects.filter(slug=slug).first(), None
    consultation = texts[0].consultation
    return consultation, text_in(language, texts, default=consultation.default_language)
