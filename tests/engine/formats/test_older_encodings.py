"""The older encodings, guessed from texts that are in none of the lists of letters."""

import random

import pytest

from answerable.engine.formats.encodings import encoding_of
from answerable.engine.formats.errors import ReadingError
from answerable.engine.reading import read_contributions

TEXTS = {
    "ru": ("Мы просим отремонтировать мост через реку до зимы", "Учителям не платят вовремя, и они уезжают в город"),
    "el": ("Ζητούμε να επισκευαστεί η γέφυρα πριν από τον χειμώνα", "Οι δάσκαλοι φεύγουν για την πόλη"),
    "he": ("אנחנו מבקשים לתקן את הגשר לפני החורף", "המורים עוזבים לעיר כי אין להם שכר"),
    "ar": ("نطلب إصلاح الجسر فوق النهر قبل فصل الشتاء", "المعلمون يرحلون إلى المدينة لأن أجورهم قليلة"),
    "th": ("ขอให้ซ่อมสะพานข้ามแม่น้ำก่อนฤดูหนาว", "ครูย้ายไปอยู่ในเมืองเพราะเงินเดือนน้อย"),
    "zh": ("请在冬天以前把河上的桥修好", "老师们都到城里去了，因为工资太少", "孩子上学要走两个小时"),
    "ja": ("冬になる前に川の橋を直してください", "給料が少ないので先生は町へ出て行きます"),
    "ko": ("겨울이 오기 전에 강 위의 다리를 고쳐 주십시오", "선생님들은 월급이 적어서 도시로 떠납니다"),
    "pl": ("Prosimy o naprawę mostu przed zimą, bo dzieci chodzą naokoło", "Nauczyciele wyjeżdżają, gdyż płaca jest zła"),
    "hu": ("Kérjük, hogy a hidat a tél előtt javítsák meg", "A tanítók elköltöznek, mert kevés a fizetésük, ez így nem jó"),
    "tr": ("Köprünün kıştan önce onarılmasını istiyoruz", "Öğretmenler maaşları düşük olduğu için şehre gidiyor"),
    "lt": ("Prašome sutvarkyti tiltą iki žiemos, nes vaikai eina aplinkui", "Mokytojai išvažiuoja į miestą, nes algos mažos"),
    "fr": ("Nous demandons que le pont soit réparé avant l’hiver", "Les élèves font un détour de deux heures à pied, été comme hiver"),
    "it": ("È il ponte che va riparato: è vecchio e non è sicuro, né più né meno", "L'acqua c'è, ma non è potabile"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "codec", "name"),
    [
        ("ru", "cp1251", "Windows-1251"),
        ("ru", "koi8-r", "KOI8-R"),
        ("ru", "cp866", "CP866"),
        ("ru", "iso8859-5", "ISO 8859-5"),
        ("el", "cp1253", "Windows-1253"),
        ("he", "cp1255", "Windows-1255"),
        ("ar", "cp1256", "Windows-1256"),
        ("ar", "iso8859-6", "ISO 8859-6"),
        ("th", "cp874", "Windows-874"),
        ("zh", "gbk", "GB 18030"),
        ("ja", "shift_jis", "Shift-JIS"),
        ("ja", "euc_jp", "EUC-JP"),
        ("ko", "euc_kr", "EUC-KR"),
        ("pl", "cp1250", "Windows-1250"),
        ("pl", "iso8859-2", "ISO 8859-2"),
        ("hu", "cp1250", "Windows-1250"),
        ("tr", "cp1254", "Windows-1254"),
        ("lt", "cp1257", "Windows-1257"),
        ("fr", "cp1252", "Windows-1252"),
        ("fr", "mac-roman", "Mac Roman"),
        ("it", "cp1252", "Windows-1252"),
    ],
)
def test_texts_in_an_older_encoding_are_read_right_and_said_to_be_guessed(tmp_path, language, codec, name):
    rows = "\n".join(f'{number},"{text}"' for number, text in enumerate(TEXTS[language]))
    (tmp_path / "old.csv").write_bytes(f"id,text\n{rows}\n".encode(codec))

    read = read_contributions(tmp_path / "old.csv")

    assert tuple(one.text for one in read.contributions) == TEXTS[language]
    assert f"CSV, {name} (a guess)," in read.notes[0]


def test_few_texts_of_another_script_among_english_ones_are_read_right(tmp_path):
    english = [f'{number},"The bridge has to be mended, number {number}"' for number in range(2, 400)]
    rows = [f'{number},"{text}"' for number, text in enumerate(TEXTS["ru"])]
    (tmp_path / "old.csv").write_bytes("\n".join(["id,text", *english, *rows]).encode("cp1251"))

    assert {one.text for one in read_contributions(tmp_path / "old.csv").contributions} >= set(TEXTS["ru"])


def test_many_bytes_that_are_no_text_in_any_encoding_are_refused(tmp_path):
    path = tmp_path / "noise.csv"
    path.write_bytes(b"id,text\n1," + random.Random(3).randbytes(4_000).translate(bytes(range(128, 256)) * 2))

    with pytest.raises(ReadingError, match=r"^noise\.csv is in an encoding that its bytes do not tell\."):
        encoding_of(path)
