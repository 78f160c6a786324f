"""Records are read back from what is written of them as the very same records."""

import json

import numpy as np
import pytest

from answerable.engine.languages import LanguageEvidence
from answerable.engine.plain_records import NotARecord, from_plain, to_packed, to_plain
from answerable.engine.records import Member, Statement, Theme
from answerable.engine.vectors.hash_prefix import Frequencies
from answerable.engine.work import SpokenFindings, TextFindings

THEMES = [
    Theme("T-1", "", 1, "Why?", "en", "Water", ("water",), (Member("a", 0.5), Member("b", 1.0))),
    Theme("T-2", "T-1", 2, "Why?", "en", "Rain", (), ()),
]


@pytest.mark.parametrize("write", [to_plain, to_packed])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (list[Theme], THEMES),
        (list[Theme], []),
        (tuple[Statement, ...], (Statement("a", 0, 3), Statement("b", 1, 2))),
        (
            TextFindings,
            TextFindings((None, LanguageEvidence((("en", 0.9), ("fr", 0.1)), is_sure=True)), (Statement("a", 0, 3),)),
        ),
        (TextFindings, TextFindings((LanguageEvidence((), is_sure=False),) * 2, ())),
    ],
)
def test_records_come_back_from_json_as_they_were(write, kind, value):
    assert from_plain(kind, json.loads(json.dumps(write(value)))) == value


@pytest.mark.parametrize("having", [[0, 0, 0, 0, 7, 0, 0, 0], [1, 2, 3, 4], []])
def test_arrays_come_back_as_they_were_with_many_zeros_or_few(having):
    written = json.loads(json.dumps(to_packed(SpokenFindings((), {"en": Frequencies(3, np.array(having, np.int64))}))))
    found = from_plain(SpokenFindings, written).backgrounds["en"]
    assert found.texts == 3
    assert found.having.tolist() == having
    assert found.having.dtype == np.int64


def test_packed_records_take_a_fraction_of_the_space():
    statements = tuple(Statement(f"C-{number:07}", number, number + 40) for number in range(1_000))
    assert len(json.dumps(to_packed(statements))) < len(json.dumps(to_plain(statements))) / 2


def test_columns_of_another_record_are_refused():
    with pytest.raises(NotARecord):
        from_plain(tuple[Statement, ...], {"columns": {"contribution": ["a", "b"], "start": [1]}})
