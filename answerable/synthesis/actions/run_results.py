"""Writing what a run proposes, around everything that people decided."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.consultations.models import Consultation
from answerable.engine.records import Member, Synthesis
from answerable.engine.records import Theme as Proposed
from answerable.engine.sdg.records import SdgTag
from answerable.ledger.actions import record
from answerable.synthesis import log_types
from answerable.synthesis.actions.run_codings import write_codings
from answerable.synthesis.actions.run_labels import write_labels
from answerable.synthesis.actions.run_progress import TakenOver
from answerable.synthesis.actions.run_themes import ThemeWriter
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.queries.run_input import FrozenInput, question_key
from answerable.synthesis.states import RunState

_MOST_GOALS, _MOST_WORDS = 3, 4


def write_results(
    run: SynthesisRun,
    *,
    frozen: FrozenInput,
    result: Synthesis,
    opinions: dict[str, Any],
    timings: dict[str, float],
    at: datetime,
) -> None:
    """
    Write the themes, codings, labels, balance and opinion maps of a run in one transaction.

    Themes that a person touched, codings by persons, dispositions and findings stay as they are. The same proposal as
    before changes no row but the run's. Raises TakenOver when the run belongs to another worker by now.
    """
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.attaching import match_themes

    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=run.consultation_id)
        current = SynthesisRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if current.state != RunState.RUNNING or current.started_at != run.started_at:
            raise TakenOver
        before = _proposals_before(current)
        lives_on = match_themes(before, [_keyed(theme) for theme in result.themes])
        matched = {new: old for old, new in lives_on.items()}
        themes = ThemeWriter(current, frozen=frozen, result=result, matched=matched).write()
        write_codings(current, frozen=frozen, result=result, themes=themes)
        write_labels(current, frozen=frozen, result=result)
        current.opinions = opinions
        _finish(current, result=result, timings=timings, at=at)
        record(
            log_types.RUN_FINISHED,
            subject_type="consultation",
            subject_id=consultation.public_id,
            facts={
                "number": current.number,
                "state": str(RunState.DONE),
                "input_digest": current.input_digest,
                "engine_version": current.engine_version,
                "contribution_count": current.contribution_count,
                "theme_count": len(result.themes),
            },
            at=at,
        )


def _finish(run: SynthesisRun, *, result: Synthesis, timings: dict[str, float], at: datetime) -> None:
    run.state, run.stage = RunState.DONE, ""
    run.done = run.total = run.contribution_count = len(result.placements)
    run.input_digest = result.manifest.input_sha256
    run.engine_version = result.manifest.engine_version
    run.manifest = {"engine": _json(result.manifest), "themes": [_proposal(theme) for theme in result.themes]}
    run.manifest["coverage"] = _json(result.coverage)
    run.manifest["goals"] = {one.contribution: [_guess(tag) for tag in one.tags[:_MOST_GOALS]] for one in result.sdg}
    run.manifest["links"] = [[link.theme, link.other, link.score] for link in result.links]
    run.balance = {axis.axis: _json(axis) for axis in result.balance}
    run.timings = timings
    run.finished_at = run.heard_from_at = at
    run.save()


def _guess(tag: SdgTag) -> dict[str, Any]:
    return {"goal": tag.goal, "target": tag.target or "", "words": [each.phrase for each in tag.evidence[:_MOST_WORDS]]}


def _proposals_before(run: SynthesisRun) -> list[Proposed]:
    earlier = SynthesisRun.objects.filter(consultation=run.consultation_id, state=RunState.DONE)
    manifest = earlier.order_by("-number").values_list("manifest", flat=True).first() or {}
    return [_proposed(theme) for theme in manifest.get("themes", [])]


def _proposal(theme: Proposed) -> dict[str, Any]:
    members = [member.contribution for member in theme.members]
    kept = ("id", "parent", "level", "language")
    return {name: getattr(theme, name) for name in kept} | {
        "question": question_key(theme.question),
        "members": members,
    }


def _proposed(kept: Mapping[str, Any]) -> Proposed:
    members = tuple(Member(code, 0.0) for code in kept["members"])
    named = {name: kept[name] for name in ("id", "parent", "level", "language", "question")}
    return Proposed(**named, label="", phrases=(), members=members)


def _keyed(theme: Proposed) -> Proposed:
    # Only the question's key is compared, so that a reworded question does not part the themes from their past.
    return Proposed(
        id=theme.id,
        parent=theme.parent,
        level=theme.level,
        question=question_key(theme.question),
        language=theme.language,
        label=theme.label,
        phrases=theme.phrases,
        members=theme.members,
    )


def _json(record_of_engine: Any) -> Any:  # a dataclass of any kind becomes JSON
    return asdict(record_of_engine)
