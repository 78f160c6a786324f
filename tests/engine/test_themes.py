"""What makes a theme, and what stands alone."""

import pytest

from answerable.engine.pipeline import synthesize
from answerable.engine.records import Contribution

BEES = (
    "My grandmother kept bees behind the school until the spraying began; nobody ever measured the honey. "
    "The harbour office lent us a lamp, a table and two chairs, and that was where the whole signature drive started."
)
FERRIES = (
    "Every winter our ferry timetable changes without a word to the islands, so nurses sleep on benches. "
    "Print it once, hang it at the kiosk, and let a passenger council sign each change; a lamp above it costs nothing."
)


def placed(texts):
    found = synthesize([Contribution(f"R-{number:02}", text, language="en") for number, text in enumerate(texts)])
    assert found.coverage.received == len(texts)
    return [theme.label for theme in found.themes], found.coverage.standing_alone


@pytest.mark.parametrize(
    ("texts", "alone"),
    [
        ((BEES, FERRIES), 2),
        (("More parking.", "Parking for bicycles!", "Parking, please."), 0),
        ((f"{BEES} Publish the ferry timetable at the kiosk.", FERRIES), 0),
    ],
)
def test_long_texts_with_one_word_in_common_stand_alone_and_short_ones_do_not(texts, alone):
    labels, standing_alone = placed(texts)

    assert (standing_alone, bool(labels)) == (alone, alone == 0)
