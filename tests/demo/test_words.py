"""The words of the model consultation: complete, uneven, and quoted exactly."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from answerable.demo import calendar, words
from answerable.foundation.rich_text import tidy_text

LOADED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SIX = {"en", "ar", "zh", "fr", "ru", "es"}
SECTORS = {"public", "private", "civil_society", "knowledge", "intergovernmental", "philanthropic", "community"}


def by_key():
    return {item["key"]: item for item in words.contributions()}


def test_the_frame_is_there_in_six_languages():
    said = words.consultation()
    assert [session["number"] for session in said["session"]] == [1, 2, 3, 4]
    for part in [said["title"], said["summary"], said["purpose"]]:
        assert set(part) == SIX
    for session in said["session"]:
        assert len(session["question"]) == 3
        for part in [
            session["title"],
            session["lede"],
            session["background"],
            *(q["text"] for q in session["question"]),
        ]:
            assert set(part) == SIX
            assert all(part.values())


def test_there_are_enough_contributions_of_all_sectors_and_languages():
    found = words.contributions()
    assert len(found) >= 160
    assert {item.get("sector") for item in found} >= SECTORS
    languages = Counter(item["language"] for item in found)
    assert set(languages) >= SIX
    assert len(set(languages) - SIX) >= 3


def test_among_them_are_duplicates_a_campaign_off_topic_ones_and_two_to_moderate():
    notes = Counter(item.get("note", "").partition(":")[0].partition(" ")[0] for item in words.contributions())
    assert notes["duplicate"] + notes["near"] + notes["exact"] >= 3
    assert notes["campaign"] >= 5
    assert notes["off-topic"] >= 3
    assert notes["moderate"] == 2


def test_no_two_begin_alike_but_the_deliberate_ones():
    own = [item for item in words.contributions() if not item.get("note")]
    openings = Counter(" ".join(item["text"].split()[:6]) for item in own if len(item["text"].split()) > 6)
    assert [opening for opening, count in openings.items() if count > 1] == []


def test_everybody_who_writes_is_known_and_speaks_only_for_those_who_named_them():
    people = {person["key"] for person in words.people()}
    delegates = {item["key"]: set(item.get("delegates", [])) for item in words.organisations()}
    for item in words.contributions():
        assert item["author"] in people
        assert "on_behalf_of" not in item or item["author"] in delegates[item["on_behalf_of"]]
        assert {reply["author"] for reply in item.get("reply", [])} <= people


def test_what_comes_late_is_said_by_people_who_are_known_between_the_report_and_the_loading():
    people = {person["key"] for person in words.people()}
    late = words.late_contributions()
    assert {item["author"] for item in late} <= people
    reported_at = calendar.reporting(LOADED_AT)
    sent = [LOADED_AT - timedelta(minutes=item["minutes_ago"]) for item in late]
    assert sent == sorted(sent)
    assert reported_at + timedelta(minutes=1) < sent[0] < sent[-1] < LOADED_AT


@pytest.mark.parametrize("finding", words.findings(), ids=lambda finding: finding["key"])
def test_each_quote_of_a_finding_stands_in_its_contribution(finding):
    kept = by_key()
    assert finding["quotes"]
    for quote in finding["quotes"]:
        assert quote["quote"] in tidy_text(kept[quote["contribution"]]["text"])


def test_every_contribution_but_the_moderated_has_an_outcome():
    decided = set(words.dispositions())
    for finding in words.findings():
        decided |= {quote["contribution"] for quote in finding["quotes"]} | set(finding.get("rests_on", []))
    hidden = {item["key"] for item in words.contributions() if item.get("note", "").startswith("moderate:")}
    assert set(by_key()) - decided == hidden
