"""Findings in a report: the statement, the quotes it rests on, each with a note that leads to its receipt."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.consultations.states import PostState
from answerable.documents.structure import Block, Footnote, Heading, Inline, Link, Note, Paragraph, Quote, Text
from answerable.synthesis.queries.markdown_blocks import blocks_of, receipt_address

Content = Mapping[str, Any]
MOST_LINKED = 50
"""So many receipts are linked in one place; a longer list is for the annex, where no reader loses the thread."""


def finding_blocks(finding: Content, content: Content) -> list[Block]:
    """Return a finding with its kind, statement, quotes and the contributions merged into it."""
    title = f"{finding['number']} {finding['title']}"
    language = foreign(content, finding["language"])
    return [
        Heading(3, title, anchor=finding_anchor(finding["public_id"])),
        Paragraph((Text(finding["kind_label"], bold=True), Text(f" · {_support(finding)}"))),
        *blocks_of(finding["statement"], language=language, site=content["site"]),
        *(_quote(citation, content) for citation in finding["citations"]),
        *_merged(finding, content),
    ]


def finding_anchor(public_id: str) -> str:
    """Return the anchor of a finding on every page and in every file that shows it."""
    return f"f-{public_id}"


def finding_link(number: str, public_id: str) -> Link:
    """Return a link to a finding within the report."""
    return Link(_("Finding %(number)s") % {"number": number}, f"#{finding_anchor(public_id)}")


def receipt_link(code: str, content: Content) -> Link:
    """Return a link to a receipt that also works from a file."""
    return Link(code, receipt_address(code, site=content["site"]))


def foreign(content: Content, language: str) -> str:
    """Return a language that must be marked because it is not the report's own, else an empty text."""
    return "" if language == content["language"] else language


def _support(finding: Content) -> str:
    counts = finding["counts"]
    cited: str = ngettext("%(cited)s contribution cited", "%(cited)s contributions cited", counts["cited"]) % counts
    if not counts["merged"]:
        return cited
    merged = ngettext(
        "%(merged)s more says the same and was merged", "%(merged)s more say the same and were merged", counts["merged"]
    )
    return f"{cited}, {merged % counts}"


def _quote(citation: Content, content: Content) -> Quote | Note:
    place = _("Revision %(revision)s, characters %(first)s to %(last)s: ") % {
        "revision": citation["revision"],
        "first": citation["start"] + 1,
        "last": citation["end"],
    }
    address = receipt_address(citation["receipt"], site=content["site"])
    note = Footnote((receipt_link(citation["receipt"], content), Text(f". {place}"), Link(address, address)))
    if "gone" in citation:  # only on pages: what is frozen has every quote
        return Note(_why_gone(citation["gone"]), (Paragraph((receipt_link(citation["receipt"], content), note)),))
    return Quote(
        citation["quote"],
        language=foreign(content, citation["language"]),
        attribution=(Text(f"{_who(citation)} "), receipt_link(citation["receipt"], content)),
        footnote=note,
    )


def _why_gone(state: str) -> str:
    if state == PostState.WITHDRAWN:
        return _("Withdrawn by its author since.")
    if state == PostState.REMOVED:
        return _("Removed by a moderator since.")
    return _("Not public at the moment.")


def _who(citation: Content) -> str:
    name = citation["name"] or _("A participant")
    return ", ".join(filter(None, [name, citation["organisation"], citation["country"]]))


def _merged(finding: Content, content: Content) -> list[Block]:
    if not finding["merged"]:
        return []
    pieces: list[Inline] = [Text(_("Also merged here: "))]
    for code in finding["merged"][:MOST_LINKED]:
        pieces += [receipt_link(code, content), Text(", ")]
    pieces[-1] = Text(".")
    if (left := len(finding["merged"]) - MOST_LINKED) > 0:
        said = ngettext("%(count)s more is in the annex.", "%(count)s more are in the annex.", left)
        pieces.append(Text(f" {said % {'count': left}}"))
    return [Paragraph(tuple(pieces))]
