"""JSON and JSON lines as tables."""

import json

import pytest

from answerable.engine.tables import ReadingError, read_table

RECORDS = [
    {"id": 1, "text": "Wells are dry", "by": {"sector": "public", "name": None}},
    {"id": 2, "text": "Buses are late", "tags": ["a", "b"], "share": float("nan"), "is_new": True},
]


def written(folder, content):
    path = folder / "input"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "read_as"),
    [
        ("\n".join(json.dumps(one) for one in RECORDS) + "\n\n", "JSON lines, UTF-8"),
        (json.dumps(RECORDS), "JSON, UTF-8"),
        (json.dumps(RECORDS, indent=2), "JSON, UTF-8"),
        (json.dumps({"total": 2, "proposals": RECORDS}, indent=2), "JSON, UTF-8"),
    ],
    ids=["lines", "a list", "a list over several lines", "a list in an object"],
)
def test_read_table_reads_json_with_what_lies_inside_as_columns(tmp_path, content, read_as):
    table = read_table(written(tmp_path, content))

    assert table.read_as == read_as
    assert table.columns == ("id", "text", "by/sector", "by/name", "tags", "share", "is_new")
    assert table.rows == (
        ("1", "Wells are dry", "public", "", "", "", ""),
        ("2", "Buses are late", "", "", "a, b", "", "true"),
    )


def test_read_table_numbers_json_lines_by_their_lines(tmp_path):
    table = read_table(written(tmp_path, '{"text": "one"}\n\n{"text": "two"}\n'))

    assert table.row_numbers == (1, 3)


@pytest.mark.parametrize("content", ["{id},text\n1,one\n", "[text\none\n"])
def test_read_table_does_not_take_a_heading_for_json(tmp_path, content):
    assert read_table(written(tmp_path, content)).read_as.startswith("CSV")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"text": "one"}\n{"text":\n', "line 2: it cannot be read as JSON"),
        ('{"text": "one"}\n7\n', "entry 2: it is no object"),
        ('[{"text": 1}, 2]', "entry 2: it is no object"),
        ('{"n": ' + "9" * 5_000 + "}\n", "too long a number"),
        ("[]", "a row of headings and no rows|no cells"),
    ],
)
def test_read_table_says_what_is_wrong_with_json(tmp_path, content, said):
    with pytest.raises(ReadingError, match=said):
        read_table(written(tmp_path, content))


def test_read_table_reads_the_list_with_most_text_and_names_the_others(tmp_path):
    answers = [{"id": number, "text": f"We need {number} more buses in the evening"} for number in range(4)]
    path = tmp_path / "two.json"
    path.write_text(json.dumps({"questions": [{"id": 1, "title": "What about buses?"}], "answers": answers}))

    table = read_table(path)

    assert [row[1] for row in table.rows] == [one["text"] for one in answers]
    assert table.read_as == "JSON, UTF-8, list “answers” (there is “questions” too, which is not read)"
