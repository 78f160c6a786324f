"""Pieces of pages kept ready: never out of date, never in another language, and with nothing of another reader."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.template import Context
from django.test import RequestFactory
from django.utils import translation

from answerable.consultations.models import Reply
from answerable.consultations.queries import ContributionFilters
from answerable.ledger.models import Entry
from answerable.synthesis.queries.thread import ThreadStep
from answerable.synthesis.states import ThreadEvent
from answerable.web import fragments
from answerable.web.consultations.contribution_form import ShortForm
from answerable.web.consultations.entries import entry_of, reply_entry
from answerable.web.consultations.proofs import Proof, SignedHead
from answerable.web.consultations.session import Asked
from answerable.web.crumbs import Crumb
from answerable.web.fields import Choice, Field, form_of
from answerable.web.fragments import fragment, slot
from answerable.web.templatetags import fragments as tags
from answerable.web.templatetags import receipts, sessions
from tests.factories.consultations import NOW, ContributionFactory, ReplyFactory
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pieces(monkeypatch):
    """Begin each test with nothing kept."""
    empty = fragments._Pieces()
    monkeypatch.setattr(fragments, "_pieces", empty)
    return empty


def page(address="/somewhere/", token="t" * 64):
    return Context({"request": RequestFactory().get(address), "csrf_token": token})


def entries():
    """Return entries of which each shows something that the one before does not."""
    row = ContributionFactory(agree_count=3, text="Words *of* one.")
    plain = entry_of(row, reader=None, is_open=False)
    yield plain
    yield replace(plain, is_open=True)
    yield replace(plain, is_open=True, own_position="agree")
    yield replace(plain, questions="(a)")
    yield replace(plain, author="Somebody <else>")
    yield replace(plain, axes="Public sector · Nepal")
    yield replace(plain, state_label="Held")
    yield replace(plain, kind_label="Another kind")
    organisation = OrganisationFactory(name="Sociedad & cía", name_language="es")
    for changes in (
        {"agree_count": 4},
        {"disagree_count": 1_200},
        {"pass_count": 7},
        {"reply_count": 1},
        {"reply_count": 2},
        {"kind": "example"},
        {"language": "ar"},
        {"html": "<p>Other words</p>"},
        {"published_at": NOW - timedelta(days=40)},
        {"capacity": "organisation", "organisation": organisation},
        {"channel": "import"},
        {"receipt_code": "R-7K3M-2Q9D"},
    ):
        other = ContributionFactory(author=row.author, session=row.session)
        for name, value in ({"agree_count": 3} | changes).items():
            setattr(other, name, value)
        yield entry_of(other, reader=None, is_open=True)


def replies():
    row = ReplyFactory()
    plain = reply_entry(row, contribution=row.contribution, reader=None)
    yield plain
    yield replace(plain, author="Somebody <else>")
    yield replace(plain, is_by_author=True)
    yield replace(plain, is_own=True)
    yield replace(plain, state_label="Held")
    for changes in ({"html": "<p>No.</p>"}, {"language": "fr"}, {"published_at": NOW}, {"state": "withdrawn"}):
        other = Reply(receipt_code="R-7K3M-2Q9D", **({"html": "<p>Yes.</p>", "language": "en"} | changes))
        other.submitted_at = NOW - timedelta(days=3)
        yield replace(plain, reply=other, is_own=True)


def steps():
    yield ThreadStep("heard", ThreadEvent.SUBMITTED, NOW)
    yield ThreadStep("heard", ThreadEvent.SUBMITTED, NOW - timedelta(days=1))
    yield ThreadStep("heard", ThreadEvent.PUBLISHED, NOW)
    yield ThreadStep("heard", ThreadEvent.REVISED, NOW, title="2")
    yield ThreadStep("answered", ThreadEvent.CITED, None, title="1.2 Boards & pumps", address="/a/?b=1&c=2")
    yield ThreadStep("answered", ThreadEvent.CITED, None, title="1.2 Boards & pumps")
    yield ThreadStep("answered", ThreadEvent.REPORTED, NOW, title="1", address="/a/")
    yield ThreadStep("answered", ThreadEvent.SET_ASIDE, NOW, "Off the question", "It asks about roads.", "/a/")


def proofs():
    yield None
    for index, head in ((1, None), (2, None), (2, SignedHead(3, NOW)), (2, SignedHead(1_234, NOW))):
        yield Proof(Entry(index=index), f"leaf {index}", head)


def forms():
    kind = Field("kind", "Kind", "radios", choices=(Choice("view", "A view"),))
    text = Field("text", "Text", "textarea", "typed <words>")
    about = {"sector": "public", "stakeholder_group": "", "country": "NPL"}
    plain = ShortForm("key", kind, replace(kind, name="questions"), text, Field("is_name_hidden", "N", "tick"), about)
    yield plain
    yield replace(plain, key="another")
    yield replace(plain, text=replace(text, value="typed others"))
    yield replace(plain, kind=replace(kind, choices=(Choice("view", "A view", is_chosen=True),)))
    yield replace(plain, about=about | {"sector": ""})
    yield replace(plain, is_name_hidden=Field("is_name_hidden", "N", "tick", "1"))


def filters():
    counts = {
        "kind": {"view": 2, "example": 1},
        "question": {"1": 3},
        "sector": {"public": 1},
        "country": {"NPL": 1},
        "language": {"en": 3},
    }
    others = (
        counts | {"kind": {}},
        counts | {"kind": {"view": 3}},
        counts,
        counts | {"kind": {"view": 4, "example": 1}},
        counts | {"kind": {"example": 4, "view": 1}},
        counts | {"country": {"NPL": 2, "THA": 2}},
    )
    for other in others:
        for chosen in (
            ContributionFilters(),
            ContributionFilters(kind="view"),
            ContributionFilters(country="NPL"),
            ContributionFilters(country="nowhere <x>"),
            ContributionFilters(question=1),
            ContributionFilters(search="one <word>"),
            ContributionFilters(search="another"),
        ):
            yield other, chosen


WAYS = {
    "entry": (entries, tags.kept_entry),
    "votes": (entries, tags.kept_votes),
    "said": (entries, lambda page, entry: receipts.kept_said(page, entry, None, [])),
    "reply": (replies, lambda page, entry: tags.kept_replies(page, [entry], "R-0001-0001")),
    "step": (steps, lambda page, step: receipts.kept_steps(page, [step])),
    "proof": (proofs, lambda page, proof: receipts.kept_proof(page, proof, "R-0001-0001")),
    "short form": (forms, lambda page, form: sessions.kept_short_form(page, form, "water", 1)),
    "filters": (filters, lambda page, both: sessions.kept_filters(page, *both, (Asked(1, "Why?"),), "newest")),
}


def shown_anew(show, value, pieces):
    pieces._by_key.clear()
    return str(show(page(), value))


@pytest.mark.parametrize("way", WAYS)
def test_piece_out_of_memory_is_what_is_rendered_anew(way, pieces):
    make, show = WAYS[way]
    values = list(make())
    anew = [shown_anew(show, value, pieces) for value in values]
    assert len(set(anew)) > len(values) // 2
    out_of_memory = [str(show(page(), value)) for value in [*values, *values]]
    assert out_of_memory == anew * 2


@pytest.mark.parametrize(
    ("way", "part"),
    [("entry", "has_axes"), ("entry", "language"), ("votes", "is_open"), ("votes", "stances"), ("said", "channel"),
     ("reply", "may_withdraw"), ("reply", "is_by_author"), ("step", "event"), ("proof", "is_signed"),
     ("short form", "kind"), ("filters", "chosen"), ("filters", "offered")],
)  # fmt: skip
def test_piece_kept_without_a_part_of_its_key_would_be_another_ones(way, part, pieces, monkeypatch):
    """The control of the test above: it goes red as soon as a key lacks something that is shown."""
    make, show = WAYS[way]
    values = list(make())
    anew = [shown_anew(show, value, pieces) for value in values]
    get, keep = fragments._Pieces.get, fragments._Pieces.keep

    def without(key):
        return tuple(each for each in key if not (isinstance(each, tuple) and each[0] == part))

    monkeypatch.setattr(fragments._Pieces, "get", lambda self, key: get(self, without(key)))
    monkeypatch.setattr(fragments._Pieces, "keep", lambda self, key, piece: keep(self, without(key), piece))
    pieces._by_key.clear()
    assert [str(show(page(), value)) for value in [*values, *values]] != anew * 2


def test_piece_is_said_in_the_language_of_the_page():
    entry = next(entries())
    said = {}
    for language in ("en", "fr", "ar", "en", "fr"):
        with translation.override(language):
            shown = str(tags.kept_votes(page(), entry))
            assert said.setdefault(language, shown) == shown
    assert len(set(said.values())) == 3


def test_piece_carries_the_token_and_the_address_of_each_page():
    entry = replace(next(entries()), is_open=True)
    first = tags.kept_votes(page("/one/?a=1&b=2", "a" * 64), entry)
    second = tags.kept_votes(page("/two/", "b" * 64), entry)
    assert "a" * 64 in first
    assert 'value="/one/?a=1&amp;b=2#' in first
    assert "a" * 64 not in second
    assert "/one/" not in second
    assert "b" * 64 in second
    assert 'value="/two/#' in second


def test_nothing_of_a_reader_is_kept(pieces):
    typed = Field("text", "Your reply", "textarea", "what I typed")
    form = form_of([typed, Field("is_name_hidden", "No name", "tick")])
    for token, key in (("a" * 64, "first-key"), ("b" * 64, "second-key")):
        shown = receipts.kept_reply_form(page("/mine/", token), form, "R-0001-0001", key)
        assert all(word in shown for word in (token, key, "what I typed", "R-0001-0001"))
    kept = repr(pieces._by_key)
    assert "Your reply" in kept
    assert not any(word in kept for word in ("a" * 64, "b" * 64, "-key", "what I typed", "R-0001-0001", "/mine/"))


def test_what_is_put_in_is_escaped_and_never_a_slot_itself():
    crumbs = [Crumb("Home", "/"), Crumb("<b>me</b>")]
    shown = tags.kept_crumbs(page(), crumbs)
    assert "&lt;b&gt;me&lt;/b&gt;" in shown
    assert fragments._SECRET not in shown
    named = tags.kept_crumbs(page(), [Crumb("Home", "/"), Crumb(slot("token"))])
    assert "t" * 64 not in named


def test_template_sees_nothing_of_the_page_around_it():
    around = page()
    around["title"] = around["lead"] = "of the page around"
    shown = fragment(around, "consultations/session_asked.html", shown={"background": "", "language": "en"})
    assert "of the page around" not in shown


def test_pieces_are_forgotten_when_they_are_too_long_together(monkeypatch):
    monkeypatch.setattr(fragments, "_MOST_CHARACTERS", 2)
    few = fragments._Pieces()
    for key in ("a", "b", "b", "c"):
        few.keep(key, fragments._Piece((key,), (), 1))
    assert [bool(few.get(key)) for key in ("a", "b", "c")] == [False, True, True]


def test_filters_with_other_numbers_in_the_same_order_are_one_piece(pieces):
    asked, chosen = (Asked(1, "Why?"),), ContributionFilters()
    for number in (12, 13):
        counts = {"kind": {"view": number, "example": 1}, "question": {}, "sector": {}, "country": {}, "language": {}}
        html = sessions.kept_filters(page(), counts, chosen, asked, "newest")
        assert (f"({number})</option>" in html, html.count("</option>")) == (True, 7)
    assert len(pieces._by_key) == 1
