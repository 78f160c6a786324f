"""Languages told without a model."""

import pytest

from answerable.engine.function_words import clear_language
from tests.engine.samples import CHINESE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("There is no road to the clinic and we have to walk for two hours when it rains.", "en"),
        ("Les enfants de notre village marchent pendant deux heures pour aller à l'école avec leurs parents.", "fr"),
        ("No hay camino hasta la clínica y tenemos que andar dos horas cuando llueve.", "es"),
        ("Es gibt keine Straße zur Klinik und wir müssen zwei Stunden gehen, wenn es regnet.", "de"),
        (
            "К больнице нет дороги, и нам приходится идти два часа, когда идёт дождь, а это очень трудно для всех нас.",
            "ru",
        ),
        (CHINESE[0], "zh"),
        ("村の井戸は毎年三月に枯れてしまい、水を運ぶのに何時間も歩きます。", "ja"),
        ("마을 우물은 해마다 봄이면 말라서 물을 길으러 몇 시간을 걷는다.", "ko"),
    ],
)
def test_clear_language_tells_a_text_of_some_length(text, language):
    found = clear_language(text)

    assert found is not None
    assert found[0] == language
    assert 0.5 <= found[1] <= 1.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Yes, of course",
        "Nairobi Mombasa Kisumu Nakuru Eldoret Thika Malindi Kitale",
        "12 345 678 901 234 567 890 123 456",
        "Uber 服务 Taxi app Komfort Preis rating drivers kommen",
    ],
)
def test_clear_language_leaves_what_is_not_clear_to_a_closer_look(text):
    assert clear_language(text) is None
