"""Opinion groups: found where they are, not found where they are not, and the same whatever the order."""

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.engine.opinion import (
    CovoteStatistics,
    OpinionSettings,
    Stances,
    drawing,
    find_opinion_groups,
    opinion_document,
)
from answerable.engine.opinion.agreement import adjusted_rand
from tests.engine.opinion.samples import by_chance, digest, planted, sectors_of

QUICK = OpinionSettings(null_draws=3, stability_splits=1, starts=3, null_people=60)


def agreement(found, truth):
    placed = [person for person in found.people() if person.group]
    return adjusted_rand(
        np.array([int(person.group[1:]) for person in placed]),
        np.array([truth[person.participant] for person in placed]),
    )


@pytest.mark.parametrize("groups", [2, 3])
def test_groups_that_are_there_are_found(groups):
    rows, truth = planted(240, statements=40, groups=groups)

    found = find_opinion_groups(Stances.from_rows(rows))

    assert (found.verdict, found.k) == ("groups", groups)
    assert agreement(found, truth) > 0.85
    assert [group.id for group in found.groups] == [f"G{number}" for number in range(1, groups + 1)]
    assert sum(group.size for group in found.groups) == 240


@pytest.mark.parametrize("seed", range(6))
def test_stances_by_chance_are_no_clear_groups(seed):
    found = find_opinion_groups(Stances.from_rows(by_chance(seed=seed)))

    assert (found.verdict, found.k, found.figures) == ("no clear groups", 1, ())
    assert [point.k for point in found.curve] == [2, 3, 4, 5]
    assert len(found.consensus) == 30


def test_the_defence_against_chance_is_what_keeps_groups_away():
    stances = Stances.from_rows(by_chance())

    undefended = find_opinion_groups(stances, settings=OpinionSettings(groups_wanted=3))

    assert (undefended.k, undefended.verdict) == (3, "no clear groups")
    assert all(group.size > 0 for group in undefended.groups)


def test_too_few_people_are_not_divided():
    rows, _ = planted(8)

    found = find_opinion_groups(Stances.from_rows(rows))

    assert (found.verdict, found.groups, found.curve) == ("too few", (), ())
    assert {person.group for person in found.people()} == {""}
    assert len(found.consensus) == 30


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("a", "s", 1)],
        [(f"p{number}", "s", 1) for number in range(50)],
        [(f"p{number}", f"s{statement}", 1) for number in range(50) for statement in range(9)],
        [(f"p{number}", f"s{statement}", 0) for number in range(50) for statement in range(9)],
        [(f"p{number}", f"s{statement}", (-1) ** number) for number in range(3) for statement in range(9)],
        [(f"p{number}", f"s{number}", 1) for number in range(50)],
    ],
    ids=["nothing", "one", "one statement", "all agree", "all pass", "three people", "no statement in common"],
)
def test_poor_input_gives_a_verdict_and_no_groups(rows):
    found = find_opinion_groups(Stances.from_rows(rows))

    assert found.verdict in ("too few", "no clear groups")
    assert len(found.people()) == len({row[0] for row in rows})
    assert opinion_document(found)["people"]["stances"] == len(rows)


def test_two_camps_on_one_statement_are_not_made_up_from_too_little():
    found = find_opinion_groups(Stances.from_rows([(f"p{number:02}", "s", (-1) ** number) for number in range(40)]))

    assert found.k <= 2
    assert found.variance_explained[0] == pytest.approx(1.0)


def test_people_below_the_floor_are_heard_but_not_placed():
    rows = [*planted(60)[0], *[("late", f"s{number:02}", 1) for number in range(6)]]

    found = find_opinion_groups(Stances.from_rows(rows))

    late = next(person for person in found.people() if person.participant == "late")
    assert (late.group, late.belonging) == ("", 0.0)
    heard = {figure.statement: figure.agree + figure.disagree + figure.passed for figure in found.consensus}
    assert heard["s00"] == sum(row[1] == "s00" for row in rows)


def test_belonging_is_high_near_the_centre_and_low_between():
    found = find_opinion_groups(Stances.from_rows(planted(200, statements=40)[0]))

    for person in found.people():
        centre = next(group.centre for group in found.groups if group.id == person.group)
        other = next(group.centre for group in found.groups if group.id != person.group)
        own = np.hypot(person.x - centre[0], person.y - centre[1])
        beyond = np.hypot(person.x - other[0], person.y - other[1])
        assert person.belonging == pytest.approx((beyond - own) / (beyond + own))


