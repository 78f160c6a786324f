"""Who spoke and who is cited, on live rows: shown to the rapporteur, never used as a weight."""

from answerable.consultations.models import Consultation
from answerable.consultations.queries import references_of
from answerable.engine.balance import measure_balance
from answerable.engine.records import AxisBalance, Settings
from answerable.synthesis.models import Citation
from answerable.synthesis.queries.run_input import frozen_input


def balance(consultation: Consultation) -> dict[str, AxisBalance]:
    """
    Return, for sector, stakeholder group, country and language, each value's share of input beside that of citations.

    Computed from the public contributions and the citations as they are now, against what the convener stated;
    six queries.
    """
    frozen = frozen_input(consultation)
    cited = Citation.objects.filter(finding__consultation=consultation).values_list(
        "contribution__receipt_code", flat=True
    )
    measured = measure_balance(
        frozen.contributions,
        cited=set(cited),
        least=Settings().least_for_balance,
        references=references_of(consultation),
    )
    return {axis.axis: axis for axis in measured}
