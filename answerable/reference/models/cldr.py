"""Names of territories and languages from the Unicode CLDR that Babel carries, with United Nations usage over it."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from answerable.reference.models.labels import FALLBACK_LANGUAGE, LocalText, choose_text, reading_language
from answerable.reference.models.tables import read_toml


@lru_cache(maxsize=1)
def _united_nations_names() -> dict[str, dict[str, str]]:
    """Read the names the United Nations uses where CLDR's differ: alpha-2 code → language → name."""
    return read_toml("territory_names.toml")


@lru_cache(maxsize=256)
def _names(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Read CLDR's territory and language names in one language; both empty where CLDR does not have the language."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}, {}
    return dict(locale.territories), dict(locale.languages)


def territory_name(iso2: str, *, language: str | None) -> LocalText:
    """Name a country or area by its ISO 3166 alpha-2 code, as the United Nations calls it where that is known."""
    wanted = reading_language(language)
    customary = {code: names[iso2] for code in (wanted, FALLBACK_LANGUAGE) if iso2 in (names := _names(code)[0])}
    return choose_text(wanted, _united_nations_names().get(iso2, {}), customary, otherwise=iso2)


def language_name(code: str, *, language: str | None) -> LocalText:
    """Name a language by its ISO 639 code in the words of another one."""
    wanted = reading_language(language)
    customary = {reader: names[code] for reader in (wanted, FALLBACK_LANGUAGE) if code in (names := _names(reader)[1])}
    return choose_text(wanted, customary, otherwise=code)


def own_name(code: str) -> str:
    """Name a language in its own words; empty where CLDR does not know."""
    return _names(code)[1].get(code, "")
