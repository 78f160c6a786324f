"""Who should be heard where there are too many groups for a field each: typed as a list, one a line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from answerable.consultations.queries import reference_groups
from answerable.consultations.states import ReferenceAxis
from answerable.engine.language_names import language_code
from answerable.engine.writing_systems import fold

# A name, then perhaps a number with or without a sign between them; numbers may have digits of any script.
_LINE = re.compile(r"(?P<name>.*?)[\s:;=,،\t]*(?P<amount>-?\d[\d.,٫\s]*[%٪]?)?")
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ReadLines:
    """What was typed, by group: the amount, None for a group without one; and what could not be understood."""

    shares: Mapping[str, str | None]
    problems: list[str]


def read_lines(typed: str, *, axis: str, language: str) -> ReadLines:
    """Read a list of groups with or without amounts; each line that names no group, or one again, is a problem."""
    names = _names(axis, language)
    shares: dict[str, str | None] = {}
    problems = []
    for line in filter(None, (each.strip() for each in typed.splitlines())):
        found = _LINE.fullmatch(line)
        name, amount = (found["name"], found["amount"]) if found else (line, None)
        group = names.get(fold(name), "") or (language_code(name) if axis == ReferenceAxis.LANGUAGE else "")
        if group not in names.values():
            problems.append(_("“%(line)s” names nobody that is known here.") % {"line": line[:_LONGEST_SHOWN]})
        elif group in shares:
            problems.append(_("“%(line)s” is in the list already.") % {"line": line[:_LONGEST_SHOWN]})
        else:
            shares[group] = amount
    return ReadLines(shares, problems)


def written_lines(shares: Mapping[str, float | None], *, axis: str, language: str) -> str:
    """Return a kept statement as it would be typed."""
    labels = reference_groups(axis, language=language)
    lines = [
        labels.get(group, group) if amount is None else f"{labels.get(group, group)} {amount:.10g}"
        for group, amount in shares.items()
    ]
    return "\n".join(sorted(lines))


def _names(axis: str, language: str) -> dict[str, str]:
    """Return the key of each group by its names, folded: in the reader's language, in English, and the key itself."""
    names: dict[str, str] = {}
    for spoken in (language, "en"):
        for group, label in reference_groups(axis, language=spoken).items():
            names.setdefault(fold(label), group)
            names.setdefault(fold(group), group)
    return names
