"""What became of each contribution, as a report says it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from answerable.synthesis.models import Disposition
from answerable.synthesis.queries.coverage import Coverage
from answerable.synthesis.queries.report_rows import ReportRows
from answerable.synthesis.states import DispositionKind


def answers(rows: ReportRows, *, sessions: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """
    Return what became of every public contribution by its receipt code, in order; no query.

    Each is ``{session, kind, findings, reason_code, reason}``; ``findings`` holds ``[number, public_id, title]`` of
    each finding that cites it or that it was merged into. ``kind`` is empty while nothing is decided.
    """
    places = _places(sessions)
    numbers = {session.pk: session.number for session in rows.sessions}
    found = {}
    for row in rows.contributions:
        decided: Disposition | None = getattr(row, "disposition", None)
        is_aside = decided is not None and decided.kind == DispositionKind.SET_ASIDE
        found[row.receipt_code] = {
            "session": numbers[row.session_id],
            "kind": str(decided.kind) if decided else "",
            "findings": [] if is_aside else places[row.receipt_code],
            "reason_code": str(decided.reason_code) if decided else "",
            "reason": decided.reason if decided else "",
        }
    return found


def coverage_in(found: Mapping[str, Mapping[str, Any]]) -> dict[int, Coverage]:
    """Return the coverage of each session by its number, counted from what ``answers`` returned."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for one in found.values():
        counts[one["session"]][one["kind"]] += 1
    return {
        number: Coverage(
            total=kinds.total(),
            cited=kinds[DispositionKind.CITED],
            merged=kinds[DispositionKind.MERGED],
            set_aside=kinds[DispositionKind.SET_ASIDE],
        )
        for number, kinds in sorted(counts.items())
    }


def _places(sessions: Iterable[Mapping[str, Any]]) -> dict[str, list[list[str]]]:
    """Return number, public id and title of the findings that each receipt code belongs to."""
    places: dict[str, list[list[str]]] = defaultdict(list)
    for session in sessions:
        for finding in session["findings"]:
            place = [finding["number"], finding["public_id"], finding["title"]]
            for code in dict.fromkeys([*(c["receipt"] for c in finding["citations"]), *finding["merged"]]):
                places[code].append(place)
    return places
