"""Consultations, contributions and what is beside them, for programs."""

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from answerable.consultations import rules
from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.queries import consultations as reading
from answerable.consultations.queries.contributions import (
    ContributionFilters,
    contribution_page_of,
    contribution_with_code,
)
from answerable.consultations.queries.moderation import moderation_log
from answerable.consultations.queries.replies import reply_page_of
from answerable.consultations.states import Phase
from answerable.foundation.verdicts import require
from answerable.people.queries import organisation_page
from answerable.publish import schemas, shapes
from answerable.reference import queries as reference

router = Router(tags=["consultations"])
LIMIT = 50
_PHASES = (Phase.OPEN, Phase.ANNOUNCED, Phase.SYNTHESIS, Phase.CONCLUDED)


class ContributionQuery(Schema):
    """How to narrow, order and page a list of contributions."""

    kind: str = ""
    question: int = 0
    sector: str = ""
    country: str = ""
    language: str = ""
    organisation: str = ""
    search: str = ""
    sort: str = "newest"
    cursor: str = ""


Language = Annotated[str, Query(max_length=10, description="language to read texts in")]


@router.get("/consultations/", response=list[schemas.ConsultationBrief])
def list_consultations(request: HttpRequest, language: Language = "en") -> list[schemas.ConsultationBrief]:
    """List the published consultations, open ones first."""
    found = reading.consultations_by_phase(timezone.now(), language=language)
    return [shapes.brief(summary) for phase in _PHASES for summary in found[phase]]


@router.get("/consultations/{slug}/", response=schemas.ConsultationOut)
def read_consultation(request: HttpRequest, slug: str, language: Language = "en") -> schemas.ConsultationOut:
    """Read one consultation with its sessions and guiding questions."""
    page = reading.consultation_page(slug, language=language, at=timezone.now())
    if page is None:
        raise Http404
    _require_public(page.consultation)
    return shapes.consultation(page)


@router.get("/consultations/{slug}/sessions/{int:number}/contributions/", response=schemas.ContributionPage)
def list_contributions(
    request: HttpRequest, slug: str, number: int, query: Query[ContributionQuery]
) -> schemas.ContributionPage:
    """List the public contributions to a session."""
    page = reading.session_page(slug, number, language="en", at=timezone.now())
    if page is None:
        raise Http404
    _require_public(page.consultation)
    narrowed = query.dict(exclude={"sort", "cursor"})
    found = contribution_page_of(
        page.session, filters=ContributionFilters(**narrowed), sort=query.sort, cursor=query.cursor, limit=LIMIT
    )
    items = [shapes.contribution(each.contribution, slug=slug, number=number) for each in found.items]
    return schemas.ContributionPage(items=items, next=_next(request, found.next_cursor))


@router.get("/contributions/{code}/", response=schemas.ContributionOut)
def read_contribution(request: HttpRequest, code: str) -> schemas.ContributionOut:
    """Read one public contribution by its receipt code."""
    row = _public_contribution(code)
    session = row.session
    return shapes.contribution(row, slug=session.consultation.slug, number=session.number)


@router.get("/contributions/{code}/replies/", response=schemas.ReplyPage)
def list_replies(request: HttpRequest, code: str, cursor: str = "") -> schemas.ReplyPage:
    """List the public replies to a contribution, oldest first."""
    found = reply_page_of(_public_contribution(code), cursor=cursor, limit=LIMIT)
    return schemas.ReplyPage(items=[shapes.reply(row) for row in found.items], next=_next(request, found.next_cursor))


@router.get("/consultations/{slug}/moderation/", response=schemas.ModerationPage)
def list_moderation(request: HttpRequest, slug: str, cursor: str = "") -> schemas.ModerationPage:
    """List the moderators' decisions in a consultation, newest first."""
    consultation = Consultation.objects.filter(slug=slug).first()
    if consultation is None:
        raise Http404
    _require_public(consultation)
    found = moderation_log(consultation, cursor=cursor, limit=LIMIT)
    items = []
    for act in found.items:
        appeal = getattr(act, "appeal", None)
        items.append(
            schemas.ModerationActOut(
                receipt_code=(act.contribution or act.reply).receipt_code,  # type: ignore[union-attr]  # it has one of them
                move=act.move,
                reason_code=act.reason_code,
                decided_at=act.decided_at,
                appeal=appeal.outcome if appeal else None,
            )
        )
    return schemas.ModerationPage(items=items, next=_next(request, found.next_cursor))


@router.get("/organisations/{slug}/", response=schemas.OrganisationOut)
def read_organisation(request: HttpRequest, slug: str) -> schemas.OrganisationOut:
    """Read one organisation."""
    row = organisation_page(slug)
    if row is None:
        raise Http404
    return shapes.organisation(row)


@router.get("/goals/", response=list[schemas.GoalOut])
def list_goals(request: HttpRequest, language: Language = "en") -> list[schemas.GoalOut]:
    """List the seventeen goals under our own short labels."""
    found = []
    for goal in reference.goals():
        label = goal.label(language)
        words = schemas.Words(language=label.language, text=label.text)
        found.append(schemas.GoalOut(number=goal.number, label=words, uri=goal.uri, color=goal.color))
    return found


def _public_contribution(code: str) -> Contribution:
    row = contribution_with_code(code)
    if row is None:
        raise Http404
    require(rules.may_read(None, row, at=timezone.now()))
    return row


def _require_public(consultation: Consultation) -> None:
    require(rules.may_see_consultation(None, consultation, at=timezone.now()))


def _next(request: HttpRequest, cursor: str) -> str | None:
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
