"""Rows out of a loaded database."""

import pytest
from pytest_django import DjangoAssertNumQueries

from answerable.reference import queries
from answerable.reference.states import RegionalCommission
from tests.factories.reference import GoalFactory, IndicatorFactory, TargetFactory

pytestmark = pytest.mark.django_db


def test_goals_are_listed_with_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert [goal.number for goal in queries.goals()] == list(range(1, 18))
    with django_assert_num_queries(1):
        assert queries.goal_labels("fr")[13].text == "Le climat"


def test_goal_by_number_and_by_a_number_that_is_none() -> None:
    assert queries.goal(16) == GoalFactory(number=16)
    assert queries.goal(18) is None


def test_targets_of_a_goal_come_numbers_first_then_letters() -> None:
    codes = [target.code for target in queries.targets_of(GoalFactory(number=16))]
    assert codes == [f"16.{number}" for number in range(1, 11)] + ["16.a", "16.b"]


def test_indicators_of_a_target_leave_out_withdrawn_ones() -> None:
    target = TargetFactory(code="1.a")
    assert [indicator.code for indicator in queries.indicators_of(target)] == ["1.a.1", "1.a.2"]
    assert not IndicatorFactory(code="1.a.3").is_active


def test_countries_are_sorted_in_the_language_of_the_reader(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        listed = queries.countries("es")
    assert [country.iso3 for country in listed] == [iso3 for iso3, _ in queries.country_choices("es")]
    assert listed[0].label("es").text == "Afganistán"


def test_countries_of_a_commission_are_its_members_without_associates() -> None:
    members = queries.countries_of_commission(RegionalCommission.ESCAP, language="en")
    assert len(members) == 53
    assert {"THA", "TUR", "FRA"} <= {country.iso3 for country in members}
    assert "HKG" not in {country.iso3 for country in members}


def test_languages_are_listed_with_the_six_first() -> None:
    assert [language.code for language in queries.languages()][:7] == ["ar", "zh", "en", "fr", "ru", "es", "am"]
