"""Races at the rapporteur's desk, played by ``racers.py``: asking, working, merging, moving."""

from itertools import count

TEXTS_TWICE = "As we said in our meeting: {}"


def asking():
    """Eight people ask for a run at once, of both kinds; four workers take it up; and all of it a second time."""
    from answerable.synthesis import log_types
    from answerable.synthesis.actions import carry_out_run, request_run
    from answerable.synthesis.models import SynthesisRun
    from answerable.synthesis.states import RunKind
    from tests.chaos.racers import at_once, entries
    from tests.factories.consultations import NOW

    world, _said = _said_at_desk()
    kinds = (RunKind.WHOLE, RunKind.ADDED)

    def ask(number):
        return request_run(world.consultation, by=world.people["rapporteur"], at=NOW, kind=kinds[number % 2]).number

    def work(_number):
        return carry_out_run(SynthesisRun.objects.get(state__in=("waiting", "running", "done")).pk, clock=lambda: NOW)

    first = [at_once(ask), at_once(work, times=4)]
    newest = SynthesisRun.objects.get()
    world.submitted("Read the water meter at the village well aloud.")
    second = at_once(ask)
    pk = SynthesisRun.objects.order_by("number").last().pk
    second = [second, at_once(lambda _number: carry_out_run(pk, clock=lambda: NOW), times=4)]
    return {
        "first": first,
        "second": second,
        "first_state": newest.state,
        "states": list(SynthesisRun.objects.order_by("number").values_list("number", "state")),
        "entries": [entries(log_types.RUN_STARTED), entries(log_types.RUN_FINISHED)],
        **_kept(world.consultation),
    }


def working():
    """Runs write their themes while four people merge, move, name, add, post and take back what they posted."""
    from answerable.consultations.actions.contributing import withdraw_contribution
    from answerable.synthesis.actions import (
        add_theme,
        carry_out_run,
        drop_theme,
        merge_themes,
        move_contribution,
        rename_theme,
        request_run,
    )
    from answerable.synthesis.models import SynthesisRun, Theme
    from tests.chaos.racers import at_once
    from tests.factories.consultations import NOW

    world, said = _said_at_desk()
    by = world.people["rapporteur"]
    _run_once(world)
    own = add_theme(world.session, label="What people move", by=by, at=NOW)
    meters, seats, hotlines = (_theme_of(said[place]) for place in (0, 5, 10))
    moved = [said[place] for place in (1, 6, 11)]
    before = set(Theme.objects.values_list("public_id", flat=True))
    names = count(1)

    def run(_number):
        numbers = []
        for _time in range(3):
            asked = request_run(world.consultation, by=by, at=NOW)
            carry_out_run(asked.pk, clock=lambda: NOW)
            numbers.append(asked.number)
        return numbers

    def move(_number):
        return [move_contribution(row, to_theme=own, by=by, at=NOW).theme.public_id for row in moved]

    def name(_number):
        return [rename_theme(own, label=f"Moved, time {next(names)}", by=by, at=NOW).label for _time in range(3)]

    def add(_number):
        drop_theme(add_theme(world.session, label="For a moment", by=by, at=NOW), by=by, at=NOW)

    def write(_number):
        for row in (said[4], said[9]):
            withdraw_contribution(row, by=row.author, at=NOW)
            world.submitted("Nobody reads the number on the water meter at the well.")

    acts = [
        run,
        run,
        lambda _n: merge_themes(seats, others=[hotlines], by=by, at=NOW).public_id,
        move,
        name,
        add,
        write,
    ]
    answers = at_once(lambda number: acts[number](number), times=len(acts))
    _run_once(world)
    return {
        "answers": [answer for answer in answers if isinstance(answer, str) and ":" in answer],
        "numbers": list(SynthesisRun.objects.order_by("number").values_list("number", "state")),
        "lost": sorted(before - set(Theme.objects.values_list("public_id", flat=True))),
        "moved": [[row.theme.public_id == own.public_id for row in row_codings] for row_codings in _codings_of(moved)],
        "label": [Theme.objects.get(pk=own.pk).label, answers[4][-1]],
        "merged": list(Theme.objects.filter(pk=hotlines.pk).values_list("state", "merged_into__public_id")[0]),
        "into": seats.public_id,
        "stands": Theme.objects.get(pk=meters.pk).state,
        "on_merged": hotlines.codings.count(),
        **_kept(world.consultation),
    }


