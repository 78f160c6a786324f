"""Input as bad as it comes: a clear sentence or a sensible result, through the command line, never a traceback."""

import csv
import json

import pytest
import typer
from typer.testing import CliRunner

from answerable.cli.synthesize import synthesize
from tests.engine.samples import ARABIC, BUSES, CHINESE, WATER

STATUSES = {"key", "near-key", "duplicate of", "stands alone", "no text"}


@pytest.fixture(scope="module")
def app():
    app = typer.Typer()
    app.command()(synthesize)
    return app


def run(app, folder, content, *options, name="input.csv"):
    """Return the finished command for a file with these bytes."""
    path = folder / name
    if content is not None:
        path.write_bytes(content)
    return CliRunner().invoke(app, [str(path), "--out", str(folder / "out"), *options])


def listed(folder):
    """Return the rows of the result."""
    csv.field_size_limit(50_000_000)
    with (folder / "out" / "contributions.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def findings(folder):
    return json.loads((folder / "out" / "findings.json").read_bytes())


def assert_refused(done, folder, said):
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit)
    assert not (folder / "out").exists()


def assert_whole(done, folder, *, rows):
    """Assert that there is a result with a place for every row, and quotes that stand in the input."""
    assert done.exit_code == 0, done.output
    found = listed(folder)
    assert len(found) == rows
    assert {row["status"] for row in found} <= STATUSES
    texts = {}
    for line in (folder / "out" / "input.jsonl").read_text("ascii").splitlines():
        one = json.loads(line)
        texts[one["id"]] = one["text"]
    result = findings(folder)
    assert sorted(one["contribution"] for one in result["placements"]) == sorted(texts)
    coverage = result["coverage"]
    parts = ("keys", "near_keys", "duplicates", "standing_alone")
    assert sum(coverage[part] for part in parts) == coverage["received"] == len(texts)
    for one in result["representatives"]:
        assert one["quote"] == texts[one["contribution"]][one["start"] : one["end"]]
    return found


def rows_of(texts, heading="text"):
    lines = [heading, *('"' + text.replace('"', '""') + '"' for text in texts)]
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"], ids=["nothing", "blanks", "a mark"])
def test_an_empty_file_is_refused(app, tmp_path, content):
    done = run(app, tmp_path, content)

    assert done.exit_code == 1
    assert "is empty" in done.stderr or "no cells with anything" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_refused(app, tmp_path):
    assert_refused(run(app, tmp_path, None), tmp_path, "cannot be read: No such file or directory")


def test_headings_alone_are_refused(app, tmp_path):
    assert_refused(run(app, tmp_path, b"id,text\n"), tmp_path, "a row of headings and no rows under it")


def test_one_row_stands_alone(app, tmp_path):
    (row,) = assert_whole(run(app, tmp_path, rows_of([WATER[0]])), tmp_path, rows=1)

    assert row["status"] == "stands alone" or row["status"] == "key"


def test_the_same_row_many_times_is_one_voice_with_repeats(app, tmp_path):
    found = assert_whole(run(app, tmp_path, rows_of([WATER[0]] * 40)), tmp_path, rows=40)

    assert sum(row["status"] == "duplicate of" for row in found) == 39


def test_ten_megabytes_in_one_cell_are_read(app, tmp_path):
    long = "The wells are dry again. " * 420_000
    found = assert_whole(run(app, tmp_path, rows_of([long, *WATER])), tmp_path, rows=7)

    assert len(found[0]["text"]) == len(long) > 10_000_000


def test_mixed_encodings_are_both_read_right(app, tmp_path):
    lines = ["text", "Los pozos están secos según los vecinos", "Die Brücke über den Fluß ist gesperrt"]
    content = f"{lines[0]}\n{lines[1]}\n“{lines[1]}” también\n".encode() + lines[2].encode("cp1252") + b"\n"

    found = assert_whole(run(app, tmp_path, content), tmp_path, rows=3)

    assert [row["text"] for row in found] == [lines[1], f"“{lines[1]}” también", lines[2]]


def test_null_bytes_are_left_out(app, tmp_path):
    found = assert_whole(run(app, tmp_path, b"text\nThe wells\0 are dry\n\0\0\nBuses are late\0\n"), tmp_path, rows=2)

    assert [row["text"] for row in found] == ["The wells are dry", "Buses are late"]


