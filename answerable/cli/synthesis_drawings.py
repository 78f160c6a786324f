"""Draw the figures of a synthesis as plain SVG that screen readers can read out."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from answerable.cli.synthesis_figures import language_name
from answerable.documents.characters import clean_text
from answerable.engine.records import AxisBalance, Synthesis

_WIDTH, _LABELS, _ROW, _TOP = 720, 300, 28, 64
_MOST_ROWS, _LONGEST_LABEL = 20, 44
_INK, _PALE, _BAR, _OTHER = "#1d2733", "#5b6672", "#1f5fa8", "#6d94c2"
_SIDE, _MARGIN = 480, 40
_COLOURS = ("#1f5fa8", "#b3541e", "#2f7d4f", "#7a4fa3", "#8a6d00")
_SHAPES = ("circle", "square", "diamond", "triangle", "cross")


def drawings(synthesis: Synthesis, *, opinion: Mapping[str, Any] | None) -> dict[str, bytes]:
    """Return the files of all figures there is something to show in; the same synthesis gives the same bytes."""
    drawn = {"figures/themes.svg": themes_drawing(synthesis)}
    axes = [axis for axis in synthesis.balance if axis.axis == "sector" and axis.shares]
    if axes:
        drawn["figures/balance.svg"] = balance_drawing(axes[0])
    if opinion and opinion["map"]:
        drawn["figures/opinions.svg"] = opinion_drawing(opinion)
    return {name: drawing.encode("utf-8", "replace") for name, drawing in drawn.items()}


def themes_drawing(synthesis: Synthesis) -> str:
    """Return the largest themes as bars with their numbers of contributions."""
    themes = sorted((one for one in synthesis.themes if one.level == 1), key=lambda one: (-len(one.members), one.id))
    shown = themes[:_MOST_ROWS]
    most = max((len(one.members) for one in shown), default=1)
    rows = [(f"{one.label} ({language_name(one.language)})", len(one.members) / most, None) for one in shown]
    texts = [f"{len(one.members):,}" for one in shown]
    left = f" The {len(shown)} largest of {len(themes)} are shown." if len(themes) > len(shown) else ""
    said = "; ".join(f"{row[0]}: {text}" for row, text in zip(rows, texts, strict=True)) or "There are no themes."
    return _bars("Themes by number of contributions", f"{said}.{left}", rows, texts)


def balance_drawing(axis: AxisBalance) -> str:
    """Return each sector's share of the contributions beside its share of the key contributions."""
    shown = axis.shares[:_MOST_ROWS]
    rows = [(one.value, one.share, one.cited_share) for one in shown]
    texts = [f"{one.share:.0%} of what was said, {one.cited_share:.0%} of what is quoted" for one in shown]
    said = "; ".join(f"{one.value}: {text}" for one, text in zip(shown, texts, strict=True))
    short = [f"{one.share:.0%} / {one.cited_share:.0%}" for one in shown]
    legend = "Upper bar: share of the contributions. Lower bar: share of the key contributions."
    return _bars("Who was heard and who is quoted, by sector", f"{said}.", rows, short, legend=legend)


def opinion_drawing(opinion: Mapping[str, Any]) -> str:
    """Return where people are on the map of opinion, each group in a colour and a shape of its own."""
    places: Sequence[Mapping[str, Any]] = opinion["map"]
    groups = [group["id"] for group in opinion["groups"]]
    reach = max([abs(one[axis]) for one in places for axis in ("x", "y")] + [1e-9])
    scale = (_SIDE / 2 - _MARGIN) / reach
    marks = []
    for one in places:
        number = groups.index(one["group"]) % len(_SHAPES)
        size = round(2.5 + min(6.0, one["people"] ** 0.5), 1)
        x, y = round(_SIDE / 2 + one["x"] * scale, 1), round(_SIDE / 2 - one["y"] * scale, 1)
        marks.append(f'<path d="{_mark(_SHAPES[number], x, y, size)}" {_paint(number)} fill-opacity="0.6"/>')
    sizes = [f"group {group['id']}: {group['size']:,} people" for group in opinion["groups"]]
    placed = opinion["people"]["placed"]
    said = f"{placed:,} people. {opinion['verdict'].capitalize()}. {'; '.join(sizes)}."
    for place, text in enumerate(sizes):
        y = _SIDE + 24 * place + 16
        number = place % len(_SHAPES)
        marks.append(f'<path d="{_mark(_SHAPES[number], 40, y - 4, 6)}" {_paint(number)}/>')
        marks.append(f'<text x="56" y="{y}" fill="{_INK}">{escape(text)}</text>')
    title = "Map of opinion: near means similar stances"
    return _drawing(title, said, "\n".join(marks), width=_SIDE, height=_SIDE + 24 * len(sizes) + 24)


