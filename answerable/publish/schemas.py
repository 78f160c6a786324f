"""The shapes the interface answers with. Names, times and codes only: no database ids, no addresses of persons."""

from datetime import date, datetime

from ninja import Schema

from answerable.publish.report_schemas import DispositionOut


class Words(Schema):
    """A text with its language, so that a fallback is never mistaken for a translation."""

    language: str
    text: str


class OrganisationOut(Schema):
    """An organisation."""

    slug: str
    name: str
    name_language: str
    sector: str | None
    entity_type: str | None
    country: str | None


class EventOut(Schema):
    """The meeting that a consultation feeds."""

    name: str
    place: str
    starts_on: date | None
    ends_on: date | None
    address: str


class ConsultationBrief(Schema):
    """A consultation in a list."""

    slug: str
    title: Words
    phase: str
    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str
    languages: list[str]
    conveners: list[str]
    session_count: int
    contribution_count: int


class QuestionOut(Schema):
    """A guiding question."""

    number: int
    text: Words


class SessionOut(Schema):
    """A session with its background and guiding questions."""

    number: int
    title: Words
    lead: Words
    background: Words
    questions: list[QuestionOut]
    contribution_count: int
    opens_at: datetime | None
    closes_at: datetime | None


class ConsultationOut(ConsultationBrief):
    """A consultation with its sessions."""

    summary: Words
    purpose: Words
    event: EventOut
    goals: list[int]
    participation_policy: str
    moderation_policy: str
    sessions: list[SessionOut]


class StanceCounts(Schema):
    """How readers stand on a contribution."""

    agree: int
    disagree: int
    abstain: int


class ContributionOut(Schema):
    """
    A public contribution; ``author`` is the name its author chose to show, absent when hidden.

    ``disposition`` is what the newest published report says became of it, absent where none speaks of it.
    """

    receipt_code: str
    consultation: str
    session: int
    questions: list[int]
    kind: str
    language: str
    text: str
    text_digest: str
    revision: int
    author: str | None
    capacity: str
    organisation: str | None
    sector: str | None
    stakeholder_group: str | None
    country: str | None
    channel: str
    submitted_at: datetime
    published_at: datetime | None
    stances: StanceCounts
    reply_count: int
    address: str
    disposition: DispositionOut | None


class ReplyOut(Schema):
    """A public reply to a contribution."""

    receipt_code: str
    language: str
    text: str
    author: str | None
    published_at: datetime | None


class ContributionPage(Schema):
    """Some contributions; ``next`` is the address of the following ones, absent at the end."""

    items: list[ContributionOut]
    next: str | None


class ReplyPage(Schema):
    """Some replies."""

    items: list[ReplyOut]
    next: str | None


class ModerationActOut(Schema):
    """A moderator's decision: what, why and when."""

    receipt_code: str
    move: str
    reason_code: str
    decided_at: datetime
    appeal: str | None


class ModerationPage(Schema):
    """Some decisions."""

    items: list[ModerationActOut]
    next: str | None


class GoalOut(Schema):
    """A Sustainable Development Goal under our own short label."""

    number: int
    label: Words
    uri: str
    color: str


class EntryOut(Schema):
    """An entry of the public record: its place, its kind, its subject and the commitments to its facts."""

    index: int
    kind: str
    subject_type: str
    subject_id: str
    recorded_at: datetime
    leaf_hash: str
    commitments: dict[str, str]


class EntryPage(Schema):
    """Some entries, newest first."""

    size: int
    items: list[EntryOut]
    next: str | None


class ProofOut(Schema):
    """That an entry lies in the record of a size: the RFC 6962 path, and the signed checkpoint of that size."""

    index: int
    size: int
    leaf_hash: str
    path: list[str]
    checkpoint: str
