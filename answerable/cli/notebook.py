"""
Synthesise a file of contributions from a notebook, in five calls: read, synthesize, themes, why, write.

See docs/howto/synthesize_in_a_notebook.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable.cli.synthesis_drawings import drawings
from answerable.cli.synthesis_explanation import explanation_text
from answerable.cli.synthesis_files import timings_json, write_together
from answerable.cli.synthesis_run import opinion_of, result_files, with_axes
from answerable.engine.explaining import explain
from answerable.engine.further_axes import further_axes
from answerable.engine.pipeline import synthesize
from answerable.engine.reading import Intake, read_contributions
from answerable.engine.records import Settings, Synthesis
from answerable.engine.references import read_references


@dataclass(frozen=True)
class Findings:
    """
    Hold what a file comes to; `synthesis` has everything, the methods what is asked for most.

    `notes` are sentences that say how a reference was understood.
    """

    file: Path
    intake: Intake
    synthesis: Synthesis
    opinion: dict[str, Any] | None
    notes: tuple[str, ...] = ()

    def themes(self) -> list[dict[str, object]]:
        """Return a row for each theme, its subthemes after it: ready for a table of any library."""
        labels = {theme.id: theme.label for theme in self.synthesis.themes}
        keys: dict[str, list[str]] = {}
        for one in self.synthesis.representatives:
            keys.setdefault(one.theme, []).append(one.contribution)
        return [
            {
                "theme": theme.id,
                "level": theme.level,
                "label": theme.label,
                "within": labels.get(theme.parent, ""),
                "question": theme.question,
                "language": theme.language,
                "contributions": len(theme.members),
                "key contributions": ", ".join(keys.get(theme.id, ())),
            }
            for theme in self.synthesis.themes
        ]

    def _repr_html_(self) -> str:
        """Return the figures as a notebook shows them where a cell ends with the findings."""
        drawn = drawings(self.synthesis, opinion=self.opinion)
        return "\n".join(_on_a_page(drawing.decode(), number) for number, drawing in enumerate(drawn.values(), start=1))

    def why(self, contribution: str) -> str:
        """Return in sentences why a contribution is where it is. Raises UnknownContributionError."""
        contributions = self.intake.contributions
        explanation = explain(contribution, synthesis=self.synthesis, contributions=contributions)
        return explanation_text(explanation, contributions={one.id: one for one in contributions})

    def write(self, folder: str | Path) -> list[str]:
        """
        Write the report and all other files into a folder, all together or none, and return their names.

        An earlier result there is replaced; a folder with anything else in it raises FolderNotOurs.
        """
        files = result_files(self.file, intake=self.intake, synthesis=self.synthesis, opinion=self.opinion)
        write_together(Path(folder), {**files, "timings.json": timings_json({})})
        return sorted(files)


def _on_a_page(drawing: str, number: int) -> str:
    """Return a drawing with ids of its own, so that each keeps its words where several stand on one page."""
    for name in ("title", "description"):
        drawing = drawing.replace(f'id="{name}"', f'id="{name}-{number}"', 1)
    labelled = f'aria-labelledby="title-{number} description-{number}"'
    drawing = drawing.replace('aria-labelledby="title description"', labelled, 1)
    return f"<div>{drawing}</div>"


@dataclass(frozen=True)
class Consultation:
    """Hold a file as read; `notes` are sentences that say what was understood."""

    file: Path
    intake: Intake

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what was guessed, left out or changed."""
        return self.intake.notes

    def synthesize(self, *, axes: Sequence[str] = (), reference: str | Path | None = None, **settings: Any) -> Findings:
        """
        Return the findings; settings are those of `Settings`, such as `embedder` or `seed`.

        `axes` names further columns to measure the balance by, such as a region; `reference` a file of who should be
        heard: attribute, group, share or count, and the source of it. Raises ReadingError for a column that is not
        there or is measured anyway, and for a reference that cannot be read.
        """
        held_against = read_references(Path(reference), further=axes) if reference is not None else None
        if held_against is not None:
            settings = {**settings, "references": held_against.references}
        chosen, intake = Settings(**settings), self.intake
        measured = further_axes(intake.table, ids=intake.ids, names=axes, columns=intake.columns)
        synthesis = synthesize(intake.contributions, settings=chosen)
        synthesis = with_axes(synthesis, intake, measured, settings=chosen)
        notes = () if held_against is None else held_against.notes
        return Findings(self.file, intake, synthesis, opinion_of(intake), notes)


def read(path: str | Path, *, stances: str | Path | None = None, **columns: str) -> Consultation:
    """
    Return a file, folder or archive of contributions as read.

    Columns are guessed; name one where the guess would be wrong: `read("answers.xlsx", text="Q4", sector="Who")`.
    Raises ReadingError.
    """
    file = Path(path)
    intake = read_contributions(file, columns=columns, stances=Path(stances) if stances else None)
    return Consultation(file, intake)
