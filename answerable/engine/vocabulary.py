"""The words a language uses for grammar rather than meaning, and the stems of the others."""

import re
from collections.abc import Callable
from functools import lru_cache

from answerable.engine.writing_systems import fold

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
_OWN_STOP_WORDS = {
    "km": "ដើម្បី និង ក្នុង នៅ ពី ដោយ ដែល មាន មិន គ្មាន រាល់ ត្រូវ ទៅ មក បាន ជា ឱ្យ ឲ្យ របស់ នេះ នោះ ឬ ហើយ តែ ប៉ុន្តែ សម្រាប់ ដល់ លើ "
    "ក្រោម គ្រប់ ក៏ នឹង កំពុង យើង ខ្ញុំ ពួកគេ អ្នក ណាស់ ទេ ផង ចាប់ តាំង បន្ទាប់ មុន ក្រោយ",
    "lo": "ແລະ ໃນ ຂອງ ທີ່ ບໍ່ ມີ ຈະ ໄດ້ ໃຫ້ ແມ່ນ ກັບ ຈາກ ເພື່ອ ກໍ່ ຫຼື ແຕ່ ນີ້ ນັ້ນ ພວກເຮົາ ຂ້ອຍ ຢູ່ ໄປ ມາ ເປັນ ທຸກ ຫຼາຍ ຍັງ ຕ້ອງ ເມື່ອ ຖ້າ",
    "my": "နှင့် တွင် မှ သည် များ ကို ရန် အတွက် မရှိ ရှိ ဖြင့် သို့ နဲ့ မှာ တဲ့ ပါ ဖြစ် ထို ဒီ ကျွန်တော် ကျွန်ုပ်တို့ ပြီး လည်း ဆိုသော သော ၏",
    "zh": "应该 觉得 认为 必须 可以 能够 目前 现在 是否 没有 不会 非常 很多 比较",
}
# The short words that may stand inside a phrase: prepositions, articles and "and", but no verbs and no pronouns.
_JOINING_WORDS = {
    "de": "der die das den dem des und für von vom zu zum zur im in am an auf mit bei",
    "en": "of for in to on and by per with",
    "es": "de del la el los las y e o a al en por con para",
    "fr": "de du des la le les et ou à au aux en par sur pour d l",
    "it": "di del della dei delle la il le lo e a al in per con d l",
    "nl": "de het van voor in en op aan met",
    "pt": "de do da dos das o a os as e em no na por para com",
    "ru": "и в во на для по от с со о об у из",
}
# The characters of the Chinese stop words that are written in two ways.
_TRADITIONAL = str.maketrans(
    "现觉认须够万与个两临为么乌于从们会体傥儿关内冲况几凭则别办区单却后吓吗呕呗呜哟喽嗳嘘处头宁对将尔尽岂归当总愿换据无旧时来极样欤没点独确离种称简类紧纵经结给继综罢腾虽见让论设许诚话该说请诸谁贼赖赶转较边达过还这进连里鉴针问间随难顺齐应着",
    "現覺認須夠萬與個兩臨為麼烏於從們會體儻兒關內衝況幾憑則別辦區單卻後嚇嗎嘔唄嗚喲嘍噯噓處頭寧對將爾盡豈歸當總願換據無舊時來極樣歟沒點獨確離種稱簡類緊縱經結給繼綜罷騰雖見讓論設許誠話該說請諸誰賊賴趕轉較邊達過還這進連裡鑒針問間隨難順齊應著",
)
_APOSTROPHE = re.compile("['’ʼ]")


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the folded stop words of a language and the pieces its apostrophes leave; empty for an unknown one."""
    import stopwordsiso

    code = _primary(language)
    known = stopwordsiso.stopwords(code) if stopwordsiso.has_lang(code) else ()
    words = {fold(word) for word in (*known, *_OWN_STOP_WORDS.get(code, "").split())}
    if code == "zh":
        words |= {word.translate(_TRADITIONAL) for word in words}
    return frozenset(words | {piece for word in words for piece in _APOSTROPHE.split(word) if piece})


@lru_cache(maxsize=64)
def joining_words(language: str) -> frozenset[str] | None:
    """Return the words that may join two others to a phrase, None where they are not known."""
    known = _JOINING_WORDS.get(_primary(language))
    return None if known is None else frozenset(map(fold, known.split()))


def stemmer(language: str) -> Callable[[str], str]:
    """Return what cuts a folded word of a language to its stem; the word itself where no rules are known."""
    name = _STEMMERS.get(_primary(language))
    return _snowball(name) if name else str


@lru_cache(maxsize=16)
def _snowball(name: str) -> Callable[[str], str]:
    """Return a stemmer that remembers the words it has seen."""
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return lru_cache(maxsize=200_000)(stem)


def _primary(language: str) -> str:
    """Return the first part of a language tag."""
    return language.replace("_", "-").split("-")[0].casefold()