def _bars(
    title: str,
    description: str,
    rows: Sequence[tuple[str, float, float | None]],
    texts: Sequence[str],
    *,
    legend: str = "",
) -> str:
    """Return rows of a label, one or two bars (0 to 1) and a text."""
    room = _WIDTH - _LABELS - 110
    parts = [f'<text x="16" y="50" fill="{_PALE}">{legend}</text>'] if legend else []
    for place, ((label, share, other), text) in enumerate(zip(rows, texts, strict=True)):
        y = _TOP + place * _ROW
        cut = label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
        height = 18 if other is None else 8
        bars = f'<rect x="{_LABELS}" y="{y}" width="{round(room * share, 1)}" height="{height}" fill="{_BAR}"/>'
        if other is not None:
            bars += f'<rect x="{_LABELS}" y="{y + 10}" width="{round(room * other, 1)}" height="8" fill="{_OTHER}"/>'
        end = _LABELS + 8 + round(room * max(share, other or 0.0), 1)
        parts.append(
            f'<text x="{_LABELS - 8}" y="{y + 14}" text-anchor="end" direction="ltr" fill="{_INK}">{_safe(cut)}</text>'
            f'{bars}<text x="{end}" y="{y + 14}" fill="{_PALE}">{_safe(text)}</text>'
        )
    return _drawing(title, description, "\n".join(parts), width=_WIDTH, height=_TOP + len(rows) * _ROW + 16)


def _drawing(title: str, description: str, inner: str, *, width: int, height: int) -> str:
    """Return a whole SVG file with a title and a description that says in words what it shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13">\n'
        f'<title id="title">{_safe(title)}</title>\n<desc id="description">{_safe(description)}</desc>\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="16" y="30" font-size="17" font-weight="600" fill="{_INK}">{_safe(title)}</text>\n{inner}\n</svg>\n'
    )


def _paint(number: int) -> str:
    """Return the colour of a group, of its lines too, since a cross has nothing else."""
    return f'fill="{_COLOURS[number]}" stroke="{_COLOURS[number]}"'


def _mark(shape: str, x: float, y: float, size: float) -> str:
    """Return the path of a mark around a point."""
    r = size
    steps: dict[str, tuple[tuple[str, float, float], ...]] = {
        "circle": (("M", x - r, y), ("a", r, r), ("0 1,0", 2 * r, 0), ("a", r, r), ("0 1,0", -2 * r, 0)),
        "square": (("M", x - r, y - r), ("l", 2 * r, 0), ("l", 0, 2 * r), ("l", -2 * r, 0)),
        "diamond": (("M", x, y - r), ("l", r, r), ("l", -r, r), ("l", -r, -r)),
        "triangle": (("M", x, y - r), ("l", r, 2 * r), ("l", -2 * r, 0)),
        "cross": (("M", x - r, y - r), ("l", 2 * r, 2 * r), ("M", x + r, y - r), ("l", -2 * r, 2 * r)),
    }
    return " ".join(f"{step} {across:.1f},{down:.1f}" for step, across, down in steps[shape]) + " z"


def _safe(text: str) -> str:
    """Return a text that XML can hold, directional overrides and control characters taken out."""
    return escape(clean_text(text), quote=True)
