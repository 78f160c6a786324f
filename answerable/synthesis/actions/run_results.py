"""Writing what a run proposes, around everything that people decided."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from answerable.consultations.models import Consultation
from answerable.engine import ENGINE_VERSION
from answerable.engine.records import Synthesis
from answerable.ledger.actions import record
from answerable.synthesis import log_types
from answerable.synthesis.actions.forgetting import forget_words_of
from answerable.synthesis.actions.run_added import Added, balance_of, write_added
from answerable.synthesis.actions.run_codings import write_codings
from answerable.synthesis.actions.run_labels import write_labels
from answerable.synthesis.actions.run_manifest import keyed, proposals_in, whole_manifest
from answerable.synthesis.actions.run_progress import RunProgress, TakenOver
from answerable.synthesis.actions.run_themes import ThemeWriter
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.queries.newcomers import finished_runs, public_revisions
from answerable.synthesis.queries.placed import placed_and_alone
from answerable.synthesis.queries.run_input import FrozenInput
from answerable.synthesis.states import RunKind, RunState, ThemeState


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run read, the maps of agreement it drew, and its sign of life, which times its stages."""

    frozen: FrozenInput
    opinions: dict[str, Any]
    progress: RunProgress


def write_results(run: SynthesisRun, outcome: Outcome, *, result: Synthesis) -> None:
    """
    Write the themes, codings, labels, balance and opinion maps of a run over everything, in one transaction.

    Themes that a person touched, codings by persons, dispositions and findings stay as they are. What was withdrawn
    or removed while the run worked is left out. The same proposal as before changes no row but the run's. Raises
    TakenOver when the run belongs to another worker by now.
    """
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.attaching import match_themes

    frozen = outcome.frozen
    with _writing(run) as current:
        gone = frozen.rows.keys() - public_revisions(current.consultation).keys()
        before = proposals_in(finished_runs(current.consultation).values_list("manifest", flat=True).first() or {})
        lives_on = match_themes(before, [keyed(theme) for theme in result.themes])
        matched = {new: old for old, new in lives_on.items()}
        themes = ThemeWriter(current, frozen=frozen, result=result, matched=matched).write()
        write_codings(current, frozen=frozen, result=result, themes=themes, gone=gone)
        write_labels(current, frozen=frozen, groups=result.duplicates, gone=gone)
        forget_words_of(current.consultation, gone=[frozen.rows[code] for code in sorted(gone)])
        current.kind = RunKind.WHOLE
        current.manifest = whole_manifest(result, frozen=frozen, gone=gone)
        current.balance = balance_of(result.balance)
        current.input_digest = result.manifest.input_sha256
        current.engine_version = result.manifest.engine_version
        _finish(current, outcome, theme_count=len(result.themes))


def write_added_results(run: SynthesisRun, outcome: Outcome, *, added: Added) -> None:
    """
    Write where new contributions belong, and balance and opinion maps as they are with them, in one transaction.

    Themes, and the places of what was read before, stay as they are. Raises TakenOver when the run belongs to another
    worker by now.
    """
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.manifest import input_digest

    with _writing(run) as current:
        public = public_revisions(current.consultation)
        current.manifest = write_added(current, frozen=outcome.frozen, added=added, public=public)
        current.balance = balance_of(added.balance)
        read = [one for one in outcome.frozen.contributions if one.id in current.manifest["read"]]
        current.input_digest = input_digest(sorted(read, key=lambda one: one.id))
        current.engine_version = ENGINE_VERSION
        in_use = current.consultation.themes.filter(state=ThemeState.ACTIVE).count()
        _finish(current, outcome, theme_count=in_use)


@contextmanager
def _writing(run: SynthesisRun) -> Iterator[SynthesisRun]:
    """Lock the consultation and give its run as it stands; the acts of people wait for that lock and go by it."""
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=run.consultation_id)
        current = SynthesisRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if current.state != RunState.RUNNING or current.started_at != run.started_at:
            raise TakenOver
        current.consultation = consultation
        yield current


def _finish(run: SynthesisRun, outcome: Outcome, *, theme_count: int) -> None:
    at = outcome.progress.now()
    placed, alone = placed_and_alone(run.consultation, codes=run.manifest["read"])
    run.manifest |= {"placed": len(placed), "alone": len(alone)}
    run.opinions = outcome.opinions
    run.timings = outcome.progress.timings()
    run.state, run.stage = RunState.DONE, ""
    run.done = run.total = run.contribution_count = len(run.manifest["read"])
    run.finished_at = run.heard_from_at = at
    run.save()
    record(
        log_types.RUN_FINISHED,
        subject_type="consultation",
        subject_id=run.consultation.public_id,
        facts={
            "number": run.number,
            "state": str(RunState.DONE),
            "input_digest": run.input_digest,
            "engine_version": run.engine_version,
            "contribution_count": run.contribution_count,
            "theme_count": theme_count,
        },
        at=at,
    )
