"""Consultations, contributions and what is beside them, for programs."""

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from answerable.consultations.queries import consultations as reading
from answerable.consultations.queries.contribution_filters import ContributionFilters
from answerable.consultations.queries.contributions import SORTS, contribution_page_of
from answerable.consultations.queries.moderation import moderation_log
from answerable.consultations.queries.paging import Order
from answerable.consultations.queries.replies import reply_page_of
from answerable.consultations.states import Phase
from answerable.people.queries import organisation_page
from answerable.publish import schemas, shapes
from answerable.publish.access import next_address, public_consultation, public_contribution, require_public
from answerable.publish.answers import dispositions_of
from answerable.publish.cursors import require_cursor
from answerable.publish.parameters import Country, Cursor, Kind, ReadIn, Sector, Sort, WrittenIn
from answerable.publish.problems import UnusableParameter
from answerable.reference import queries as reference

router = Router(tags=["consultations"])
LIMIT = 50
_PHASES = (Phase.OPEN, Phase.ANNOUNCED, Phase.SYNTHESIS, Phase.CONCLUDED)
_OLDEST_REPLY, _LATEST_DECISION = Order("published_at", is_descending=False), Order("decided_at")


class ContributionQuery(Schema):
    """How to narrow, order and page a list of contributions."""

    kind: Kind = ""
    question: int = Field(0, ge=0, description="number of a guiding question of the session")
    sector: Sector = ""
    country: Country = ""
    language: WrittenIn = ""
    organisation: str = Field("", pattern=r"^[-\w]*$", max_length=200, description="slug of an organisation")
    search: str = Field("", pattern=r"^[^\x00]*$", max_length=500)
    sort: Sort = "newest"
    cursor: Cursor = ""


@router.get("/consultations/", response=list[schemas.ConsultationBrief])
def list_consultations(request: HttpRequest, language: ReadIn = "en") -> list[schemas.ConsultationBrief]:
    """List the published consultations, open ones first."""
    found = reading.consultations_by_phase(timezone.now(), language=language)
    return [shapes.brief(summary) for phase in _PHASES for summary in found[phase]]


@router.get("/consultations/{slug:slug}/", response=schemas.ConsultationOut)
def read_consultation(request: HttpRequest, slug: str, language: ReadIn = "en") -> schemas.ConsultationOut:
    """Read one consultation with its sessions and guiding questions."""
    page = reading.consultation_page(slug, language=language, at=timezone.now())
    if page is None:
        raise Http404
    require_public(page.consultation)
    return shapes.consultation(page)


@router.get("/consultations/{slug:slug}/sessions/{int:number}/contributions/", response=schemas.ContributionPage)
def list_contributions(
    request: HttpRequest, slug: str, number: int, query: Query[ContributionQuery]
) -> schemas.ContributionPage:
    """List the public contributions to a session."""
    page = reading.session_page(slug, number, language="en", at=timezone.now())
    if page is None:
        raise Http404
    require_public(page.consultation)
    _require_question(query.question, [asked.question.number for asked in page.questions])
    sort = query.sort or "newest"
    require_cursor(query.cursor, order=SORTS[sort])
    narrowed = query.dict(exclude={"sort", "cursor"})
    found = contribution_page_of(
        page.session, filters=ContributionFilters(**narrowed), sort=sort, cursor=query.cursor, limit=LIMIT
    )
    rows = [each.contribution for each in found.items]
    became = dispositions_of(page.consultation, rows)
    items = [
        shapes.contribution(row, slug=slug, number=number, disposition=became.get(row.receipt_code)) for row in rows
    ]
    return schemas.ContributionPage(items=items, next=next_address(request, found.next_cursor))


@router.get("/contributions/{code}/", response=schemas.ContributionOut)
def read_contribution(request: HttpRequest, code: str) -> schemas.ContributionOut:
    """Read one public contribution by its receipt code."""
    row = public_contribution(code)
    session = row.session
    became = dispositions_of(session.consultation, [row]).get(row.receipt_code)
    return shapes.contribution(row, slug=session.consultation.slug, number=session.number, disposition=became)


@router.get("/contributions/{code}/replies/", response=schemas.ReplyPage)
def list_replies(request: HttpRequest, code: str, cursor: Cursor = "") -> schemas.ReplyPage:
    """List the public replies to a contribution, oldest first."""
    require_cursor(cursor, order=_OLDEST_REPLY)
    found = reply_page_of(public_contribution(code), cursor=cursor, limit=LIMIT)
    return schemas.ReplyPage(
        items=[shapes.reply(row) for row in found.items], next=next_address(request, found.next_cursor)
    )


@router.get("/consultations/{slug:slug}/moderation/", response=schemas.ModerationPage)
def list_moderation(request: HttpRequest, slug: str, cursor: Cursor = "") -> schemas.ModerationPage:
    """List the moderators' decisions in a consultation, newest first."""
    require_cursor(cursor, order=_LATEST_DECISION)
    found = moderation_log(public_consultation(slug), cursor=cursor, limit=LIMIT)
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
    return schemas.ModerationPage(items=items, next=next_address(request, found.next_cursor))


@router.get("/organisations/{slug:slug}/", response=schemas.OrganisationOut)
def read_organisation(request: HttpRequest, slug: str) -> schemas.OrganisationOut:
    """Read one organisation."""
    row = organisation_page(slug)
    if row is None:
        raise Http404
    return shapes.organisation(row)


@router.get("/goals/", response=list[schemas.GoalOut])
def list_goals(request: HttpRequest, language: ReadIn = "en") -> list[schemas.GoalOut]:
    """List the seventeen goals under our own short labels."""
    found = []
    for goal in reference.goals():
        label = goal.label(language)
        words = schemas.Words(language=label.language, text=label.text)
        found.append(schemas.GoalOut(number=goal.number, label=words, uri=goal.uri, color=goal.color))
    return found


def _require_question(number: int, known: list[int]) -> None:
    if number and number not in known:
        allowed = [str(each) for each in known]
        raise UnusableParameter("question", "The session has no question of this number.", allowed=allowed)
