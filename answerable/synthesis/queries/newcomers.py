"""What came in since the newest run: whether it is added to the themes there are, or everything is grouped anew."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from answerable.consultations.models import Consultation, Contribution
from answerable.engine.renewing import is_new_run_due
from answerable.synthesis.models import Coding, SynthesisRun
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import Provenance, RunKind, RunState, ThemeState


@dataclass(frozen=True, slots=True)
class Newcomers:
    """
    The receipt codes that no run has read as they stand, and those that were added since everything was grouped.

    ``total`` counts all public contributions. Without a run to go on from, everything is new.
    """

    new: tuple[str, ...]
    added: tuple[str, ...]
    total: int
    has_ground: bool

    @property
    def new_count(self) -> int:
        """How many wait for a run."""
        return len(self.new)

    @property
    def is_whole_run_due(self) -> bool:
        """Whether adding would leave more than a tenth of all as added ones, or there is nothing to add to."""
        return not self.has_ground or is_new_run_due(len(self.new) + len(self.added), placed=self._placed)

    @property
    def _placed(self) -> int:
        return self.total - len(self.new) - len(self.added)


def newcomers(consultation: Consultation, *, public: Mapping[str, int] | None = None) -> Newcomers:
    """
    Return what is new since the newest finished run; two queries.

    A contribution whose author changed it since then is new again. ``public`` gives the revision of each public
    contribution by receipt code when it is known already.
    """
    revisions = public_revisions(consultation) if public is None else public
    kept = finished_runs(consultation).values_list("manifest__read", "manifest__added").first()
    if kept is None or kept[0] is None:
        return Newcomers(tuple(sorted(revisions)), (), len(revisions), has_ground=False)
    read, added = kept
    new = tuple(sorted(code for code, number in revisions.items() if read.get(code) != number))
    still = tuple(sorted((set(added or ()) & revisions.keys()) - set(new)))
    return Newcomers(new, still, len(revisions), has_ground=True)


def public_revisions(consultation: Consultation) -> dict[str, int]:
    """Return the number of the newest revision of each public contribution, by receipt code; one query."""
    return dict(public_contributions(consultation).order_by().values_list("receipt_code", "revision_count"))


def finished_runs(consultation: Consultation | int) -> QuerySet[SynthesisRun]:
    """Return the runs of a consultation, or of that id, that are done, newest first, manifests and all."""
    return SynthesisRun.objects.filter(consultation=consultation, state=RunState.DONE).order_by("-number")


def is_attached(reference: str = "pk") -> Exists:
    """Return what tells in a query whether a contribution was put under a theme since everything was grouped."""
    rows = Coding.objects.filter(contribution=OuterRef(reference), run__kind=RunKind.ADDED)
    return Exists(rows.filter(provenance=Provenance.MACHINE, theme__state=ThemeState.ACTIVE))


def added_contributions(consultation: Consultation) -> QuerySet[Contribution]:
    """Return the public contributions that were added since everything was last grouped, oldest first; two queries."""
    codes = finished_runs(consultation).values_list("manifest__added", flat=True).first() or []
    return (
        public_contributions(consultation)
        .filter(receipt_code__in=codes)
        .annotate(is_attached=is_attached())
        .order_by("published_at", "pk")
    )
