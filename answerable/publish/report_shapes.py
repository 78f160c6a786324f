"""From the frozen content of reports to the shapes of the interface; no query is made here."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from answerable.consultations.states import PostState
from answerable.publish import report_schemas as schemas
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.states import DispositionKind, FindingKind, ReportState, SetAsideReason

Content = Mapping[str, Any]
States = Mapping[str, PostState]


def version_address(slug: str, version: int) -> str:
    """Return where people read a version of a report."""
    return f"{settings.SITE_ADDRESS}/consultations/{slug}/outcome/{version}/"


def finding_address(slug: str, version: int, public_id: str) -> str:
    """Return where people read a finding."""
    return f"{version_address(slug, version)}#f-{public_id}"


def brief(report: OutcomeReport, *, slug: str) -> schemas.ReportBrief:
    """Return a version as it stands in a list; its files must have been read with it."""
    return schemas.ReportBrief(**_metadata(report, slug))


def report(row: OutcomeReport, *, slug: str, states: States) -> schemas.ReportOut:
    """Return a version with everything in it; ``states`` say where the quoted contributions stand."""
    content: Content = row.content
    return schemas.ReportOut(
        **_metadata(row, slug),
        title=content["consultation"]["title"],
        texts=schemas.ReportTexts(**content["texts"]),
        coverage=schemas.CoverageOut(**content["coverage"]),
        run=_run(content["method"]),
        sessions=[
            schemas.ReportSession(number=each["number"], title=each["title"], questions=each["questions"])
            for each in content["sessions"]
        ],
        findings=[finding(said, row, slug=slug, states=states) for said in findings_in(content)],
        recommendations=[_recommendation(said) for said in content["recommendations"]],
    )


def findings_in(content: Content) -> list[dict[str, Any]]:
    """Return the findings of a report in its order, each with the number of its session."""
    return [said | {"session": each["number"]} for each in content["sessions"] for said in each["findings"]]


def finding(said: Content, row: OutcomeReport, *, slug: str, states: States) -> schemas.FindingOut:
    """Return a finding of a report; what is not public any more is not quoted."""
    return schemas.FindingOut(
        public_id=said["public_id"],
        number=said["number"],
        session=said["session"],
        kind=FindingKind(said["kind"]),
        title=said["title"],
        statement=said["statement"],
        language=said["language"],
        counts=schemas.FindingCounts(**said["counts"]),
        citations=[_citation(each, states.get(each["receipt"], PostState.REMOVED)) for each in said["citations"]],
        merged=said["merged"],
        themes=said["themes"],
        report_version=row.version,
        address=finding_address(slug, row.version, said["public_id"]),
    )


def disposition(code: str, said: Content, *, state: PostState, slug: str, version: int) -> schemas.DispositionOut:
    """Return what a report says became of a contribution."""
    return schemas.DispositionOut(
        receipt_code=code,
        state=state,
        session=said["session"],
        kind=DispositionKind(said["kind"]) if said["kind"] else None,
        findings=[
            schemas.FindingLink(
                public_id=public_id, number=number, title=title, address=finding_address(slug, version, public_id)
            )
            for number, public_id, title in said["findings"]
        ],
        reason_code=SetAsideReason(said["reason_code"]) if said["reason_code"] else None,
        reason=said["reason"],
        report_version=version,
    )


def _metadata(row: OutcomeReport, slug: str) -> dict[str, Any]:
    address = version_address(slug, row.version)
    files = sorted(row.files.all(), key=lambda file: file.format)
    return {
        "version": row.version,
        "public_id": row.public_id,
        "is_newest": row.state == ReportState.PUBLISHED,
        "language": row.language,
        "published_at": row.published_at,
        "content_digest": row.content_digest,
        "address": address,
        "files": [
            schemas.FileOut(
                format=file.format,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
                address=f"{address}{file.format}/",
            )
            for file in files
        ],
    }


def _citation(said: Content, state: PostState) -> schemas.CitationOut:
    return schemas.CitationOut(
        receipt_code=said["receipt"],
        state=state,
        revision=said["revision"],
        start=said["start"],
        end=said["end"],
        quote=said["quote"] if state == PostState.PUBLIC else None,
        language=said["language"],
        text_digest=said["text_digest"],
    )


def _run(said: Content | None) -> schemas.RunOut | None:
    return None if said is None else schemas.RunOut(**{**said, "finished_at": said["finished_at"] or None})


def _recommendation(said: Content) -> schemas.RecommendationOut:
    findings = [public_id for _number, public_id in said["findings"]]
    return schemas.RecommendationOut(**{**said, "findings": findings})
