"""The language of a report: what its labels and fixed sentences are written in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Have translated sentences come in a language, or in the site's own where it has none for that language."""
    try:
        variant = get_supported_language_variant(language)
    except LookupError:
        variant = settings.LANGUAGE_CODE
    with translation.override(variant):
        yield
