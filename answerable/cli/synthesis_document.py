"""Write a synthesis as a report: what was said, by whom, in whose words, and what was left standing alone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.cli.synthesis_figures import balance_blocks, counted, coverage_blocks, language_name
from answerable.cli.synthesis_opinions import opinion_blocks
from answerable.documents import structure as doc
from answerable.engine.records import Contribution, Representative, Synthesis, Theme

_MOST_SUBTHEMES = 6
_QUOTES_OF_A_THEME, _QUOTES_OF_A_SUBTHEME = 4, 2
_MOST_ALONE, _MOST_CAMPAIGNS = 40, 20
_LONGEST_ALONE = 400


@dataclass(frozen=True)
class _Source:
    """Hold a synthesis with its contributions and themes within reach."""

    synthesis: Synthesis
    texts: Mapping[str, Contribution]
    languages: Mapping[str, str]
    keys: Mapping[str, tuple[Representative, ...]]
    children: Mapping[str, tuple[Theme, ...]]


def report_document(
    synthesis: Synthesis, *, contributions: Iterable[Contribution], opinion: Mapping[str, Any] | None = None
) -> doc.Document:
    """Return the report of a synthesis, with its groups of opinion; the same input gives the same document."""
    source = _source(synthesis, contributions)
    blocks: list[doc.Block] = [doc.Heading(1, "In short"), *coverage_blocks(synthesis), doc.Contents()]
    blocks.extend(_question_blocks(source))
    if opinion is not None:
        blocks.extend(opinion_blocks(opinion, contributions=source.texts))
    blocks.extend(_alone_blocks(source))
    blocks.extend(_repeat_blocks(source))
    blocks.extend(balance_blocks(synthesis))
    blocks.extend(_method_blocks(synthesis))
    count = synthesis.coverage.received
    return doc.Document(
        title="What was said",
        subtitle=f"A synthesis of {counted(count, 'contribution')}",
        language="en",
        blocks=tuple(blocks),
        subject="Synthesis of contributions to a consultation",
    )


def _source(synthesis: Synthesis, contributions: Iterable[Contribution]) -> _Source:
    """Gather by id and by theme what the sections need."""
    keys: dict[str, list[Representative]] = defaultdict(list)
    for one in synthesis.representatives:
        keys[one.theme].append(one)
    children: dict[str, list[Theme]] = defaultdict(list)
    for theme in synthesis.themes:
        if theme.parent:
            children[theme.parent].append(theme)
    return _Source(
        synthesis,
        {one.id: one for one in contributions},
        {one.contribution: one.language for one in synthesis.languages},
        {theme: tuple(found) for theme, found in keys.items()},
        {theme: tuple(found) for theme, found in children.items()},
    )


def _question_blocks(source: _Source) -> Iterator[doc.Block]:
    """Yield a section for each question, with the themes of each language under it."""
    top = [theme for theme in source.synthesis.themes if theme.level == 1]
    questions = sorted({theme.question for theme in top})
    for question in questions:
        yield doc.Heading(1, question or ("Themes" if len(questions) == 1 else "Without a question"))
        themes = sorted((theme for theme in top if theme.question == question), key=lambda one: -len(one.members))
        yield _theme_table(themes)
        for theme in themes:
            yield from _theme_blocks(theme, source)


def _theme_table(themes: list[Theme]) -> doc.Table:
    """Return the themes of a question at a glance."""
    rows = tuple(
        (doc.Link(theme.label, f"#{theme.id}"), language_name(theme.language), f"{len(theme.members):,}")
        for theme in themes
    )
    return doc.Table("Themes, the largest first", ("Theme", "Language", "Contributions"), rows, frozenset({2}))


def _theme_blocks(theme: Theme, source: _Source) -> Iterator[doc.Block]:
    """Yield a theme with its quotes, or with its subthemes and theirs."""
    yield doc.Heading(2, theme.label, anchor=theme.id)
    parts = source.children.get(theme.id, ())
    yield doc.Paragraph((doc.Text(_size_sentence(theme, parts)),))
    if not parts:
        yield from _quotes(theme, source, most=_QUOTES_OF_A_THEME)
    for part in parts[:_MOST_SUBTHEMES]:
        yield doc.Heading(3, part.label)
        yield doc.paragraph(f"{len(part.members):,} contributions.")
        yield from _quotes(part, source, most=_QUOTES_OF_A_SUBTHEME)
    if further := parts[_MOST_SUBTHEMES:]:
        rows = tuple((part.label, f"{len(part.members):,}") for part in further)
        yield doc.Table("Further subthemes", ("Subtheme", "Contributions"), rows, frozenset({1}))


def _size_sentence(theme: Theme, parts: tuple[Theme, ...]) -> str:
    """Return how large a theme is and how many subthemes it has."""
    size = f"{len(theme.members):,} contributions"
    return f"{size} in {len(parts)} subthemes." if parts else f"{size}."


def _quotes(theme: Theme, source: _Source, *, most: int) -> Iterator[doc.Block]:
    """Yield the key contributions of a theme, word for word."""
    for one in source.keys.get(theme.id, ())[:most]:
        contribution = source.texts[one.contribution]
        note = (
            f"Contribution {contribution.id}, characters {one.start + 1} to {one.end} of {len(contribution.text)}. "
            f"SHA-256 of the whole text: {one.text_sha256}."
        )
        yield doc.Quote(
            contribution.text[one.start : one.end],
            language=_quote_language(contribution, source),
            attribution=(doc.Text(_who(contribution)),),
            footnote=doc.footnote(note),
        )


def _who(contribution: Contribution) -> str:
    """Return who said something, as far as it is known, without naming a person."""
    known = (contribution.organisation, contribution.sector, contribution.stakeholder_group, contribution.country)
    return " · ".join([*(part for part in known if part), f"contribution {contribution.id}"])


def _quote_language(contribution: Contribution, source: _Source) -> str:
    """Return the language of a quote, nothing when it is not known."""
    language = source.languages[contribution.id]
    return "" if language == "und" else language


def _alone_blocks(source: _Source) -> Iterator[doc.Block]:
    """Yield the contributions like no other, which a count of themes would hide."""
    alone = [one.contribution for one in source.synthesis.placements if one.status == "stands alone"]
    if not alone:
        return
    yield doc.Heading(1, "Standing alone")
    yield doc.paragraph(
        "These contributions share too few words with any other to be part of a theme. "
        "That says nothing of their worth: read them, since a view held by one person is found here."
    )
    for identity in alone[:_MOST_ALONE]:
        contribution = source.texts[identity]
        text = contribution.text.strip()
        shown = text if len(text) <= _LONGEST_ALONE else f"{text[:_LONGEST_ALONE].rsplit(None, 1)[0]} […]"
        yield doc.Quote(
            shown, language=_quote_language(contribution, source), attribution=(doc.Text(_who(contribution)),)
        )
    if len(alone) > _MOST_ALONE:
        yield doc.paragraph(f"{len(alone) - _MOST_ALONE:,} more are listed in contributions.csv.")


def _repeat_blocks(source: _Source) -> Iterator[doc.Block]:
    """Yield what was repeated: it is counted apart, and nothing of it is dropped."""
    groups = source.synthesis.duplicates
    if not groups:
        return
    yield doc.Heading(1, "Repeats and campaigns")
    repeats = [group for group in groups if group.kind != "campaign"]
    if repeats:
        repeated = sum(len(group.members) - 1 for group in repeats)
        yield doc.paragraph(
            f"Contributions that repeat an earlier one exactly or nearly: {repeated:,}. They are kept and counted, "
            "and they did not make any theme larger than it would have been."
        )
    campaigns = sorted((group for group in groups if group.kind == "campaign"), key=lambda one: -len(one.members))
    if campaigns:
        yield doc.paragraph(
            "These groups share most of a text, as letters of a campaign do. […] marks where they differ."
        )
    for group in campaigns[:_MOST_CAMPAIGNS]:
        language = _quote_language(source.texts[group.original], source)
        who = doc.Text(f"{len(group.members):,} contributions, among them {group.original}")
        yield doc.Quote(group.template, language=language, attribution=(who,))


def _method_blocks(synthesis: Synthesis) -> Iterator[doc.Block]:
    """Yield how the report was made and what it cannot say."""
    manifest = synthesis.manifest
    yield doc.Heading(1, "Method and limits")
    yield doc.paragraph(
        "A program read the contributions question by question and language by language, joined those that use the "
        "same words, and named each theme in words its contributions share and others do not. Key contributions were "
        "chosen so that they are near to as many others as possible, with each sector weighing the same and at most "
        "one for an author, an organisation or a campaign. How often something was agreed with plays no part."
    )
    yield doc.bullet_list(
        "No sentence in quotation marks was written by the program: each is a passage of a contribution, which the "
        "footnote makes it possible to check.",
        "The program compares words, not meanings. It can part what says the same in other words, and join what uses "
        "the same words for opposite ends. It does not tell agreement from disagreement.",
        "Contributions in different languages are never in one theme. A language that was not given is a guess.",
        "Those who took part are not a sample of a population: no share here says what a population thinks.",
        "Themes and names are proposals for people to correct.",
    )
    rows = (
        ("Engine version", manifest.engine_version),
        ("Vectors", manifest.embedder),
        ("Seed", str(manifest.settings.seed)),
        ("SHA-256 of the input", manifest.input_sha256),
        *((name, version) for name, version in manifest.libraries),
    )
    yield doc.Table("What it was made with", ("Part", "Version or value"), rows)
