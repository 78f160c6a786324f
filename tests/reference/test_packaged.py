"""What the packaged tables hold: how many rows, complete in which languages, and in whose words."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from answerable.reference.models import LANGUAGES_OF_LABELS, Goal
from answerable.reference.models.cldr import language_name, territory_name
from answerable.reference.queries import packaged
from tests.reference.official_file import official_file

SHORTEST_COPY = 6  # words in a row


def relative_luminance(color: str) -> float:
    """Compute the relative luminance of #rrggbb (WCAG 2.2, definition of relative luminance)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def words_of(text: str) -> list[str]:
    """Split a text into words, and Chinese into pairs of characters, without case and signs."""
    return re.findall(r"[\u4e00-\u9fff]{1,2}|\w+", text.casefold().replace("ё", "е"))


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Build every run of SHORTEST_COPY words of a text."""
    words = words_of(text)
    return {tuple(words[start : start + SHORTEST_COPY]) for start in range(len(words) - SHORTEST_COPY + 1)}


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    """Read the official wording that may lie beside the checkout."""
    loaded: dict[str, Any] = json.loads(official_file().read_text(encoding="utf-8"))
    return loaded


def test_packaged_tables_hold_the_whole_framework() -> None:
    indicators = packaged.packaged_indicators()
    assert [goal.number for goal in packaged.packaged_goals()] == list(range(1, 18))
    assert len({target.code for target in packaged.packaged_targets()}) == 169
    assert Counter(indicator.is_active for indicator in indicators) == {True: 247, False: 5}
    assert {indicator.target_id for indicator in indicators} <= {t.code for t in packaged.packaged_targets()}


def test_targets_of_each_goal_are_as_many_as_the_agenda_has() -> None:
    counts = Counter(target.goal_id for target in packaged.packaged_targets())
    assert [counts[number] for number in range(1, 18)] == [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]


def test_packaged_codes_and_colors_equal_the_official_ones(official: dict[str, Any]) -> None:
    goals = packaged.packaged_goals()
    assert [(goal.color, goal.uri) for goal in goals] == [(row["hex"], row["uri"]) for row in official["goals"]]
    targets = packaged.packaged_targets()
    assert [(target.code, target.uri) for target in targets] == [
        (row["code"], row["uri"]) for row in official["targets"]
    ]
    active = [indicator.code for indicator in packaged.packaged_indicators() if indicator.is_active]
    assert active == [row["code"] for row in official["indicators"]]


def test_goals_whose_white_text_would_be_faint_get_dark_text() -> None:
    faint = {goal.number for goal in packaged.packaged_goals() if 1.05 / (relative_luminance(goal.color) + 0.05) < 4.5}
    dark = {goal.number for goal in packaged.packaged_goals() if goal.needs_dark_text}
    assert dark == faint == {2, 3, 5, 6, 7, 9, 11, 12, 14, 15}
    assert (Goal(needs_dark_text=True).text_color, Goal(needs_dark_text=False).text_color) == ("#111111", "#ffffff")


def test_labels_are_complete_in_all_six_languages() -> None:
    rows = [
        *packaged.packaged_goals(),
        *packaged.packaged_sectors(),
        *packaged.packaged_stakeholder_groups(),
        *packaged.packaged_entity_types(),
        *packaged.packaged_regions(),
        *(target for target in packaged.packaged_targets() if target.goal_id in {16, 17}),
    ]
    texts: list[Mapping[str, str]] = [row.labels for row in rows]
    texts += [goal.descriptions for goal in packaged.packaged_goals()]
    assert len(texts) == 17 + 7 + 21 + 12 + 30 + 31 + 17
    assert [text for text in texts if set(text) != set(LANGUAGES_OF_LABELS) or not all(text.values())] == []


def test_labels_are_in_the_script_of_their_language() -> None:
    scripts = {"ar": r"[\u0600-\u06ff]", "zh": r"[\u4e00-\u9fff]", "ru": r"[\u0400-\u04ff]"}
    texts = [goal.labels for goal in packaged.packaged_goals()]
    texts += [goal.descriptions for goal in packaged.packaged_goals()]
    texts += [target.labels for target in packaged.packaged_targets()]
    texts += [row.labels for row in packaged.packaged_entity_types()]
    for language, letters in scripts.items():
        wrong = [text[language] for text in texts if language in text and not re.search(letters, text[language])]
        assert wrong == []
    assert [text["en"] for text in texts if not text["en"].isascii()] == []


def test_packaged_wording_is_not_the_official_one(official: dict[str, Any]) -> None:
    theirs = [row["title"] for row in (*official["goals"], *official["targets"])]
    theirs += [row["short"] for row in official["goals"]]
    ours = [goal.labels for goal in packaged.packaged_goals()]
    ours += [goal.descriptions for goal in packaged.packaged_goals()]
    ours += [target.labels for target in packaged.packaged_targets()]
    copied = []
    for language in LANGUAGES_OF_LABELS:
        tag = "zh-Hans" if language == "zh" else language
        official_runs = {run for text in theirs for run in runs_of(text[tag])}
        copied += [text[language] for text in ours if language in text and runs_of(text[language]) & official_runs]
        assert len(official_runs) > 1000
    assert copied == []


def test_countries_carry_codes_regions_and_country_groups() -> None:
    countries = packaged.packaged_countries()
    codes = {region.code for region in packaged.packaged_regions()}
    assert len(countries) == len({country.m49 for country in countries}) == len({country.iso2 for country in countries})
    assert len(countries) == 249
    assert [country.iso3 for country in countries if country.region_id is None] == ["ATA"]
    assert {country.region_id for country in countries if country.region_id} == {"002", "009", "019", "142", "150"}
    assert {country.sub_region_id for country in countries if country.sub_region_id} <= codes
    assert {country.intermediate_region_id for country in countries if country.intermediate_region_id} <= codes
    flags = [(country.is_ldc, country.is_lldc, country.is_sids) for country in countries]
    assert [sum(column) for column in zip(*flags, strict=True)] == [44, 32, 53]


def test_regional_commissions_have_their_published_numbers_of_members() -> None:
    countries = packaged.packaged_countries()
    members = Counter(commission for country in countries for commission in country.commissions)
    associates = Counter(commission for country in countries for commission in country.associate_commissions)
    assert members == {"ECA": 54, "ECE": 56, "ECLAC": 46, "ESCAP": 53, "ESCWA": 21}
    assert associates == {"ECLAC": 14, "ESCAP": 9}


def test_every_parent_of_a_region_comes_before_it() -> None:
    seen: set[str] = set()
    for region in packaged.packaged_regions():
        assert region.parent_id is None or region.parent_id in seen
        seen.add(region.code)
    assert [region.code for region in packaged.packaged_regions() if region.parent_id is None] == ["001"]


def test_stakeholder_groups_are_nine_major_groups_and_twelve_others() -> None:
    kinds = [group.kind for group in packaged.packaged_stakeholder_groups()]
    assert kinds == ["major_group"] * 9 + ["other_stakeholder"] * 12


def test_entity_types_point_at_sectors_that_exist() -> None:
    sectors = {sector.key for sector in packaged.packaged_sectors()}
    pointed = {row.sector_id for row in packaged.packaged_entity_types()} - {None}
    assert len(sectors) == 7
    assert pointed == sectors - {"community"}


def test_languages_have_names_in_every_language_of_the_site_and_their_own() -> None:
    languages = packaged.packaged_languages()
    nameless = [
        (language.code, reader)
        for language in languages
        for reader in LANGUAGES_OF_LABELS
        if not language_name(language.code, language=reader).is_in(reader)
    ]
    assert nameless == []
    assert [language.code for language in languages if language.own_name == language.code] == []
    assert [language.code for language in languages if language.is_un_language] == list(LANGUAGES_OF_LABELS)
    assert {row.code for row in languages if row.direction == "rtl"} == {"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur"}


def test_every_country_has_a_name_in_every_language_of_the_site() -> None:
    nameless = [
        (country.iso3, reader)
        for country in packaged.packaged_countries()
        for reader in LANGUAGES_OF_LABELS
        if not territory_name(country.iso2, language=reader).is_in(reader)
    ]
    assert nameless == []
