"""How much of what was said has been answered."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.states import ConsultationState, PostState
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import DispositionKind


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many public contributions there are and what became of them; ``total = decided + undecided`` always."""

    total: int
    cited: int
    merged: int
    set_aside: int

    @property
    def decided(self) -> int:
        """How many have a disposition."""
        return self.cited + self.merged + self.set_aside

    @property
    def undecided(self) -> int:
        """How many still wait for one."""
        return self.total - self.decided

    @property
    def share(self) -> float:
        """The part that has a disposition, from 0 to 1; 0 when nothing was said."""
        return self.decided / self.total if self.total else 0.0

    @property
    def is_complete(self) -> bool:
        """Whether every contribution has a disposition."""
        return self.undecided == 0


def coverage(consultation: Consultation) -> Coverage:
    """Return what became of a consultation's public contributions; one query."""
    return _counted(public_contributions(consultation))


def coverage_by_session(consultation: Consultation) -> dict[int, Coverage]:
    """Return the coverage of each session by its number, sessions without contributions left out; one query."""
    rows = public_contributions(consultation).order_by("session__number").values_list("session__number")
    return {number: Coverage(*counts) for number, *counts in rows.annotate(**_counts())}


def answered_everywhere() -> Coverage:
    """Return the coverage of all published and concluded consultations together: the chain's figure "Answered"."""
    rows = Contribution.objects.filter(state=PostState.PUBLIC)
    return _counted(rows.exclude(session__consultation__state=ConsultationState.DRAFT))


def _counted(contributions: QuerySet[Contribution]) -> Coverage:
    return Coverage(**contributions.aggregate(**_counts()))


def _counts() -> dict[str, Count]:
    kinds = {
        "cited": DispositionKind.CITED,
        "merged": DispositionKind.MERGED,
        "set_aside": DispositionKind.SET_ASIDE,
    }
    return {"total": Count("pk")} | {
        name: Count("pk", filter=Q(disposition__kind=kind)) for name, kind in kinds.items()
    }
