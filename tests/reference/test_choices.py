"""What forms offer, in which order, and that offering it costs no query."""

import pytest

from answerable.reference import queries
from answerable.reference.models import Country, EntityType, Language, Sector, StakeholderGroup, Target
from answerable.reference.queries.sorting import sorting_key

READERS = ("ar", "zh-hans", "en", "fr", "ru", "es", "th", None)


def test_country_choices_are_sorted_without_regard_to_accents() -> None:
    names = [name for _, name in queries.country_choices("en")]
    assert (names[0], names[1], names[-1]) == ("Afghanistan", "Åland Islands", "Zimbabwe")
    assert names.index("Côte d’Ivoire") < names.index("Croatia") < names.index("Cuba")


def test_country_choices_in_french_are_sorted_by_french_names() -> None:
    names = [name for _, name in queries.country_choices("fr")]
    assert names.index("Égypte") < names.index("Espagne") < names.index("Estonie")


def test_sorting_key_in_chinese_follows_pinyin() -> None:
    names = ["中国", "阿富汗", "泰国", "不丹"]
    assert sorted(names, key=lambda name: sorting_key(name, language="zh-hans")) == ["阿富汗", "不丹", "泰国", "中国"]


def test_language_choices_begin_with_the_six_and_show_own_names() -> None:
    choices = queries.language_choices("fr")
    assert [code for code, _ in choices[:6]] == ["ar", "zh", "en", "fr", "ru", "es"]
    assert dict(choices)["fr"] == "Français"
    assert dict(choices)["hi"] == "Hindi (हिन्दी)"
    others = [name for _, name in choices[6:]]
    assert others == sorted(others, key=lambda name: sorting_key(name, language="fr"))


def test_target_choices_show_the_code_and_the_label() -> None:
    choices = queries.target_choices("es")
    assert choices[0] == ("1.1", "1.1 Nobody left in extreme poverty")
    assert dict(choices)["16.5"] == "16.5 Mucha menos corrupción y menos sobornos"


def test_sector_choices_are_in_the_order_of_forms() -> None:
    assert queries.sector_choices("fr")[:2] == [("public", "Secteur public"), ("private", "Secteur privé")]


def test_changing_the_choices_one_got_changes_nobody_elses() -> None:
    queries.sector_choices("en").clear()
    assert len(queries.sector_choices("en")) == 7


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
def test_every_choice_is_a_row_that_can_be_pointed_at(reader: str | None) -> None:
    offered = {
        Country: queries.country_choices(reader),
        Sector: queries.sector_choices(reader),
        StakeholderGroup: queries.stakeholder_group_choices(reader),
        EntityType: queries.entity_type_choices(reader),
        Language: queries.language_choices(reader),
        Target: queries.target_choices(reader),
    }
    for model, choices in offered.items():
        assert {value for value, _ in choices} == set(model._default_manager.values_list("pk", flat=True))
        assert all(text for _, text in choices)


def test_choices_ask_the_database_nothing() -> None:
    # Without the django_db mark any query would fail the test; a language nobody asked for yet is not cached.
    assert len(queries.country_choices("sv")) == 249
    assert len(queries.stakeholder_group_choices("sv")) == 21
    assert len(queries.entity_type_choices("sv")) == 12
    assert len(queries.language_choices("sv")) > 60
