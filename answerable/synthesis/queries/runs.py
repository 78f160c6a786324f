"""Where the runs of a consultation stand."""

from dataclasses import dataclass

from django.db.models import QuerySet

from answerable.consultations.models import Consultation
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.states import RunState


@dataclass(frozen=True, slots=True)
class RunCounts:
    """
    Where a run left what it read: ``placed + alone`` is all of it; None in runs older than that count.

    ``added`` counts those that were put there since everything was grouped.
    """

    placed: int | None
    alone: int | None
    added: int


def runs_of(consultation: Consultation) -> QuerySet[SynthesisRun]:
    """Return the runs of a consultation, newest first, without their long manifests and maps."""
    return SynthesisRun.objects.filter(consultation=consultation).defer("manifest", "opinions").order_by("-number")


def newest_run(consultation: Consultation) -> SynthesisRun | None:
    """Return the newest run, whatever its state, or None."""
    return runs_of(consultation).first()


def newest_finished_run(consultation: Consultation) -> SynthesisRun | None:
    """Return the newest run that is done, or None."""
    return runs_of(consultation).filter(state=RunState.DONE).first()


def counts_of(run: SynthesisRun) -> RunCounts:
    """Return how many contributions a finished run left under a theme and alone, and how many were added; one query."""
    kept = SynthesisRun.objects.filter(pk=run.pk).values_list("manifest__placed", "manifest__alone", "manifest__added")
    placed, alone, added = kept.get()
    return RunCounts(placed, alone, len(added or ()))


def run_page(consultation: Consultation, *, number: int) -> SynthesisRun | None:
    """Return one run by its number, or None."""
    return runs_of(consultation).select_related("requested_by").filter(number=number).first()
