"""When things happen in the demonstration: relative to the day it is loaded."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
LENGTH = timedelta(days=42)
SHORTEST_REST = timedelta(days=3)


def opening(loaded_at: datetime) -> datetime:
    """Return when the consultation opened: midnight in Bangkok, six weeks before it was loaded."""
    began = (loaded_at - LENGTH).astimezone(BANGKOK)
    return began.replace(hour=0, minute=0, second=0, microsecond=0)


def meeting_day(loaded_at: datetime) -> date:
    """Return the day of the meeting: the next 28 November that leaves three days to contribute before its eve ends."""
    year = loaded_at.astimezone(BANGKOK).year
    day = date(year, 11, 28)
    return day if closing(day) - loaded_at >= SHORTEST_REST else date(year + 1, 11, 28)


def closing(meeting: date) -> datetime:
    """Return the last second of the eve of the meeting in Bangkok."""
    return datetime(meeting.year, meeting.month, meeting.day, tzinfo=BANGKOK) - timedelta(seconds=1)


def reporting(loaded_at: datetime) -> datetime:
    """Return when the interim report was published; what is sent after it waits for the next version."""
    return loaded_at - timedelta(hours=2)


def moment(loaded_at: datetime, day: float) -> datetime:
    """Return the moment ``day`` days after the opening, never later than the interim report."""
    return min(opening(loaded_at) + timedelta(days=day), reporting(loaded_at))
