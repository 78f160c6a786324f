"""Words of scripts without spaces, found from the texts alone."""

from answerable.engine.labels import PhraseBook
from answerable.engine.unspaced_words import unspaced_words
from answerable.engine.vocabulary import stop_words

# Words of grammar begin some of these words: energy, employment, sustainable, gender.
CHINESE = [
    "能源价格太高，农村的能源设施需要更新。",
    "我们要求可持续的能源政策，不要只看价格。",
    "青年就业困难，企业应该提供就业培训。",
    "就业培训要照顾妇女，性别平等很重要。",
    "可持续的渔业需要性别平等的管理。",
    "农村妇女的就业机会少，交通也不方便。",
    "可持续的农业离不开交通和能源。",
    "性别统计不完整，按性别看收入，农业企业也不知道。",
]
JAPANESE = [
    "水道の水をもっと安全にしてください。水道料金も高いです。",
    "村の水道は古くて、水道管を替える必要があります。",
    "バスの本数が少ないので、高齢者が病院に行けません。",
    "高齢者のためにバス停にベンチを置いてください。",
    "病院までのバスの本数を増やしてほしい。",
]


def test_words_may_begin_with_a_character_that_is_also_a_word_of_grammar():
    assert {"能源", "可持续", "就业", "性别"} <= unspaced_words(CHINESE, stops=stop_words("zh"))


def test_pieces_of_words_and_words_with_grammar_attached_are_no_words():
    found = unspaced_words(CHINESE, stops=stop_words("zh"))

    assert not found & {"持续", "可持", "的能源", "能源设", "就业培", "业培训"}
    assert not any(word.startswith("的") or word.endswith("的") for word in found)
    assert not found & stop_words("zh")


def test_words_of_japanese_end_before_their_particles():
    found = unspaced_words(JAPANESE, stops=stop_words("ja"))

    assert {"水道", "高齢者", "病院"} <= found
    assert not any(word[-1] in "はがをにへ" for word in found)


def test_words_occur_at_least_twice_and_do_not_depend_on_the_order():
    found = unspaced_words(CHINESE, stops=stop_words("zh"))

    assert all(sum(text.count(word) for text in CHINESE) > 1 for word in found)
    assert found == unspaced_words(CHINESE[::-1], stops=stop_words("zh"))


def test_no_words_are_found_in_other_scripts():
    texts = ["The wells are dry, the wells are deep.", "น้ำดื่มไม่สะอาด น้ำดื่ม", "", "水"]

    assert unspaced_words(texts, stops=frozenset()) == frozenset()
    assert unspaced_words([], stops=frozenset()) == frozenset()


def test_labels_of_both_ways_of_writing_chinese_leave_out_opinion_verbs():
    texts = ["我覺得應該開放計程車市場", "計程車市場應該有保障", "覺得司機應該有保障", "司機覺得計程車市場很好"]

    found = PhraseBook(texts, language="zh").key_phrases(range(4), among=range(4), count=5)

    assert "計程車" in "".join(found)
    assert not set(found) & {"應該", "覺得", "我覺得"}
