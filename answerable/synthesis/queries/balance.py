"""Who spoke and who is cited, on live rows: shown to the rapporteur, never used as a weight."""

from answerable.consultations.models import Consultation
from answerable.consultations.queries import references_of
from answerable.engine.balance import AXES, measure_balance
from answerable.engine.records import AxisBalance, Settings
from answerable.engine.records import Contribution as Input
from answerable.synthesis.models import Citation
from answerable.synthesis.rules import public_contributions


def balance(consultation: Consultation) -> dict[str, AxisBalance]:
    """
    Return, for sector, stakeholder group, country and language, each value's share of input beside that of citations.

    Computed from the public contributions and the citations as they are now, against what the convener stated;
    two queries, and one for what was stated.
    """
    rows = public_contributions(consultation).order_by("receipt_code").values_list("receipt_code", "text", *AXES)
    # Rows of plain values: a hundred thousand models would take ten times as long to make as all the counting.
    said = [
        Input(code, text, sector=sector or "", stakeholder_group=group or "", country=country or "", language=language)
        for code, text, sector, group, country, language in rows
    ]
    cited = Citation.objects.filter(finding__consultation=consultation).values_list(
        "contribution__receipt_code", flat=True
    )
    measured = measure_balance(
        said,
        cited=set(cited),
        least=Settings().least_for_balance,
        references=references_of(consultation),
    )
    return {axis.axis: axis for axis in measured}
