"""Repeats and campaigns."""

from answerable.engine.duplicates import campaigns_of, duplicate_groups, originals_of
from answerable.engine.records import Contribution, DuplicateGroup, Settings
from tests.engine.samples import BUSES, WATER

LETTER = (
    "Dear committee, I ask you to keep the market where it is, because three hundred families earn their living there "
    "and the new site has no road, no shade and no water. {insert} Please vote against the move on Friday."
)
INSERTS = (
    "My aunt has sold vegetables there for thirty years.",
    "I walk there each morning with my two children.",
    "As a student I buy my lunch there.",
    "We repair shoes beside the north gate.",
    "My neighbour lost a stall in the last move.",
)


def contributions(*texts, question=""):
    return [Contribution(f"R-{number:02}", text, question=question) for number, text in enumerate(texts)]


def groups(*texts):
    return duplicate_groups(contributions(*texts), settings=Settings())


def test_duplicate_groups_finds_texts_equal_but_for_case_and_marks():
    found = groups(WATER[0], BUSES[0], WATER[0].upper() + "!!")

    assert found == (DuplicateGroup("exact", "R-00", ("R-00", "R-02")),)


def test_duplicate_groups_finds_a_text_with_a_word_changed():
    text = " ".join(WATER[:3])

    assert groups(text, BUSES[0], text.replace("salty", "bitter")) == (
        DuplicateGroup("near", "R-00", ("R-00", "R-02")),
    )


def test_duplicate_groups_does_not_join_different_texts():
    assert groups(*WATER, *BUSES) == ()


def test_duplicate_groups_compares_within_a_question_only():
    both = [Contribution("1", WATER[0], question="a"), Contribution("2", WATER[0], question="b")]

    assert duplicate_groups(both, settings=Settings()) == ()


def test_duplicate_groups_recognises_a_campaign_with_inserts_and_shows_its_template():
    letters = [LETTER.format(insert=insert) for insert in INSERTS]

    (campaign,) = [group for group in groups(*letters, *WATER) if group.kind == "campaign"]

    assert campaign.members == ("R-00", "R-01", "R-02", "R-03", "R-04")
    assert "keep the market where it is" in campaign.template
    assert "[…]" in campaign.template
    assert "vegetables" not in campaign.template


def test_duplicate_groups_takes_many_copies_by_one_author_for_no_campaign():
    text = LETTER.format(insert="")
    copies = [Contribution(str(number), text, author="one person") for number in range(6)]

    assert [group.kind for group in duplicate_groups(copies, settings=Settings())] == ["exact"]


def test_duplicate_groups_takes_short_answers_that_repeat_the_question_for_no_campaign():
    question = "we should keep the right to sell at the old market"
    answers = (
        f"{question} because {reason}" for reason in ("it feeds us", "of the shade", "buses stop there", "I like it")
    )

    assert groups(*answers, question) == ()


def test_duplicate_groups_finds_repeats_in_a_script_without_spaces():
    text = "村里的饮用水不安全，水井每年春天都会干涸，妇女每天走很远的路去打水。"

    assert [group.kind for group in groups(text, text.replace("春天", "夏天"), "公交车站没有坡道。")] == ["near"]


def test_duplicate_groups_leaves_texts_without_words_apart():
    assert groups("!!!", "???", "") == ()


def test_originals_and_campaigns_map_members_to_the_first():
    found = (DuplicateGroup("near", "a", ("a", "b")), DuplicateGroup("campaign", "c", ("c", "d"), "…"))

    assert originals_of(found) == {"b": "a"}
    assert campaigns_of(found) == {"c": "c", "d": "c"}


def test_duplicate_groups_separates_letters_of_two_campaigns_among_many_texts():
    other = (
        "We the residents support the bicycle street because it made our road quiet and safe for children going to "
        "school in the morning. {insert} Keep it open after the trial year."
    )
    texts = [
        one.format(insert=f"{first} {second}")
        for one in (LETTER, other)
        for first in INSERTS
        for second in INSERTS
        if first != second
    ]

    found = [group for group in groups(*texts, *WATER, *BUSES) if group.kind == "campaign"]

    assert [set(group.members) for group in found] == [
        {f"R-{number:02}" for number in range(20)},
        {f"R-{number:02}" for number in range(20, 40)},
    ]
