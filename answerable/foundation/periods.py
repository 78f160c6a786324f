"""Spans of time with exact ends."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """From ``opens_at`` (included) to ``closes_at`` (excluded); an absent end is open."""

    opens_at: datetime | None
    closes_at: datetime | None

    def contains(self, moment: datetime) -> bool:
        """Say whether a moment lies in the period; the closing second itself is outside."""
        return not self.is_before(moment) and not self.is_over(moment)

    def is_before(self, moment: datetime) -> bool:
        """Say whether the period has not begun at a moment."""
        return self.opens_at is not None and moment < self.opens_at

    def is_over(self, moment: datetime) -> bool:
        """Say whether the period has ended at a moment."""
        return self.closes_at is not None and moment >= self.closes_at
