"""Pieces of pages kept ready: what they show is in the key under which they are kept, and nothing of one reader."""

import inspect
import re

import pytest
from django.conf import settings
from django.template import Context
from django.test import RequestFactory

from answerable.web import fragments
from answerable.web.consultations.entries import Entry, ReplyEntry, entry_of
from answerable.web.fragments import fragment
from tests.factories.consultations import ContributionFactory

COMPONENTS = settings.PACKAGE / "web" / "templates" / "components"


@pytest.fixture
def contribution(db):
    return ContributionFactory(agree_count=3)


def page(address="/somewhere/", token="t" * 64):
    return Context({"request": RequestFactory().get(address), "csrf_token": token})


def votes(entry, page):
    return fragment(page, "components/votes.html", shown=entry.looks, values={"entry": entry})


@pytest.mark.parametrize(
    ("template", "row", "shown_by", "allowed"),
    [
        ("entry.html", "c", Entry, {"organisation"}),
        ("votes.html", "c", Entry, set()),
        ("reply.html", "each.reply", ReplyEntry, set()),
    ],
)
def test_looks_name_every_field_that_the_template_shows(template, row, shown_by, allowed):
    html = (COMPONENTS / template).read_text()
    fields = set(re.findall(rf"\b{re.escape(row)}\.(\w+)", html)) - allowed
    said = set(re.findall(r"row\.(\w+)", inspect.getsource(shown_by.looks.fget)))
    assert fields
    assert fields - said == set()


def test_fragment_shows_new_figures_at_once(contribution):
    before = votes(entry_of(contribution, reader=None, is_open=True), page())
    contribution.agree_count = 4
    after = votes(entry_of(contribution, reader=None, is_open=True), page())
    assert ("<b>3</b>" in before, "<b>3</b>" in after, "<b>4</b>" in after) == (True, False, True)


def test_fragment_carries_the_token_and_the_address_of_each_page(contribution):
    entry = entry_of(contribution, reader=None, is_open=True)
    first = votes(entry, page("/one/?a=1&b=2", "a" * 64))
    second = votes(entry, page("/two/", "b" * 64))
    assert "a" * 64 in first
    assert 'value="/one/?a=1&amp;b=2#' in first
    assert "a" * 64 not in second
    assert "/one/" not in second
    assert "b" * 64 in second
    assert 'value="/two/#' in second


def test_fragment_never_shows_the_words_that_stand_for_token_and_address(contribution):
    html = votes(entry_of(contribution, reader=None, is_open=True), page())
    assert not any(mark in html for mark in (fragments._TOKEN, fragments._HERE, fragments._HERE_QUOTED))


def test_fragments_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(fragments, "_MOST", 2)
    pieces = fragments._Pieces()
    for key in ("a", "b", "c"):
        pieces.keep(key, key)
    assert [pieces.get(key) for key in ("a", "b", "c")] == [None, "b", "c"]
