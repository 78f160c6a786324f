"""Tags of a whole consultation."""

from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution
from answerable.engine.sdg.contributions import tag_contributions
from answerable.engine.sdg.tagging import tag_text

WATER = "Safe drinking water for every village."


def test_tag_contributions_leaves_out_what_has_no_tags_and_keeps_the_order():
    given = [
        Contribution("b", WATER, language="en"),
        Contribution("a", "Thank you.", language="en"),
        Contribution("c", WATER, language="de"),
        Contribution("d", WATER, language="en"),
    ]

    found = tag_contributions(given)

    assert [one.contribution for one in found] == ["b", "d"]
    assert found[0].tags == found[1].tags == tag_text(WATER, "en")


def test_synthesize_carries_the_tags_of_every_contribution():
    given = [Contribution(f"R-{number}", f"{WATER} Number {number}.", language="en") for number in range(5)]

    result = synthesize(given)

    assert [one.contribution for one in result.sdg] == [one.id for one in given]
    assert {tag.goal for one in result.sdg for tag in one.tags} == {6}
