"""Where the runs of a consultation stand."""

from django.db.models import QuerySet

from answerable.consultations.models import Consultation
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.states import RunState


def runs_of(consultation: Consultation) -> QuerySet[SynthesisRun]:
    """Return the runs of a consultation, newest first, without their long manifests and maps."""
    return SynthesisRun.objects.filter(consultation=consultation).defer("manifest", "opinions").order_by("-number")


def newest_run(consultation: Consultation) -> SynthesisRun | None:
    """Return the newest run, whatever its state, or None."""
    return runs_of(consultation).first()


def newest_finished_run(consultation: Consultation) -> SynthesisRun | None:
    """Return the newest run that is done, or None."""
    return runs_of(consultation).filter(state=RunState.DONE).first()


def run_page(consultation: Consultation, *, number: int) -> SynthesisRun | None:
    """Return one run by its number, or None."""
    return runs_of(consultation).select_related("requested_by").filter(number=number).first()
