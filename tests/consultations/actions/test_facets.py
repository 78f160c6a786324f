"""Numbers beside the filters: true after every act, and the same that the list and the search come to."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from answerable.consultations.actions import moderate, revise_contribution, submit_contribution, withdraw_contribution
from answerable.consultations.actions.search_index import forget_contributions
from answerable.consultations.models import FacetCount
from answerable.consultations.queries import ContributionFilters, facets_of, match_count
from answerable.consultations.queries.contributions import contribution_page_of, shown_page_of
from answerable.consultations.queries.facets import recounted_facets
from answerable.consultations.queries.search_words import index_words
from answerable.consultations.states import ModerationPolicy, PostState
from tests.factories.consultations import NOW, ContributionDraftFactory, ContributionFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

NARROWED = [
    {"kind": "view"},
    {"kind": "example"},
    {"question": 1},
    {"question": 2},
    {"language": "fr"},
    {"country": "NPL"},
    {"sector": "public", "kind": "example"},
    {"search": "board"},
    {"search": "board", "kind": "view"},
]


def submit(session, **fields):
    draft = ContributionDraftFactory(**{"kind": "view", "questions": (1,), "language": "en", **fields})
    return submit_contribution(session=session, author=PersonFactory(), draft=draft, idempotency_key="", at=NOW)


def kept(session):
    """Return the kept numbers, having compared them with the rows, with the lists and with what the search counts."""
    assert facets_of(session) == recounted_facets(session)
    for fields in NARROWED:
        filters = ContributionFilters(**fields)
        count = match_count(session, filters=filters, languages=["en"])
        assert count == len(contribution_page_of(session, filters=filters, limit=50).items), fields
        assert count == len(shown(session, filters, count=count)), fields
    return {facet: dict(values) for facet, values in facets_of(session).items()}


def shown(session, filters, *, count, **place):
    place = {"sort": "newest", "cursor": "", "limit": 50} | place
    page = shown_page_of(session, person=None, filters=filters, languages=["en"], count=count, **place)
    return [item.contribution for item in page.items]


def test_submitted_contribution_is_counted_under_all_its_values(session):
    submit(session, text="The board was put up.", kind="example", questions=(1, 2), sector="public", country="NPL")
    submit(session, text="Le panneau est là.", language="fr")
    assert kept(session) == {
        "kind": {"example": 1, "view": 1},
        "question": {"1": 2, "2": 1},
        "sector": {"public": 1},
        "country": {"NPL": 1},
        "language": {"en": 1, "fr": 1},
    }


@pytest.mark.parametrize("state", [PostState.WAITING, PostState.HELD, PostState.REMOVED, PostState.WITHDRAWN])
def test_contribution_that_is_not_public_is_counted_nowhere(session, state):
    ContributionFactory(session=session, state=state, text="The board was put up.")
    assert not any(kept(session).values())


def test_moderated_contribution_is_counted_out_and_in_again(session, moderator):
    row = submit(session, text="The board was put up.", country="NPL")
    before = kept(session)
    moderate(row, moderator=moderator, move="hold", reason_code="off_topic", at=NOW)
    assert not any(kept(session).values())
    moderate(row, moderator=moderator, move="restore", reason_code="mistake", at=NOW)
    assert kept(session) == before


def test_withdrawn_contribution_is_counted_out(session):
    staying, going = submit(session, country="NPL"), submit(session, kind="example", country="NPL")
    withdraw_contribution(going, by=going.author, at=NOW)
    assert kept(session)["country"] == {"NPL": 1}
    assert kept(session)["kind"] == {staying.kind: 1}


def test_revised_contribution_moves_to_its_new_values(session):
    row = submit(session, text="The board was put up.", questions=(1,), country="NPL", sector="public")
    draft = ContributionDraftFactory(
        text="The board was taken down.", kind="challenge", questions=(2,), language="fr", country="THA", sector=""
    )
    revise_contribution(row, by=row.author, draft=draft, at=NOW)
    assert kept(session) == {
        "kind": {"challenge": 1},
        "question": {"2": 1},
        "sector": {},
        "country": {"THA": 1},
        "language": {"fr": 1},
    }


def test_revised_contribution_that_waits_again_is_counted_when_it_is_approved(session, moderator):
    row = submit(session, country="NPL")
    session.consultation.moderation_policy = ModerationPolicy.PRE
    session.consultation.save(update_fields=["moderation_policy"])
    draft = ContributionDraftFactory(text="Something else.", kind="example", questions=(2,), language="en")
    revise_contribution(row, by=row.author, draft=draft, at=NOW)
    assert not any(kept(session).values())
    moderate(row, moderator=moderator, move="approve", reason_code="fine", at=NOW)
    assert (kept(session)["kind"], kept(session)["question"]) == ({"example": 1}, {"2": 1})


def test_sessions_are_counted_apart(session):
    other = ContributionFactory(text="The board stands elsewhere.").session
    submit(session, text="The board was put up.")
    assert kept(session)["kind"] == {"view": 1}
    assert kept(other)["kind"] == {"view": 1}
    assert match_count(other, filters=ContributionFilters(search="board"), languages=["en"]) == 1


@pytest.mark.parametrize("value", ["VIEW", "view ", "'view'", '"', "nowhere <x>", "é" * 200, "§", "vie*"])
def test_value_that_nothing_has_fits_nothing(session, value):
    ContributionFactory(session=session)
    for name in ("kind", "sector", "country", "language"):
        filters = ContributionFilters(**{name: value})
        assert match_count(session, filters=filters, languages=["en"]) == 0
        assert shown(session, filters, count=0) == []


def test_reader_cannot_search_for_what_the_index_knows_of_facets(session):
    ContributionFactory(session=session)
    mark = f"§{session.pk}§kind§{b'view'.hex()}"
    filters = ContributionFilters(search=mark)
    assert match_count(session, filters=filters, languages=["en"]) == 0


def test_filter_by_organisation_is_counted_over_the_rows(session):
    row = ContributionFactory(session=session)
    filters = ContributionFilters(organisation="nobody", kind="view")
    assert match_count(session, filters=filters, languages=["en"]) == 0
    assert shown(session, filters, count=0) == []
    assert shown(session, ContributionFilters(kind="view"), count=1) == [row]


@pytest.mark.parametrize("sort", ["newest", "oldest", "divided", "discussed"])
def test_few_are_listed_as_many_are(session, sort):
    rows = ContributionFactory.create_batch(7, session=session, text="The board was put up.")
    for number, row in enumerate(rows):
        row.division, row.reply_count, row.published_at = number % 3, number % 2, NOW.replace(second=number // 3)
        row.save()
    filters = ContributionFilters(search="board", kind="view")

    def pages(count):
        found, cursor = [], ""
        while cursor is not None:
            page = shown_page_of(
                session, person=rows[0].author, filters=filters, sort=sort, cursor=cursor, limit=3,
                languages=["en"], count=count,
            )  # fmt: skip
            found.append((page.items, page.next_cursor, page.previous_cursor))
            cursor = page.next_cursor or None
        return found

    assert pages(7) == pages(1_000)
    assert [len(items) for items, _next, _previous in pages(7)] == [3, 3, 1]


def test_few_that_were_hidden_behind_the_search_are_not_shown(session):
    row = ContributionFactory(session=session)
    type(row).objects.filter(pk=row.pk).update(state=PostState.HELD)
    assert shown(session, ContributionFilters(kind="view"), count=1) == []


def test_migrations_count_and_mark_what_is_there(session):
    submit(session, text="The board was put up.", kind="example", questions=(1, 2), sector="public", country="NPL")
    submit(session, text="The board was put up.", language="fr")
    hidden = ContributionFactory(session=session, state=PostState.HELD, text="Another board.")
    before = kept(session)
    FacetCount.objects.all().delete()
    _write_words_alone([*session.contributions.all()])
    assert match_count(session, filters=ContributionFilters(search="board"), languages=["en"]) == 0
    editor = SimpleNamespace(connection=connection)
    import_module("answerable.consultations.migrations.0006_facet_counts").count(apps, editor)
    import_module("answerable.consultations.migrations.0007_search_marks").mark(apps, editor)
    assert kept(session) == before
    assert hidden not in shown(session, ContributionFilters(search="board"), count=2)


def _write_words_alone(rows):
    """Write the search index as it was before it knew of facets."""
    forget_contributions([row.pk for row in rows])
    with connection.cursor() as cursor:
        for row in rows:
            words = index_words(row.text, row.language)
            if connection.vendor == "postgresql":
                statement = "INSERT INTO consultations_search VALUES (%s, array_to_tsvector(%s::text[]))"
                cursor.execute(statement, [row.pk, words])
            else:
                statement = "INSERT INTO consultations_search (rowid, words) VALUES (%s, %s)"
                cursor.execute(statement, [row.pk, " ".join(words)])
