"""Understand the names people give languages."""

from functools import lru_cache

from answerable.engine.writing_systems import fold


def language_code(name: str) -> str:
    """Return the code of a language given as a code, a tag, or a name in English or in itself; else nothing."""
    if not name:
        return ""
    bare = name.strip().replace("_", "-").split("-")[0]
    if bare.isascii() and bare.isalpha() and len(bare) in {2, 3} and bare.casefold() in _language_codes():
        return bare.casefold()
    return _language_names().get(fold(name.strip()), "")


@lru_cache(maxsize=1)
def _language_codes() -> frozenset[str]:
    """Return the two- and three-letter codes of languages."""
    from babel import Locale

    return frozenset(Locale("en").languages)


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    """Return codes by folded name, in English and in the language itself."""
    from babel import Locale, UnknownLocaleError

    names: dict[str, str] = {}
    for code, english in Locale("en").languages.items():
        if "_" in code:
            continue
        names.setdefault(fold(english), code)
        try:
            own = Locale(code).languages.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if own:
            names.setdefault(fold(own), code)
    return names
