"""The outcome report as a document: made from the frozen content and nothing else."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from answerable.documents.languages import long_date
from answerable.documents.structure import (
    Block,
    BulletList,
    Contents,
    Document,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Text,
    Words,
    paragraph,
)
from answerable.synthesis.queries.markdown_blocks import blocks_of
from answerable.synthesis.queries.report_findings import finding_blocks, finding_link, foreign
from answerable.synthesis.queries.report_language import speaking
from answerable.synthesis.queries.report_tables import annex, coverage_section, method_section, participation_section
from answerable.synthesis.states import FindingKind

Content = Mapping[str, Any]


def report_document(content: Content) -> Document:
    """
    Return an outcome report as a document, in the order that readers of such reports know.

    Cover and contents, key messages, who took part, findings by session, convergences, divergences, minority views,
    recommendations, coverage, method and limits, and the annex with what became of every contribution.
    """
    with speaking(content["language"]):
        consultation = content["consultation"]
        blocks = [
            *_cover(content),
            *_text_section(content, "key_messages", _("Key messages")),
            *participation_section(content),
            *_findings(content),
            *_across(content, "convergences", _("Convergences"), FindingKind.COMMON_GROUND),
            *_across(content, "divergences", _("Divergences"), FindingKind.DIVERGENCE),
            *_across(content, "minority_views", _("Minority views"), FindingKind.MINORITY_VIEW),
            *_recommendations(content),
            *coverage_section(content),
            *method_section(content),
            *annex(content),
        ]
        return Document(
            title=consultation["title"],
            language=content["language"],
            blocks=tuple(blocks),
            subtitle=_subtitle(content),
            author=", ".join(consultation["conveners"]),
            subject=_("Outcome report"),
            published_on=published_at(content).date(),
            words=Words(_("Contents"), _("Notes"), _("Page"), _("Back to the text")),
            address=content["site"] + consultation["address"],
        )


def published_at(content: Content) -> datetime:
    """Return when a frozen report was published."""
    return datetime.fromisoformat(content["published_at"])


def _subtitle(content: Content) -> str:
    day = long_date(published_at(content).date(), language=content["language"])
    return _("Outcome report, version %(version)s, %(day)s") % {"version": content["version"], "day": day}


def _cover(content: Content) -> list[Block]:
    consultation = content["consultation"]
    blocks: list[Block] = []
    if consultation["summary"]:
        blocks += blocks_of(consultation["summary"], language=foreign(content, consultation["text_language"]))
    if consultation["event_name"]:
        sentence = _("Prepared for: %(event)s.")
        event = ", ".join(
            filter(None, [consultation["event_name"], consultation["event_place"], _event_dates(content)])
        )
        blocks.append(paragraph(sentence % {"event": event}))
    if consultation["conveners"]:
        blocks.append(paragraph(_("Convened by %(names)s.") % {"names": ", ".join(consultation["conveners"])}))
    blocks += [_skipped(content), Contents(), PageBreak()] if content["skipped_files"] else [Contents(), PageBreak()]
    return blocks


def _event_dates(content: Content) -> str:
    consultation = content["consultation"]
    days = dict.fromkeys(filter(None, [consultation["event_starts_on"], consultation["event_ends_on"]]))
    shown = [long_date(datetime.fromisoformat(day).date(), language=content["language"]) for day in days]
    return " – ".join(shown)


def _skipped(content: Content) -> Note:
    reasons = tuple(paragraph(reason) for reason in content["skipped_files"].values())
    return Note(_("A file that could not be made"), reasons, tone="warm")


def _text_section(content: Content, name: str, title: str) -> list[Block]:
    text = content["texts"][name]
    return [Heading(1, title, anchor=name), *blocks_of(text, site=content["site"])] if text.strip() else []


def _findings(content: Content) -> list[Block]:
    blocks: list[Block] = [Heading(1, _("Findings"), anchor="findings")]
    for session in content["sessions"]:
        if not session["findings"]:
            continue
        title = _("Session %(number)s: %(title)s") % {"number": session["number"], "title": session["title"]}
        blocks.append(Heading(2, title, anchor=f"session-{session['number']}"))
        if session["questions"]:
            blocks.append(paragraph(_("The guiding questions of this session:")))
            blocks.append(BulletList(tuple((Text(question),) for question in session["questions"]), ordered=True))
        for finding in session["findings"]:
            blocks += finding_blocks(finding, content)
    return blocks


def _across(content: Content, name: str, title: str, kind: FindingKind) -> list[Block]:
    found = [finding for session in content["sessions"] for finding in session["findings"] if finding["kind"] == kind]
    text = content["texts"][name]
    if not found and not text.strip():
        return []
    return [Heading(1, title, anchor=name), *blocks_of(text, site=content["site"]), *_references(found)]


def _references(findings: Iterable[Content]) -> list[Block]:
    items = tuple((finding_link(f["number"], f["public_id"]), Text(f" {f['title']}")) for f in findings)
    return [BulletList(items)] if items else []


def _recommendations(content: Content) -> list[Block]:
    if not content["recommendations"]:
        return []
    blocks: list[Block] = [Heading(1, _("Recommendations"), anchor="recommendations")]
    for row in content["recommendations"]:
        blocks.append(Heading(2, f"{row['number']}. {row['title']}", anchor=f"r-{row['public_id']}"))
        blocks += blocks_of(row["text"], language=foreign(content, row["language"]), site=content["site"])
        if row["addressee"]:
            blocks.append(paragraph(_("Addressed to: %(addressee)s.") % {"addressee": row["addressee"]}))
        links = [piece for place in row["findings"] for piece in (finding_link(*place), Text(" "))]
        if links:
            blocks.append(Paragraph((Text(_("Rests on: ")), *links[:-1])))
    return blocks