def test_overrides_of_direction_do_not_reach_the_report(app, tmp_path):
    texts = [f"\u202e{text}\u2067" for text in WATER]

    assert_whole(run(app, tmp_path, rows_of(texts)), tmp_path, rows=6)

    assert "\u202e" not in (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "\u202e" not in (tmp_path / "out" / "figures" / "themes.svg").read_text("utf-8")


def test_three_hundred_languages_are_kept_apart(app, tmp_path):
    from babel import Locale

    codes = [code for code in sorted(Locale("en").languages) if code.isalpha() and len(code) in {2, 3}][:300]
    lines = ["text,language", *(f'"{(*WATER, *ARABIC, *CHINESE)[row % 18]}",{code}' for row, code in enumerate(codes))]

    found = assert_whole(run(app, tmp_path, "\n".join(lines).encode()), tmp_path, rows=300)

    repeats = {row["contribution"] for row in found if row["status"] == "duplicate of"}
    assert len(codes) == 300
    assert {row["language"] for row in found if row["contribution"] not in repeats} <= set(codes)


@pytest.mark.parametrize("texts", [["🙂", "🙂🙂", "🎉 🎉", "👩‍👩‍👧"], ["!!!", "???", "…"]], ids=["emoji", "marks"])
def test_texts_without_letters_stand_alone_when_the_column_is_named(app, tmp_path, texts):
    found = assert_whole(
        run(app, tmp_path, rows_of(texts, heading="a"), "--text-column", "a"), tmp_path, rows=len(texts)
    )

    assert {row["status"] for row in found} <= {"stands alone", "duplicate of"}


@pytest.mark.parametrize("texts", [["🙂", "🙂🙂"], ["1", "2", "3.5"]], ids=["emoji", "numbers"])
def test_texts_without_letters_are_not_taken_for_contributions_unasked(app, tmp_path, texts):
    assert_refused(run(app, tmp_path, rows_of(texts, heading="a")), tmp_path, "No column looks like the text")


def test_numbers_alone_are_placed_when_the_column_is_named(app, tmp_path):
    content = b"a,b\n" + b"".join(b"%d,%d\n" % (number, number % 7) for number in range(60))

    assert_whole(run(app, tmp_path, content, "--text-column", "a"), tmp_path, rows=60)


def test_a_column_of_html_is_read_without_tags(app, tmp_path):
    texts = [f"<p>{text}</p><script>alert(1)</script><p>Wells &amp; <b>pumps</b></p>" for text in WATER]

    done = run(app, tmp_path, rows_of(texts, heading="body"))
    assert_whole(done, tmp_path, rows=6)

    assert "The texts are HTML." in done.stderr
    first = json.loads((tmp_path / "out" / "input.jsonl").read_text("ascii").splitlines()[0])
    assert first["text"] == f"{WATER[0]}\nWells & pumps"
    assert all("script" not in theme["label"] for theme in findings(tmp_path)["themes"])


def test_duplicate_ids_are_told_apart(app, tmp_path):
    content = "id,text\n" + "".join(f'A,"{text}"\n' for text in (*WATER, *BUSES))

    done = run(app, tmp_path, content.encode(), "--id-column", "id")
    found = assert_whole(done, tmp_path, rows=12)

    assert "11 rows repeat an id" in done.stderr
    assert [row["contribution"] for row in found][:3] == ["A", "A#2", "A#3"]


@pytest.mark.parametrize("missing", ["NaN", "nan", "", "NULL"])
def test_missing_values_of_a_sector_are_no_sector(app, tmp_path, missing):
    lines = ["text,sector", *(f'"{text}",{missing if row % 2 else "public"}' for row, text in enumerate(WATER))]

    assert_whole(run(app, tmp_path, "\n".join(lines).encode()), tmp_path, rows=6)

    balance = json.loads((tmp_path / "out" / "balance.json").read_bytes())
    assert [share["value"] for share in balance["axes"]["sector"]["shares"]] == ["public"]
    assert balance["axes"]["sector"]["unstated"] == 3


def stances(lines):
    return "\n".join(["voter-id,comment-id,vote", *lines, ""]).encode()


def polis(folder, votes):
    """Write a folder as Polis exports it."""
    export = folder / "export"
    export.mkdir()
    lines = ["timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body"]
    lines += [f'1,{row},{row},0,0,{-1 if row == 3 else 1},"{text}"' for row, text in enumerate((*WATER, *BUSES))]
    (export / "comments.csv").write_text("\n".join(lines))
    (export / "votes.csv").write_bytes(votes)
    (export / "summary.csv").write_text("topic,What should change?\nviews,10\n")
    return export


def two_camps():
    """Return stances of forty people in two camps of opposite opinion."""
    return [
        f"p{person},{row},{1 if (row < 6) == (person < 20) else -1}"
        for person in range(40)
        for row in range(12)
        if (person + row) % 7
    ]


def test_stances_on_unknown_statements_and_without_value_are_left_out_and_counted(app, tmp_path):
    export = polis(tmp_path, stances([*two_camps(), "p1,999,1", "p2,998,-1", "p3,1,NaN", "p4,2,"]))

    done = run(app, tmp_path, None, name="export")
    assert_whole(done, tmp_path, rows=12)

    assert export.is_dir()
    assert "2 stances are about 2 statements not in the input" in done.stderr
    assert "2 stances are without a value (NaN)" in done.stderr
    opinion = json.loads((tmp_path / "out" / "opinion.json").read_bytes())
    assert (opinion["people"]["received"], opinion["left_out"]) == (40, ["3"])
    assert sum(group["size"] for group in opinion["groups"]) == opinion["people"]["placed"]
    assert "Map of opinion" in (tmp_path / "out" / "figures" / "opinions.svg").read_text("utf-8")


@pytest.mark.parametrize("vote", ["2", "maybe", "1e9", "inf"])
def test_a_stance_that_is_none_is_refused_with_its_row(app, tmp_path, vote):
    polis(tmp_path, stances(["p1,1,1", f"p1,2,{vote}"]))

    assert_refused(run(app, tmp_path, None, name="export"), tmp_path, f"votes.csv, row 3: “{vote}” is no stance")


def test_every_stance_that_is_none_is_named(app, tmp_path):
    polis(tmp_path, stances(["p1,1,1", "p1,2,maybe", "p2,1,", "p2,2,7"]))

    told = "votes.csv, row 3: “maybe”, row 5: “7” are no stances; write 1, 0 or -1, or agree, pass or disagree."
    assert_refused(run(app, tmp_path, None, name="export"), tmp_path, told)


def test_stances_of_hardly_anybody_are_too_few_for_groups(app, tmp_path):
    polis(tmp_path, stances(["p1,1,1"]))

    assert_whole(run(app, tmp_path, None, name="export"), tmp_path, rows=12)

    assert json.loads((tmp_path / "out" / "opinion.json").read_bytes())["verdict"] == "too few"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b'{"text": "one"}\n{"text": \n', "line 2: it cannot be read as JSON"),
        ("a.jsonl", b'{"text": "one"}\n[1]\n', "it is no object with names and values"),
        ("a.json", b"[" * 100_000, "No column looks like"),
        ("a.json", b'[{"text": ' + b"[" * 100_000, "cannot be read as JSON"),
        ("a.parquet", b"PAR1 not really", "looks like Parquet but cannot be read"),
        ("a.xlsx", b"PK\x03\x04 broken", "cannot be opened"),
        ("a.xls", b"\xd0\xcf\x11\xe0 old", "old or password-protected"),
        ("a.csv", b"id,text\n1,one,two,three\n", "row 2: it has 4 cells, but there are 2 headings"),
        ("a.csv", b"\xff\xfeabc", "begins as UTF-16, but byte"),
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(app, tmp_path, name, content, said):
    done = run(app, tmp_path, content, name=name)

    assert done.exit_code == 1, done.output
    assert said in done.stderr or "headings and no rows" in done.stderr
    assert done.stderr.count("answerable:") == 1
    assert not (tmp_path / "out").exists()


def test_an_unknown_embedder_is_refused(app, tmp_path):
    done = run(app, tmp_path, rows_of(WATER), "--embedder", "magic")

    assert_refused(done, tmp_path, "There is no embedder 'magic'")
