"""Taking in the official wording of goals, targets and indicators from an operator's file."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Unacceptable
from answerable.reference.actions.official_file import Problems, Texts, read_official_file, take_rows
from answerable.reference.models import Goal, Indicator, Target

_ROWS_AT_ONCE = 100


def load_official_wording(path: Path) -> dict[str, int]:
    """
    Take in the official wording from a JSON file, all of it or nothing, and say how many rows of each model got it.

    The file is an object with any of the lists ``goals`` (code, short, title), ``targets`` and ``indicators`` (code,
    title), each text an object by language tag with English among them. Repeating it changes nothing.
    Raises Unacceptable with sentences for every bad row, by list, row number and code.
    """
    content = read_official_file(path)
    goals, targets, indicators = (Goal.objects.in_bulk(), Target.objects.in_bulk(), Indicator.objects.in_bulk())
    problems: Problems = {}
    numbers = [str(number) for number in goals]
    for_goals = take_rows(content, name="goals", parts=("short", "title"), known=numbers, problems=problems)
    for_targets = take_rows(content, name="targets", parts=("title",), known=targets, problems=problems)
    for_indicators = take_rows(content, name="indicators", parts=("title",), known=indicators, problems=problems)
    if not problems and not (for_goals or for_targets or for_indicators):
        problems[""] = [_("The file has no row in “goals”, “targets” or “indicators”.")]
    if problems:
        raise Unacceptable(problems)
    with transaction.atomic():
        return {
            "Goal": _write_goals({goals[int(number)]: texts for number, texts in for_goals.items()}),
            "Target": _write_targets({targets[code]: texts for code, texts in for_targets.items()}),
            "Indicator": _write_indicators({indicators[code]: texts for code, texts in for_indicators.items()}),
        }


def _write_goals(wordings: dict[Goal, dict[str, Texts]]) -> int:
    """Keep the official short names and sentences of goals, and count them."""
    for goal, texts in wordings.items():
        goal.official_labels, goal.official_wording = texts["short"], texts["title"]
    Goal.objects.bulk_update(wordings, ["official_labels", "official_wording"])
    return len(wordings)


def _write_targets(wordings: dict[Target, dict[str, Texts]]) -> int:
    """Keep the official texts of targets, and count them."""
    for target, texts in wordings.items():
        target.official_wording = texts["title"]
    Target.objects.bulk_update(wordings, ["official_wording"], batch_size=_ROWS_AT_ONCE)
    return len(wordings)


def _write_indicators(wordings: dict[Indicator, dict[str, Texts]]) -> int:
    """Keep the official texts of indicators, and count them."""
    for indicator, texts in wordings.items():
        indicator.official_wording = texts["title"]
    Indicator.objects.bulk_update(wordings, ["official_wording"], batch_size=_ROWS_AT_ONCE)
    return len(wordings)
