"""Names in an order that readers can search by eye."""

import unicodedata

from answerable.reference.models import reading_language


def sorting_key(name: str, *, language: str | None) -> tuple[bytes, str]:
    """
    Build the key under which a name sorts in a reader's language.

    Accents and case do not count; Chinese goes by its GB 18030 code, whose common characters are in pinyin order.
    """
    if reading_language(language) == "zh":
        return name.encode("gb18030"), name
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return letters.casefold().encode(), name
