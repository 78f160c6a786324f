"""Which guiding questions contributions answer, by number."""

from collections.abc import Sequence

from answerable.consultations.models import GuidingQuestion
from answerable.reference.queries.kept_queries import KeptQuery

_AT_ONCE = 500


def question_numbers(contributions: Sequence[int]) -> list[tuple[int, int]]:
    """Return pairs of contribution id and question number, the numbers rising; one query for every 500 ids."""
    found: list[tuple[int, int]] = []
    for first in range(0, len(contributions), _AT_ONCE):
        found += _numbers.all(contributions[first : first + _AT_ONCE])
    return found


_numbers = KeptQuery(
    lambda keys: (
        GuidingQuestion.objects.filter(contributions__in=keys).order_by("number").values_list("contributions", "number")
    )
)
