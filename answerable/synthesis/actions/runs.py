"""Running the engine over a consultation: asked for here, carried out in the background."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation
from answerable.foundation.background import enqueue
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.people.models import Person
from answerable.synthesis import log_types, rules
from answerable.synthesis.actions.recording import actor_ref
from answerable.synthesis.actions.run_added import find_places
from answerable.synthesis.actions.run_progress import RunProgress, TakenOver
from answerable.synthesis.actions.run_results import Outcome, write_added_results, write_results
from answerable.synthesis.actions.run_settings import settings_for, settings_of
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.queries.newcomers import newcomers
from answerable.synthesis.queries.opinion_maps import opinion_maps
from answerable.synthesis.queries.run_input import FrozenInput, frozen_input
from answerable.synthesis.states import RunKind, RunState

LOGGER = logging.getLogger(__name__)
SILENCE = timedelta(minutes=2)
Clock = Callable[[], datetime]


def request_run(consultation: Consultation, *, by: Person, at: datetime, kind: RunKind = RunKind.WHOLE) -> SynthesisRun:
    """
    Ask for a run over all public contributions, or one that adds the new ones, and have it carried out later.

    One that adds becomes a whole one when there is nothing to add to, or when more than a tenth would be added. While
    a run of either kind waits or works, asking again returns that one; one that has given no sign of life for two
    minutes is started again. Raises NotAllowed, and Unacceptable when there is nothing to read.
    """
    require(rules.may_synthesise(by, consultation, at=at))
    if not rules.public_contributions(consultation).exists():
        raise Unacceptable({"": [_("There is no public contribution to read yet.")]})
    with transaction.atomic():
        Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
        newest = SynthesisRun.objects.filter(consultation=consultation).first()
        if newest is not None and newest.state in {RunState.WAITING, RunState.RUNNING}:
            if is_silent(newest, at):
                enqueue("synthesis.carry_out_run_task", run_id=newest.pk)
            return newest
        settings = settings_for(consultation)
        run = SynthesisRun.objects.create(
            consultation=consultation,
            kind=kind,
            number=newest.number + 1 if newest else 1,
            seed=settings.seed,
            settings=asdict(settings),
            requested_by=by,
            requested_at=at,
        )
        facts = {"number": run.number, "seed": run.seed}
        record(
            log_types.RUN_STARTED,
            subject_type="consultation",
            subject_id=consultation.public_id,
            actor_ref=actor_ref(by),
            facts=facts,
            at=at,
        )
        enqueue("synthesis.carry_out_run_task", run_id=run.pk)
    return run


def is_silent(run: SynthesisRun, at: datetime) -> bool:
    """Say whether a run that should wait or work has given no sign of life for two minutes."""
    return (run.heard_from_at or run.requested_at) < at - SILENCE


def carry_out_run(run_id: int, *, clock: Clock) -> None:
    """
    Read the public contributions, run the engine, and write what it proposes around what people decided.

    Every human decision stays. Whoever is called while the run is done or another works on it returns at once. A run
    that fails changes nothing but its own row, which then says why in a sentence.
    """
    run = _claim(run_id, clock())
    if run is None:
        return
    progress = RunProgress(run, clock=clock)
    try:
        _carry_out(run, progress)
    except TakenOver:
        LOGGER.warning("run %s was taken over by another worker", run_id)
    except Unacceptable as problem:
        _fail(run, " ".join(said for field in problem.problems.values() for said in field), clock())
    except Exception as problem:
        LOGGER.exception("run %s failed", run_id)
        sentence = _(
            "The program met an error it did not expect (%(name)s). Nothing was changed. Run it again, and tell "
            "whoever runs this site if it fails again."
        )
        _fail(run, sentence % {"name": type(problem).__name__}, clock())


def take_up_silent_runs(at: datetime) -> int:
    """
    Have every run started again whose worker gave no sign of life for two minutes; returns how many.

    For the worker's round of chores: a worker that was killed leaves its run behind. It may be repeated.
    """
    with transaction.atomic():
        silent = SynthesisRun.objects.filter(state=RunState.RUNNING, heard_from_at__lt=at - SILENCE)
        found = list(silent.values_list("pk", flat=True))
        for run_id in found:
            enqueue("synthesis.carry_out_run_task", run_id=run_id)
    return len(found)


def _carry_out(run: SynthesisRun, progress: RunProgress) -> None:
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.pipeline import synthesize

    progress("reading", 0, 0)
    frozen = frozen_input(run.consultation)
    if not frozen.contributions:
        raise Unacceptable({"": [_("There is no public contribution to read any more.")]})
    came = newcomers(run.consultation, public={code: row.revision_count for code, row in frozen.rows.items()})
    if run.kind == RunKind.ADDED and not came.is_whole_run_due:
        progress("adding", 0, came.new_count)
        added = find_places(run, frozen=frozen, newcomers=came)
        write_added_results(run, _outcome(run, frozen, progress), added=added)
        return
    result = synthesize(frozen.contributions, settings=settings_of(run), progress=progress)
    write_results(run, _outcome(run, frozen, progress), result=result)


def _outcome(run: SynthesisRun, frozen: FrozenInput, progress: RunProgress) -> Outcome:
    opinions = opinion_maps(run.consultation, progress=progress)
    progress("writing", 0, len(frozen.contributions))
    return Outcome(frozen, opinions, progress)


def _claim(run_id: int, now: datetime) -> SynthesisRun | None:
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, heard_from_at__lt=now - SILENCE)
    claimed = SynthesisRun.objects.filter(free, pk=run_id).update(
        state=RunState.RUNNING, started_at=now, heard_from_at=now, stage="", done=0, total=0, error=""
    )
    return SynthesisRun.objects.select_related("consultation").get(pk=run_id) if claimed else None


def _fail(run: SynthesisRun, sentence: str, now: datetime) -> None:
    with transaction.atomic():
        mine = SynthesisRun.objects.filter(pk=run.pk, state=RunState.RUNNING, started_at=run.started_at)
        if mine.update(state=RunState.FAILED, error=sentence, finished_at=now, heard_from_at=now):
            record(
                log_types.RUN_FINISHED,
                subject_type="consultation",
                subject_id=run.consultation.public_id,
                facts={"number": run.number, "state": str(RunState.FAILED)},
                at=now,
            )
