"""`answerable synthesize` from a file to a folder."""

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typer
from docx import Document
from openpyxl import Workbook
from typer.testing import CliRunner

from answerable.cli import synthesis_folder
from answerable.cli.synthesis_files import FolderNotOurs, write_together
from answerable.cli.synthesize import synthesize
from tests.engine.samples import consultation

FILES = {
    "report.html", "report.docx", "contributions.csv", "input.jsonl", "findings.json", "balance.json", "manifest.json",
    "timings.json", "figures/themes.svg", "figures/balance.svg",
}  # fmt: skip
HEADINGS = ("Kennung", "Frage", "Beitrag", "Sektor", "=formula")


@pytest.fixture(scope="module")
def app():
    app = typer.Typer()
    app.command()(synthesize)
    return app


def rows():
    return [(one.id, one.question, one.text, one.sector, "=1+1") for one in consultation()]


def write_csv(path):
    with path.open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADINGS, *rows(), ("R-empty", "", "", "", "")])
    return path


def write_xlsx(path):
    book = Workbook()
    for row in (HEADINGS, *rows()):
        book.active.append(row)
    book.save(path)
    return path


def run(app, *arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def contents(folder):
    found = {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    return {name: content for name, content in found.items() if name != "timings.json"}


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_synthesize_writes_a_whole_result_in_three_scripts(app, tmp_path, write):
    out = tmp_path / "deep" / "outcome"

    done = run(app, write(tmp_path / "input"), "--out", out)

    assert done.exit_code == 0, done.output
    assert "The text is read from column “Beitrag”." in done.stderr
    assert {*contents(out), "timings.json"} == FILES
    page = (out / "report.html").read_text("utf-8")
    assert all(word in page for word in ("drinking water", "مياه الشرب", "饮用水", 'lang="ar"', 'lang="zh"'))
    assert any("drinking water" in paragraph.text for paragraph in Document(out / "report.docx").paragraphs)
    assert json.loads((out / "manifest.json").read_bytes())["counts"]["contributions"] == 34


def test_synthesize_lists_every_row_with_what_became_of_it(app, tmp_path):
    run(app, write_csv(tmp_path / "input.csv"), "--out", tmp_path / "out")

    with (tmp_path / "out" / "contributions.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))

    assert [row["Kennung"] for row in listed] == [*(row[0] for row in rows()), "R-empty"]
    assert {row["status"] for row in listed} == {"key", "near-key", "duplicate of", "stands alone", "no text"}
    assert listed[0]["'=formula"] == "'=1+1"
    (copy,) = [row for row in listed if row["duplicate of"]]
    assert copy["duplicate of"] == "R-000"
    assert all(row["theme label"] for row in listed if row["status"] in {"key", "near-key"})


def test_synthesize_gives_quotes_that_stand_in_the_input(app, tmp_path):
    run(app, write_csv(tmp_path / "input.csv"), "--out", tmp_path / "out")
    texts = {one.id: one.text for one in consultation()}

    findings = json.loads((tmp_path / "out" / "findings.json").read_bytes())

    assert findings["representatives"]
    for one in findings["representatives"]:
        assert one["quote"] == texts[one["contribution"]][one["start"] : one["end"]]
    assert len(findings["placements"]) == len(texts)


def test_synthesize_gives_the_same_bytes_every_time(app, tmp_path):
    source = write_csv(tmp_path / "input.csv")

    run(app, source, "--out", tmp_path / "one")
    run(app, source, "--out", tmp_path / "two")

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_synthesize_replaces_an_earlier_result_but_nothing_else(app, tmp_path):
    source = write_csv(tmp_path / "input.csv")
    run(app, source, "--out", tmp_path / "out")

    assert run(app, source, "--out", tmp_path / "out", "--seed", "5").exit_code == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["settings"]["seed"] == 5

    (tmp_path / "out" / "thesis.docx").write_text("mine")
    refused = run(app, source, "--out", tmp_path / "out")

    assert refused.exit_code == 1
    assert "holds other files, among them thesis.docx" in refused.stderr
    assert (tmp_path / "out" / "thesis.docx").read_text() == "mine"


def test_synthesize_takes_the_columns_it_is_told(app, tmp_path):
    source = tmp_path / "input.csv"
    source.write_text("a,b,c\nThe wells are dry again,x,The buses are late again\nWells run dry in May,y,Late buses\n")

    run(app, source, "--out", tmp_path / "out", "--text-column", "c", "--id-column", "b", "--sector-column", "a")

    columns = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["file"]["columns"]
    assert columns == {"text": "c", "id": "b", "sector": "a"}


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"a,b\n1,2\n3,4\n", "No column looks like the text"), (b"a\n", "no rows under it")],
)
def test_synthesize_says_what_is_wrong_in_one_sentence_and_writes_nothing(app, tmp_path, content, said):
    (tmp_path / "input.csv").write_bytes(content)

    refused = run(app, tmp_path / "input.csv", "--out", tmp_path / "out")

    assert refused.exit_code == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.output
    assert not (tmp_path / "out").exists()


