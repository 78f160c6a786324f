"""Balance: values equal those worked out by hand."""

import pytest

from answerable.engine.balance import dominance, effective_number, measure_balance
from answerable.engine.records import Contribution, Figure, Share


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        ({"a": 5, "b": 5}, 0.0),
        # H = 0.81 + 0.01 = 0.82; (0.82 - 0.5) / 0.5
        ({"a": 9, "b": 1}, 0.64),
        # H = 0.25 + 0.0625 + 0.0625 = 0.375; (0.375 - 1/3) / (2/3)
        ({"a": 2, "b": 1, "c": 1}, 0.0625),
        ({"a": 7}, 1.0),
        ({"a": 7, "b": 0}, 1.0),
        ({}, None),
    ],
)
def test_dominance_is_the_normalised_herfindahl_index(amounts, value):
    assert dominance(amounts) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(("amounts", "value"), [({"a": 5, "b": 5}, 2.0), ({"a": 9, "b": 1}, 1 / 0.82), ({}, None)])
def test_effective_number_is_one_over_the_concentration(amounts, value):
    assert effective_number(amounts) == (None if value is None else pytest.approx(value))


def contributions():
    public = [Contribution(f"p{number}", "one two three", sector="public") for number in range(3)]
    return [*public, Contribution("c", "one", sector="community"), Contribution("u", "one two")]


def test_measure_balance_counts_contributions_words_and_citations():
    sector, group, country, language = measure_balance(contributions(), cited={"p0", "c"}, least=2)

    assert sector.shares == (
        Share("public", 3, 0.75, 0.9, 1, 0.5),
        Share("community", 1, 0.25, 0.1, 1, 0.5),
    )
    assert sector.unstated == 1
    # H = 0.5625 + 0.0625 = 0.625; (0.625 - 0.5) / 0.5
    assert sector.dominance == Figure(0.25, 4)
    # H = 0.81 + 0.01 = 0.82; (0.82 - 0.5) / 0.5
    assert sector.word_dominance == Figure(0.64, 4)
    assert sector.cited_dominance == Figure(0.0, 2)
    assert sector.effective_number == Figure(1.6, 4)
    assert (group.axis, country.axis, language.axis) == ("stakeholder_group", "country", "language")
    assert (group.shares, group.unstated, group.dominance) == ((), 5, Figure(None, 0))


def test_measure_balance_says_nothing_when_the_count_is_too_small():
    sector = measure_balance(contributions(), cited=set(), least=10)[0]

    assert sector.dominance == Figure(None, 4)
    assert sector.cited_dominance == Figure(None, 0)
