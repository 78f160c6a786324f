"""The text that a reader gets of those kept in several languages."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from answerable.reference.models import reading_language


class InALanguage(Protocol):
    """A row that says in which language it is, so that a page can mark it."""

    language: str


Text = TypeVar("Text", bound=InALanguage)


def text_in(language: str | None, texts: Iterable[Text], *, default: str) -> Text | None:
    """Choose the text in the reader's language, else in the default one, else any; None when there is none at all."""
    by_language = {reading_language(text.language): text for text in texts}
    for wanted in (reading_language(language), reading_language(default)):
        if wanted in by_language:
            return by_language[wanted]
    return next(iter(by_language.values()), None)
