"""Show how far a synthesis is and how long it may still take."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Self

_STAGES = {
    "reading": "Reading the file",
    "languages": "Telling languages",
    "statements": "Finding sentences",
    "duplicates": "Finding repeats and campaigns",
    "themes": "Finding themes and key contributions",
    "balance": "Measuring coverage and balance",
    "opinions": "Finding groups of opinion",
    "report": "Writing the report",
}


class StageBar:
    """Show on stderr which stage is at work and the time it has left, and remember how long each took."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, int] = {}
        self._began: dict[str, float] = {}
        self._clock: Callable[[], float] = time.perf_counter

    def __enter__(self) -> Self:
        """Begin to show."""
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing, whatever happened."""
        if kind is None:
            self._finish()
        self._bar.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is; a new stage ends the one before it."""
        if stage not in self._tasks:
            self._finish()
            self._began[stage] = self._clock()
            self._tasks[stage] = self._bar.add_task(_STAGES[stage], total=total)
        self._bar.update(self._tasks[stage], completed=done, total=total)  # type: ignore[arg-type]

    def say(self, sentence: str) -> None:
        """Print a sentence above the bar."""
        self._bar.console.print(sentence, markup=False, highlight=False, soft_wrap=True)

    def seconds(self) -> dict[str, float]:
        """Return the seconds of each stage so far."""
        ends = [*list(self._began.values())[1:], self._clock()]
        return {stage: end - began for (stage, began), end in zip(self._began.items(), ends, strict=True)}

    def _finish(self) -> None:
        """Show the stage before as done."""
        if self._tasks:
            last = list(self._tasks.values())[-1]
            total = self._bar.tasks[last].total
            self._bar.update(last, completed=total)  # type: ignore[arg-type]


@contextmanager
def terminated_like_interrupted() -> Iterator[None]:
    """Let a request to end the process stop it as Ctrl-C does, with everything cleared away."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # Only the main thread may say what a signal does.
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
