"""What the invented people said, replied, and what the moderator did about it."""

import re
from datetime import datetime, timedelta
from typing import Any

from answerable.consultations.actions.contributing import submit_contribution
from answerable.consultations.actions.contribution_draft import ContributionDraft
from answerable.consultations.actions.digest import DigestDraft, publish_digest
from answerable.consultations.actions.moderation import moderate
from answerable.consultations.actions.replying import write_reply
from answerable.consultations.models import Consultation, ConsultationSession, Contribution
from answerable.consultations.states import Capacity, Channel, ModerationMove, ReasonCode
from answerable.demo import calendar, words
from answerable.demo.community import MODERATOR, Community
from answerable.people.models import Person

_NOTES = {
    "moderate:personal-attack": (
        ReasonCode.PERSONAL_ATTACK,
        "The point about late answers is welcome, the words about one person are not. Please send it without them.",
    ),
    "moderate:personal-data": (
        ReasonCode.PERSONAL_DATA,
        "A private telephone number stood in the text. Please send the text again without it.",
    ),
}


def post_everything(
    consultation: Consultation, community: Community, *, loaded_at: datetime
) -> dict[str, Contribution]:
    """Send each contribution and its replies at its own moment; returns the contributions by their key."""
    sessions = {session.number: session for session in consultation.sessions.select_related("consultation")}
    posted = {}
    for item in words.contributions():
        sent_at = calendar.moment(loaded_at, item["day"])
        contribution = _contribute(item, sessions[item["session"]], community, at=sent_at)
        posted[item["key"]] = contribution
        for number, reply in enumerate(item.get("reply", []), start=1):
            _reply(contribution, reply, community, key=f"{item['key']}-{number}", loaded_at=loaded_at)
        if item.get("note") in _NOTES:
            reason, note = _NOTES[item["note"]]
            moderate(
                contribution,
                moderator=community.staff[MODERATOR],
                move=ModerationMove.REMOVE,
                reason_code=reason,
                note=note,
                at=contribution.submitted_at + timedelta(hours=3),
            )
    return posted


def post_late(consultation: Consultation, community: Community, *, loaded_at: datetime) -> None:
    """Send what came in after the report was published, so that the rapporteur's desk has something to sort."""
    sessions = {session.number: session for session in consultation.sessions.select_related("consultation")}
    for item in words.late_contributions():
        sent_at = loaded_at - timedelta(minutes=item["minutes_ago"])
        _contribute(item, sessions[item["session"]], community, at=sent_at)


def publish_digests(
    consultation: Consultation, posted: dict[str, Contribution], *, by: Person, loaded_at: datetime
) -> None:
    """Pin the moderator's weekly summaries, their citations turned into receipt codes."""
    sessions = {session.number: session for session in consultation.sessions.select_related("consultation")}
    opened = calendar.opening(loaded_at)
    for item in sorted(words.digests(), key=lambda digest: digest["day"]):
        text = re.sub(r"\[(s\d-\d{3})\]", lambda found: f"[{posted[found[1]].receipt_code}]", item["text"].strip())
        week_starts_on = (opened + timedelta(days=7 * (item["week"] - 1))).date()
        draft = DigestDraft(week_starts_on, item["title"], text, item["language"])
        publish_digest(sessions[item["session"]], by=by, draft=draft, at=calendar.moment(loaded_at, item["day"]))


def _contribute(
    item: dict[str, Any], session: ConsultationSession, community: Community, *, at: datetime
) -> Contribution:
    organisation = community.organisations.get(item.get("on_behalf_of", ""))
    draft = ContributionDraft(
        kind=item["kind"],
        text=item["text"],
        questions=tuple(item["questions"]),
        language=item["language"],
        capacity=Capacity.ORGANISATION if organisation else Capacity.PERSONAL,
        organisation=organisation.public_id if organisation else "",
        sector=item.get("sector", ""),
        stakeholder_group=item.get("stakeholder_group", ""),
        country=item.get("country", ""),
    )
    return submit_contribution(
        session=session,
        author=community.persons[item["author"]],
        draft=draft,
        idempotency_key=f"demo-{item['key']}",
        at=at,
        channel=Channel(item.get("channel", "web")),
    )


def _reply(
    contribution: Contribution, item: dict[str, Any], community: Community, *, key: str, loaded_at: datetime
) -> None:
    write_reply(
        contribution=contribution,
        author=community.persons[item["author"]],
        text=item["text"].strip(),
        language=item.get("language", ""),
        idempotency_key=f"demo-{key}",
        at=calendar.moment(loaded_at, item["day"]),
    )
