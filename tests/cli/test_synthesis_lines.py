"""Lines of JSON are those the library would write."""

import json

from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.synthesis_lines import json_lines
from answerable.engine.plain_records import to_plain
from answerable.engine.records import Member, Placement, Statement, Theme
from answerable.engine.sdg.records import Evidence, SdgTag, SdgTags


def expected(value: object) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True)


def test_lines_are_those_of_the_library_for_records_in_records():
    records = [
        Statement("a", 0, 12),
        Placement('ü\u2028"', "T-1", 0.1, "near-key", "b", 1e-07),
        Theme("T-1", "", 1, "", "zh", "水", ("水", "x\n"), (Member("a", 0.5),)),
        SdgTags("a", (SdgTag(6, None, 0.25, (Evidence(0, 5, "water"),)),)),
        {"b": None, "a": [True, float("inf"), float("nan")]},
        (),
    ]
    assert list(json_lines(records)) == [expected(one) for one in records]


@given(st.text(), st.floats(), st.integers())
def test_lines_are_those_of_the_library_for_any_values(text, number, place):
    record = Placement(text, "", number, "key", text, float(place))
    assert list(json_lines([record])) == [expected(record)]


@given(st.lists(st.tuples(st.text(), st.one_of(st.floats(), st.integers(), st.none(), st.booleans(), st.text()))))
def test_lines_of_many_records_are_those_of_the_library(pairs):
    records = [
        SdgTags(text, (SdgTag(1, None, value, (Evidence(0, 1, text),)), SdgTag(2, text, 0.5, ()))[: number % 3])
        for number, (text, value) in enumerate(pairs)
    ]
    assert list(json_lines(records)) == [expected(one) for one in records]
    values = [value for _, value in pairs]
    assert list(json_lines(values)) == [expected(one) for one in values]
