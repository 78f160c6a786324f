"""Notices in words: one pair of templates a kind, in the reader's language."""

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from answerable.notices.kinds import kind_named


def subject_of(kind: str, facts: Mapping[str, str | int], language: str) -> str:
    """Return the one-line subject of a notice in a language."""
    with translation.override(language or settings.LANGUAGE_CODE):
        said = render_to_string(f"{kind_named(kind).template}.subject.txt", dict(facts))
    return " ".join(said.split())


def body_of(kind: str, facts: Mapping[str, str | int], language: str) -> str:
    """Return the text of a notice in a language, without its link."""
    with translation.override(language or settings.LANGUAGE_CODE):
        return render_to_string(f"{kind_named(kind).template}.txt", dict(facts)).strip()
