"""Where the public contributions lie: under a theme in use, or alone."""

from collections.abc import Collection

from answerable.consultations.models import Consultation
from answerable.synthesis.models import Coding
from answerable.synthesis.queries.themes import without_theme
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import ThemeState


def placed_and_alone(consultation: Consultation, *, codes: Collection[str]) -> tuple[set[str], set[str]]:
    """
    Return which of some receipt codes lie under a theme in use, and which stand alone; two queries.

    Each public contribution is in exactly one of the two sets.
    """
    coded = Coding.objects.filter(theme__consultation=consultation, theme__state=ThemeState.ACTIVE)
    coded = coded.filter(contribution__in=public_contributions(consultation))
    placed = set(coded.order_by().values_list("contribution__receipt_code", flat=True))
    alone = set(without_theme(consultation).order_by().values_list("receipt_code", flat=True))
    among = set(codes)
    return placed & among, alone & among
