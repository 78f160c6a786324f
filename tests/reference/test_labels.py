"""Which text a reader gets when it is there, when it is not, and when the operator brought the official one."""

import pytest

from answerable.reference.models import Country, Goal, Indicator, LocalText, Target, reading_language
from answerable.reference.models.cldr import language_name, territory_name


@pytest.mark.parametrize(
    ("tag", "reading"),
    [("zh-hans", "zh"), ("zh_Hant", "zh"), ("FR-ca", "fr"), ("en", "en"), ("", "en"), (None, "en")],
)
def test_reading_language_of_a_tag(tag: str | None, reading: str) -> None:
    assert reading_language(tag) == reading


def test_label_in_the_language_of_the_reader() -> None:
    goal = Goal(number=1, labels={"en": "Poverty", "zh": "贫困"})
    assert goal.label("zh-hans") == LocalText("贫困", "zh")
    assert goal.label("zh-hans").is_in("zh-hans")


def test_label_in_a_language_that_is_missing_is_english_and_says_so() -> None:
    label = Target(code="1.1", labels={"en": "Nobody left"}).label("fr")
    assert label == LocalText("Nobody left", "en")
    assert not label.is_in("fr")


def test_label_that_is_missing_everywhere_is_the_code() -> None:
    assert Target(code="1.1").label("fr") == LocalText("1.1", "zxx")
    assert Indicator(code="1.1.1").wording("fr").is_in("fr")


def test_label_of_a_goal_prefers_official_text_in_the_language_of_the_reader() -> None:
    goal = Goal(number=1, labels={"en": "ours", "fr": "le nôtre"}, official_labels={"en": "theirs"})
    assert goal.label("en") == LocalText("theirs", "en")
    assert goal.label("fr") == LocalText("le nôtre", "fr")
    assert goal.label("ru") == LocalText("theirs", "en")


def test_wording_of_a_target_is_official_where_loaded_and_its_label_stays_ours() -> None:
    target = Target(code="1.1", labels={"en": "ours"}, official_wording={"en": "theirs, at length"})
    assert (target.wording("en").text, target.label("en").text, str(target)) == ("theirs, at length", "ours", "ours")
    assert Target(code="1.1", labels={"en": "ours"}).wording("en") == LocalText("ours", "en")


def test_country_is_named_as_the_united_nations_does() -> None:
    assert Country(iso3="VNM", iso2="VN").label("en") == LocalText("Viet Nam", "en")
    assert Country(iso3="TUR", iso2="TR").label("fr") == LocalText("Türkiye", "fr")
    assert str(Country(iso3="THA", iso2="TH")) == "Thailand"


def test_country_is_named_in_any_language_that_cldr_knows() -> None:
    assert territory_name("TH", language="th") == LocalText("ไทย", "th")
    assert territory_name("TH", language="tlh") == LocalText("Thailand", "en")
    assert territory_name("QQ", language="fr") == LocalText("QQ", "zxx")


def test_language_is_named_in_english_when_the_tag_is_nonsense() -> None:
    assert language_name("km", language="not a tag!") == LocalText("Khmer", "en")
