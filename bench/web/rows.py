"""Making a large session: bulk rows with their revisions, search words, counts and entries in the public record."""

import itertools
import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from answerable.consultations import log_types
from answerable.consultations.actions.contributing import contribution_facts
from answerable.consultations.actions.facets import add_to_facets, facets_had_by
from answerable.consultations.actions.search_index import index_contributions
from answerable.consultations.actions.stances_in_bulk import StanceDraft, keep_stances
from answerable.consultations.models import ConsultationSession, Contribution, ContributionRevision, Reply
from answerable.consultations.states import Position, PostState
from answerable.demo import calendar, words
from answerable.demo.frame import make_consultation
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import html_of
from answerable.ledger.actions import EntryDraft, record_many
from answerable.people.actions import add_organisation, grant_role
from answerable.people.models import Organisation, Person
from answerable.people.states import RoleName
from answerable.reference.models import Country, Sector

PEOPLE, REPLIES, STANCES, HOT_REPLIES = 300, 20_000, 30_000, 500
_BATCH, _SEED, _ORGANISATIONS = 1_000, 11, 20


@dataclass(frozen=True)
class LargeSession:
    """An open session that can be filled further, and who writes to it."""

    session: ConsultationSession
    people: list[Person]
    organisations: list[Organisation]
    started_at: datetime


def make_session() -> LargeSession:
    """Make the model consultation, empty, and the people who will write."""
    now = timezone.now()
    convener = Person.objects.create_user("convener@example.org")
    grant_role(convener, RoleName.ADMINISTRATOR, by=None, at=now - timedelta(days=90))
    hosts = [
        add_organisation(f"Association number {number}", by=None, at=now - timedelta(days=90))
        for number in range(_ORGANISATIONS)
    ]
    opened, meeting = calendar.opening(now), calendar.meeting_day(now)
    consultation = make_consultation(by=convener, conveners=hosts[:2], opened_at=opened, meeting=meeting)
    people = Person.objects.bulk_create(
        Person(email=f"reader{number}@example.org", name=f"Reader {number}") for number in range(PEOPLE)
    )
    return LargeSession(consultation.sessions.get(number=1), people, hosts, opened)


def add_contributions(large: LargeSession, total: int) -> None:
    """Add public contributions until the session has ``total``, each with one revision and one entry."""
    have = large.session.contributions.count()
    texts = [(item["text"], html_of(item["text"]), item["language"], item["kind"]) for item in words.contributions()]
    sectors, countries = list(Sector.objects.all()), list(Country.objects.all())[:60]
    questions = list(large.session.questions.all())
    chance = random.Random(_SEED + have)  # the same rows each time, nothing secret
    for first in range(have, total, _BATCH):
        numbers = range(first, min(first + _BATCH, total))
        rows = [_contribution(large, number, texts[number % len(texts)], chance=chance) for number in numbers]
        for row in rows:
            row.sector, row.country = chance.choice(sectors), chance.choice(countries)
        with transaction.atomic():
            Contribution.objects.bulk_create(rows)
            ContributionRevision.objects.bulk_create(_revision(row) for row in rows)
            asked = Contribution.questions.through
            asked.objects.bulk_create(
                asked(contribution_id=row.pk, guidingquestion_id=questions[row.pk % len(questions)].pk) for row in rows
            )
            index_contributions(rows)
            ConsultationSession.objects.filter(pk=large.session.pk).update(
                contribution_count=F("contribution_count") + len(rows)
            )
            add_to_facets(facets_had_by(rows))
            record_many([_entry(row, large.session) for row in rows])


def add_replies(large: LargeSession, *, total: int = REPLIES) -> Contribution:
    """Add replies, 500 of them to one contribution and the rest spread evenly; return that hot contribution."""
    rows = list(large.session.contributions.order_by("pk"))
    hot, others = rows[len(rows) // 2], itertools.cycle(rows)
    under = [hot] * HOT_REPLIES + list(itertools.islice(others, total - HOT_REPLIES))
    text = "We saw the same in our district. The figures were put up, and within a month somebody asked about them."
    html, digest = html_of(text), text_digest(text)
    replies = [
        Reply(
            contribution=row,
            author=large.people[number % PEOPLE],
            text=text,
            html=html,
            text_digest=digest,
            language="en",
            state=PostState.PUBLIC,
            submitted_at=large.started_at + timedelta(days=2, seconds=number),
            published_at=large.started_at + timedelta(days=2, seconds=number),
        )
        for number, row in enumerate(under)
    ]
    Reply.objects.bulk_create(replies, batch_size=_BATCH)
    for key, count in Counter(row.pk for row in under).items():
        Contribution.objects.filter(pk=key).update(reply_count=F("reply_count") + count)
    return hot


def add_stances(large: LargeSession, *, total: int = STANCES) -> None:
    """Add stances, spread evenly over the contributions, each with its entry."""
    rows = list(large.session.contributions.order_by("pk"))
    positions = (Position.AGREE, Position.AGREE, Position.DISAGREE, Position.PASS)
    each = -(-total // len(rows))
    for first in range(0, len(rows), _BATCH // 10):
        keep_stances(
            [
                StanceDraft(row, large.people[(row.pk * 7 + n) % PEOPLE], positions[(row.pk + n) % 4], large.started_at)
                for row in rows[first : first + _BATCH // 10]
                for n in range(each)
            ]
        )


def _contribution(
    large: LargeSession, number: int, said: tuple[str, str, str, str], *, chance: random.Random
) -> Contribution:
    text, html, language, kind = said
    is_for_one = number % 4 == 0
    at = large.started_at + timedelta(seconds=number * 20)
    return Contribution(
        session=large.session,
        author=large.people[number % PEOPLE],
        kind=kind,
        language=language,
        capacity="organisation" if is_for_one else "personal",
        organisation=chance.choice(large.organisations) if is_for_one else None,
        state=PostState.PUBLIC,
        text=text,
        html=html,
        text_digest=text_digest(text),
        submitted_at=at,
        published_at=at,
    )


def _revision(row: Contribution) -> ContributionRevision:
    return ContributionRevision(
        contribution=row,
        number=1,
        text=row.text,
        html=row.html,
        text_digest=row.text_digest,
        kind=row.kind,
        language=row.language,
        made_at=row.submitted_at,
    )


def _entry(row: Contribution, session: ConsultationSession) -> EntryDraft:
    return EntryDraft(
        kind=log_types.CONTRIBUTION_RECEIVED,
        subject_type="contribution",
        subject_id=row.receipt_code,
        at=row.submitted_at,
        actor_ref=row.author.public_id if row.author else "",
        facts=contribution_facts(row, consultation=session.consultation, number=session.number),
    )
