"""The codings and the key contributions of a run."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from answerable.engine.records import Placement, Synthesis
from answerable.synthesis.actions.run_themes import decided_by_persons
from answerable.synthesis.models import Coding, SynthesisRun, Theme
from answerable.synthesis.queries.run_input import FrozenInput
from answerable.synthesis.states import Provenance, RunKind

_COMPARED = ("revision_number", "start", "end", "score", "is_key", "key_contribution_id")
_WRITTEN = ("revision_number", "start", "end", "score", "is_key", "key_contribution", "run")


def write_codings(
    run: SynthesisRun,
    *,
    frozen: FrozenInput,
    result: Synthesis,
    themes: Mapping[str, Theme],
    gone: Collection[str],
) -> None:
    """
    Make the machine's codings those of this result; rows that say the same already are left alone.

    ``themes`` holds the active row of each proposed theme. A contribution that a person coded gets no machine coding,
    nor does one that is gone by now.
    """
    decided = decided_by_persons(run)
    wanted: dict[tuple[int, int], Coding] = {}
    spans = {(one.theme, one.contribution): (one.start, one.end) for one in result.representatives}
    for placement in result.placements:
        row = frozen.rows[placement.contribution]
        theme = themes.get(placement.theme)
        if theme is not None and row.pk not in decided and placement.contribution not in gone:
            kept = replace(placement, key="") if placement.key in gone else placement
            wanted[theme.pk, row.pk] = coding_of(kept, theme=theme, frozen=frozen, spans=spans, run=run)
    _write_differences(wanted, run)


def _write_differences(wanted: Mapping[tuple[int, int], Coding], run: SynthesisRun) -> None:
    rows = Coding.objects.filter(theme__consultation=run.consultation_id, provenance=Provenance.MACHINE)
    known = {(row.theme_id, row.contribution_id): row for row in rows}
    # What was only added lies there by everything's grouping from now on.
    added = set(rows.filter(run__kind=RunKind.ADDED).values_list("pk", flat=True))
    Coding.objects.filter(pk__in=[row.pk for place, row in known.items() if place not in wanted]).delete()
    changed = []
    for place, coding in wanted.items():
        there = known.get(place)
        if there is not None and (there.pk in added or _said(there) != _said(coding)):
            coding.pk = there.pk
            changed.append(coding)
    Coding.objects.bulk_update(changed, _WRITTEN, batch_size=500)
    Coding.objects.bulk_create([coding for place, coding in wanted.items() if place not in known], batch_size=1_000)


def coding_of(
    placement: Placement,
    *,
    theme: Theme,
    frozen: FrozenInput,
    spans: Mapping[tuple[str, str], tuple[int, int]],
    run: SynthesisRun,
) -> Coding:
    """Return the coding of one placement, not yet written; ``spans`` are the quotes of keys by theme and code."""
    row = frozen.rows[placement.contribution]
    key = frozen.rows.get(placement.key)
    is_key = placement.status == "key"
    start, end = (
        spans.get((placement.theme, placement.contribution), (0, len(row.text))) if is_key else (0, len(row.text))
    )
    return Coding(
        theme=theme,
        contribution=row,
        revision_number=row.revision_count,
        start=start,
        end=end,
        score=placement.score,
        is_key=is_key,
        key_contribution=key if key is not None and key.pk != row.pk else None,
        run=run,
    )


def _said(row: Coding) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COMPARED)
