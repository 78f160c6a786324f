"""The demonstration's calendar holds on any day of the year."""

from datetime import UTC, datetime, timedelta

import pytest

from answerable.demo import calendar

DAYS = [datetime(2027, month, day, 13, 30, tzinfo=UTC) for month in range(1, 13) for day in (1, 24, 25, 26, 27, 28)]


@pytest.mark.parametrize("loaded_at", DAYS)
def test_a_newcomer_can_always_contribute(loaded_at):
    meeting = calendar.meeting_day(loaded_at)
    assert (meeting.month, meeting.day) == (11, 28)
    assert calendar.opening(loaded_at) < loaded_at
    assert calendar.closing(meeting) - loaded_at >= timedelta(days=3)


def test_nothing_that_the_report_is_about_happens_after_it():
    loaded_at = DAYS[0]
    assert calendar.moment(loaded_at, 99) == calendar.reporting(loaded_at) < loaded_at
    assert calendar.opening(loaded_at) <= calendar.moment(loaded_at, 0.1) < loaded_at
