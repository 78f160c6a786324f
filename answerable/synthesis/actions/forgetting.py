"""Taking out of themes the words that only withdrawn or removed contributions said."""

import re
import unicodedata
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, Contribution, ContributionRevision
from answerable.consultations.states import PostState
from answerable.synthesis.models import Theme
from answerable.synthesis.queries.report_language import speaking
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import Provenance

_WORD = re.compile(r"\w+")
_IN_A_LABEL = 3


def forget_words(contribution_id: int) -> None:
    """
    Take the words of a contribution that is not public out of what the program says of themes; it may be repeated.

    A name that a person gave, and what a person wrote, stays.
    """
    with transaction.atomic():
        row = Contribution.objects.select_related("session").get(pk=contribution_id)
        # A run's writing takes the same lock: whichever comes second sees what the first has done.
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=row.session.consultation_id)
        row.refresh_from_db(fields=["state", "text"])
        if row.state != PostState.PUBLIC:
            forget_words_of(consultation, gone=[row])


def forget_words_of(consultation: Consultation, *, gone: Sequence[Contribution]) -> None:
    """
    Take key phrases, and names that the program gave, out of themes where only gone contributions say them.

    A phrase goes when nobody else says it, or one of its words, in the same session. Texts that are erased already may
    have said anything, so that every phrase is then looked for in what is left.
    """
    for session_id in sorted({row.session_id for row in gone}):
        themes = list(Theme.objects.filter(consultation=consultation, session=session_id))
        said = "\n".join(_folded(text) for text in _texts_of([row for row in gone if row.session_id == session_id]))
        pieces = {piece for theme in themes for piece in _pieces(theme)}
        asked = {part for piece in pieces for part in _parts(piece) if not said or part in said}
        left = public_contributions(consultation).filter(session=session_id).order_by()
        only = _said_by_nobody(asked, left)
        for theme in themes:
            _forget(theme, only)


def _texts_of(rows: Sequence[Contribution]) -> list[str]:
    revisions = ContributionRevision.objects.filter(contribution__in=[row.pk for row in rows])
    return [text for text in (*(row.text for row in rows), *revisions.values_list("text", flat=True)) if text]


def _pieces(theme: Theme) -> list[str]:
    """Return what the program says of a theme in the words of contributions."""
    return [*theme.key_phrases, *([theme.label] if theme.label_provenance == Provenance.MACHINE else [])]


def _parts(piece: str) -> set[str]:
    """Return a phrase, folded, and its words."""
    folded = _folded(piece.rstrip("…"))
    return {folded, *_WORD.findall(folded)} - {""}


def _said_by_nobody(parts: set[str], left: QuerySet[Contribution]) -> set[str]:
    """Return those of some words and phrases that no remaining text holds."""
    wanted = set(parts)
    for text in left.values_list("text", flat=True).iterator(chunk_size=500):
        if not wanted:
            break
        folded = _folded(text)
        wanted -= {part for part in wanted if part in folded}
    return wanted


def _forget(theme: Theme, only: set[str]) -> None:
    phrases = [phrase for phrase in theme.key_phrases if not _parts(phrase) & only]
    fields: dict[str, object] = {}
    if phrases != theme.key_phrases:
        fields["key_phrases"] = phrases
    if theme.label_provenance == Provenance.MACHINE and _is_named_by(theme, only):
        fields["label"] = _label_of(phrases, language=theme.language)
    if fields:
        Theme.objects.filter(pk=theme.pk).update(**fields)


def _is_named_by(theme: Theme, only: set[str]) -> bool:
    """Say whether a name holds words that are to be forgotten; a list of phrases is nobody's as a whole."""
    folded = _folded(theme.label.rstrip("…"))
    phrases = [_folded(phrase) for phrase in theme.key_phrases]
    is_list = bool(phrases) and all(phrase in folded for phrase in phrases[:_IN_A_LABEL])
    lost = [part for part in _parts(theme.label) & only if not (is_list and part == folded)]
    return bool(lost) or any(phrase in folded for phrase in phrases if phrase in only)


def _label_of(phrases: Sequence[str], *, language: str) -> str:
    """Return a name out of phrases, in the way the program names themes, or a sentence when there are none."""
    # The engine brings large libraries: only the worker that forgets needs them.
    from answerable.engine.labels import label_of

    with speaking(language):
        return label_of(phrases[:_IN_A_LABEL], language=language, fallback=_("A theme whose words were withdrawn"))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
