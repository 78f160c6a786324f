"""Groups that follow a running consultation."""

import re
from pathlib import Path

import numpy as np
import pytest

from answerable.engine.opinion import (
    CovoteStatistics,
    LiveGroups,
    OpinionSettings,
    Stances,
    UnknownStatement,
    find_opinion_groups,
    live,
)
from answerable.engine.opinion.figures import with_figures
from tests.engine.opinion.samples import digest, planted, sectors_of

QUICK = OpinionSettings(null_draws=3, stability_splits=1)


def parts(stances):
    return [one.tolist() for one in (stances.participants, stances.indptr, stances.statement, stances.value)]


@pytest.fixture
def rows():
    return planted(120)[0]


@pytest.fixture
def still(monkeypatch):
    """Let the map stand for as long as the test lasts."""
    monkeypatch.setattr(live, "_REDRAW_AFTER", 1.0)


def test_counts_follow_every_change(rows, still):
    running = LiveGroups(Stances.from_rows(rows), settings=QUICK)
    news = [("p0003", "s01", 0), ("new", "s02", 1), ("p0003", "s04", None), ("p0004", "s05", -1)]

    for row in news:
        running.take_in([row])

    wanted = Stances.from_rows([*rows, *news])
    assert parts(running.stances) == parts(wanted)
    assert running.statistics.is_equal(CovoteStatistics.of(wanted))


def test_people_are_moved_on_the_map_there_is(rows, still):
    first = LiveGroups(Stances.from_rows(rows), settings=QUICK)
    before = first.groups
    flipped = [(who, what, -value) for who, what, value in rows if who == "p0003"]

    after = first.take_in(flipped)

    at = after.participants.tolist().index("p0003")
    assert after.groups[after.labels[at]].id != before.groups[before.labels[at]].id
    assert np.delete(after.points, at, axis=0).tolist() == np.delete(before.points, at, axis=0).tolist()
    assert sorted(one.size for one in after.groups) == sorted(np.bincount(after.labels).tolist())


def test_figures_are_those_of_the_stances_and_groups_as_they_are(rows, still):
    sectors = sectors_of(rows) | {"new": "public"}
    running = LiveGroups(Stances.from_rows(rows), settings=QUICK, sectors=sectors)
    running.take_in([("new", f"s{number:02}", 1) for number in range(12)])
    running.take_in([("p0003", "s01", 0), ("p0005", "s01", -1)])

    found = running.groups

    now = running.stances
    said = np.zeros((found.k, len(now.statements), 3), dtype=int)
    heard = np.zeros((3, len(now.statements), 3), dtype=int)
    for row, who in enumerate(now.participants.tolist()):
        own = slice(now.indptr[row], now.indptr[row + 1])
        if found.labels[row] >= 0:
            said[found.labels[row], now.statement[own], now.value[own] + 1] += 1
        if who in sectors:
            heard[found.sectors.index(sectors[who]), now.statement[own], now.value[own] + 1] += 1
    assert found.participants.tolist() == now.participants.tolist()
    assert found.counts.tolist() == said.tolist()
    assert found.sector_counts.tolist() == heard.tolist()
    assert found.stance_counts.tolist() == np.diff(now.indptr).tolist()


def test_the_map_drawn_anew_is_that_of_the_stances(rows, monkeypatch):
    monkeypatch.setattr(live, "_REDRAW_AFTER", 0.0)
    running = LiveGroups(Stances.from_rows(rows), settings=QUICK)
    early = running.groups

    running.take_in([("p0003", "s01", 0)])

    wanted = find_opinion_groups(Stances.from_rows([*rows, ("p0003", "s01", 0)]), settings=QUICK, previous=early)
    assert digest(running.groups) == digest(wanted)


def test_who_withdraws_everything_is_gone_at_once(rows, still):
    running = LiveGroups(Stances.from_rows(rows), settings=QUICK)

    found = running.take_in([(who, what, None) for who, what, _ in rows if who == "p0003"])

    assert "p0003" not in found.participants.tolist()
    assert running.statistics.is_equal(
        CovoteStatistics.of(Stances.from_rows([row for row in rows if row[0] != "p0003"]))
    )