def test_figures_are_the_counts_of_the_groups():
    rows, _ = planted(120)
    found = find_opinion_groups(Stances.from_rows(rows))
    group_of = {person.participant: person.group for person in found.people()}

    for figure in found.figures[::7]:
        said = [value for who, what, value in rows if what == figure.statement and group_of[who] == figure.group]
        assert (figure.agree, figure.passed, figure.disagree) == (said.count(1), said.count(0), said.count(-1))
    assert len(found.figures) == 2 * 30
    assert any(figure.is_representative for figure in found.figures)
    assert all(
        figure.adjusted_p <= 0.05 and 2 * max(figure.agree, figure.disagree) > figure.agree + figure.disagree
        for figure in found.figures
        if figure.is_representative
    )


def test_consensus_is_told_over_groups_and_over_sectors_and_the_lower_of_both():
    rows, _ = planted(120)
    sectors = sectors_of(rows)

    found = find_opinion_groups(Stances.from_rows(rows), sectors=sectors)

    for figure in found.consensus[:3]:
        product = 1.0
        for sector in found.sectors:
            said = [value for who, what, value in rows if what == figure.statement and sectors.get(who) == sector]
            product *= (said.count(1) + 1) / (len(said) + 2)
        assert figure.over_sectors == pytest.approx(product)
        assert figure.least == min(figure.over_groups, figure.over_sectors)
    assert [one.least for one in found.consensus] == sorted((one.least for one in found.consensus), reverse=True)


def test_without_declared_sectors_there_is_no_figure_over_them():
    found = find_opinion_groups(Stances.from_rows(planted(60)[0]), sectors={"somebody else": "public"})

    assert {figure.over_sectors for figure in found.consensus} == {None}


def test_statements_left_out_are_as_if_never_there():
    rows, _ = planted(120)
    out = {"s03", "s11"}

    with_them = find_opinion_groups(Stances.from_rows(rows), statements_left_out=out)
    without = find_opinion_groups(Stances.from_rows([row for row in rows if row[1] not in out]))

    assert with_them.left_out == ("s03", "s11")
    assert with_them.points.tolist() == without.points.tolist()
    assert with_them.figures == without.figures
    assert with_them.consensus == without.consensus


def test_left_out_as_polis_does_they_count_as_passed():
    rows, _ = planted(120)
    settings_as_polis = OpinionSettings(compat="polis")

    dropped = find_opinion_groups(
        Stances.from_rows(rows), settings=OpinionSettings(steadying=0), statements_left_out=["s03"]
    )
    zeroed = find_opinion_groups(Stances.from_rows(rows), settings=settings_as_polis, statements_left_out=["s03"])

    answered = dropped.stance_counts
    reach = np.sqrt(30 / (answered + 1)) / np.sqrt(29 / answered)
    assert zeroed.points == pytest.approx(dropped.points * reach[:, None], abs=1.5)


def test_the_settings_say_how_many_groups():
    found = find_opinion_groups(Stances.from_rows(planted(120)[0]), settings=OpinionSettings(groups_wanted=4))

    assert found.k == 4


def test_groups_are_stable_over_halves_of_the_statements_when_they_are_there():
    there = find_opinion_groups(Stances.from_rows(planted(200, statements=60)[0])).stability
    not_there = find_opinion_groups(Stances.from_rows(by_chance(200, statements=60))).stability

    assert there.value > 0.8
    assert abs(not_there.value) < 0.1
    assert len(there.splits) == 8


@pytest.mark.parametrize("people", [100, 1700])
def test_any_order_of_rows_and_any_shards_give_the_same_bytes(people):
    rows, _ = planted(people, statements=16, groups=3, share=0.6)
    sectors = sectors_of(rows)
    whole = Stances.from_rows(rows)
    wanted = digest(find_opinion_groups(whole, sectors=sectors, settings=QUICK))
    found = set()

    for seed in range(2):
        shuffled = random.Random(seed).sample(rows, len(rows))
        found.add(digest(find_opinion_groups(Stances.from_rows(shuffled), sectors=sectors, settings=QUICK)))
    for shards in (1, 2, 7, 64):
        order = random.Random(shards).sample(range(shards), shards)
        parts = [whole.shard(number, of=shards) for number in order]
        merged = CovoteStatistics(whole.statements)
        for part in parts:
            merged.merge(CovoteStatistics.of(part))
        found.add(
            digest(find_opinion_groups(Stances.joined(parts), sectors=sectors, settings=QUICK, statistics=merged))
        )

    assert found == {wanted}


