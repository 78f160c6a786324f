"""The shapes of what was answered: outcome reports, findings, what became of each contribution."""

from datetime import datetime

from ninja import Schema

from answerable.consultations.states import PostState
from answerable.synthesis.states import DispositionKind, FindingKind, SetAsideReason


class FileOut(Schema):
    """A published report as a file, byte for byte as it was published."""

    format: str
    media_type: str
    size: int
    sha256: str
    address: str


class ReportBrief(Schema):
    """A published version of an outcome report; ``content_digest`` is what the public record says of it."""

    version: int
    public_id: str
    is_newest: bool
    language: str
    published_at: datetime
    content_digest: str
    address: str
    files: list[FileOut]


class ReportTexts(Schema):
    """What the rapporteur wrote beside the findings, in a subset of Markdown."""

    key_messages: str
    convergences: str
    divergences: str
    minority_views: str
    method: str
    limits: str


class CoverageOut(Schema):
    """What became of all public contributions; ``reasons`` are the published reasons in the report's language."""

    total: int
    cited: int
    merged: int
    set_aside: int
    undecided: int
    reasons: dict[str, str]


class RunOut(Schema):
    """The run of the program that proposed the themes; ``input_digest`` is the SHA-256 over what it read."""

    run: int
    engine_version: str
    embedder: str
    input_digest: str
    seed: int
    contribution_count: int
    finished_at: datetime | None


class CitationOut(Schema):
    """
    The characters ``start`` to ``end`` of one revision of a contribution, and the digest of that whole text.

    ``quote`` is absent when ``state`` says that the contribution is not public any more.
    """

    receipt_code: str
    state: PostState
    revision: int
    start: int
    end: int
    quote: str | None
    language: str
    text_digest: str


class FindingCounts(Schema):
    """How many contributions a finding rests on."""

    cited: int
    merged: int
    total: int


class FindingOut(Schema):
    """A finding as a report published it; the statement is a subset of Markdown, ``merged`` holds receipt codes."""

    public_id: str
    number: str
    session: int
    kind: FindingKind
    title: str
    statement: str
    language: str
    counts: FindingCounts
    citations: list[CitationOut]
    merged: list[str]
    themes: list[str]
    report_version: int
    address: str


class RecommendationOut(Schema):
    """Something that ought to be done, by whom, resting on findings (their public ids)."""

    public_id: str
    number: int
    title: str
    text: str
    addressee: str
    language: str
    findings: list[str]


class ReportSession(Schema):
    """A session as a report names it."""

    number: int
    title: str
    questions: list[str]


class ReportOut(ReportBrief):
    """A version of an outcome report with all that it found."""

    title: str
    texts: ReportTexts
    coverage: CoverageOut
    run: RunOut | None
    sessions: list[ReportSession]
    findings: list[FindingOut]
    recommendations: list[RecommendationOut]


class FindingPage(Schema):
    """Some findings of one version of a report, in its order."""

    report_version: int
    items: list[FindingOut]
    next: str | None


class FindingLink(Schema):
    """A finding that rests on a contribution."""

    public_id: str
    number: str
    title: str
    address: str


class DispositionOut(Schema):
    """
    What a published report says became of a contribution: the findings that rest on it, or why it was set aside.

    ``kind`` is absent where the report left it undecided. ``state`` says whether the contribution is still public.
    """

    receipt_code: str
    state: PostState
    session: int
    kind: DispositionKind | None
    findings: list[FindingLink]
    reason_code: SetAsideReason | None
    reason: str
    report_version: int


class DispositionPage(Schema):
    """Some contributions with what became of them, in the order of their receipt codes."""

    report_version: int
    items: list[DispositionOut]
    next: str | None
