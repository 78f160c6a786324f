"""The counted parts of a report: who took part, coverage, method and the annex."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from babel.numbers import format_percent
from django.utils.translation import gettext as _

from answerable.documents.languages import long_date
from answerable.documents.structure import (
    Bars,
    Block,
    BulletList,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Table,
    Text,
    bullet_list,
    paragraph,
)
from answerable.synthesis.queries.markdown_blocks import blocks_of
from answerable.synthesis.queries.reference_figures import representativeness_sentence
from answerable.synthesis.queries.report_findings import receipt_link
from answerable.synthesis.states import DispositionKind

Content = Mapping[str, Any]
_NUMERIC = frozenset({1, 2, 3, 4})
MOST_LISTED = 200
"""So many set-asides are listed with links after the annex's table, which gives every reason in any case."""


def participation_section(content: Content) -> list[Block]:
    """Return who took part, one table an axis, and what the figures cannot tell."""
    who = content["participation"]
    figures = (
        (_("Contributions"), who["contribution_count"]),
        (_("People who gave them"), who["participant_count"]),
        (_("Organisations they spoke for"), who["organisation_count"]),
        (_("Countries and areas they named"), who["country_count"]),
        (_("Languages they wrote in"), who["language_count"]),
    )
    rows = tuple((label, str(count)) for label, count in figures)
    glance = Table(_("At a glance"), (_("What"), _("Number")), rows, numeric=frozenset({1}))
    tables = [_axis_table(table, content["language"]) for table in who["tables"] if table["rows"]]
    limits = tuple(paragraph(said) for said in who["limits"])
    note = Note(_("What these figures cannot tell"), limits, tone="warm")
    # Reports published before references could be stated have none.
    held = [block for one in who.get("references", ()) for block in _reference_blocks(one, content["language"])]
    return [Heading(1, _("Who took part"), anchor="who"), glance, *tables, *held, note]


def _reference_blocks(figures: Content, language: str) -> list[Block]:
    """Return how one axis compares with what the convener stated, and who is missing."""
    headings = (_("Who"), _("Contributions"), _("Share"), _("95 % interval"), _("Expected share"), _("Found"))
    rows = tuple(
        (
            row["label"],
            str(row["count"]),
            share_shown(row["share"], language),
            _interval_shown(row, language),
            _("not stated") if row["expected"] is None else share_shown(row["expected"], language),
            row["verdict"],
        )
        for row in figures["rows"]
    )
    caption = _("%(axis)s, held against: %(source)s") % {"axis": figures["name"], "source": figures["source"]}
    found = figures["representativeness"] or {"share": None, "low": None, "high": None}
    shown = {name: share_shown(found[name], language) for name in ("share", "low", "high")}
    said = [paragraph(representativeness_sentence(figures, **shown))]
    if figures["missing"]:
        said.append(paragraph(_("Missing, with no contribution at all: %(names)s.") % _names(figures["missing"])))
    if figures["others"]:
        said.append(paragraph(_("Not in the reference: %(names)s.") % _names(figures["others"])))
    return [Table(caption, headings, rows, numeric=_NUMERIC), *said]


def _names(labels: Sequence[str]) -> dict[str, str]:
    return {"names": "; ".join(labels)}


def _interval_shown(row: Content, language: str) -> str:
    if row["share"] is None:
        return _("too few")
    shares = {name: share_shown(row[name], language) for name in ("low", "high")}
    return _("%(low)s to %(high)s") % shares


def _axis_table(table: Content, language: str) -> Table:
    headings = (_("Who"), _("Contributions"), _("Share"), _("Cited"), _("Share of cited"))
    rows = [
        (
            row["label"],
            str(row["count"]),
            share_shown(row["share"], language),
            str(row["cited"]),
            share_shown(row["cited_share"], language),
        )
        for row in table["rows"]
    ]
    if table["unstated"]:
        rows.append((_("Not stated"), str(table["unstated"]), "", "", ""))
    return Table(table["caption"], headings, tuple(rows), numeric=_NUMERIC)


def share_shown(share: float | None, language: str) -> str:
    """Return a share from 0 to 1 as a percentage in a language, or that there is too little to say."""
    return _("too few") if share is None else format_percent(share, locale=language.replace("-", "_"))


