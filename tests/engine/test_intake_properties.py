"""What holds of any file: nothing lost, nothing counted twice, offsets always true."""

import json
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.explaining import explain
from answerable.engine.pipeline import synthesize
from answerable.engine.reading import read_contributions
from tests.engine.samples import BUSES, WATER
from tests.engine.test_pipeline import assert_conserved

TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from((*WATER, *BUSES)),
    st.sampled_from(["", " ", "NaN", "null", "#N/A", "None", "\0"]),
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS, "id": st.one_of(st.text(max_size=4), st.integers(0, 5))},
        optional={"sector": st.sampled_from(["public", "private", "NaN"]), "author": st.text(max_size=3)},
    ),
    max_size=12,
)
# How programs write a cell that holds nothing; "None" is an answer.
MARKS_OF_NOTHING = {"", "NaN", "nan", "NULL", "null", "#N/A"}
CHOSEN = {"text": "text", "id": "id"}


def read(folder, rows):
    path = folder / "input.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return read_contributions(path, columns=CHOSEN)


@settings(max_examples=40)
@given(ROWS)
def test_any_file_is_read_and_placed_row_by_row(tmp_path_factory, rows):
    # One row is always there, so that there is something to read.
    intake = read(tmp_path_factory.mktemp("any"), [*rows, {"text": WATER[0], "id": "last"}])

    result = synthesize(intake.contributions)

    filled = [identity for identity in intake.ids if identity]
    assert len(intake.ids) == len(intake.table.rows)
    assert Counter(filled) == Counter(one.id for one in intake.contributions)
    assert max(Counter(filled).values()) == 1
    said = [row["text"].replace("\0", "").strip() for row in rows]
    wanted = sum(text not in MARKS_OF_NOTHING for text in said) + 1
    if any("<" in text for text in said):
        # What looks like HTML loses its tags, and nothing may be left of it.
        assert len(filled) <= wanted
    else:
        assert len(filled) == wanted
    assert_conserved(result, intake.contributions)


@settings(max_examples=25)
@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=10))
def test_an_explanation_of_anything_points_at_characters_that_are_there(tmp_path_factory, texts):
    intake = read(
        tmp_path_factory.mktemp("any"), [{"text": text, "id": n} for n, text in enumerate((*texts, WATER[0]))]
    )
    result = synthesize(intake.contributions)

    for one in intake.contributions:
        found = explain(one.id, synthesis=result, contributions=intake.contributions)
        assert all(one.text[part.start : part.end] == part.phrase for part in found.shared)
        assert one.id not in {near.contribution for near in found.neighbours}
        assert found.reason == {"duplicate of": "repeats another", "key": "in a theme", "near-key": "in a theme"}.get(
            found.status, found.reason
        )