def merging():
    """Two themes are merged into each other at once, and one contribution is moved to two themes eight times."""
    from answerable.synthesis import log_types
    from answerable.synthesis.actions import add_theme, merge_themes, move_contribution
    from answerable.synthesis.models import Coding, Theme
    from tests.chaos.racers import at_once, entries
    from tests.factories.consultations import NOW
    from tests.factories.synthesis import CodingFactory, ThemeFactory

    world, said = _said_at_desk()
    by = world.people["rapporteur"]
    pair = [ThemeFactory(session=world.session) for _n in range(2)]
    for place, row in enumerate(said):
        CodingFactory(contribution=row, theme=pair[place % 2])

    def merge(number):
        return merge_themes(pair[number % 2], others=[pair[1 - number % 2]], by=by, at=NOW).public_id

    merged = at_once(merge)
    left = Theme.objects.get(state="active")
    held = sorted(Coding.objects.filter(theme=left).values_list("contribution__receipt_code", flat=True))
    targets = [add_theme(world.session, label=f"Target {number}", by=by, at=NOW) for number in range(2)]
    before = entries(log_types.CONTRIBUTION_CODED)

    def move(number):
        return move_contribution(said[0], to_theme=targets[number % 2], by=by, at=NOW).theme.public_id

    moves = at_once(move)
    return {
        "won": [answer for answer in merged if answer == left.public_id],
        "refused": [answer.partition(":")[0] for answer in merged if answer != left.public_id],
        "held": held == sorted(row.receipt_code for row in said),
        "states": sorted(Theme.objects.filter(pk__in=[one.pk for one in pair]).values_list("state", flat=True)),
        "moves": sorted(set(moves)) == sorted(one.public_id for one in targets),
        "codings": Coding.objects.filter(contribution=said[0]).count(),
        "moved": entries(log_types.CONTRIBUTION_CODED) - before,
        **_kept(world.consultation),
    }


def _said_at_desk():
    """Return the small world and thirty contributions on three matters."""
    from tests.chaos.racers import made_world
    from tests.synthesis.words import EVERYTHING

    world = made_world()
    wordings = [*EVERYTHING, *(TEXTS_TWICE.format(text) for text in EVERYTHING)]
    return world, [world.submitted(text) for text in wordings]


def _run_once(world):
    from answerable.synthesis.actions import carry_out_run, request_run
    from tests.factories.consultations import NOW

    run = request_run(world.consultation, by=world.people["rapporteur"], at=NOW)
    carry_out_run(run.pk, clock=lambda: NOW)


def _theme_of(row):
    from answerable.synthesis.queries.themes import codings_of

    return codings_of(row)[0].theme


def _codings_of(rows):
    from answerable.synthesis.queries.themes import codings_of

    return [list(codings_of(row)) for row in rows]


def _kept(consultation):
    """Return whether each public contribution is placed or alone, once, and the newest run counted it so."""
    from answerable.synthesis.models import Coding
    from answerable.synthesis.queries.newcomers import finished_runs
    from answerable.synthesis.queries.placed import placed_and_alone
    from answerable.synthesis.rules import public_contributions

    public = set(public_contributions(consultation).values_list("receipt_code", flat=True))
    placed, alone = placed_and_alone(consultation, codes=public)
    newest = finished_runs(consultation).first()
    return {
        "is_whole": (placed | alone, placed & alone) == (public, set()),
        "on_themes_gone": Coding.objects.exclude(theme__state="active").count(),
        "counted": newest is None or newest.manifest["placed"] + newest.manifest["alone"] == len(public),
    }
