"""Rows of a table of what was measured beside what must be and what is aimed at."""

from collections.abc import Iterable
from dataclasses import dataclass

_WIDTH, _FIGURE = 82, 32


@dataclass(frozen=True)
class Line:
    """Hold one figure as text, what it must be and is aimed at, and whether it is as it must (None: not measured)."""

    name: str
    measured: str
    must: str = ""
    aim: str = ""
    is_met: bool | None = True


def print_lines(title: str, lines: Iterable[Line]) -> bool:
    """Print a table, each line as it comes, and return whether everything measured is as it must be."""
    print(f"\n{title}")
    print(f"  {'':{_WIDTH}} {'measured':>{_FIGURE}} {'must':>9} {'aim':>8}")
    is_met = True
    for line in lines:
        mark = "MISSED" if line.is_met is False else ""
        shown = f"  {line.name:{_WIDTH}} {line.measured:>{_FIGURE}} {line.must:>9} {line.aim:>8} {mark}"
        print(shown.rstrip(), flush=True)
        is_met &= line.is_met is not False
    return is_met
