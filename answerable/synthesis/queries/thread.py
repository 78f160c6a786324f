"""The way of a contribution, from being received to what became of it; and back again from a finding."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform

from answerable.consultations.models import Contribution, ContributionRevision
from answerable.consultations.states import PostState
from answerable.reference.queries.kept_queries import KeptQuery
from answerable.synthesis.models import Finding, OutcomeReport
from answerable.synthesis.queries.report_findings import finding_anchor
from answerable.synthesis.queries.themes import codings_of
from answerable.synthesis.states import DispositionKind, ReportState, SetAsideReason, ThreadEvent

_SHOWN = ("decided_at", "theme__label", "run__finished_at")


@dataclass(frozen=True, slots=True)
class ThreadStep:
    """
    One dated step: its stage of the chain, what happened, what it concerns, and where that is to be seen.

    ``title`` is the theme's label, the finding's number and title, or the moderator's reason; ``text`` a reason given
    in words. ``at`` is None where no moment was kept.
    """

    stage: str
    event: ThreadEvent
    at: datetime | None
    title: str = ""
    text: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class CitedIn:
    """One place of a published report that rests on a contribution."""

    number: str
    title: str
    public_id: str
    address: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the published report says became of one contribution."""

    kind: DispositionKind
    places: tuple[CitedIn, ...]
    reason_code: str
    reason: str
    version: int
    published_at: datetime | None
    address: str


def answer_to(contribution: Contribution) -> Answer | None:
    """
    Return what the published report says of a contribution, or None where it says nothing; one query.

    Read out of the frozen content, so that it says what the report says whatever changed at the desk since.
    """
    session = contribution.session
    row = _answers.first(session.consultation_id, contribution.receipt_code)
    if row is None or not row[0] or not row[0]["kind"]:
        return None
    said, version, published_at, slug = row
    address = f"/consultations/{slug}/outcome/"
    kind = DispositionKind(said["kind"])
    places = tuple(_place(place, address, kind) for place in said["findings"])
    return Answer(kind, places, said["reason_code"], said["reason"], version, published_at, address)


def where_cited(contribution: Contribution) -> tuple[CitedIn, ...]:
    """Return the places of the published report that rest on a contribution, with their addresses; one query."""
    answer = answer_to(contribution)
    return answer.places if answer else ()


def thread_of(contribution: Contribution) -> list[ThreadStep]:
    """
    Return the steps of a contribution in the order of the chain: what was heard, then what was answered.

    Four queries at most, whatever happened. What is decided at the desk shows once a report is published.
    """
    return [*_heard(contribution), *_grouped(contribution), *_answered(answer_to(contribution))]


def contributions_of_finding(finding: Finding) -> QuerySet[Contribution]:
    """Return the contributions that a finding cites or that were merged into it, in the order of their codes."""
    merged = Q(disposition__finding=finding, disposition__kind=DispositionKind.MERGED)
    rows = Contribution.objects.filter(Q(citations__finding=finding) | merged, state=PostState.PUBLIC)
    return rows.select_related("session", "author", "organisation").distinct().order_by("receipt_code")


def _heard(contribution: Contribution) -> list[ThreadStep]:
    steps = [ThreadStep("heard", ThreadEvent.SUBMITTED, contribution.submitted_at)]
    if contribution.published_at:
        steps.append(ThreadStep("heard", ThreadEvent.PUBLISHED, contribution.published_at))
    steps += [
        ThreadStep("heard", ThreadEvent.REVISED, revision.made_at, title=str(revision.number))
        for revision in _later_revisions(contribution)
    ]
    steps += [
        ThreadStep(
            "heard",
            ThreadEvent.MODERATED,
            act.decided_at,
            title=f"{act.get_move_display()}: {act.get_reason_code_display()}",
        )
        for act in contribution.moderation_acts.all()
    ]
    if contribution.withdrawn_at:
        steps.append(ThreadStep("heard", ThreadEvent.WITHDRAWN, contribution.withdrawn_at))
    return sorted(steps, key=lambda step: step.at or contribution.submitted_at)


def _later_revisions(contribution: Contribution) -> list[ContributionRevision]:
    """Return the revisions after the first, without asking where there are none."""
    if contribution.revision_count == 1:
        return []
    return [revision for revision in contribution.revisions.all() if revision.number > 1]


def _grouped(contribution: Contribution) -> list[ThreadStep]:
    if contribution.state != PostState.PUBLIC:
        return []
    return [
        ThreadStep(
            "answered",
            ThreadEvent.GROUPED,
            coding.decided_at or (coding.run.finished_at if coding.run else None),
            title=coding.theme.label,
        )
        for coding in _codings.all(contribution.pk)
    ]


def _answered(answer: Answer | None) -> list[ThreadStep]:
    if answer is None:
        return []
    at = answer.published_at
    steps = [
        ThreadStep(
            "answered",
            ThreadEvent.CITED if place.is_quoted else ThreadEvent.MERGED,
            at,
            title=f"{place.number} {place.title}",
            address=place.address,
        )
        for place in answer.places
    ]
    if answer.kind == DispositionKind.SET_ASIDE:
        steps.append(_set_aside(answer))
    return [*steps, ThreadStep("answered", ThreadEvent.REPORTED, at, title=str(answer.version), address=answer.address)]


def _set_aside(answer: Answer) -> ThreadStep:
    label = str(SetAsideReason(answer.reason_code).label)
    return ThreadStep("answered", ThreadEvent.SET_ASIDE, answer.published_at, label, answer.reason, answer.address)


def _place(place: list[Any], address: str, kind: DispositionKind) -> CitedIn:
    number, public_id, title = place
    return CitedIn(number, title, public_id, f"{address}#{finding_anchor(public_id)}", kind == DispositionKind.CITED)


_codings = KeptQuery(
    lambda contribution: codings_of(contribution).select_related(None).select_related("theme", "run").only(*_SHOWN)
)
_answers = KeptQuery(
    lambda consultation, code: (
        OutcomeReport.objects.filter(consultation=consultation, state=ReportState.PUBLISHED)
        .annotate(answer=KeyTransform(code, KeyTransform("answers", "content")))
        .values_list("answer", "version", "published_at", "consultation__slug")[:1]
    )
)
