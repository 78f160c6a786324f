"""No page asks the database more than fifteen times, whoever reads, however much there is, with nothing kept."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.consultations.actions import (
    CaseDraft,
    ContributionDraft,
    moderate,
    revise_contribution,
    save_draft,
    submit_contribution,
    take_stance,
    write_reply,
)
from answerable.consultations.models import Digest
from answerable.notices.actions import send_notice
from tests.factories.consultations import NOW
from tests.web.world import more_contributions, publish_report

MOST = 15
ROLES = ("anonymous", "participant", "author", "moderator", "administrator")
PAGES = ("/consultations/water/1/", "/c/{code}/", "/search/?q=board", "/consultations/water/1/contribute/")


@pytest.fixture
def busy(world):
    """A world in which each reader's pages show everything that they can show."""
    publish_report(world)
    Digest.objects.update(is_pinned=True)
    case = CaseDraft(place="Bandung", actors="", started_in="2019", result="", evidence_address="", targets=("6.1",))
    draft = ContributionDraft(kind="example", text="The board was put up.", questions=(1, 2), language="en", case=case)
    people = world.people
    world.example = submit_contribution(
        session=world.session, author=people["author"], draft=draft, idempotency_key="example", at=NOW
    )
    for text in ("The board was put up later.", "The board was put up in the end."):
        other = ContributionDraft(kind="example", text=text, questions=(1,), language="en", case=case)
        revise_contribution(world.example, by=people["author"], draft=other, at=NOW)
    for name in ("participant", "author", "moderator", "administrator"):
        _do_everything(world, people[name])
    more_contributions(world, 12)
    return world


def _do_everything(world, person):
    moderator = world.people["moderator" if person == world.people["administrator"] else "administrator"]
    if person != world.people["author"]:
        take_stance(world.example, person=person, position="agree", at=NOW)
    for number in range(3):
        reply = write_reply(
            contribution=world.example, author=person, text=f"Word {number}.", idempotency_key=f"{number}", at=NOW
        )
    moderate(reply, moderator=moderator, move="hold", reason_code="advertising", note="", at=NOW)
    draft = ContributionDraft(kind="view", text="Buy this board.", questions=(1,), language="en")
    for number in range(2):
        sent = submit_contribution(
            session=world.session, author=person, draft=draft, idempotency_key=f"held-{number}", at=NOW
        )
        moderate(sent, moderator=moderator, move="hold", reason_code="advertising", note="", at=NOW)
    save_draft(person, world.session, fields={"text": ["Begun"]}, at=NOW)
    send_notice("consultations.replied", to=person, facts={"code": "R"}, address="/", about="R", at=NOW)


def _asked(client, address):
    with CaptureQueriesContext(connection) as caught:
        response = client.get(address)
    assert response.status_code == 200
    return len(caught)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ROLES)
def test_page_asks_at_most_fifteen_times_also_with_nothing_kept(busy, role, path):
    client, address = busy.client(role), path.format(code=busy.example.receipt_code)
    cache.clear()
    cold, warm = _asked(client, address), _asked(client, address)
    assert warm <= cold <= MOST


@pytest.mark.parametrize("role", ["anonymous", "author", "moderator"])
def test_contribution_asks_as_often_for_many_replies_and_acts_as_for_few(busy, role):
    client, address = busy.client(role), f"/c/{busy.example.receipt_code}/"
    before = (_asked(client, address), _asked(client, address))[1]
    for number in range(5):
        person = busy.people["delegate"]
        write_reply(contribution=busy.example, author=person, text="More.", idempotency_key=f"m{number}", at=NOW)
    for move, reason in (("hold", "advertising"), ("restore", "mistake")) * 2:
        moderate(busy.example, moderator=busy.people["moderator"], move=move, reason_code=reason, note="", at=NOW)
    assert _asked(client, address) == before
