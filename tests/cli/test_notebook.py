"""The calls for notebooks, where the how-to does not show what they do."""

from pathlib import Path

import pytest

from answerable.cli.notebook import read
from answerable.engine.tables import ReadingError

ROWS = [
    ("north", "The wells dry up in March and the pump of the village is broken."),
    ("south", "The pump of the village well was repaired by the school."),
    ("", "Repair the pump of the village well before the dry months."),
]


def a_table(folder: Path, *, times: int = 4) -> Path:
    path = folder / "said.csv"
    lines = [f"{region},{text} ({number})" for number in range(times) for region, text in ROWS]
    path.write_text("\n".join(["Region,Contribution", *lines]), encoding="utf-8")
    return path


def test_any_column_can_be_an_axis_of_the_balance(tmp_path: Path) -> None:
    findings = read(a_table(tmp_path)).synthesize(axes=["region"])

    measured = {one.axis: one for one in findings.synthesis.balance}["region"]
    shares = {share.value: share.contributions for share in measured.shares}
    assert (shares, measured.unstated) == ({"north": 4, "south": 4}, 4)
    assert "balance.json" in findings.write(tmp_path / "out")
    assert '"region"' in (tmp_path / "out" / "balance.json").read_text(encoding="utf-8")


def test_an_axis_that_is_no_column_is_refused_before_anything_is_worked_out(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="There is no column “Age”"):
        read(a_table(tmp_path)).synthesize(axes=["Age"])


def test_who_should_be_heard_can_be_given_as_a_file(tmp_path: Path) -> None:
    reference = tmp_path / "reference.csv"
    reference.write_text("attribute,group,share,source\nregion,north,30,census\nregion,west,70,census\n", "utf-8")

    findings = read(a_table(tmp_path)).synthesize(axes=["region"], reference=reference)

    measured = {one.axis: one for one in findings.synthesis.balance}["region"]
    assert measured.missing == ("west",)
    assert any("census" in note for note in findings.notes)


def test_a_reference_for_something_that_is_not_measured_is_refused(tmp_path: Path) -> None:
    reference = tmp_path / "reference.csv"
    reference.write_text("attribute,group,share,source\nregion,north,100,census\n", "utf-8")

    with pytest.raises(ReadingError, match="region"):
        read(a_table(tmp_path)).synthesize(reference=reference)