def test_write_together_leaves_the_earlier_result_when_interrupted(tmp_path, monkeypatch):
    folder = tmp_path / "out"
    write_together(folder, {"manifest.json": b"old"})

    def interrupt(*_arguments, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(synthesis_folder, "_swap", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_together(folder, {"manifest.json": b"new"})

    assert [one.name for one in tmp_path.iterdir()] == ["out"]
    assert (folder / "manifest.json").read_bytes() == b"old"


def test_write_together_puts_the_earlier_result_back_when_the_new_one_cannot_take_its_place(tmp_path, monkeypatch):
    folder = tmp_path / "out"
    write_together(folder, {"manifest.json": b"old"})
    rename = Path.rename

    def refuse_new(self, target):
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with pytest.raises(OSError, match="No space left"):
        write_together(folder, {"manifest.json": b"new"})

    assert (folder / "manifest.json").read_bytes() == b"old"


def test_write_together_refuses_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "out").write_text("mine")

    with pytest.raises(FolderNotOurs, match="is not a folder"):
        write_together(tmp_path / "out", {})


def test_synthesize_needs_no_django(tmp_path):
    source = write_csv(tmp_path / "input.csv")
    program = (
        "import sys\nfrom answerable.cli.synthesize import synthesize\nfrom pathlib import Path\n"
        "assert not {'numpy', 'scipy', 'rich'} & set(sys.modules), 'heavy imports before the command runs'\n"
        f"synthesize(Path({str(source)!r}), out=Path({str(tmp_path / 'out')!r}))\n"
        "assert 'django' not in sys.modules\n"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(tmp_path / "out" / "report.docx")


@pytest.fixture(scope="module")
def finished(app, tmp_path_factory):
    folder = tmp_path_factory.mktemp("finished")
    source = write_csv(folder / "input.csv")
    assert run(app, source, "--out", folder / "out").exit_code == 0
    return source, folder / "out"


def test_explain_says_the_same_of_a_result_as_of_its_file(app, finished):
    source, out = finished

    from_result = run(app, "--explain", "R-003", "--out", out)
    from_file = run(app, source, "--explain", "R-003")

    assert from_result.exit_code == from_file.exit_code == 0, from_file.output
    assert from_result.stdout == from_file.stdout
    lines = from_result.stdout.splitlines()
    assert lines[0].startswith("Contribution R-003: “Repair the village wells")
    assert "Language: English (detected, score" in from_result.stdout
    assert any(line.startswith("Theme: ") for line in lines)
    assert any(line.startswith("Shared words: “") for line in lines)
    assert sum(line.startswith("Near: ") for line in lines) == 5


def test_explain_says_why_a_contribution_stands_alone_or_repeats_another(app, finished):
    _, out = finished

    assert "Stands alone: " in run(app, "--explain", "R-033", "--out", out).stdout
    assert "Repeats: the same text as contribution R-000" in run(app, "--explain", "R-032", "--out", out).stdout


def test_explain_of_an_id_that_nobody_has_is_one_sentence(app, finished):
    refused = run(app, "--explain", "R-999", "--out", finished[1])

    assert (refused.exit_code, refused.stderr) == (1, "answerable: There is no contribution 'R-999'.\n")


def test_explain_of_a_folder_without_a_result_says_what_to_give(app, tmp_path):
    refused = run(app, "--explain", "R-1", "--out", tmp_path)

    assert refused.exit_code == 1
    assert "holds no whole result of this version" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "FILE"), (["input.csv"], "--out"), (["--explain", "R-1"], "FILE")],
)
def test_synthesize_says_which_argument_is_missing(app, arguments, said):
    refused = run(app, *arguments)

    assert refused.exit_code == 2
    assert said in refused.stderr


def test_synthesize_draws_figures_that_can_be_read_out(finished):
    for drawing in sorted((finished[1] / "figures").iterdir()):
        root = ET.fromstring(drawing.read_text("utf-8"))
        title, description = root[0], root[1]
        assert (title.tag.rpartition("}")[2], description.tag.rpartition("}")[2]) == ("title", "desc")
        assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
        assert title.text
        assert description.text


def test_synthesize_with_another_embedder_says_so_in_the_manifest(app, finished, tmp_path):
    assert run(app, finished[0], "--out", tmp_path / "out", "--embedder", "lsa").exit_code == 0

    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["embedder"].startswith("lsa")


def test_synthesize_with_worker_processes_gives_the_same_bytes(app, finished, tmp_path):
    pytest.importorskip("distributed", reason="the extra “cluster” is not installed")

    shared = run(app, finished[0], "--out", tmp_path / "out", "--workers", "2")

    assert shared.exit_code == 0, shared.output
    assert contents(tmp_path / "out") == contents(finished[1])
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--embedder", "word-magic"), "There is no embedder 'word-magic'"),
        (("--scheduler", "10.0.0.5"), "10.0.0.5 is no address of a scheduler: tcp://HOST:PORT is expected."),
    ],
)
def test_synthesize_with_a_setting_that_cannot_be_is_one_sentence(app, tmp_path, option, said):
    if option[0] == "--scheduler":
        pytest.importorskip("distributed", reason="Dask is not installed (the extra 'cluster')")
    source = write_csv(tmp_path / "input.csv")

    refused = run(app, source, "--out", tmp_path / "out", *option)

    assert refused.exit_code == 1
    assert said in refused.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["input.csv"]


def test_synthesize_into_a_place_that_cannot_be_is_told_before_anything_is_read(app, tmp_path):
    source = write_csv(tmp_path / "input.csv")

    refused = run(app, source, "--out", source / "out")

    assert refused.exit_code == 1
    assert refused.stderr == f"answerable: {source / 'out'} cannot be written: Not a directory.\n"
    assert [one.name for one in tmp_path.iterdir()] == ["input.csv"]
