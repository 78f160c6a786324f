"""One digest for each thing that people decide, so that the record and the live rows can be compared."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from answerable.foundation.hashing import text_digest
from answerable.synthesis.models import Citation, Finding, Recommendation


def canonical_json(value: Any) -> str:  # any JSON value has a canonical text
    """Return the one JSON text of a value: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def finding_digest(finding: Finding, citations: Iterable[Citation]) -> str:
    """Return the SHA-256 over what a finding says and its quotes in their order; ``contribution`` must be loaded."""
    quotes = [
        [c.contribution.receipt_code, c.revision_number, c.start, c.end, c.quote, c.text_digest]
        for c in sorted(citations, key=lambda c: (c.order, c.contribution.receipt_code, c.start))
    ]
    said = [finding.public_id, finding.kind, finding.title, finding.statement, finding.language, finding.order]
    return text_digest(canonical_json([said, quotes]))


def recommendation_digest(recommendation: Recommendation, finding_ids: Iterable[str]) -> str:
    """Return the SHA-256 over what a recommendation says and the public ids of the findings it rests on."""
    r = recommendation
    said = [r.public_id, r.title, r.text, r.addressee, r.language, r.order]
    return text_digest(canonical_json([said, sorted(finding_ids)]))


def content_digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the frozen content of a report."""
    return text_digest(canonical_json(content))
