"""Characters as their scripts use them: which run together without spaces, what is a word, what is a mark."""

import re
import unicodedata
from functools import lru_cache

# Unicode blocks of scripts written without spaces between words: Thai, Lao, Myanmar, Khmer, kana, Han.
_UNSPACED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_HANGUL = "\uac00-\ud7af"
# Thai, Lao, Myanmar and Khmer write a syllable with several characters, and a word with several syllables.
SYLLABIC_SCRIPTS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")

_ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")
_ARABIC_FORMS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
_ARABIC_MARKS = str.maketrans(dict.fromkeys(range(0x64B, 0x656)))
_ARABIC = re.compile("[\u0600-\u06ff]")
_plain_words = re.compile(r"[^\W_]++(?:[:*_]in(?:nen)?(?![^\W_]))?", re.ASCII).findall


@lru_cache(maxsize=1)
def _mark_ranges() -> str:
    """Return the combining marks of the basic plane, which no word class has, as the inside of a class."""
    marks = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in {"Mn", "Mc"}]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


@lru_cache(maxsize=1)
def word_pattern() -> re.Pattern[str]:
    """Return the pattern of a word with its marks; text in an unspaced script matches as one run."""
    letter = rf"(?:[^\W_]|[{_mark_ranges()}\u200c\u200d])"
    # German writes "Radfahrer:innen", with a colon, asterisk, dot or underscore inside the word.
    # Whole runs are taken at once: what may follow a run never begins like one, so giving letters back is useless.
    run = rf"[^\W_]++(?:[{_mark_ranges()}\u200c\u200d]++[^\W_]*+)*+"
    return re.compile(rf"{run}(?:[:*·_]in(?:nen)?(?!{letter}))?")


@lru_cache(maxsize=1)
def unspaced_pattern() -> re.Pattern[str]:
    """Return the pattern of a run of characters of a script written without spaces."""
    return re.compile(f"[{_UNSPACED}]+")


@lru_cache(maxsize=1)
def bigram_pattern() -> re.Pattern[str]:
    """Return the pattern of a run that is compared by pairs of characters: unspaced scripts and Hangul."""
    return re.compile(f"[{_UNSPACED}{_HANGUL}]+")


@lru_cache(maxsize=1)
def han_pattern() -> re.Pattern[str]:
    """Return the pattern of one Chinese character: nearly each is a word or the root of one."""
    return re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def is_unspaced(text: str) -> bool:
    """Tell whether the first letter of a text belongs to a script written without spaces."""
    first = next((character for character in text if character.isalpha()), "")
    return bool(first) and unspaced_pattern().match(first) is not None


def is_arabic(text: str) -> bool:
    """Tell whether a text has a letter of the Arabic script."""
    return _ARABIC.search(text) is not None


def fold(text: str) -> str:
    """Return a text in the form used for comparing: NFKC, lower case of any script, Arabic letter forms made one."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    if _ARABIC.search(folded):
        return folded.translate(_ARABIC_FORMS).translate(_ARABIC_MARKS)
    return folded


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded and without the Arabic article."""
    folded = fold(text)
    if folded.isascii():
        return _plain_words(folded)
    words = word_pattern().findall(folded)
    if _ARABIC.search(folded):
        return [_ARABIC_ARTICLE.sub("", word) if "\u0600" <= word[0] <= "\u06ff" else word for word in words]
    return words


def word_count(text: str) -> int:
    """Count words; in unspaced scripts two characters count as one word, which is near the mean of Chinese."""
    unspaced = sum(len(run) for run in unspaced_pattern().findall(text))
    spaced = len(word_pattern().findall(unspaced_pattern().sub(" ", text)))
    return spaced + (unspaced + 1) // 2
