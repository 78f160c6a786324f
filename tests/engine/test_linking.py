"""Links between themes of different languages."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine.linking import link_themes
from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution, Member, Theme, ThemeLink
from answerable.engine.sdg.records import SdgTag, SdgTags


def theme(identity, language, members, *, question="Q", level=1):
    held = tuple(Member(member, 1.0) for member in members)
    return Theme(identity, "" if level == 1 else "t", level, question, language, identity, (), held)


def tags(members, *goals):
    return [SdgTags(member, tuple(SdgTag(goal, None, 0.8, ()) for goal in goals)) for member in members]


def test_themes_with_the_same_goals_in_two_languages_are_linked():
    themes = [theme("a", "en", "12"), theme("b", "fr", "34"), theme("c", "fr", "56")]
    sdg = [*tags("12", 6), *tags("34", 6), *tags("56", 13)]

    assert link_themes(themes, sdg=sdg) == (ThemeLink("a", "b", 1.0, "both speak of SDG 6"),)


def test_the_score_is_the_cosine_of_what_the_themes_speak_of():
    # Goal 6 is in both themes, goals 1 and 2 in one each: weights ln(3/2) and ln(3/1); members' mean scores are 0.8.
    themes = [theme("a", "en", "12"), theme("b", "fr", "34")]
    sdg = [*tags("12", 6, 1), *tags("34", 6, 2)]
    both, one = np.log(3 / 2), np.log(3)

    links = link_themes(themes, sdg=sdg, least=0.0)

    assert links[0].score == pytest.approx(both**2 / (both**2 + one**2), abs=1e-4)
    assert link_themes(themes, sdg=sdg) == ()


def test_themes_of_one_language_another_question_or_a_lower_level_are_not_linked():
    themes = [
        theme("a", "en", "12"),
        theme("b", "en", "34"),
        theme("c", "fr", "56", question="other"),
        theme("d", "fr", "78", level=2),
    ]
    sdg = tags("12345678", 6)

    assert link_themes(themes, sdg=sdg) == ()


def test_a_theme_links_to_its_best_partner_only():
    themes = [theme("a", "en", "12"), theme("b", "fr", "34"), theme("c", "fr", "56"), theme("x", "fr", "78")]
    sdg = [*tags("12", 6, 3), *tags("34", 6, 3), *tags("56", 6), *tags("78", 15)]

    assert [(link.theme, link.other) for link in link_themes(themes, sdg=sdg)] == [("a", "b")]


def test_a_theme_whose_members_hardly_have_tags_is_not_linked_by_them():
    themes = [theme("a", "en", "1234567"), theme("b", "fr", "89")]
    sdg = [*tags("12", 6), *tags("89", 6)]

    assert link_themes(themes, sdg=sdg) == ()


class Planes:
    """Stand for a multilingual embedder: texts that begin alike point the same way."""

    id, version = "planes", "1"

    def fit(self, _texts, *, background=()):
        return self

    def encode(self, texts):
        return sparse.csr_matrix(np.array([[text[0] == "w", text[0] == "b"] for text in texts], dtype=np.float32))


def test_vectors_link_themes_without_tags():
    themes = [theme("a", "en", "12"), theme("b", "de", "34"), theme("c", "de", "56")]
    texts = {"1": "water", "2": "well", "3": "wasser", "4": "w", "5": "bus", "6": "b"}

    assert link_themes(themes, sdg=[], texts=texts, embedder=Planes()) == (ThemeLink("a", "b", 1.0, "vectors 1.00"),)


def test_vectors_and_tags_share_the_score():
    themes = [theme("a", "en", "12"), theme("b", "fr", "34"), theme("c", "fr", "56")]
    texts = {"1": "w", "2": "w", "3": "b", "4": "w", "5": "b", "6": "b"}
    sdg = [*tags("12", 6), *tags("34", 6), *tags("56", 13)]

    links = link_themes(themes, sdg=sdg, texts=texts, embedder=Planes())

    # The cosine of (1, 0) and (0.5, 0.5) is 0.7071; with 1 for the tags the mean is 0.8536.
    assert links == (ThemeLink("a", "b", 0.8536, "both speak of SDG 6; vectors 0.71"),)


def test_links_do_not_depend_on_the_order_of_themes():
    themes = [theme("a", "en", "12"), theme("b", "fr", "34"), theme("c", "ru", "56")]
    sdg = tags("123456", 6)

    assert link_themes(themes, sdg=sdg) == link_themes(themes[::-1], sdg=sdg[::-1])
    assert len(link_themes(themes, sdg=sdg)) == 3


def test_synthesize_links_what_is_said_in_two_languages():
    english = [
        "Our drinking water is not safe and the well is dry.",
        "Safe drinking water and a deep well for the school.",
        "The well gives no drinking water in summer.",
        "Repair the well, drinking water is far away.",
        "The bus stops at seven; public transport must run in the evening.",
        "Public transport is too dear, the bus fare doubled.",
        "Evening bus service and cheap public transport for workers.",
        "The bus is late, public transport needs lanes.",
    ]
    french = [
        "L'eau potable manque et le puits est à sec.",
        "Il faut de l'eau potable et un puits profond pour l'école.",
        "Le puits ne donne plus d'eau potable en été.",
        "Réparez le puits, l'eau potable est trop loin.",
    ]
    given = [Contribution(f"e{n}", text, question="Q", language="en") for n, text in enumerate(english)]
    given += [Contribution(f"f{n}", text, question="Q", language="fr") for n, text in enumerate(french)]

    result = synthesize(given)

    languages = {one.id: one.language for one in result.themes}
    members = {one.id: {member.contribution for member in one.members} for one in result.themes}
    assert [{languages[link.theme], languages[link.other]} for link in result.links] == [{"en", "fr"}]
    (link,) = result.links
    assert members[link.theme] | members[link.other] <= {"e0", "e1", "e2", "e3", "f0", "f1", "f2", "f3"}
    assert link.reason.startswith("both speak of SDG 6")
    assert link.is_guess
