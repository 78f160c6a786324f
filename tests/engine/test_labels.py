"""Names of themes in the words of the contributions."""

import pytest

from answerable.engine import labels
from answerable.engine.labels import PhraseBook, label_of
from answerable.engine.vocabulary import stop_words
from tests.engine.samples import ARABIC, BUSES, CHINESE, WATER
from tests.engine.scripts import HINDI, KHMER, RUSSIAN, THAI


def phrases(texts, rows, *, language, question="", count=3):
    book = PhraseBook(texts, language=language, question=question)
    return book.key_phrases(rows, among=range(len(texts)), count=count)


@pytest.mark.parametrize(
    ("texts", "language", "first"),
    [
        ([*WATER, *BUSES], "en", "drinking water"),
        (ARABIC, "ar", "مياه الشرب"),
        (CHINESE, "zh", "饮用水"),
        (THAI, "th", "น้ำดื่ม"),
        (KHMER, "km", "ទឹកស្អាត"),
        (RUSSIAN, "ru", "колодцы"),
        (HINDI, "hi", "पीने का पानी"),
    ],
)
def test_key_phrases_name_what_the_rows_share_and_others_do_not(texts, language, first):
    assert first in phrases(texts, range(len(texts) // 2), language=language)


def test_key_phrases_are_never_stop_words_and_stand_in_the_texts():
    texts = [*WATER, *BUSES]

    found = phrases(texts, range(6, 12), language="en", count=5)

    assert len(found) == 5
    assert not {word.casefold() for word in found} & stop_words("en")
    assert all(any(phrase in text for text in texts) for phrase in found)


def test_key_phrases_leave_out_the_words_of_the_question():
    found = phrases([*WATER, *BUSES], range(6), language="en", question="Where does drinking water come from?")

    assert not any("water" in phrase for phrase in found)


def test_key_phrases_without_others_to_stand_out_from_are_the_most_shared():
    assert "drinking water" in phrases(WATER, range(6), language="en")


def test_key_phrases_do_not_repeat_an_arabic_word_in_another_form():
    texts = ["نحتاج إلى المياه في القرية", "مياه القرية غير نظيفة", "المياه بعيدة عن القرية", "الطريق إلى المدرسة"]

    found = phrases(texts, [0, 1, 2], language="ar", count=5)

    assert any("مياه" in phrase for phrase in found)
    assert sum("ميا" in phrase for phrase in found) == 1


@pytest.mark.parametrize(("language", "text"), [("th", "น้ำดื่มในหมู่บ้านไม่สะอาด"), ("km", "ទឹកស្អាតក្នុងភូមិ")])
def test_key_phrases_never_part_a_letter_from_its_marks(language, text):
    import unicodedata

    found = phrases([text, text + " 2", "other"], [0, 1], language=language, count=5)

    assert not any(unicodedata.category(phrase[0]).startswith("M") for phrase in found)


@pytest.mark.parametrize(
    ("texts", "language"),
    [(ARABIC, "ar"), (CHINESE, "zh"), (THAI, "th"), (KHMER, "km"), (RUSSIAN, "ru"), (HINDI, "hi")],
)
def test_labels_are_readable_in_every_script(texts, language):
    for rows in (range(3), range(3, 6)):
        found = phrases(texts, rows, language=language, count=5)

        assert found
        assert not set(found) & stop_words(language)
        assert all(sum(map(str.isalpha, phrase)) > 1 for phrase in found)
        assert all(any(phrase in text for text in texts) for phrase in found)
        assert label_of(found, language=language, fallback="").endswith(found[-1])


def test_key_phrases_are_no_pieces_of_addresses():
    texts = [
        f"See https://wells.example/map-{word} or write to office@wells.example" for word in ("one", "two", "three")
    ]

    assert not any(
        "wells" in phrase or "https" in phrase for phrase in phrases(texts, [0, 1, 2], language="en", count=5)
    )


def test_key_phrases_of_texts_without_words_are_none():
    assert phrases(["!!!", "???"], [0, 1], language="en") == ()


def test_label_of_joins_phrases_as_the_language_does():
    assert label_of(["clean water", "wells"], language="en", fallback="") == "Clean water, wells"
    assert label_of(["水井", "饮用水"], language="zh", fallback="") == "水井、饮用水"
    assert label_of(["مياه", "آبار"], language="ar", fallback="") == "مياه، آبار"


def test_label_of_falls_back_to_the_beginning_of_a_text():
    assert label_of([], language="en", fallback="The\nwells") == "The wells"
    assert label_of([], language="en", fallback="w" * 80) == "w" * 59 + "…"


def test_key_phrases_prefer_what_texts_come_back_to():
    texts = [
        "The toll rose. The toll hurts traders, somebody told us.",
        "They told us of the toll, and the toll is high.",
        "A quiet place by the river.",
        "Swings for the children.",
    ]

    assert phrases(texts, [0, 1], language="en")[0] == "toll"


def test_key_phrases_are_not_joined_by_verbs():
    texts = ["Fees are posted. The cost of water rises.", "Fees are posted, and the cost of water is high.", "Swings."]

    found = phrases(texts, [0, 1], language="en", count=6)

    assert "cost of water" in found
    assert not any(" are " in phrase for phrase in found)


@pytest.mark.parametrize(
    ("language", "topic", "other", "plain", "label"),
    [
        ("en", "The ferries are late", "The clinic is closed", "they told the people every month", ("ferries", "late")),
        ("es", "El transbordador llega tarde", "El consultorio no abre", "cada año lo piden", ("transbordador",)),
        ("fr", "Le bac est en panne", "Le dispensaire est fermé", "chaque année ils le demandent", ("bac", "panne")),
        ("ru", "Паром опаздывает", "Больница закрыта", "каждый год это обсуждают", ("Паром", "опаздывает")),
        ("zh", "渡轮晚点", "诊所关门", "每年大家都知道", ("渡轮", "晚点")),
    ],
)
def test_plain_words_do_not_pad_a_label(language, topic, other, plain, label):
    texts = [f"{topic}, {plain}."] * 3 + [f"{other}."] * 6
    book = PhraseBook(texts, language=language)

    found = book.key_phrases([0, 1, 2], among=list(range(9)), count=3)

    assert found
    assert not {word for phrase in found for word in phrase.split()} & set(plain.replace(",", "").split()), found
    assert any(phrase in " ".join(found) for phrase in label)


def test_plain_words_name_a_theme_that_has_no_others():
    texts = ["Every month, every year."] * 3 + ["The clinic is closed."] * 6
    book = PhraseBook(texts, language="en")

    assert book.key_phrases([0, 1, 2], among=list(range(9)), count=3)


def test_the_weightiest_phrases_are_the_same_however_few_are_weighed_one_by_one(monkeypatch):
    words = [f"{first}{second}ro" for first in "bdfgklmnprst" for second in "aeiou"]
    texts = [" and ".join(words[(row * step) % len(words)] for step in range(1, 9)) for row in range(1, 90)]
    book = PhraseBook(texts, language="en")
    chosen = [book.key_phrases(range(first, first + 30), among=range(89), count=5) for first in (0, 30, 59)]
    monkeypatch.setattr(labels, "_CANDIDATES", 100_000)
    assert chosen == [book.key_phrases(range(first, first + 30), among=range(89), count=5) for first in (0, 30, 59)]
    monkeypatch.setattr(labels, "_CANDIDATES", 20)
    assert chosen == [book.key_phrases(range(first, first + 30), among=range(89), count=5) for first in (0, 30, 59)]
    assert all(chosen)
