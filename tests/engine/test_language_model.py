"""Asking the language model about many texts at once gives what it says of each."""

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from answerable.engine.language_model import ranks_of

TEXTS = [
    "The water committee meets every Thursday evening in the school.",
    "Le comité de l'eau se réunit chaque jeudi soir à l'école.",
    "ВОДНЫЙ КОМИТЕТ СОБИРАЕТСЯ ПО ЧЕТВЕРГАМ",
    "水委员会每星期四晚上开会。",
    "e\u0301te\u0301",
    "?",
    "",
    "\ud800 half of a pair",
]


def test_ranks_are_the_very_numbers_of_the_identifier():
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    wanted = [tuple((language, score) for language, score in identifier.rank(text) if score >= 1e-4) for text in TEXTS]
    assert ranks_of(TEXTS) == wanted


def test_ranks_keep_the_order_of_the_texts_whatever_their_lengths():
    assert ranks_of(TEXTS[::-1]) == ranks_of(TEXTS)[::-1]
    assert [ranks[0][0] for ranks in ranks_of(TEXTS[:4])] == ["en", "fr", "ru", "zh"]


def test_ranks_of_nothing_are_nothing():
    assert ranks_of([]) == []
