"""Tags: the right goals in six languages, true offsets, and nothing where there is nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.sdg.lexicon import LANGUAGES
from answerable.engine.sdg.tagging import tag_text

WATER = {
    "en": "Our village has no safe drinking water and the latrines are broken.",
    "es": "Nuestro pueblo no tiene agua potable y las letrinas están rotas.",
    "fr": "Notre village n'a pas d'eau potable et les latrines sont cassées.",
    "ru": "В нашей деревне нет питьевой воды, а канализация разрушена.",
    "ar": "لا توجد في قريتنا مياه الشرب والمراحيض معطلة.",
    "zh": "我们村没有安全的饮用水，厕所也坏了。",
}
VIOLENCE = {
    "en": "Stop violence against women and end child marriage.",
    "es": "Hay que acabar con la violencia contra las mujeres y el matrimonio infantil.",
    "fr": "Il faut mettre fin aux violences conjugales et aux mariages précoces.",
    "ru": "Нужно прекратить насилие в отношении женщин и детские браки.",
    "ar": "يجب وقف العنف ضد المرأة وزواج الأطفال.",
    "zh": "必须制止家庭暴力和童婚。",
}
LIGHT = {
    "en": "There was another power cut last night and the clinic fridge went warm.",
    "es": "Anoche hubo otro apagón y la nevera dejó de funcionar.",
    "fr": "Encore une coupure de courant hier soir, on a fini à la bougie.",
    "ru": "Вчера опять не было электричества, сидели при свечах.",
    "ar": "انقطاع الكهرباء كل ليلة يتعبنا، ولا نملك ثمن المولدات.",
    "zh": "昨晚村里又停电了，只好点蜡烛。",
}
BRIBE = {
    "en": "You wait for months unless you bribe somebody at the counter.",
    "es": "Sin coima no te atienden en la ventanilla.",
    "fr": "Sans pot-de-vin, le dossier reste au fond du tiroir.",
    "ru": "Без взятки в этом кабинете ничего не решают.",
    "ar": "لا يتحرك الملف من مكانه إلا بعد رشوة.",
    "zh": "不行贿，什么手续都办不下来。",
}
NOTHING = {
    "en": "The chairs were comfortable and we finished on time, well done.",
    "es": "Las sillas eran cómodas y acabamos a la hora, enhorabuena.",
    "fr": "Les chaises étaient confortables et on a fini à l'heure, bravo.",
    "ru": "Стулья удобные, закончили вовремя, спасибо.",
    "ar": "كانت الكراسي مريحة وانتهينا في الموعد.",
    "zh": "椅子很舒服，结束得也很准时。",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("texts", "goal"), [(WATER, 6), (VIOLENCE, 5), (LIGHT, 7), (BRIBE, 16)])
def test_tag_text_finds_the_goal_in_every_language(language, texts, goal):
    assert tag_text(texts[language], language)[0].goal == goal


@pytest.mark.parametrize("language", LANGUAGES)
def test_tag_text_gives_no_goal_to_a_text_that_speaks_of_none(language):
    assert tag_text(NOTHING[language], language) == ()


@pytest.mark.parametrize(("texts", "target"), [(WATER, "6.1"), (BRIBE, "16.5")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_tag_text_tells_the_target_in_every_language(language, texts, target):
    assert tag_text(texts[language], language)[0].target == target


@pytest.mark.parametrize(
    ("text", "language", "goal"),
    [
        ("Nuclear weapons must be abolished.", "en", 7),
        ("Cela fait plaisir de voir de nouveaux visages.", "fr", 10),
        ("Мы приехали из деревни вчера.", "ru", 15),
        ("他的英语水平很高。", "zh", 6),
        ("这次活动没有上海的同事。", "zh", 14),
        ("يبحث فريق العمل جدول الأعمال.", "ar", 8),
    ],
)
def test_a_word_that_only_looks_like_one_of_a_goal_does_not_count(text, language, goal):
    assert goal not in {tag.goal for tag in tag_text(text, language)}


def test_words_that_stand_in_any_policy_paper_are_not_enough():
    assert tag_text("This holds in developing countries too.", "en") == ()


def test_a_goal_that_gathers_less_than_half_of_the_strongest_is_no_tag():
    text = "Malaria, tuberculosis and cholera fill the hospital, and the last bus has gone."

    assert [tag.goal for tag in tag_text(text, "en")] == [3]


@pytest.mark.parametrize(
    ("text", "goal", "target"),
    [
        ("Social protection and a basic income would have carried us.", 1, "1.3"),
        ("So much is thrown away: stop food waste and recycle packaging.", 12, "12.3"),
        ("More than 4,000 people died in road accidents last year.", 3, "3.6"),
        ("Too many girls are married off: child marriage must end.", 5, "5.3"),
        ("Solar home systems would bring a larger share of renewable energy.", 7, "7.2"),
        ("Overfishing and illegal fishing empty our bay.", 14, "14.4"),
        ("Officials ask for bribes: bribery is the rule here.", 16, "16.5"),
        ("Early warning before the cyclone saved us; climate hazards grow.", 13, "13.1"),
        ("Affordable housing is a right, and the housing shortage grows.", 11, "11.1"),
    ],
)
def test_tag_text_tells_the_target_where_the_words_do(text, goal, target):
    best = tag_text(text, "en")[0]

    assert (best.goal, best.target) == (goal, target)


def test_tag_text_gives_no_target_where_the_words_tell_none():
    assert [(tag.goal, tag.target) for tag in tag_text("Climate change is here.", "en")] == [(13, None)]


def test_tag_text_finds_inflections_spellings_and_words_between():
    found = [
        {evidence.phrase for tag in tag_text(text, "en") for evidence in tag.evidence}
        for text in ("Women's rights!", "LABOUR RIGHTS and labor rights", "women in the local leadership", "deforested")
    ]

    assert found[0] >= {"Women's rights"}
    assert found[1] >= {"LABOUR RIGHTS", "labor rights"}
    assert found[2] >= {"women in the local leadership"}
    assert found[3] >= {"deforested"}


def test_a_word_inside_a_phrase_of_another_meaning_does_not_count():
    goals = [{tag.goal for tag in tag_text(text, "en")} for text in ("A clinical trial.", "A trial in court.")]

    assert 16 not in goals[0]
    assert 16 in goals[1]
    assert tag_text("The business climate is good.", "en") == ()


@pytest.mark.parametrize(
    "text", ["", "!!!", "Thank you for the invitation.", "We met on Tuesday and again a week later.", "😀😀"]
)
def test_tag_text_tags_nothing_that_speaks_of_no_goal(text):
    assert tag_text(text, "en") == ()


def test_tag_text_in_a_language_without_a_lexicon_gives_nothing():
    assert tag_text("Trinkwasser und Toiletten", "de") == ()


def test_one_supporting_word_is_not_enough():
    assert tag_text("The power of a good idea is great.", "en") == ()


def test_a_passing_mention_in_a_long_text_about_something_else_is_no_tag():
    text = "Our teachers need training and our schools need books. Pupils walk far to their classes. " * 6
    text += "A farmer passed by."

    assert [tag.goal for tag in tag_text(text, "en")] == [4]


def test_every_tag_is_marked_as_a_guess_and_ordered_by_score():
    tags = tag_text("Climate change, poverty and hunger; above all poverty: extreme poverty.", "en")

    assert all(tag.is_guess for tag in tags)
    assert tags[0].goal == 1
    assert [tag.score for tag in tags] == sorted((tag.score for tag in tags), reverse=True)


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*WATER.values(), *VIOLENCE.values(), "ﬁshing", "İklim", "e\u0301nergie solaire", "ß"]),
            st.text(max_size=20),
        ),
        max_size=6,
    ),
    st.sampled_from([*LANGUAGES, "und"]),
)
def test_evidence_always_stands_where_it_is_said_to(parts, language):
    text = " ".join(parts)

    for tag in tag_text(text, language):
        assert 1 <= tag.goal <= 17
        assert 0 < tag.score < 1
        assert tag.evidence
        for one in tag.evidence:
            assert 0 <= one.start < one.end <= len(text)
            assert text[one.start : one.end] == one.phrase


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("es", "Las niñas del pueblo no tienen educación.", "Las ninas del pueblo no tienen educacion."),
        ("es", "Sin energía eléctrica no hay clínica ni médico.", "SIN ENERGIA ELECTRICA NO HAY CLINICA NI MEDICO."),
        ("fr", "L'école est trop chère, et la santé aussi.", "L'ECOLE EST TROP CHERE, ET LA SANTE AUSSI."),
        ("fr", "Des forêts brûlées et des déchets partout.", "Des forets brulees et des dechets partout."),
        ("ru", "Муж бьёт соседку.", "Муж бьет соседку."),
        ("ru", "Учёные и молодёжь против пчёл?", "Ученые и молодежь против пчел?"),
    ],
)
def test_a_text_without_its_accents_speaks_of_the_same(language, written, typed):
    expected = [tag.goal for tag in tag_text(written, language)]

    assert expected
    assert [tag.goal for tag in tag_text(typed, language)] == expected


def test_a_word_that_is_another_without_its_accent_stays_itself():
    assert [tag.goal for tag in tag_text("Le marché du travail est fermé aux jeunes.", "fr")] == [8]
    assert tag_text("Marche avec moi jusqu'au bout du chemin, du cote gauche.", "fr") == ()


@pytest.mark.parametrize(
    ("language", "text", "goal"),
    [
        ("en", "Our nets come up empty since the trawlers came.", 14),
        ("es", "No conseguí cupo en el jardín infantil para mi niña.", 4),
        ("es", "Me pagan menos que a mis compañeros hombres.", 5),
        ("es", "El colectivo pasa lleno y no para.", 11),
        ("fr", "On rembourse la dette au lieu de payer les hôpitaux.", 17),
        ("fr", "Des hommes armés ont pris le village.", 16),
        ("ru", "Счёт за отопление вырос вдвое.", 7),
        ("ru", "На границе с нами обращаются как со скотом.", 10),
        ("ar", "تنقطع الكهرباء كل مساء.", 7),
        ("zh", "没有草，牛都死了。", 2),
    ],
)
def test_everyday_words_tell_the_goal(language, text, goal):
    assert tag_text(text, language)[0].goal == goal


def test_a_word_in_passing_gives_no_goal_beside_a_telling_phrase():
    assert [tag.goal for tag in tag_text("Child marriage must end, said a farmer.", "en")] == [5]
    assert [tag.goal for tag in tag_text("I am a farmer.", "en")] == [2]


def test_french_but_is_no_maize():
    assert tag_text("Mais je ne sais pas encore.", "fr") == ()
    assert [tag.goal for tag in tag_text("Le maïs ne pousse plus.", "fr")] == [2]
