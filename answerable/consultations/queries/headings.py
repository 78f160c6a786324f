"""A consultation by its address with its words, for pages that need no more of it."""

from collections.abc import Iterable

from answerable.consultations.models import Consultation, ConsultationText
from answerable.consultations.queries.localised import text_in


def consultation_heading(slug: str, *, language: str | None) -> tuple[Consultation | None, ConsultationText | None]:
    """Return a consultation and its text for a reader, both None for an unknown address; one query for nearly all."""
    texts = list(ConsultationText.objects.filter(consultation__slug=slug).select_related("consultation"))
    if not texts:
        return Consultation.objects.filter(slug=slug).first(), None
    consultation = texts[0].consultation
    return consultation, text_in(language, texts, default=consultation.default_language)


def consultation_titles(consultations: Iterable[Consultation], *, language: str | None) -> dict[int, str]:
    """Return the title of each consultation in a language, by its key; the slug while it has none. One query."""
    by_id = {row.pk: row for row in consultations}
    texts: dict[int, list[ConsultationText]] = {pk: [] for pk in by_id}
    for text in ConsultationText.objects.filter(consultation__in=by_id):
        texts[text.consultation_id].append(text)
    found = {pk: text_in(language, texts[pk], default=row.default_language) for pk, row in by_id.items()}
    return {pk: text.title if text else by_id[pk].slug for pk, text in found.items()}
