"""Columns of a file as further axes of balance."""

import pytest

from answerable.engine.balance import measure_axes
from answerable.engine.columns import ColumnMap
from answerable.engine.further_axes import further_axes
from answerable.engine.records import AxisReference, Contribution
from answerable.engine.tables import ReadingError, Table

COLUMNS = ("Text", "Home region", "Sector")
ROWS = (
    ("One.", "North", "public"),
    ("Two.", " North ", "public"),
    ("Three.", "south\ncoast", "public"),
    ("", "North", ""),
    ("Four.", "n/a", "private"),
)
IDS = ("a", "b", "c", "", "d")


def axes(*names):
    table = Table(COLUMNS, ROWS, (2, 3, 4, 5, 6), "CSV")
    return further_axes(table, ids=IDS, names=names, columns=ColumnMap(text="Text", sector="Sector"))


def test_column_is_read_by_contribution_whatever_case_and_spaces_its_name_is_given_in():
    (said,) = axes("home_Region").values()
    contributions = [Contribution(identity, "One.") for identity in "abcd"]
    assert [said(one) for one in contributions] == ["North", "North", "south coast", ""]


def test_figures_of_a_further_axis_are_those_of_any_axis():
    contributions = [Contribution(identity, "Two words") for identity in "abcd"]
    reference = AxisReference("Home region", "Census", (("North", 1.0), ("Islands", 1.0)))

    (region,) = measure_axes(contributions, axes=axes("Home region"), cited={"a", "c"}, least=3, references=[reference])

    assert (region.axis, region.unstated, region.missing) == ("Home region", 1, ("Islands",))
    assert [(one.value, one.contributions, one.cited) for one in region.shares] == [
        ("North", 2, 1),
        ("south coast", 1, 1),
    ]
    # H = 4/9 + 1/9 = 5/9; dominance (5/9 - 1/2) / (1/2) = 1/9; effective number 9/5; 1 - (1/6 + 1/2 + 1/3) / 2 = 1/2.
    assert (region.dominance.value, region.effective_number.value) == (0.111111, 1.8)
    assert region.representativeness.value == 0.5
    assert (region.cited_dominance.value, region.cited_dominance.n) == (None, 2)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("Age",), "There is no column “Age” for the balance. The columns are: Text, Home region, Sector."),
        (("Home region", "home region"), "The column “Home region” is named twice as an axis."),
        (("Sector",), "The balance by sector is measured anyway; name other columns with --axis."),
    ],
)
def test_axis_that_cannot_be_measured_is_told(names, message):
    with pytest.raises(ReadingError) as told:
        axes(*names)
    assert str(told.value) == message
