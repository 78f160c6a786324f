"""Writing what was found and the quotes it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from answerable.consultations.models import ConsultationSession, Contribution, ContributionRevision
from answerable.foundation.verdicts import Denied, Unacceptable, Verdict, require
from answerable.ledger.actions import record
from answerable.people.models import Person
from answerable.synthesis import log_types, rules
from answerable.synthesis.actions.dispositions import note_citation, settle_after_citation
from answerable.synthesis.actions.recording import actor_ref, record_finding, record_undecided
from answerable.synthesis.models import Citation, Disposition, Finding, Theme
from answerable.synthesis.queries.citations import Span, find_quote
from answerable.synthesis.states import DispositionKind, FindingChange, FindingKind
from answerable.synthesis.validators import tidy_statement, tidy_title


@dataclass(frozen=True, slots=True)
class FindingDraft:
    """What a rapporteur wrote: a kind, one title, the statement in the Markdown subset, and the themes it speaks to."""

    kind: str
    title: str
    statement: str
    language: str = "en"
    themes: tuple[Theme, ...] = ()


def write_finding(session: ConsultationSession, *, draft: FindingDraft, by: Person, at: datetime) -> Finding:
    """Keep a new finding at the end of its session. Raises NotAllowed and Unacceptable."""
    require(rules.may_synthesise(by, session.consultation, at=at))
    title, statement = _checked(session, draft)
    with transaction.atomic():
        last = Finding.objects.filter(session=session).aggregate(last=Max("order"))["last"]
        finding = Finding.objects.create(
            consultation=session.consultation,
            session=session,
            kind=draft.kind,
            title=title,
            statement=statement,
            language=draft.language,
            order=0 if last is None else last + 1,
            written_by=by,
            written_at=at,
            changed_at=at,
        )
        finding.themes.set(draft.themes)
        record_finding(finding, change=FindingChange.WRITTEN, by=by, at=at)
    return finding


def change_finding(
    finding: Finding, *, draft: FindingDraft, by: Person, at: datetime, seen: datetime | None = None
) -> Finding:
    """
    Replace what a finding says; citations stay, and saving the same changes nothing.

    ``seen`` is the ``changed_at`` of what the writer began from: when somebody changed the finding since, nothing is
    kept and Unacceptable says so. Raises as ``write_finding``.
    """
    require(rules.may_synthesise(by, finding.consultation, at=at))
    title, statement = _checked(finding.session, draft)
    said = {"kind": draft.kind, "title": title, "statement": statement, "language": draft.language}
    with transaction.atomic():
        kept = Finding.objects.select_for_update().get(pk=finding.pk)
        if seen is not None and kept.changed_at != seen:
            sentence = _(
                "Somebody changed this finding while you wrote. Yours stands in the form, theirs is what readers see. "
                "Save again to replace it."
            )
            raise Unacceptable({"": [sentence]})
        finding.themes.set(draft.themes)
        if any(getattr(finding, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(finding, name, value)
            finding.changed_at = at
            finding.save(update_fields=[*said, "changed_at"])
            record_finding(finding, change=FindingChange.CHANGED, by=by, at=at)
    return finding


def delete_finding(finding: Finding, *, by: Person, at: datetime) -> None:
    """Delete a finding with its citations; what rested on it alone is undecided again. Raises NotAllowed."""
    require(rules.may_synthesise(by, finding.consultation, at=at))
    with transaction.atomic():
        cited = list(Contribution.objects.filter(citations__finding=finding).distinct().order_by("receipt_code"))
        merged = Contribution.objects.filter(disposition__finding=finding, disposition__kind=DispositionKind.MERGED)
        lost = list(merged.order_by("receipt_code"))
        finding.citations.all().delete()
        settle_after_citation(cited, by=by, at=at)
        Disposition.objects.filter(contribution__in=lost).delete()
        public_id = finding.public_id
        finding.delete()
        record_undecided(lost, by=by, at=at)
        record(
            log_types.FINDING_DELETED,
            subject_type="finding",
            subject_id=public_id,
            actor_ref=actor_ref(by),
            facts={},
            at=at,
        )


def add_citation(
    finding: Finding, *, contribution: Contribution, words: str | Span, by: Person, at: datetime
) -> Citation:
    """
    Rest a finding on exact words of the newest revision of a contribution, which makes that contribution cited.

    ``words`` is the quote itself, found where it first stands, or the span of characters. The same span again returns
    the citation that is there. Raises NotAllowed, and Unacceptable when the words are not in the text.
    """
    require(rules.may_synthesise(by, finding.consultation, at=at))
    with transaction.atomic():
        said = Contribution.objects.select_related("session").get(pk=contribution.pk)
        require(_may_rest_on(finding, said))
        revision = said.revisions.order_by("-number")[0]
        span = _located(revision, words)
        citation, is_new = Citation.objects.get_or_create(
            finding=finding,
            contribution=said,
            start=span.start,
            end=span.end,
            defaults={
                "revision_number": revision.number,
                "quote": revision.text[span.start : span.end],
                "text_digest": revision.text_digest,
                "order": _next_place(finding),
            },
        )
        if is_new:
            note_citation(finding, contribution=said, by=by, at=at)
            record_finding(finding, change=FindingChange.CITED, by=by, at=at)
    return citation


def remove_citation(citation: Citation, *, by: Person, at: datetime) -> None:
    """Take a quote out of a finding; without another one its contribution is undecided again. Raises NotAllowed."""
    finding = citation.finding
    require(rules.may_synthesise(by, finding.consultation, at=at))
    with transaction.atomic():
        contribution = citation.contribution
        citation.delete()
        settle_after_citation([contribution], by=by, at=at)
        record_finding(finding, change=FindingChange.UNCITED, by=by, at=at)


def reorder_citations(finding: Finding, *, order: Sequence[int], by: Person, at: datetime) -> None:
    """
    Put the quotes of a finding, named by their ids, in the order in which readers see them.

    Raises NotAllowed, and Unacceptable unless each is named once.
    """
    require(rules.may_synthesise(by, finding.consultation, at=at))
    with transaction.atomic():
        rows = {row.pk: row for row in finding.citations.select_for_update()}
        if sorted(rows) != sorted(order):
            raise Unacceptable({"order": [_("Name each quote of the finding once.")]})
        moved = [rows[pk] for place, pk in enumerate(order) if rows[pk].order != place]
        for place, pk in enumerate(order):
            rows[pk].order = place
        if moved:
            Citation.objects.bulk_update(moved, ["order"])
            record_finding(finding, change=FindingChange.MOVED, by=by, at=at)


def reorder_findings(session: ConsultationSession, *, public_ids: Sequence[str], by: Person, at: datetime) -> None:
    """Put all findings of a session in an order. Raises NotAllowed, and Unacceptable unless each is named once."""
    require(rules.may_synthesise(by, session.consultation, at=at))
    with transaction.atomic():
        rows = {row.public_id: row for row in Finding.objects.filter(session=session)}
        if sorted(rows) != sorted(public_ids):
            raise Unacceptable({"order": [_("Name each finding of the session once.")]})
        for place, public_id in enumerate(public_ids):
            row = rows[public_id]
            if row.order != place:
                row.order = place
                row.save(update_fields=["order"])
                record_finding(row, change=FindingChange.MOVED, by=by, at=at)


def _checked(session: ConsultationSession, draft: FindingDraft) -> tuple[str, str]:
    if draft.kind not in FindingKind.values:
        raise Unacceptable({"kind": [_("Choose what kind of finding this is.")]})
    if any(theme.consultation_id != session.consultation_id for theme in draft.themes):
        raise Unacceptable({"themes": [_("Choose themes of this consultation.")]})
    return tidy_title(draft.title), tidy_statement(draft.statement)


def _next_place(finding: Finding) -> int:
    last: int | None = finding.citations.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _may_rest_on(finding: Finding, contribution: Contribution) -> Verdict:
    if contribution.session.consultation_id != finding.consultation_id:
        return Denied("elsewhere", _("A finding cites contributions to its own consultation."))
    return rules.may_be_cited(contribution)


def _located(revision: ContributionRevision, words: str | Span) -> Span:
    if isinstance(words, Span):
        span: Span | None = words if 0 <= words.start < words.end <= len(revision.text) else None
    else:
        span = find_quote(revision.text, words)
    if span is None or not revision.text[span.start : span.end].strip():
        raise Unacceptable({"quote": [_("These words do not stand in the contribution as it reads now.")]})
    return span
