"""Who was heard against a stated reference: values equal those worked out by hand or published."""

import pytest

from answerable.engine.balance import balance_document, citation_gap, measure_balance
from answerable.engine.records import AxisReference, Contribution, Figure, Interval, Settings
from answerable.engine.representation import (
    ReferenceShareError,
    missing_values,
    representation_of,
    representativeness,
    wilson_interval,
)

HALVES = AxisReference("sector", "Census of 2020", (("public", 50.0), ("private", 50.0)))


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # z² = 3.841459. 0 of 10: high = z²/(10 + z²) = 0.277533.
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        # 81 of 263: Newcombe (1998), table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_interval_gives_published_values(count, total, low, high):
    assert wilson_interval(count, total=total) == pytest.approx((low, high), abs=6e-5)


def test_representation_tells_more_from_less_only_outside_the_interval():
    found = representation_of({"public": 80, "private": 20}, reference=HALVES, least=10)
    near = representation_of({"public": 55, "private": 45}, reference=HALVES, least=10)

    assert [(one.value, one.contributions, one.expected, one.verdict) for one in found] == [
        ("public", 80, 0.5, "more than expected"),
        ("private", 20, 0.5, "less than expected"),
    ]
    # 20 of 100: (0.2 + 0.019207 ± 1.959964 √(0.0016 + 0.000096)) / 1.038415
    assert found[1].share == Interval(0.2, pytest.approx(0.133367, abs=2e-6), pytest.approx(0.288829, abs=2e-6), 100)
    assert {one.verdict for one in near} == {"as expected"}


def test_representation_below_the_stated_count_is_insufficient_data():
    found = representation_of({"public": 9}, reference=HALVES, least=10)

    assert {(one.verdict, one.share) for one in found} == {("insufficient data", Interval(None, None, None, 9))}


def test_representativeness_is_one_minus_the_index_of_dissimilarity():
    # Shares 0.8 and 0.2 against 0.5 and 0.5: 1 - (0.3 + 0.3) / 2.
    found = representativeness({"public": 80, "private": 20}, reference=HALVES, least=10)

    assert (found.value, found.n) == (0.7, 100)
    # A share of 0.8 of 100 has a standard error of 0.04, which is also that of the index.
    assert (found.low, found.high) == (pytest.approx(0.62, abs=0.015), pytest.approx(0.78, abs=0.015))


def test_representativeness_counts_what_the_reference_does_not_know_as_too_much():
    # Shares 0.5, 0.25 and 0.25 against 0.5, 0.5 and 0: 1 - (0 + 0.25 + 0.25) / 2.
    found = representativeness({"public": 20, "private": 10, "other": 10}, reference=HALVES, least=10)

    assert found.value == 0.75


def test_representativeness_is_the_same_every_time_and_in_any_order():
    counts = {"public": 7, "private": 5, "other": 3}

    assert representativeness(counts, reference=HALVES, least=1) == representativeness(
        dict(reversed(counts.items())), reference=HALVES, least=1
    )


def test_missing_values_are_those_of_the_reference_nobody_spoke_for():
    reference = AxisReference(
        "country", "Member States", (("BGD", None), ("FJI", None), ("PER", 0.5), ("CHE", 0.5), ("ATA", 0.0))
    )

    assert missing_values({"bgd": 2, "PER": 1, "ZZZ": 4}, reference=reference) == ("FJI", "CHE")


def test_a_reference_without_shares_tells_who_is_missing_and_no_more():
    reference = AxisReference("country", "Member States", (("BGD", None), ("FJI", None)))
    counts = {"BGD": 20}

    assert representativeness(counts, reference=reference, least=10) is None
    assert [one.verdict for one in representation_of(counts, reference=reference, least=10)] == ["no share stated"] * 2


@pytest.mark.parametrize(
    "shares",
    [(("a", -1.0), ("b", 2.0)), (("a", float("nan")),), (("a", 0.0), ("b", 0.0)), (("a", 1.0), ("A", 1.0))],
)
def test_a_reference_that_is_none_is_refused(shares):
    with pytest.raises(ReferenceShareError, match="sector"):
        representation_of({"a": 1}, reference=AxisReference("sector", "x", shares), least=1)


def test_citation_gap_is_the_part_of_the_citations_that_would_have_to_move():
    # Input 0.75 and 0.25, cited 0.5 and 0.5.
    assert citation_gap({"a": 3, "b": 1}, cited={"a": 2, "b": 2}) == 0.25
    assert citation_gap({"a": 3}, cited={}) is None
    assert citation_gap({}, cited={"a": 1}) is None


def spoken():
    public = [Contribution(f"p{number}", "one two", sector="public", language="en") for number in range(9)]
    return [*public, Contribution("q", "one two", sector="private", language="en")]


def test_measure_balance_holds_the_axis_of_a_reference_against_it():
    sector, group, _, _ = measure_balance(spoken(), cited={"p0", "q"}, least=2, references=[HALVES])

    assert sector.reference == HALVES
    assert sector.representativeness.value == 0.6
    assert [one.verdict for one in sector.representation] == ["more than expected", "less than expected"]
    # Input 0.9 and 0.1, cited 0.5 and 0.5.
    assert sector.citation_gap == Figure(0.4, 2)
    assert (group.reference, group.representativeness, group.representation, group.missing) == (None, None, (), ())


def test_balance_document_notes_what_rests_on_too_little():
    document = balance_document(measure_balance(spoken(), cited={"p0"}, least=10, references=[HALVES]))

    sector = document["axes"]["sector"]
    assert sector["dominance"] == {"value": 0.64, "n": 10}
    assert sector["cited_dominance"] == {"value": None, "n": 1, "note": "insufficient data"}
    assert sector["reference"]["source"] == "Census of 2020"
    assert sector["shares"][0]["value"] == "public"
    assert list(document["axes"]) == ["sector", "stakeholder_group", "country", "language"]
    assert "representativeness" in document["methods"]


def test_settings_carry_references():
    assert Settings(references=(HALVES,)).references == (HALVES,)
