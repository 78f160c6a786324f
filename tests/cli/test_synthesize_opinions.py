"""Groups of opinion in the report, and the file of people for who asks for it."""

import csv
import io
from collections import Counter

import pytest
import typer
from typer.testing import CliRunner

from answerable.cli.synthesis_opinions import opinion_blocks
from answerable.cli.synthesize import synthesize
from answerable.documents import structure as doc
from answerable.engine.opinion import Stances, find_opinion_groups, opinion_document
from answerable.engine.records import Contribution
from tests.engine.opinion.samples import by_chance, planted

TEXTS = {f"s{number:02}": Contribution(f"s{number:02}", f"Proposal {number} for the wells.") for number in range(30)}


def blocks(rows):
    opinion = opinion_document(find_opinion_groups(Stances.from_rows(rows)))
    return opinion, list(opinion_blocks(opinion, contributions=TEXTS))


def tables(found):
    return [one for one in found if isinstance(one, doc.Table)]


def test_each_group_has_a_table_of_what_tells_it_from_the_others():
    rows, _ = planted()
    opinion, found = blocks(rows)

    assert opinion["verdict"] == "groups"
    first = tables(found)[0]
    code = first.rows[0][0].split("(")[1].rstrip(")")
    figure = next(one for one in opinion["figures"] if one["group"] == "G1" and one["statement"] == code)
    answered = figure["agree"] + figure["disagree"] + figure["passed"]
    share = figure[figure["direction"]] / answered
    assert first.rows[0][1:3] == (f"{figure['direction']}s", f"{share:.0%} of {answered}")
    assert first.rows[0][0].startswith("Proposal ")
    assert [one.text for one in found if isinstance(one, doc.Heading)][:3] == [
        "Where people agree and part",
        "Group G1",
        "Group G2",
    ]


def test_what_every_group_agrees_to_has_a_share_above_one_half_in_each():
    rows, _ = planted(statements=30)
    rows += [(who, "s30", 1) for who in sorted({row[0] for row in rows})]
    opinion, found = blocks(rows)

    shared = tables(found)[-1]
    assert shared.rows[0][0] == "s30"
    assert len(shared.headings) == 1 + len(opinion["groups"])
    for row in shared.rows:
        assert all(int(cell.split("%")[0]) >= 50 for cell in row[1:])


def test_without_clear_groups_none_is_described():
    opinion, found = blocks(by_chance())

    assert opinion["verdict"] == "no clear groups"
    assert "There are no clear groups" in found[1].content[0].text
    assert not any(isinstance(one, doc.Heading) and one.text.startswith("Group") for one in found)


def test_too_few_people_are_said_to_be_too_few():
    rows, _ = planted(people=6)
    _, found = blocks(rows)

    assert len(found) == 2
    assert "too few people" in found[1].content[0].text


@pytest.fixture
def files(tmp_path):
    rows, truth = planted()
    with (tmp_path / "said.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("id", "text"), *((one.id, one.text) for one in TEXTS.values())])
    with (tmp_path / "stances.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("participant", "statement", "stance"), *rows])
    return tmp_path, truth


def run(folder, *options):
    app = typer.Typer()
    app.command()(synthesize)
    words = [str(folder / "said.csv"), "--out", str(folder / "out"), "--stances", str(folder / "stances.csv")]
    done = CliRunner().invoke(app, [*words, *options])
    assert done.exit_code == 0, done.output
    return folder / "out"


def test_the_report_has_the_groups_and_no_person(files):
    folder, truth = files
    out = run(folder)

    report = (out / "report.html").read_text()
    assert "Where people agree and part" in report
    assert not (out / "people.csv").exists()
    assert not any(who in one.read_text("utf-8", "ignore") for who in truth for one in out.glob("*.*"))


def test_people_are_written_with_their_groups_when_asked_for(files):
    folder, truth = files
    out = run(folder, "--with-people")

    read = list(csv.DictReader(io.StringIO((out / "people.csv").read_text("utf-8-sig"))))
    assert {row["participant"] for row in read} == set(truth)
    together = Counter((truth[row["participant"]], row["group"]) for row in read)
    of_each = [max(together[number, group] for group in ("G1", "G2")) for number in (0, 1)]
    assert sum(of_each) > 0.9 * len(truth)
    run(folder)
    assert not (out / "people.csv").exists()
