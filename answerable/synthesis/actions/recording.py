"""The entries that several acts of this room write alike."""

from collections.abc import Iterable
from datetime import datetime

from answerable.consultations.models import Contribution
from answerable.ledger.actions import EntryDraft, record, record_many
from answerable.people.models import Person
from answerable.synthesis import log_types
from answerable.synthesis.models import Disposition, Finding, Recommendation, Theme
from answerable.synthesis.queries.digests import finding_digest, recommendation_digest
from answerable.synthesis.states import FindingChange, ThemeChange

UNDECIDED = "none"


def actor_ref(person: Person | None) -> str:
    """Return how the record names who acted."""
    return person.public_id if person else "operator"


def record_finding(finding: Finding, *, change: FindingChange, by: Person | None, at: datetime) -> None:
    """Write that a finding now says what it says and rests on the quotes it rests on."""
    citations = list(finding.citations.select_related("contribution"))
    record(
        log_types.FINDING_WRITTEN,
        subject_type="finding",
        subject_id=finding.public_id,
        actor_ref=actor_ref(by),
        facts={
            "change": str(change),
            "digest": finding_digest(finding, citations),
            "kind": str(finding.kind),
            "citation_count": len(citations),
        },
        at=at,
    )


def record_recommendation(recommendation: Recommendation, *, by: Person | None, at: datetime) -> None:
    """Write that a recommendation now says what it says."""
    findings = recommendation.findings.values_list("public_id", flat=True)
    record(
        log_types.RECOMMENDATION_WRITTEN,
        subject_type="recommendation",
        subject_id=recommendation.public_id,
        actor_ref=actor_ref(by),
        facts={"digest": recommendation_digest(recommendation, findings)},
        at=at,
    )


def record_theme(
    theme: Theme, *, change: ThemeChange, by: Person | None, at: datetime, other: Theme | None = None
) -> None:
    """Write what a person did to a theme; ``other`` is the theme it was merged into or split off from."""
    record(
        log_types.THEME_CHANGED,
        subject_type="theme",
        subject_id=theme.public_id,
        actor_ref=actor_ref(by),
        facts={"change": str(change), "label": theme.label, "other": other.public_id if other else ""},
        at=at,
    )


def record_dispositions(dispositions: Iterable[Disposition], *, by: Person | None, at: datetime) -> None:
    """Write what became of contributions; ``contribution`` and ``finding`` of each must be loaded."""
    record_many(
        [
            EntryDraft(
                log_types.DISPOSITION_DECIDED,
                subject_type="contribution",
                subject_id=row.contribution.receipt_code,
                at=at,
                actor_ref=actor_ref(by),
                facts={
                    "disposition": str(row.kind),
                    "finding": row.finding.public_id if row.finding else "",
                    "reason_code": str(row.reason_code),
                    "reason": row.reason,
                },
            )
            for row in dispositions
        ]
    )


def record_undecided(contributions: Iterable[Contribution], *, by: Person | None, at: datetime) -> None:
    """Write that contributions have no disposition any more."""
    facts = {"disposition": UNDECIDED, "finding": "", "reason_code": "", "reason": ""}
    record_many(
        [
            EntryDraft(
                log_types.DISPOSITION_DECIDED,
                subject_type="contribution",
                subject_id=contribution.receipt_code,
                at=at,
                actor_ref=actor_ref(by),
                facts=facts,
            )
            for contribution in contributions
        ]
    )
