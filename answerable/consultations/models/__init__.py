"""Tables of the consultation stage, one module a noun."""

from answerable.consultations.models.consultation import (
    Consultation,
    ConsultationDocument,
    ConsultationSession,
    ConsultationText,
    ConveningOrganisation,
    GuidingQuestion,
    QuestionText,
    SessionText,
)
from answerable.consultations.models.contribution import (
    Contribution,
    ContributionRevision,
    Draft,
    ExampleCase,
    Reply,
    Stance,
)
from answerable.consultations.models.digest import Digest, DigestCitation
from answerable.consultations.models.facet_count import FacetCount
from answerable.consultations.models.intake import ImportBatch, ImportedRow
from answerable.consultations.models.moderation import Appeal, ModerationAct
from answerable.consultations.models.stated_reference import StatedReference

__all__ = [
    "Appeal",
    "Consultation",
    "ConsultationDocument",
    "ConsultationSession",
    "ConsultationText",
    "Contribution",
    "ContributionRevision",
    "ConveningOrganisation",
    "Digest",
    "DigestCitation",
    "Draft",
    "ExampleCase",
    "FacetCount",
    "GuidingQuestion",
    "ImportBatch",
    "ImportedRow",
    "ModerationAct",
    "QuestionText",
    "Reply",
    "SessionText",
    "Stance",
    "StatedReference",
]
