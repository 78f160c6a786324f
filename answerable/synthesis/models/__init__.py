"""Tables of the synthesis stage, one module a noun."""

from answerable.synthesis.models.disposition import ContributionLabel, Disposition
from answerable.synthesis.models.finding import Citation, Finding, Recommendation
from answerable.synthesis.models.report import OutcomeReport, ReportFile
from answerable.synthesis.models.run import SynthesisRun
from answerable.synthesis.models.theme import Coding, Theme

__all__ = [
    "Citation",
    "Coding",
    "ContributionLabel",
    "Disposition",
    "Finding",
    "OutcomeReport",
    "Recommendation",
    "ReportFile",
    "SynthesisRun",
    "Theme",
]
