"""The timeline and the place on the chain of a consultation's page."""

from datetime import date

from tests.web.world import publish_report


def shown(world):
    return world.client("anonymous").get("/consultations/water/").context


def test_timeline_runs_by_day_and_ends_with_what_has_no_day_yet(world):
    world.consultation.event_starts_on = date(2026, 11, 28)
    world.consultation.save()
    titles = [step.title for step in shown(world)["milestones"]]
    assert titles == ["Opens", "Closes", "Expert group meeting", "Outcome report"]
    publish_report(world)
    titles = [step.title for step in shown(world)["milestones"]]
    assert titles == ["Opens", "Outcome report", "Closes", "Expert group meeting"]


def test_place_moves_from_heard_to_answered_with_the_report(world):
    assert shown(world)["place"].ring == "heard"
    publish_report(world)
    assert shown(world)["place"].ring == "answered"


def test_strip_leaves_shares_out_below_ten_contributions(world):
    assert [part.share for part in shown(world)["balance"]] == [None]
    for _ in range(9):
        world.submitted(sector="private")
    parts = {part.label: (part.count, part.share, part.start, part.width) for part in shown(world)["balance"]}
    assert parts == {"Private sector": (9, 0.9, "0.00%", "90.00%"), "Not stated": (1, 0.1, "90.00%", "10.00%")}