def coverage_section(content: Content) -> list[Block]:
    """Return what became of every contribution, as bars with the numbers."""
    counted, language = content["coverage"], content["language"]
    total = counted["total"]
    labels = (
        (DispositionKind.CITED, "cited"),
        (DispositionKind.MERGED, "merged"),
        (DispositionKind.SET_ASIDE, "set_aside"),
    )
    rows = tuple((str(kind.label), *_shown(counted[name], total, language)) for kind, name in labels)
    sentence = _("%(decided)s of %(total)s public contributions have exactly one place in this report.")
    said = sentence % {"decided": total - counted["undecided"], "total": total}
    reasons = Counter(answer["reason_code"] for answer in content["answers"].values() if answer["reason_code"])
    table_rows = tuple((counted["reasons"][code], str(count)) for code, count in sorted(reasons.items()))
    aside = [
        Table(_("Why contributions were set aside"), (_("Reason"), _("Contributions")), table_rows, frozenset({1}))
    ]
    return [
        Heading(1, _("Coverage: what became of every contribution"), anchor="coverage"),
        paragraph(said),
        Bars(_("Contributions by what became of them"), rows),
        *(aside if table_rows else []),
    ]


def _shown(count: int, total: int, language: str) -> tuple[float, str]:
    share = count / total if total else 0.0
    return share, f"{count} ({format_percent(share, locale=language.replace('-', '_'))})"


def method_section(content: Content) -> list[Block]:
    """Return how the contributions were read, by which program with which seed, and the limits."""
    texts, site = content["texts"], content["site"]
    blocks: list[Block] = [Heading(1, _("Method"), anchor="method"), *blocks_of(texts["method"], site=site)]
    blocks += [
        paragraph(
            _(
                "Software proposed groups of contributions that resemble each other; people named, merged and split "
                "them, wrote every finding and chose every quote. Before publishing, a program checked that each quote "
                "stands word for word in the contribution it names and that every contribution has a place."
            )
        ),
        *_run_facts(content),
    ]
    if texts["limits"].strip():
        blocks += [Heading(1, _("Limits"), anchor="limits"), *blocks_of(texts["limits"], site=site)]
    return blocks


def _run_facts(content: Content) -> list[Block]:
    run = content["method"]
    if run is None:
        return [paragraph(_("No program sorted these contributions."))]
    facts = [
        _("Engine version: %(value)s") % {"value": run["engine_version"]},
        _("Vectors: %(value)s") % {"value": run["embedder"]},
        _("Seed: %(value)s") % {"value": run["seed"]},
        _("Contributions read: %(value)s") % {"value": run["contribution_count"]},
        _("SHA-256 of the input: %(value)s") % {"value": run["input_digest"]},
    ]
    if run["finished_at"]:
        day = long_date(datetime.fromisoformat(run["finished_at"]).date(), language=content["language"])
        facts.insert(0, _("Run %(number)s, finished on %(day)s") % {"number": run["run"], "day": day})
    return [bullet_list(*facts)]


def annex(content: Content) -> list[Block]:
    """Return every contribution by receipt code with what became of it."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(1, _("Annex: every contribution and what became of it"), anchor="annex"),
        Paragraph(
            (
                Text(_("Each receipt code opens the words and their whole way at the address of this site: ")),
                Text(f"{content['site']}/c/…/"),
            )
        ),
    ]
    for session in content["sessions"]:
        rows = [
            (code, _what_became(answer, content))
            for code, answer in content["answers"].items()
            if answer["session"] == session["number"]
        ]
        if rows:
            caption = _("Session %(number)s: %(title)s") % {"number": session["number"], "title": session["title"]}
            blocks.append(Table(caption, (_("Receipt"), _("What became of it")), tuple(rows)))
    return [*blocks, *_aside_list(content)]


def _what_became(answer: Content, content: Content) -> str:
    findings = ", ".join(number for number, _public_id, _title in answer["findings"])
    if answer["kind"] == DispositionKind.SET_ASIDE:
        return _("Set aside: %(reason)s") % {"reason": _reason(answer, content)}
    if answer["kind"] == DispositionKind.CITED:
        return _("Cited in finding %(numbers)s") % {"numbers": findings}
    if answer["kind"] == DispositionKind.MERGED:
        return _("Merged into finding %(numbers)s") % {"numbers": findings}
    return _("Not decided yet")


def _aside_list(content: Content) -> list[Block]:
    aside = [
        (code, answer) for code, answer in content["answers"].items() if answer["kind"] == DispositionKind.SET_ASIDE
    ]
    if not aside or len(aside) > MOST_LISTED:
        return []
    items = tuple(
        (
            receipt_link(code, content),
            Text(f" {_reason(answer, content)}"),
        )
        for code, answer in aside
    )
    return [Heading(2, _("Set aside, with the reason"), anchor="set-aside"), BulletList(items)]


def _reason(answer: Content, content: Content) -> str:
    label: str = content["coverage"]["reasons"][answer["reason_code"]]
    return f"{label}. {answer['reason']}" if answer["reason"] else label