def test_another_stance_gives_other_bytes():
    rows, _ = planted(60)
    changed = [(*rows[0][:2], 1 if rows[0][2] < 1 else -1), *rows[1:]]

    assert digest(find_opinion_groups(Stances.from_rows(rows), settings=QUICK)) != digest(
        find_opinion_groups(Stances.from_rows(changed), settings=QUICK)
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 25).map("p{}".format), st.integers(0, 9).map("s{}".format)),
        st.sampled_from([-1, 0, 1]),
        min_size=60,
        max_size=200,
    ),
    st.randoms(use_true_random=False),
)
def test_nothing_is_lost_and_nothing_depends_on_the_order(stances, chance):
    rows = [(who, what, value) for (who, what), value in stances.items()]
    found = find_opinion_groups(Stances.from_rows(rows), settings=QUICK)

    placed = [person for person in found.people() if person.group]
    assert sum(group.size for group in found.groups) == len(placed)
    assert int(found.totals.sum()) == len(rows)
    assert sum(one.agree + one.disagree + one.passed for one in found.consensus) == len(rows)
    assert int(found.counts.sum()) == int(found.stance_counts[found.labels >= 0].sum())
    chance.shuffle(rows)
    assert digest(find_opinion_groups(Stances.from_rows(rows), settings=QUICK)) == digest(found)


def test_groups_keep_their_ids_when_sizes_change_places():
    rows, truth = planted(120, statements=40, groups=2)
    kept = {who for who, group in truth.items() if group == 0} | {
        who for who, group in truth.items() if group == 1 and int(who[1:]) < 60
    }
    early = find_opinion_groups(Stances.from_rows([row for row in rows if row[0] in kept]))
    more, _ = planted(400, statements=40, groups=2)
    newcomers = {who for number, who in enumerate(sorted({row[0] for row in more})) if number % 2 == 1}

    late = find_opinion_groups(
        Stances.from_rows([row for row in more if row[0] in kept or row[0] in newcomers]), previous=early
    )
    cold = find_opinion_groups(Stances.from_rows([row for row in more if row[0] in kept or row[0] in newcomers]))

    assert [round(group.size, -1) for group in early.groups] == [60, 30]
    assert [round(group.size, -1) for group in cold.groups] == [200, 60]
    assert {group.id: round(group.size, -1) for group in late.groups} == {"G1": 60, "G2": 200}


def test_a_group_that_was_not_there_gets_an_id_never_used():
    rows, truth = planted(240, statements=40, groups=3)
    early = find_opinion_groups(Stances.from_rows([row for row in rows if truth[row[0]] < 2]))

    late = find_opinion_groups(Stances.from_rows(rows), previous=early, settings=OpinionSettings(groups_wanted=3))

    assert [group.id for group in early.groups] == ["G1", "G2"]
    assert [group.id for group in late.groups] == ["G1", "G2", "G3"]
    newcomers = [truth[person.participant] for person in late.people() if person.group == "G3"]
    assert newcomers.count(2) > 0.9 * len(newcomers)


def test_another_number_of_groups_waits_until_it_lasts():
    rows, truth = planted(240, statements=40, groups=3)
    found = find_opinion_groups(Stances.from_rows([row for row in rows if truth[row[0]] < 2]))
    numbers = []

    for _ in range(4):
        found = find_opinion_groups(Stances.from_rows(rows), previous=found)
        numbers.append((found.k, found.lineage.challenger, found.lineage.wins))

    assert numbers == [(2, 3, 1), (2, 3, 2), (2, 3, 3), (3, 0, 0)]


def test_chance_and_stability_are_not_measured_again_while_little_changes():
    rows, _ = planted(240, statements=40)
    early = find_opinion_groups(Stances.from_rows([row for row in rows if row[0] != "p0001"]))

    late = find_opinion_groups(Stances.from_rows(rows), previous=early)

    assert [point.null_highest for point in late.curve] == [point.null_highest for point in early.curve]
    assert late.stability == early.stability
    assert late.lineage.measured_people == early.lineage.measured_people == 239


def test_with_very_many_statements_the_groups_come_from_the_stances_without_pairs(monkeypatch):
    stances = Stances.from_rows(planted(120)[0])
    paired = find_opinion_groups(stances, statements_left_out=["s03"])

    monkeypatch.setattr(drawing, "MOST_PAIRED", 4)
    monkeypatch.setattr(CovoteStatistics, "of", None)
    unpaired = find_opinion_groups(stances, statements_left_out=["s03"])

    assert unpaired.points == pytest.approx(paired.points, abs=1)
    assert unpaired.labels.tolist() == paired.labels.tolist()
    assert unpaired.stability.value == pytest.approx(paired.stability.value)
    assert unpaired.variance_explained == pytest.approx(paired.variance_explained)


@pytest.mark.parametrize(
    "wrong", [{"most_groups": 1}, {"groups_wanted": 0}, {"groups_wanted": 101}, {"grid": 1}, {"starts": 0}]
)
def test_settings_no_run_could_be_made_with_are_refused(wrong):
    with pytest.raises(ValueError, match=r"must be"):
        OpinionSettings(**wrong)


def test_one_group_may_be_asked_for():
    found = find_opinion_groups(Stances.from_rows(planted(60)[0]), settings=OpinionSettings(groups_wanted=1))

    assert [group.size for group in found.groups] == [60]
