"""Guess in which of the older encodings a text is, by the letters that its languages use most."""

import re
from collections import Counter
from dataclasses import dataclass

_CYRILLIC = "оеаинтсрвлкм"
_ARABIC = "اليمنوتربةعدف"
_CHINESE = (
    "的一是不了在人有我他个中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
    "这们個來為國這們說時會對過後裡種經麼學現當沒動還進樣開從實無與長機民，。、水村路"
)
_KANA = "のにはをたがでてとしれさるいすかなもうらりこまきけよっンーイスルトリアク。、"
_KOREAN = "이다는을의에가고하지도사로한어리기은를나대인시자해서아습니라있과게만일정주여보"
_THAI = "านรอกเงยลมวดทสตะปบคหแ่้ัีิ์ุไใู็ำื"
_WESTERN = "éèàçêùâôîûïëœäöüßñóíáúãõ¿¡åæøòì£´·ºª§"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """
    Hold an encoding, its name for people, and the letters that the languages written in it use most.

    `usual` is the share of these among all characters beyond ASCII in ordinary text.
    """

    codec: str
    name: str
    letters: str
    usual: float


_OWN_SCRIPTS = (
    _Candidate("cp1251", "Windows-1251", _CYRILLIC, 0.72),
    _Candidate("koi8-r", "KOI8-R", _CYRILLIC, 0.72),
    _Candidate("cp866", "CP866", _CYRILLIC, 0.72),
    _Candidate("iso8859-5", "ISO 8859-5", _CYRILLIC, 0.72),
    _Candidate("cp1253", "Windows-1253", "αοιετσςνηυρπκμλάίόέή", 0.9),
    _Candidate("cp1255", "Windows-1255", "יוהלאמרתשבנ", 0.76),
    _Candidate("cp1256", "Windows-1256", _ARABIC, 0.74),
    _Candidate("iso8859-6", "ISO 8859-6", _ARABIC, 0.74),
    _Candidate("cp874", "Windows-874", _THAI, 0.85),
    _Candidate("gb18030", "GB 18030", _CHINESE, 0.4),
    _Candidate("big5", "Big5", _CHINESE, 0.4),
    _Candidate("cp932", "Shift-JIS", _KANA, 0.45),
    _Candidate("euc_jp", "EUC-JP", _KANA, 0.45),
    _Candidate("cp949", "EUC-KR", _KOREAN, 0.4),
)
# What each group of languages writes; a text in several Western ones is a little less likely than one in any other one.
_PUNCTUATION = "‘’“”„–—…«»°€"
_LETTERS = {
    ("cp1252", "Windows-1252"): (
        "éèàçêùâôîûïëœ", "äöüß", "áéíóúñü¿¡ªº", "áâãàçéêíóôõú", "åäöæøé", "àèéìòù", "áðéíóúýþæö", "áéíóúàèòïüç·",
    ),
    ("cp1250", "Windows-1250"): ("ąęóćłńśźż", "áčďéěíňóřšťúůýžľĺŕôä", "áéíóöőúüű", "ăâîşţ", "čšžćđ"),
    ("iso8859-2", "ISO 8859-2"): ("ąęóćłńśźż", "áčďéěíňóřšťúůýžľĺŕôä", "áéíóöőúüű", "ăâîşţ", "čšžćđ"),
    ("cp1254", "Windows-1254"): ("çğıöşüîâ", "çəğıöşü"),
    ("cp1257", "Windows-1257"): ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
    ("mac-roman", "Mac Roman"): ("éèàçêùâôîûïëœ", "äöüß", "áéíóúñü¿¡ªº", "áâãàçéêíóôõú", "àèéìòù"),
}  # fmt: skip
_MIXED = _Candidate("cp1252", "Windows-1252", _WESTERN + _PUNCTUATION, 1.075)
_LATIN = (
    _MIXED,
    *(
        _Candidate(codec, name, letters + _PUNCTUATION, 1.0)
        for (codec, name), groups in _LETTERS.items()
        for letters in groups
    ),
)
_LEAST_BYTES, _LEAST_LIKELY, _SURER = 8, 0.6, 0.05
_SHARE_OF_OWN_SCRIPTS, _BYTES_TO_BE_SURE = 0.55, 60
_HIGH, _WORD = (
    re.compile(rb"[\x80-\xff]"),
    re.compile(rb"[A-Za-z]+[\x80-\xff][A-Za-z\x80-\xff]*|[\x80-\xff][A-Za-z\x80-\xff]+"),
)


def older_encoding(sample: bytes) -> tuple[str, str] | None:
    """
    Return codec and name of the older encoding that lines of a file are most likely in.

    A handful of bytes beyond ASCII are taken for Windows-1252. None where there are many and no encoding known here
    makes ordinary text of them.
    """
    high = len(_HIGH.findall(sample))
    words = b"".join(_WORD.findall(sample))
    default = _MIXED.codec, _MIXED.name
    if high < _LEAST_BYTES:
        return default
    # Words of Latin letters have some beyond ASCII, words of other scripts nothing else.
    if len(_HIGH.findall(words)) <= _SHARE_OF_OWN_SCRIPTS * len(words):
        best = _likeliest(sample, _LATIN)
        usual = _likeliest(sample, tuple(one for one in _LATIN if one.codec == _MIXED.codec))
        is_surer = _likelihood(sample, best) > _likelihood(sample, usual) + _SURER
        return (best.codec, best.name) if is_surer else default
    best = _likeliest(sample, _OWN_SCRIPTS)
    if _likelihood(sample, best) >= _LEAST_LIKELY:
        return best.codec, best.name
    return default if high < _BYTES_TO_BE_SURE else None


def _likeliest(sample: bytes, candidates: tuple[_Candidate, ...]) -> _Candidate:
    """Return the encoding under which most characters are usual ones, the first of several."""
    return max(candidates, key=lambda one: _likelihood(sample, one))


def _likelihood(sample: bytes, candidate: _Candidate) -> float:
    """Return how usual the characters beyond ASCII are under an encoding; 1 is as in ordinary text."""
    counts = Counter(character for character in sample.decode(candidate.codec, "replace").lower() if character > "\x7f")
    return sum(counts[letter] for letter in set(candidate.letters)) / max(1, counts.total()) / candidate.usual
