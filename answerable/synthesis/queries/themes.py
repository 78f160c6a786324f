"""Themes as a tree, what is coded to them, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from answerable.consultations.models import Consultation, ConsultationSession, Contribution
from answerable.consultations.queries.paging import Page
from answerable.consultations.states import PostState
from answerable.synthesis.models import Coding, SynthesisRun, Theme
from answerable.synthesis.queries.newcomers import is_attached
from answerable.synthesis.queries.pages import cut_page
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import Provenance, ThemeState

PAGE = 20


@dataclass(slots=True)
class ThemeNode:
    """A theme in use with its parts; the counts are of public contributions, in itself and in its parts together."""

    theme: Theme
    own_count: int
    own_undecided: int
    parts: list["ThemeNode"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many contributions are coded to the theme or one of its parts."""
        return self.own_count + sum(part.own_count for part in self.parts)

    @property
    def undecided(self) -> int:
        """How many of them have no disposition yet."""
        return self.own_undecided + sum(part.own_undecided for part in self.parts)


@dataclass(frozen=True, slots=True)
class WhyHere:
    """Why a contribution is in a theme, in figures that a page can show."""

    theme: Theme
    provenance: Provenance
    score: float
    is_key: bool
    key_contribution: Contribution | None
    shared_phrases: tuple[str, ...]
    run: SynthesisRun | None


def themes_tree(consultation: Consultation, *, session: ConsultationSession | None = None) -> list[ThemeNode]:
    """
    Return the first-level themes in use with their parts, in order, of one session or of all; one query.

    A theme whose parent is no longer in use stands on the first level.
    """
    rows = Theme.objects.filter(consultation=consultation, state=ThemeState.ACTIVE)
    if session is not None:
        rows = rows.filter(session=session)
    public = Q(codings__contribution__state=PostState.PUBLIC)
    counted = rows.select_related("question", "session").annotate(
        coded=Count("codings", filter=public),
        waiting=Count("codings", filter=public & Q(codings__contribution__disposition__isnull=True)),
    )
    return _tree(
        ThemeNode(theme, theme.coded, theme.waiting) for theme in counted.order_by("session__number", "order", "pk")
    )


def _tree(nodes: Iterable[ThemeNode]) -> list[ThemeNode]:
    by_key = {node.theme.pk: node for node in nodes}
    roots: list[ThemeNode] = []
    for node in by_key.values():
        parent = by_key.get(node.theme.parent_id or 0)
        (parent.parts if parent else roots).append(node)
    return roots


def themes_to_choose(session: ConsultationSession) -> QuerySet[Theme]:
    """Return the themes in use of a session, for a choice in a form."""
    return (
        Theme.objects.filter(session=session, state=ThemeState.ACTIVE).select_related("parent").order_by("order", "pk")
    )


def theme_page(public_id: str) -> Theme | None:
    """Return a theme with its session, question and parent, or None."""
    rows = Theme.objects.select_related("consultation", "session", "question", "parent", "merged_into__session")
    return rows.filter(public_id=public_id).first()


def contributions_of_theme(theme: Theme, *, cursor: str = "", limit: int = PAGE) -> Page[Coding]:
    """
    Return the codings of a theme and its parts with contribution and disposition, the key ones first; one query.

    ``coding.contribution.disposition`` is loaded where there is one; ``is_attached`` says whether the contribution was
    put there since everything was grouped. An unreadable cursor begins at the start.
    """
    rows = Coding.objects.filter(Q(theme=theme) | Q(theme__parent=theme, theme__state=ThemeState.ACTIVE))
    rows = rows.filter(contribution__state=PostState.PUBLIC)
    if after := _read_cursor(cursor):
        is_key, score, pk = after
        rows = rows.filter(
            Q(is_key__lt=is_key) | Q(is_key=is_key, score__lt=score) | Q(is_key=is_key, score=score, pk__gt=pk)
        )
    rows = (
        rows.annotate(is_attached=is_attached("contribution"))
        .select_related("theme", "key_contribution", *_SHOWN)
        .order_by("-is_key", "-score", "pk")
    )
    return cut_page(list(rows[: limit + 1]), limit=limit, cursor_of=_cursor)


_SHOWN = (
    "contribution__session",
    "contribution__author",
    "contribution__organisation",
    "contribution__sector",
    "contribution__country",
    "contribution__disposition__finding",
)


def _cursor(coding: Coding) -> str:
    return f"{int(coding.is_key)}_{coding.score!r}_{coding.pk}"


def _read_cursor(cursor: str) -> tuple[bool, float, int] | None:
    try:
        is_key, score, pk = cursor.split("_")
        return is_key == "1", float(score), int(pk)
    except ValueError:
        return None


def codings_of(contribution: Contribution | int) -> QuerySet[Coding]:
    """Return the codings of a contribution, or of that id, to themes in use, persons' decisions first."""
    rows = Coding.objects.filter(contribution=contribution, theme__state=ThemeState.ACTIVE)
    rows = rows.select_related("theme__parent", "key_contribution", "run").defer("run__manifest", "run__opinions")
    return rows.order_by("-provenance", "-score", "pk")


def why_here(coding: Coding) -> WhyHere:
    """Return why a contribution is in a theme: who says so, how near it is, to which key, in which shared words."""
    folded = coding.contribution.text.casefold()
    return WhyHere(
        theme=coding.theme,
        provenance=Provenance(coding.provenance),
        score=coding.score,
        is_key=coding.is_key,
        key_contribution=coding.key_contribution,
        shared_phrases=tuple(phrase for phrase in coding.theme.key_phrases if phrase.casefold() in folded),
        run=coding.run,
    )


def without_theme(consultation: Consultation) -> QuerySet[Contribution]:
    """Return the public contributions that stand alone, coded to no theme in use, oldest first."""
    coded = Coding.objects.filter(theme__consultation=consultation, theme__state=ThemeState.ACTIVE)
    rows = public_contributions(consultation).exclude(pk__in=coded.values("contribution"))
    return rows.select_related("session", "author", "organisation").order_by("published_at", "pk")


def themes_by_question(nodes: Iterable[ThemeNode]) -> dict[int, list[ThemeNode]]:
    """Return first-level nodes by the number of their question; 0 for those of no question."""
    found: dict[int, list[ThemeNode]] = defaultdict(list)
    for node in nodes:
        found[node.theme.question.number if node.theme.question else 0].append(node)
    return dict(sorted(found.items()))
