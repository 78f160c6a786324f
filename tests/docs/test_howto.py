"""What the how-to pages say is done here as it stands there."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from answerable.cli.synthesize import synthesize

HOWTO = Path(__file__).parents[2] / "docs" / "howto"


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", (HOWTO / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_notebook_page_works_from_its_first_block_to_its_last(somewhere, capsys):
    names = {}

    for block in blocks("synthesize_in_a_notebook.md", "python"):
        exec(compile(block, "synthesize_in_a_notebook.md", "exec"), names)

    said = capsys.readouterr().out
    assert "The text is read from column “Contribution”." in said
    assert "Contribution R-02: “The village wells dry up" in said
    assert (somewhere / "outcome" / "report.html").is_file()
    shown = names["findings"]._repr_html_()
    assert shown.count("<svg") == 2
    assert shown.count('aria-labelledby="title-1 description-1"') == shown.count('id="title-2"') == 1
    assert "Themes by number of contributions" in shown


def test_the_notebook_page_needs_five_calls_at_most():
    code = "\n".join(blocks("synthesize_in_a_notebook.md", "python"))

    calls = re.findall(r"\b(?:read|consultation\.\w+|findings\.\w+)(?=\()", code)

    assert sorted(set(calls)) == [
        "consultation.synthesize",
        "findings.themes",
        "findings.why",
        "findings.write",
        "read",
    ]


def test_every_command_of_the_file_page_works(somewhere):
    app = typer.Typer()
    app.command()(synthesize)
    (sample,) = [block for block in blocks("synthesize_in_a_notebook.md", "python") if "write_text" in block]
    exec(compile(sample, "synthesize_in_a_notebook.md", "exec"), {})
    rows = [f"p{person},a{row},{1 if (person + row) % 2 else -1}" for person in range(20) for row in range(1, 11)]
    (reference,) = blocks("synthesize_a_file.md", "csv")
    Path("reference.csv").write_text(reference)
    Path("stances.csv").write_text("\n".join(["participant,statement,stance", *rows]))
    commands = [shlex.split(line) for block in blocks("synthesize_a_file.md", "sh") for line in block.splitlines()]

    done = {" ".join(command): CliRunner().invoke(app, command[2:]) for command in commands}

    assert len(done) == 6
    assert {command: one.output for command, one in done.items() if one.exit_code} == {}
    explained = next(one.stdout for command, one in done.items() if "--explain" in command)
    assert "Contribution a3: “Repair the village wells" in explained
    assert "Near: " in explained
