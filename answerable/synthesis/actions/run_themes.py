"""The themes of a run, laid over those that are there."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Q

from answerable.engine.records import Synthesis
from answerable.engine.records import Theme as Proposed
from answerable.synthesis.models import Coding, SynthesisRun, Theme
from answerable.synthesis.queries.run_input import FrozenInput, question_key
from answerable.synthesis.states import Provenance, ThemeState

_LONGEST_LABEL = 200
_MACHINE_FIELDS = ("label", "language", "key_phrases", "engine_key", "parent", "question", "order")


class ThemeWriter:
    """
    Finds or makes the row of each proposed theme.

    A proposed theme that matches one of the run before keeps its row, and with it name, place and public id. A row
    that was merged leads to the theme it was merged into. What no proposal matches any more is dropped, unless a
    person touched it.
    """

    def __init__(
        self, run: SynthesisRun, *, frozen: FrozenInput, result: Synthesis, matched: Mapping[str, str]
    ) -> None:
        """Take the run, its result, and which earlier theme's engine id (value) each new one's (key) goes on."""
        self._run = run
        self._frozen = frozen
        self._proposed = result.themes
        self._matched = matched
        rows = Theme.objects.filter(consultation=run.consultation_id).exclude(state=ThemeState.DROPPED)
        self._rows = {row.pk: row for row in rows}
        self._by_key = {row.engine_key: row for row in self._rows.values() if row.engine_key}
        self._needed = self._contributions_to_place(result)
        self._found: dict[str, Theme] = {}

    def write(self) -> dict[str, Theme]:
        """Write the rows; returns the active theme of each proposed one that has or had something in it."""
        matched_rows: set[int] = set()
        effective: dict[str, Theme] = {}
        for place, proposed in enumerate(self._proposed):
            row = self._row_for(proposed)
            if row is None and not self._needed[proposed.id]:
                continue
            row = self._update(row, proposed, place) if row else self._create(proposed, place)
            matched_rows.add(row.pk)
            self._found[proposed.id] = effective[proposed.id] = self._active(row)
        self._drop_unmatched(matched_rows)
        return effective

    def _contributions_to_place(self, result: Synthesis) -> Counter[str]:
        decided = decided_by_persons(self._run)
        parents = {theme.id: theme.parent for theme in self._proposed}
        needed: Counter[str] = Counter()
        for placement in result.placements:
            if placement.theme and self._frozen.rows[placement.contribution].pk not in decided:
                needed[placement.theme] += 1
                needed[parents[placement.theme]] += 1
        return needed

    def _row_for(self, proposed: Proposed) -> Theme | None:
        return self._by_key.get(self._matched.get(proposed.id, ""))

    def _create(self, proposed: Proposed, place: int) -> Theme:
        question = self._frozen.questions.get(question_key(proposed.question))
        row = Theme(
            consultation_id=self._run.consultation_id,
            session_id=self._frozen.rows[proposed.members[0].contribution].session_id,
            run=self._run,
            **self._said(proposed, place, own=None),
        )
        row.question = question
        row.save()
        self._rows[row.pk] = row
        return row

    def _update(self, row: Theme, proposed: Proposed, place: int) -> Theme:
        said = self._said(proposed, place, own=row)
        if row.is_kept:
            said = {name: value for name, value in said.items() if name not in {"parent", "order", "question"}}
        if row.label_provenance == Provenance.PERSON:
            said.pop("label", None)
        changed = [name for name, value in said.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, said[name])
        if changed:
            row.save(update_fields=changed)
        return row

    def _said(self, proposed: Proposed, place: int, *, own: Theme | None) -> dict[str, object]:
        parent = self._found.get(proposed.parent)
        # Themes have two levels: below a theme that itself lies under another, a part becomes its neighbour.
        if parent is not None and parent.parent_id is not None:
            parent = self._rows.get(parent.parent_id)
        if own is not None and parent is not None and own.pk == parent.pk:
            parent = None
        values = (
            proposed.label[:_LONGEST_LABEL],
            proposed.language,
            list(proposed.phrases),
            proposed.id,
            parent,
            self._frozen.questions.get(question_key(proposed.question)),
            place,
        )
        return dict(zip(_MACHINE_FIELDS, values, strict=True))

    def _active(self, row: Theme) -> Theme:
        seen = {row.pk}
        while row.state == ThemeState.MERGED and row.merged_into_id in self._rows and row.merged_into_id not in seen:
            row = self._rows[row.merged_into_id]
            seen.add(row.pk)
        return row

    def _drop_unmatched(self, matched_rows: set[int]) -> None:
        left = [row for row in self._rows.values() if row.pk not in matched_rows and row.engine_key]
        touched = self._touched_by_persons(left)
        for row in left:
            if row.state != ThemeState.ACTIVE:
                continue
            row.engine_key = ""
            if row.pk not in touched:
                row.state = ThemeState.DROPPED
            row.save(update_fields=["engine_key", "state"])

    def _touched_by_persons(self, rows: list[Theme]) -> set[int]:
        kept = Q(is_kept=True) | Q(codings__provenance=Provenance.PERSON) | Q(findings__isnull=False)
        kept |= Q(children__is_kept=True, children__state=ThemeState.ACTIVE)
        touched = Theme.objects.filter(kept, pk__in=[row.pk for row in rows]).values_list("pk", "parent")
        return {pk for pair in touched for pk in pair if pk is not None}


def decided_by_persons(run: SynthesisRun) -> set[int]:
    """Return the keys of the contributions that a person coded to a theme in use."""
    codings = Coding.objects.filter(theme__consultation=run.consultation_id, theme__state=ThemeState.ACTIVE)
    return set(codings.filter(provenance=Provenance.PERSON).values_list("contribution_id", flat=True))
