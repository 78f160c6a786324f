"""Which pages are measured, for whom, and what each may cost at most."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.cache import cache
from django.utils import timezone

from answerable.consultations.actions import ContributionDraft, save_draft, submit_contribution, write_reply
from answerable.consultations.actions.posts import change_state
from answerable.consultations.models import Contribution
from answerable.consultations.states import PostState
from answerable.people.models import Person
from answerable.web.account.browser_sessions import SessionStore
from bench.web.requests import Asked
from bench.web.rows import LargeSession

SESSION_BOUND, CONTRIBUTION_BOUND, SEARCH_BOUND, POST_BOUND, DESK_BOUND = 25, 15, 25, 20, 120
MOST_QUERIES = 15
_WORDS, _UNHEARD, _NOWHERE = "water", "xylophone", "ZWE"


@dataclass(frozen=True)
class Measured:
    """
    One line of the table: how the n-th request is made and answered, and the bounds that hold for it.

    ``bound`` is in multiples of the bare view; None only shows the cost. A post may ask the database more often.
    ``before`` is done before each request, outside of what is measured.
    """

    name: str
    make: Callable[[int], Asked]
    bound: int | None
    status: int = 200
    before: Callable[[], None] = lambda: None
    most_queries: int | None = MOST_QUERIES


def signed_in(person: Person) -> str:
    """Sign a person in and return the key of the browser session."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def make_author(large: LargeSession) -> Person:
    """Make somebody of whom a session's page shows most: a hidden contribution, a hidden reply and a draft."""
    person, now = Person.objects.create_user("author@example.org", name="Author"), timezone.now()
    draft = ContributionDraft(kind="view", text="The board by the pump names who repairs it.", questions=(1,))
    rows = [
        submit_contribution(session=large.session, author=person, draft=draft, idempotency_key=f"a-{n}", at=now)
        for n in range(2)
    ]
    change_state(rows[0], PostState.HELD, at=now)
    for number in range(20):
        reply = write_reply(
            contribution=rows[1], author=person, text=f"Word {number}.", idempotency_key=f"r-{number}", at=now
        )
    type(reply).objects.filter(pk=reply.pk).update(state=PostState.HELD)
    save_draft(person, large.session, fields={"text": ["Begun"]}, at=now)
    return person


def session_pages(large: LargeSession, cookie: str) -> list[Measured]:
    """Return the session's list: first and last page, signed in and not, filtered, and as a browser asks for it."""
    address = f"/consultations/{large.session.consultation.slug}/{large.session.number}/"
    last = f"{address}?cursor={_last_cursor(large)}"
    kind, sort = f"{address}?kind=example&sector=civil_society", f"{address}?sort=divided"
    page = partial(Measured, bound=SESSION_BOUND)
    return [
        page("session, first page", _same(address)),
        page("session, last page", _same(last)),
        page("session, by an author signed in", _same(address, cookie)),
        page("session, last page, signed in", _same(last, cookie)),
        page("session, most divided", _same(sort)),
        page("session, two filters", _same(kind)),
        page("session, one question", _same(f"{address}?question=2")),
        page("session, a country nobody is from", _same(f"{address}?country={_NOWHERE}")),
        page("session, searched in", _same(f"{address}?words={_WORDS}")),
        page("session, searched in and filtered", _same(f"{address}?words={_WORDS}&kind=example")),
        page("session, a word nobody wrote", _same(f"{address}?words={_UNHEARD}")),
        page("session, nothing kept in the cache", _same(address), before=cache.clear),
        page("session, the same, signed in", _same(address, cookie), before=cache.clear),
        page("session, sent compressed", lambda _n: Asked(address, is_compressed=True)),
    ]


def other_pages(large: LargeSession, hot: Contribution, author: Person, cookie: str) -> list[Measured]:
    """Return contributions, typical and hot, and the search."""
    typical = large.session.contributions.filter(reply_count__gte=19).exclude(pk=hot.pk).order_by("pk")[5]
    codes = list(
        large.session.contributions.filter(state=PostState.PUBLIC).values_list("receipt_code", flat=True)[:900]
    )
    own = author.contributions.get(state=PostState.PUBLIC)
    page, search = partial(Measured, bound=CONTRIBUTION_BOUND), partial(Measured, bound=SEARCH_BOUND)
    return [
        page("contribution, 20 replies", _same(_of(typical))),
        page("contribution, signed in", _same(_of(typical), cookie)),
        page("contribution, another each time", lambda n: Asked(f"/c/{codes[n * 7 % len(codes)]}/")),
        page("contribution, another, signed in", lambda n: Asked(f"/c/{codes[n * 7 % len(codes)]}/", cookie)),
        page("contribution, by its author", _same(_of(own), cookie)),
        page("contribution, 500 replies", _same(_of(hot))),
        page("contribution, sent compressed", lambda _n: Asked(_of(typical), is_compressed=True)),
        search("search, one word", _same(f"/search/?q={_WORDS}")),
        search("search, one word, signed in", _same(f"/search/?q={_WORDS}", cookie)),
        search("search, a word nobody wrote", _same(f"/search/?q={_UNHEARD}")),
        search("search, two words", _same(f"/search/?q={_WORDS}+women")),
    ]


def desk_pages(large: LargeSession) -> list[Measured]:
    """Return what a rapporteur opens most; nothing is grouped yet, so everything waits."""
    cookie = signed_in(Person.objects.get(email="convener@example.org"))
    address = f"/desk/consultations/{large.session.consultation.slug}/synthesis/"
    desk = partial(Measured, bound=DESK_BOUND)
    return [
        desk("desk, one by one", _same(address, cookie)),
        desk("desk, many at once", _same(f"{address}many/", cookie)),
        desk("desk, balance", _same(f"{address}balance/", cookie), bound=None),
    ]


def posts(large: LargeSession, hot: Contribution, cookie: str) -> list[Measured]:
    """Return what people send: a contribution, a reply, a stance; each time anew."""
    address = f"/consultations/{large.session.consultation.slug}/{large.session.number}/contribute/"
    words = {"kind": "view", "questions": "1", "step": "publish", "language": "en"}
    positions = ("agree", "disagree")

    def contribute(number: int) -> Asked:
        text = f"Number {number}: the figures were put up where people wait, and somebody asked who repairs the pump."
        return Asked(address, cookie, {**words, "text": text, "key": uuid4().hex})

    def reply(number: int) -> Asked:
        return Asked(f"{_of(hot)}replies/", cookie, {"text": f"We saw it too, {number} times.", "key": uuid4().hex})

    def stance(number: int) -> Asked:
        return Asked(f"{_of(hot)}stance/", cookie, {"position": positions[number % 2]})

    sent = partial(Measured, bound=POST_BOUND, status=302, most_queries=None)
    return [sent("post a contribution", contribute), sent("post a reply", reply), sent("post a stance", stance)]


def _same(path: str, cookie: str = "") -> Callable[[int], Asked]:
    return lambda _number: Asked(path, cookie)


def _of(contribution: Contribution) -> str:
    return f"/c/{contribution.receipt_code}/"


def _last_cursor(large: LargeSession) -> str:
    """Return the address of the last page, as going there page by page would end."""
    row = large.session.contributions.filter(state=PostState.PUBLIC).order_by("published_at", "pk")[10]
    place = [0, row.published_at.isoformat() if row.published_at else "", row.receipt_code]
    return urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")