def test_nothing_new_changes_nothing(rows):
    running = LiveGroups(Stances.from_rows(rows), settings=QUICK)

    assert running.take_in([]) is running.groups


def test_a_refused_row_changes_nothing(rows):
    running = LiveGroups(Stances.from_rows(rows), settings=QUICK)
    before = running.groups

    with pytest.raises(UnknownStatement):
        running.take_in([("p0003", "s01", 0), ("p0003", "unheard of", 1)])

    assert running.groups is before
    assert running.statistics.is_equal(CovoteStatistics.of(Stances.from_rows(rows)))


def test_from_few_people_on_groups_come_when_there_are_enough():
    rows, _ = planted(60)
    running = LiveGroups(Stances.from_rows(rows[:60], statements={row[1] for row in rows}))
    assert running.groups.verdict == "too few"

    found = running.take_in(rows[60:])

    assert (found.verdict, found.k) == ("groups", 2)


def test_with_very_many_statements_groups_follow_too(rows, still, monkeypatch):
    monkeypatch.setattr(live, "MOST_PAIRED", 4)
    running = LiveGroups(Stances.from_rows(rows), settings=QUICK)

    running.take_in([("p0003", "s01", 0)])

    assert running.statistics is None
    assert running.groups.totals.tolist() == CovoteStatistics.of(running.stances).totals().tolist()


def test_groups_that_come_back_after_there_were_too_few_get_ids_never_used():
    rows, _ = planted(60)
    running = LiveGroups(Stances.from_rows(rows))
    gone = [(who, what, None) for who, what, _ in rows if int(who[1:]) >= 6]

    few = running.take_in(gone)
    fewer = running.take_in([(who, what, None) for who, what, _ in rows if who == "p0001"])
    again = running.take_in(rows)

    assert (few.verdict, few.groups, fewer.verdict) == ("too few", (), "too few")
    assert [group.id for group in again.groups] == ["G3", "G4"]


def test_the_example_in_the_documentation_runs():
    text = (Path(__file__).parents[3] / "docs/concepts/opinion_groups.md").read_text(encoding="utf-8")
    example = re.search(r"```python\n(.*?)```", text, re.DOTALL).group(1)

    names = {}
    exec(example, names)

    assert names["found"].left_out == ("s2",)
    assert names["running"].stances.participants.tolist() == ["p1", "p2"]


@pytest.mark.parametrize("at_a_time", [2_000, 3])
def test_a_large_map_is_drawn_anew_a_step_at_a_time(rows, monkeypatch, at_a_time):
    monkeypatch.setattr(live, "_AT_ONE_GO", 0)
    monkeypatch.setattr(live, "_CAUGHT_UP_AT_A_TIME", at_a_time)
    settings = OpinionSettings(null_draws=3, stability_splits=2)
    running = LiveGroups(Stances.from_rows(rows), settings=settings)
    old = running.groups.axes.copy()
    said = [*rows]
    calls = 0

    while np.array_equal(running.groups.axes, old):
        news = [(f"late{calls:02}", f"s{number:02}", 1) for number in range(10)]
        if calls == 2:
            news += [(who, what, None) for who, what, _ in rows if who == "p0003"]
        if calls == 4:
            news += [row for row in rows if row[0] == "p0003"][:8]
        said += news
        running.take_in(news)
        calls += 1

    wanted = Stances.from_rows(said)
    assert calls > 5
    assert parts(running.stances) == parts(wanted)
    assert running.statistics.is_equal(CovoteStatistics.of(wanted))
    assert running.groups.participants.tolist() == wanted.participants.tolist()
    assert running.groups.totals.tolist() == running.statistics.totals().tolist()
    placed = running.groups.labels >= 0
    assert running.groups.counts.sum() == np.diff(wanted.indptr)[placed].sum()
    assert running.groups.figures == with_figures(running.groups).figures
    assert running.groups.consensus == with_figures(running.groups).consensus
