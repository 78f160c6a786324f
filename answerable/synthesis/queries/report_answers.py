"""What became of each contribution, as a report says it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from answerable.consultations.models import Consultation
from answerable.synthesis.models import Disposition
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import DispositionKind


def answers(consultation: Consultation, *, sessions: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """
    Return what became of every public contribution by its receipt code, in order; one query.

    Each is ``{session, kind, findings, reason_code, reason}``; ``findings`` holds ``[number, public_id, title]`` of
    each finding that cites it or that it was merged into. ``kind`` is empty while nothing is decided.
    """
    places: dict[str, list[list[str]]] = defaultdict(list)
    for session in sessions:
        for finding in session["findings"]:
            place = [finding["number"], finding["public_id"], finding["title"]]
            for code in dict.fromkeys([*(c["receipt"] for c in finding["citations"]), *finding["merged"]]):
                places[code].append(place)
    rows = public_contributions(consultation).select_related("session", "disposition").order_by("receipt_code")
    found = {}
    for row in rows.only("receipt_code", "session__number", "disposition"):
        decided: Disposition | None = getattr(row, "disposition", None)
        is_aside = decided is not None and decided.kind == DispositionKind.SET_ASIDE
        found[row.receipt_code] = {
            "session": row.session.number,
            "kind": str(decided.kind) if decided else "",
            "findings": [] if is_aside else places[row.receipt_code],
            "reason_code": str(decided.reason_code) if decided else "",
            "reason": decided.reason if decided else "",
        }
    return found
