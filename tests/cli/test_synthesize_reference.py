"""`answerable synthesize --reference`: who was heard against who should be."""

import json

import pytest
import typer
from typer.testing import CliRunner

from answerable.cli.synthesis_files import read_result
from answerable.cli.synthesize import synthesize
from answerable.engine.records import AxisReference

GOOD = """Attribute;Group;Share;Source
sector;public;50 %;Register of partners, 2025
sector;private;30 %;
sector;fishers;20 %;
country;FJI;;Member States
"""


@pytest.fixture(scope="module")
def app():
    app = typer.Typer()
    app.command()(synthesize)
    return app


def contributions(path, *, count):
    lines = [f"c{one},{'public' if one % 4 else 'private'},The well {one} is dry again in May" for one in range(count)]
    path.write_text("\n".join(["Id,Sector,Contribution", *lines]))
    return path


def run(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_synthesize_holds_the_balance_against_a_stated_reference(app, tmp_path):
    (tmp_path / "reference.csv").write_text(GOOD)
    source = contributions(tmp_path / "input.csv", count=20)

    done = run(app, source, "--out", tmp_path / "out", "--reference", tmp_path / "reference.csv")

    assert done.exit_code == 0, done.output
    assert "The sector is held against 3 groups: Register of partners, 2025." in done.stderr
    sector = json.loads((tmp_path / "out" / "balance.json").read_bytes())["axes"]["sector"]
    assert sector["reference"]["source"] == "Register of partners, 2025"
    # 15 and 5 of 20 against 0.5, 0.3 and 0.2: 1 - (0.25 + 0.05 + 0.2) / 2.
    assert sector["representativeness"]["value"] == 0.75
    assert [one["verdict"] for one in sector["representation"]] == [
        "more than expected",
        "as expected",
        "less than expected",
    ]
    assert sector["missing"] == ["fishers"]
    findings = json.loads((tmp_path / "out" / "findings.json").read_bytes())
    assert next(one for one in findings["balance"] if one["axis"] == "sector")["missing"] == ["fishers"]
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "Sector, held against: Register of partners, 2025" in page
    assert "Missing, with no contribution at all: fishers." in page
    assert "75.0% (53.1 to 88.8)" in page
    synthesis, _ = read_result(tmp_path / "out")
    assert synthesis.manifest.settings.references == (
        AxisReference("sector", "Register of partners, 2025", (("public", 50.0), ("private", 30.0), ("fishers", 20.0))),
        AxisReference("country", "Member States", (("FJI", None),)),
    )


def test_synthesize_says_insufficient_data_for_few_contributions(app, tmp_path):
    (tmp_path / "reference.csv").write_text(GOOD)
    source = contributions(tmp_path / "input.csv", count=6)

    run(app, source, "--out", tmp_path / "out", "--reference", tmp_path / "reference.csv")

    sector = json.loads((tmp_path / "out" / "balance.json").read_bytes())["axes"]["sector"]
    assert sector["representativeness"] == {
        "value": None,
        "low": None,
        "high": None,
        "n": 6,
        "note": "insufficient data",
    }
    assert "insufficient data (n = 6)" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_synthesize_with_a_bad_reference_tells_every_row_and_writes_nothing(app, tmp_path):
    rows = ["sector,public,40,Census", "gender,women,50,Census", "sector,Public,10,", "sector,,1,", "country,FJI,few,"]
    (tmp_path / "reference.csv").write_text("\n".join(["attribute,group,share,source", *rows]))

    refused = run(
        app, contributions(tmp_path / "input.csv", count=6), "--out", tmp_path / "out", "--reference",
        tmp_path / "reference.csv",
    )  # fmt: skip

    assert refused.exit_code == 1
    told = [line.strip() for line in refused.stderr.splitlines() if line.strip().startswith("row ")]
    assert [line.partition(":")[0] for line in told] == ["row 3", "row 4", "row 5", "row 6"]
    assert "“gender” is no attribute that is measured" in told[0]
    assert not (tmp_path / "out").exists()


def test_synthesize_measures_the_balance_by_any_column_and_against_its_reference(app, tmp_path):
    source = contributions(tmp_path / "input.csv", count=20)
    lines = source.read_text().splitlines()
    regions = [
        "Age group,Region",
        *(f"{'young' if one % 2 else ''},{'North' if one < 15 else 'South'}" for one in range(20)),
    ]
    source.write_text("\n".join(f"{line},{more}" for line, more in zip(lines, regions, strict=True)))
    (tmp_path / "reference.csv").write_text("attribute,group,count,source\nregion,North,10,Census\nregion,West,10,\n")
    named = ("--axis", "region", "--axis", "Age group", "--reference", tmp_path / "reference.csv")

    done = run(app, source, "--out", tmp_path / "out", *named)

    assert done.exit_code == 0, done.output
    axes = json.loads((tmp_path / "out" / "balance.json").read_bytes())["axes"]
    assert sorted(axes) == ["Age group", "country", "language", "region", "sector", "stakeholder_group"]
    assert (axes["region"]["representativeness"]["value"], axes["region"]["missing"]) == (0.5, ["West"])
    assert axes["region"]["effective_number"]["value"] == 1.6
    assert (axes["Age group"]["unstated"], axes["Age group"]["dominance"]["value"]) == (10, 1.0)
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "region, held against: Census" in page
    assert "The balance is measured by region, Age group too." in done.stderr
    assert "Age group: share of the input and of the key contributions" in page
    synthesis, _ = read_result(tmp_path / "out")
    assert [one.axis for one in synthesis.balance[4:]] == ["region", "Age group"]


def test_synthesize_names_the_columns_when_an_axis_is_none_of_them(app, tmp_path):
    source = contributions(tmp_path / "input.csv", count=3)
    done = run(app, source, "--out", tmp_path / "out", "--axis", "Region")
    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "There is no column “Region” for the balance." in done.stderr
