"""How far a run is, written to its row while it works."""

from collections.abc import Callable
from datetime import datetime, timedelta

from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.states import RunState

_EVERY = timedelta(seconds=1)


class TakenOver(Exception):
    """Another worker took the run over, so that this one must not write its results."""


class RunProgress:
    """Takes what the engine reports and keeps it, at most once a second; each writing is a sign of life."""

    def __init__(self, run: SynthesisRun, *, clock: Callable[[], datetime]) -> None:
        """Report on a run whose ``started_at`` marks the worker's claim on it."""
        self._run = run
        self._clock = clock
        self._written_at: datetime | None = None
        self._began_at: dict[str, datetime] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Note a stage and how much of it is done. Raises TakenOver when the run belongs to another worker now."""
        now = self.now()
        self._began_at.setdefault(stage, now)
        if self._written_at is not None and now - self._written_at < _EVERY:
            return
        self._written_at = now
        mine = SynthesisRun.objects.filter(pk=self._run.pk, state=RunState.RUNNING, started_at=self._run.started_at)
        if not mine.update(stage=stage, done=done, total=total, heard_from_at=now):
            raise TakenOver

    def now(self) -> datetime:
        """Read the clock."""
        return self._clock()

    def timings(self) -> dict[str, float]:
        """Return how many seconds each stage took so far, in their order."""
        ends = [*list(self._began_at.values())[1:], self.now()]
        spans = zip(self._began_at.items(), ends, strict=True)
        return {stage: round((end - began).total_seconds(), 3) for (stage, began), end in spans}
