"""Themes as a tree, their contributions, and why each is there."""

import pytest

from answerable.consultations.states import PostState
from answerable.synthesis.queries import (
    contributions_of_theme,
    themes_by_question,
    themes_tree,
    undecided_queue,
    why_here,
    without_theme,
)
from answerable.synthesis.states import Provenance, ThemeState
from tests.factories.consultations import ContributionFactory
from tests.factories.synthesis import CodingFactory, DispositionFactory, FindingFactory, ThemeFactory


def shape(nodes):
    return [(node.theme.label, node.count, node.undecided, shape(node.parts)) for node in nodes]


def test_tree_counts_public_contributions_of_a_theme_and_its_parts(consultation, session, contributions):
    whole = ThemeFactory(session=session, label="whole", order=1)
    part = ThemeFactory(session=session, parent=whole, label="part", order=2)
    ThemeFactory(session=session, label="gone", state=ThemeState.DROPPED)
    CodingFactory(theme=whole, contribution=contributions[0])
    CodingFactory(theme=part, contribution=contributions[1])
    CodingFactory(theme=part, contribution=ContributionFactory(session=session, state=PostState.REMOVED))
    DispositionFactory(contribution=contributions[1])

    assert shape(themes_tree(consultation, session=session)) == [("whole", 2, 1, [("part", 1, 0, [])])]


def test_tree_shows_a_part_whose_parent_is_gone_on_the_first_level(consultation, session):
    gone = ThemeFactory(session=session, state=ThemeState.MERGED)
    ThemeFactory(session=session, parent=gone, label="part")
    assert shape(themes_tree(consultation)) == [("part", 0, 0, [])]


@pytest.mark.parametrize("number", [1, 3])
def test_tree_costs_one_query(consultation, session, number, django_assert_num_queries):
    for _n in range(number):
        theme = ThemeFactory(session=session, question=session.questions.get())
        CodingFactory(theme=theme, contribution=ContributionFactory(session=session))
    with django_assert_num_queries(1):
        by_question = themes_by_question(themes_tree(consultation, session=session))
    assert [len(nodes) for nodes in by_question.values()] == [number]


@pytest.mark.parametrize("number", [1, 3])
def test_contributions_of_theme_cost_one_query(session, number, django_assert_num_queries):
    theme = ThemeFactory(session=session)
    for _n in range(number):
        said = ContributionFactory(session=session)
        CodingFactory(theme=theme, contribution=said)
        DispositionFactory(contribution=said, kind="merged", finding=FindingFactory(session=session), reason_code="")
    with django_assert_num_queries(1):
        page = contributions_of_theme(theme)
        titles = [c.contribution.disposition.finding.title for c in page.items]
        names = [c.contribution.author.public_name for c in page.items]
    assert (len(titles), len(names)) == (number, number)


def test_contributions_of_theme_come_page_by_page_each_once(session):
    theme = ThemeFactory(session=session)
    part = ThemeFactory(session=session, parent=theme)
    placed = [
        (theme, 0.5, True),
        (part, 0.1 + 0.2, False),
        (theme, 0.3, False),
        (part, 0.3, False),
        (theme, 0.9, False),
    ]
    for where, score, is_key in placed:
        CodingFactory(theme=where, contribution=ContributionFactory(session=session), score=score, is_key=is_key)
    seen, cursor = [], ""
    for _page in range(3):
        page = contributions_of_theme(theme, cursor=cursor, limit=2)
        seen += [(row.is_key, row.score) for row in page.items]
        cursor = page.next_cursor
    assert seen == [(True, 0.5), (False, 0.9), (False, 0.1 + 0.2), (False, 0.3), (False, 0.3)]
    assert cursor == ""


def test_contributions_of_theme_with_a_broken_cursor_begin_at_the_start(session):
    coding = CodingFactory(contribution__session=session)
    assert list(contributions_of_theme(coding.theme, cursor="zz_9").items) == [coding]


def test_why_here_names_the_words_that_are_shared(session):
    said = ContributionFactory(session=session, text="Let the village hold the Meter.")
    key = ContributionFactory(session=session)
    coding = CodingFactory(
        contribution=said,
        score=0.4,
        key_contribution=key,
        theme__key_phrases=["meter", "capital"],
        theme__session=session,
    )

    why = why_here(coding)

    assert (why.score, why.key_contribution, why.shared_phrases) == (0.4, key, ("meter",))
    assert why.provenance == Provenance.MACHINE


def test_without_theme_lists_what_stands_alone(consultation, session, contributions):
    CodingFactory(contribution=contributions[0], theme__session=session)
    CodingFactory(contribution=contributions[1], theme__session=session, theme__state=ThemeState.DROPPED)
    assert list(without_theme(consultation)) == contributions[1:]


def test_undecided_queue_goes_on_where_it_stopped(consultation, contributions):
    DispositionFactory(contribution=contributions[1])

    first = undecided_queue(consultation, limit=1)
    second = undecided_queue(consultation, limit=1, cursor=first.next_cursor)

    assert ([*first.items, *second.items], second.next_cursor) == ([contributions[0], contributions[2]], "")


@pytest.mark.parametrize("number", [1, 3])
def test_undecided_queue_costs_two_queries(consultation, session, number, django_assert_num_queries):
    for _n in range(number):
        CodingFactory(contribution=ContributionFactory(session=session), theme__session=session)
    with django_assert_num_queries(2):
        page = undecided_queue(consultation, session=session)
        assert [list(row.labels.all()) for row in page.items] == [[]] * number
