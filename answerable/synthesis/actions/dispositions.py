"""Saying what became of contributions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.states import PostState
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import Unacceptable, require
from answerable.people.models import Person
from answerable.synthesis import rules
from answerable.synthesis.actions.recording import record_dispositions, record_undecided
from answerable.synthesis.models import Citation, Disposition, Finding
from answerable.synthesis.states import DispositionKind, SetAsideReason

_CODES_SHOWN = 20
_LONGEST_REASON = 2_000
_WRITTEN = ("kind", "finding", "reason_code", "reason", "decided_by", "decided_at")


def merge_into_finding(contributions: Iterable[Contribution], *, finding: Finding, by: Person, at: datetime) -> int:
    """
    Say that contributions say the same as others a finding rests on; returns how many were newly decided.

    What was set aside or merged elsewhere is decided anew; doing it again changes nothing. Raises NotAllowed, and
    Unacceptable when one is not public, of another consultation, or cited.
    """
    require(rules.may_synthesise(by, finding.consultation, at=at))
    with transaction.atomic():
        rows = _decidable(contributions, finding.consultation)
        wanted = [
            Disposition(contribution=row, kind=DispositionKind.MERGED, finding=finding, decided_by=by, decided_at=at)
            for row in rows
        ]
        return _decide(wanted, by=by, at=at)


def set_aside(
    contributions: Iterable[Contribution], *, reason_code: str, reason: str = "", by: Person, at: datetime
) -> int:
    """
    Set contributions of one consultation aside for a published reason; returns how many were newly decided.

    The reason "other" needs its text. Raises NotAllowed, and Unacceptable as ``merge_into_finding`` does.
    """
    said = _reason(reason_code, reason)
    wanted_rows = list(contributions)
    if not wanted_rows:
        return 0
    consultation = wanted_rows[0].session.consultation
    require(rules.may_synthesise(by, consultation, at=at))
    with transaction.atomic():
        wanted = [
            Disposition(
                contribution=row,
                kind=DispositionKind.SET_ASIDE,
                reason_code=reason_code,
                reason=said,
                decided_by=by,
                decided_at=at,
            )
            for row in _decidable(wanted_rows, consultation)
        ]
        return _decide(wanted, by=by, at=at)


def undo_disposition(contributions: Iterable[Contribution], *, by: Person, at: datetime) -> int:
    """
    Take merges and set-asides of one consultation's contributions back; returns how many are undecided now.

    A citation is taken back by removing it. Raises NotAllowed, and Unacceptable when one is cited.
    """
    wanted = list(contributions)
    if not wanted:
        return 0
    require(rules.may_synthesise(by, wanted[0].session.consultation, at=at))
    with transaction.atomic():
        rows = [row for row in _of_consultation(wanted, wanted[0].session.consultation) if hasattr(row, "disposition")]
        _refuse_cited(rows)
        Disposition.objects.filter(contribution__in=rows).delete()
        record_undecided(rows, by=by, at=at)
    return len(rows)


def note_citation(finding: Finding, *, contribution: Contribution, by: Person, at: datetime) -> None:
    """Say that a contribution is cited, in the caller's transaction; the finding that cited it first stays named."""
    known = Disposition.objects.filter(contribution=contribution).first()
    if known is not None and known.kind == DispositionKind.CITED:
        return
    row = Disposition(
        contribution=contribution, kind=DispositionKind.CITED, finding=finding, decided_by=by, decided_at=at
    )
    _decide([row], by=by, at=at)


def settle_after_citation(contributions: Sequence[Contribution], *, by: Person, at: datetime) -> None:
    """
    Mend the dispositions of contributions that lost a citation, in the caller's transaction.

    Where another citation remains, its finding is named; where none does, the contribution is undecided again.
    """
    remaining: dict[int, Finding] = {}
    left = Citation.objects.filter(contribution__in=contributions).select_related("finding").order_by("-pk")
    for citation in left:
        remaining[citation.contribution_id] = citation.finding
    known = Disposition.objects.filter(contribution__in=contributions, kind=DispositionKind.CITED)
    finding_before = dict(known.values_list("contribution_id", "finding_id"))
    lost = [row for row in contributions if row.pk in finding_before and row.pk not in remaining]
    moved = [
        Disposition(
            contribution=row, kind=DispositionKind.CITED, finding=remaining[row.pk], decided_by=by, decided_at=at
        )
        for row in contributions
        if row.pk in remaining and finding_before.get(row.pk) != remaining[row.pk].pk
    ]
    Disposition.objects.filter(contribution__in=lost, kind=DispositionKind.CITED).delete()
    record_undecided(lost, by=by, at=at)
    _decide(moved, by=by, at=at)


def _decide(wanted: Sequence[Disposition], *, by: Person, at: datetime) -> int:
    known = Disposition.objects.in_bulk([row.contribution_id for row in wanted], field_name="contribution_id")
    fresh = [row for row in wanted if _said(known.get(row.contribution_id)) != _said(row)]
    Disposition.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["contribution"], update_fields=list(_WRITTEN)
    )
    record_dispositions(fresh, by=by, at=at)
    return len(fresh)


def _said(row: Disposition | None) -> tuple[str, int | None, str, str] | None:
    return (str(row.kind), row.finding_id, str(row.reason_code), row.reason) if row else None


def _decidable(contributions: Iterable[Contribution], consultation: Consultation) -> list[Contribution]:
    rows = _of_consultation(contributions, consultation)
    hidden = [row.receipt_code for row in rows if row.state != PostState.PUBLIC]
    if hidden:
        said = _("Only public contributions are weighed; these are not public: %(codes)s.")
        raise Unacceptable({"contributions": [said % {"codes": _listed(hidden)}]})
    _refuse_cited(rows)
    return rows


def _of_consultation(contributions: Iterable[Contribution], consultation: Consultation) -> list[Contribution]:
    wanted = {row.pk for row in contributions}
    found = Contribution.objects.filter(pk__in=wanted, session__consultation=consultation)
    rows = list(found.select_related("disposition").order_by("receipt_code"))
    if len(rows) != len(wanted):
        raise Unacceptable({"contributions": [_("All contributions must belong to this consultation.")]})
    return rows


def _refuse_cited(rows: Iterable[Contribution]) -> None:
    cited = [row.receipt_code for row in rows if _is_cited(row)]
    if cited:
        said = _("These are cited in a finding; remove the citation first: %(codes)s.")
        raise Unacceptable({"contributions": [said % {"codes": _listed(cited)}]})


def _is_cited(row: Contribution) -> bool:
    return hasattr(row, "disposition") and row.disposition.kind == DispositionKind.CITED


def _listed(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_CODES_SHOWN])
    return shown if len(codes) <= _CODES_SHOWN else f"{shown} …"


def _reason(reason_code: str, reason: str) -> str:
    said = tidy_text(reason)
    if reason_code not in SetAsideReason.values:
        raise Unacceptable({"reason_code": [_("Choose one of the published reasons.")]})
    if reason_code == SetAsideReason.OTHER and not said:
        raise Unacceptable({"reason": [_("Write the reason in a sentence that its author can read.")]})
    if len(said) > _LONGEST_REASON:
        raise Unacceptable({"reason": [_("Write the reason in at most 2,000 characters.")]})
    return said
