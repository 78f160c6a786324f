"""From rows to the shapes of the interface; no query is made here."""

from typing import Protocol

from django.conf import settings

from answerable.consultations.models import Contribution, Reply
from answerable.consultations.queries.consultations import ConsultationPage, ConsultationSummary, SessionInWords
from answerable.ledger.models import Entry
from answerable.people.models import Organisation
from answerable.publish import schemas
from answerable.publish.report_schemas import DispositionOut


class _Text(Protocol):
    language: str


def words(text: _Text | None, field: str) -> schemas.Words:
    """Return one field of a text with its language; empty when there is no text at all."""
    return schemas.Words(language=text.language if text else "", text=getattr(text, field) if text else "")


def brief(summary: ConsultationSummary) -> schemas.ConsultationBrief:
    """Return a consultation as it stands in a list."""
    row = summary.consultation
    return schemas.ConsultationBrief(
        slug=row.slug,
        title=words(summary.text, "title"),
        phase=str(summary.phase or "draft"),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        time_zone=row.time_zone,
        languages=row.languages,
        conveners=[organisation.name for organisation in summary.conveners],
        session_count=summary.session_count,
        contribution_count=summary.contribution_count,
    )


def consultation(page: ConsultationPage) -> schemas.ConsultationOut:
    """Return a consultation with its sessions."""
    row = page.consultation
    return schemas.ConsultationOut(
        slug=row.slug,
        title=words(page.text, "title"),
        summary=words(page.text, "summary"),
        purpose=words(page.text, "purpose"),
        phase=str(page.phase or "draft"),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        time_zone=row.time_zone,
        languages=row.languages,
        conveners=[organisation.name for organisation in page.conveners],
        session_count=len(page.sessions),
        contribution_count=page.contribution_count,
        event=schemas.EventOut(
            name=row.event_name,
            place=row.event_place,
            starts_on=row.event_starts_on,
            ends_on=row.event_ends_on,
            address=row.event_address,
        ),
        goals=[goal.number for goal in page.goals],
        participation_policy=row.participation_policy,
        moderation_policy=row.moderation_policy,
        sessions=[session(each) for each in page.sessions],
    )


def session(each: SessionInWords) -> schemas.SessionOut:
    """Return a session with its questions."""
    period = each.session.period
    return schemas.SessionOut(
        number=each.session.number,
        title=words(each.text, "title"),
        lead=words(each.text, "lead"),
        background=words(each.text, "background"),
        questions=[
            schemas.QuestionOut(number=asked.question.number, text=words(asked.text, "text"))
            for asked in each.questions
        ],
        contribution_count=each.session.contribution_count,
        opens_at=period.opens_at,
        closes_at=period.closes_at,
    )


def contribution(
    row: Contribution, *, slug: str, number: int, disposition: DispositionOut | None
) -> schemas.ContributionOut:
    """Return a public contribution; its author, organisation and questions must have been read with it."""
    return schemas.ContributionOut(
        receipt_code=row.receipt_code,
        consultation=slug,
        session=number,
        questions=[question.number for question in row.questions.all()],
        kind=row.kind,
        language=row.language,
        text=row.text,
        text_digest=row.text_digest,
        revision=row.revision_count,
        author=author_name(row),
        capacity=row.capacity,
        organisation=row.organisation.slug if row.organisation else None,
        sector=row.sector_id,
        stakeholder_group=row.stakeholder_group_id,
        country=row.country_id,
        channel=row.channel,
        submitted_at=row.submitted_at,
        published_at=row.published_at,
        stances=schemas.StanceCounts(agree=row.agree_count, disagree=row.disagree_count, abstain=row.pass_count),
        reply_count=row.reply_count,
        address=f"{settings.SITE_ADDRESS}/c/{row.receipt_code}/",
        disposition=disposition,
    )


def author_name(row: Contribution | Reply) -> str | None:
    """Return the name an author shows; None when they hid it or are no longer known."""
    if row.is_name_hidden:
        return None
    if row.author is not None:
        return row.author.public_name
    return getattr(row, "attributed_name", "") or None


def reply(row: Reply) -> schemas.ReplyOut:
    """Return a public reply."""
    return schemas.ReplyOut(
        receipt_code=row.receipt_code,
        language=row.language,
        text=row.text,
        author=author_name(row),
        published_at=row.published_at,
    )


def organisation(row: Organisation) -> schemas.OrganisationOut:
    """Return an organisation."""
    return schemas.OrganisationOut(
        slug=row.slug,
        name=row.name,
        name_language=row.name_language,
        sector=row.sector_id,
        entity_type=row.entity_type_id,
        country=row.country_id,
    )


def entry(row: Entry) -> schemas.EntryOut:
    """Return an entry of the record."""
    return schemas.EntryOut(
        index=row.index,
        kind=row.kind,
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        recorded_at=row.recorded_at,
        leaf_hash=bytes(row.leaf_hash).hex(),
        commitments=row.commitments,
    )
