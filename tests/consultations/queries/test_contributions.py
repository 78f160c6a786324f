"""The list of a session: filters, search, order, pages by place, and a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.consultations import rules
from answerable.consultations.actions import file_appeal, moderate, take_stance
from answerable.consultations.queries import (
    ContributionFilters,
    balance_of,
    consultation_page,
    consultations_by_phase,
    contribution_page_of,
    contribution_queue,
    contribution_with_code,
    contributions_of_organisation,
    contributions_towards_goal,
    facet_counts,
    heard_figures,
    moderation_log,
    monthly_figures,
    open_appeals,
    own_hidden_of,
    reply_page_of,
    reply_queue,
    session_page,
    shown_name,
)
from answerable.consultations.states import ConsultationState, Phase, PostState
from tests.factories.consultations import (
    CLOSES,
    NOW,
    OPENS,
    ConsultationFactory,
    ConsultationSessionFactory,
    ConsultationTextFactory,
    ContributionFactory,
    GuidingQuestionFactory,
    QuestionTextFactory,
    ReplyFactory,
    SessionTextFactory,
)
from tests.factories.people import OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def listed(session, **arguments):
    return [item.contribution for item in contribution_page_of(session, **arguments).items]


def found(session, words, *, languages=("en",)):
    return listed(session, filters=ContributionFilters(search=words), languages=languages)


def test_list_shows_public_ones_newest_first(session):
    first, second = ContributionFactory.create_batch(2, session=session)
    for state in (PostState.WAITING, PostState.HELD, PostState.REMOVED, PostState.WITHDRAWN):
        ContributionFactory(session=session, state=state)
    ContributionFactory()
    assert listed(session) == [second, first]
    assert listed(session, sort="oldest") == [first, second]


@pytest.mark.parametrize("sort", ["newest", "oldest", "divided", "discussed"])
def test_pages_follow_each_other_without_gap_or_repeat(session, sort):
    rows = ContributionFactory.create_batch(7, session=session)
    for number, row in enumerate(rows):
        row.division, row.reply_count = number % 3, number % 2
        row.published_at = NOW - timedelta(seconds=number // 2)
        row.save()
    whole = listed(session, sort=sort)
    forwards, cursors, cursor = [], [], ""
    while True:
        page = contribution_page_of(session, sort=sort, cursor=cursor, limit=3)
        forwards += [item.contribution for item in page.items]
        cursors.append(page.previous_cursor)
        if not (cursor := page.next_cursor):
            break
    assert forwards == whole
    assert len(whole) == 7
    back = contribution_page_of(session, sort=sort, cursor=cursors[-1], limit=3)
    assert [item.contribution for item in back.items] == whole[3:6]
    first = contribution_page_of(session, sort=sort, cursor=back.previous_cursor, limit=3)
    assert ([item.contribution for item in first.items], first.previous_cursor) == (whole[:3], "")


@pytest.mark.parametrize(
    "cursor", ["nonsense", "bm9uc2Vuc2U", "é", "WzAsIjIwMjYiLCJ4Il0", "WzAsMTIsIlItMTIzNC0xMjM0Il0"]
)
def test_list_with_a_broken_cursor_still_answers(session, cursor):
    row = ContributionFactory(session=session)
    if cursor.startswith("WzAsMTI"):
        assert listed(session, cursor=cursor, sort="discussed") == [row]
    else:
        assert listed(session, cursor=cursor) == [row]


def test_filters_narrow_the_list(session):
    organisation = OrganisationFactory()
    wanted = ContributionFactory(
        session=session,
        kind="challenge",
        sector_id="public",
        country_id="NPL",
        language="ne",
        capacity="organisation",
        organisation=organisation,
        questions=[session.questions.get(number=2)],
    )
    ContributionFactory(session=session)
    for filters in (
        {"kind": "challenge"},
        {"sector": "public"},
        {"country": "NPL"},
        {"language": "ne"},
        {"organisation": organisation.slug},
        {"question": 2},
        {"kind": "challenge", "country": "NPL"},
    ):
        assert listed(session, filters=ContributionFilters(**filters)) == [wanted]
    assert listed(session, filters=ContributionFilters(question=10**9)) == []


@pytest.mark.parametrize(
    ("text", "language", "search"),
    [
        ("Villages rejected the committees.", "en", "committee village"),
        ("La réunion était déjà terminée.", "fr", "REUNION"),
        ("Los comités rechazaron las reuniones.", "es", "comite"),
        ("Комитет отверг предложения.", "ru", "предложение"),
        ("伙伴关系需要社区代表参加。", "zh", "社区代表"),
        ("伙伴关系需要社区代表参加。", "zh", "加"),
        ("ความร่วมมือต้องมีชุมชน", "th", "ชุมชน"),
        ("المشاركة في القرارات", "ar", "مشاركة"),
        ("নদীর পানি কমে গেছে", "bn", "পানি"),
    ],
)
def test_search_finds_words_whatever_their_accents_and_endings(session, text, language, search):
    wanted = ContributionFactory(session=session, text=text, language=language)
    ContributionFactory(session=session, text="Nothing of the kind.", language="en")
    assert found(session, search, languages=(language, "en")) == [wanted]


@pytest.mark.parametrize(
    "search", ['"', "' OR 1=1 --", "a AND (", "NEAR(x)", "*", "col:x", "\\'; drop", "!&|", "x\x00y"]
)
def test_search_with_operators_is_harmless(session, search):
    ContributionFactory(session=session, text="Plain words.")
    assert found(session, search) in ([], listed(session))


def test_search_needs_all_words_and_knows_receipt_codes(session):
    wanted = ContributionFactory(session=session, text="Wells and pumps.")
    ContributionFactory(session=session, text="Wells only.")
    assert found(session, "wells pumps") == [wanted]
    assert found(session, wanted.receipt_code) == [wanted]
    assert len(found(session, "  ")) == 2


def test_list_costs_the_same_at_one_and_three_rows(session):
    person = PersonFactory()

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = contribution_page_of(session, person=person, filters=ContributionFilters(search="market"))
            for item in page.items:
                assert item.contribution.author.public_name
                assert [question.number for question in item.contribution.questions.all()] == [1]
        return len(page.items), len(captured)

    counts = []
    for more in (1, 2):
        for row in ContributionFactory.create_batch(
            more, session=session, sector_id="public", country_id="NPL", organisation=OrganisationFactory()
        ):
            take_stance(row, person=person, position="agree", at=NOW)
        counts.append(queries())
    assert counts == [(1, 3), (3, 3)]


def test_pages_above_the_list_cost_the_same_at_one_and_three_rows(session):
    ConsultationTextFactory(consultation=session.consultation, language="fr", title="Partenariats")

    def queries():
        slug = session.consultation.slug
        with CaptureQueriesContext(connection) as captured:
            page = consultation_page(slug, language="fr", at=NOW)
            assert page.text.title == "Partenariats"
        with CaptureQueriesContext(connection) as of_session:
            shown = session_page(slug, 1, language="fr", at=NOW)
            assert (shown.text.language, shown.phase) == ("en", Phase.OPEN)
        return len(captured), len(of_session)

    counts = [queries()]
    for number in (2, 3):
        QuestionTextFactory(question=GuidingQuestionFactory(session=session))
        SessionTextFactory(session=ConsultationSessionFactory(consultation=session.consultation, number=number))
    counts.append(queries())
    assert counts == [(9, 6), (9, 6)]


def test_consultations_are_sorted_into_phases(session):
    soon = ConsultationFactory(opens_at=NOW + timedelta(days=1))
    over = ConsultationFactory(closes_at=NOW)
    done = ConsultationFactory(state=ConsultationState.CONCLUDED)
    ConsultationFactory(state=ConsultationState.DRAFT)
    with CaptureQueriesContext(connection) as captured:
        phases = consultations_by_phase(NOW, language="en")
    assert {phase: [each.consultation for each in rows] for phase, rows in phases.items()} == {
        Phase.OPEN: [session.consultation],
        Phase.ANNOUNCED: [soon],
        Phase.SYNTHESIS: [over],
        Phase.CONCLUDED: [done],
    }
    assert len(captured) == 4


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        (OPENS - timedelta(microseconds=1), Phase.ANNOUNCED),
        (OPENS, Phase.OPEN),
        (CLOSES - timedelta(microseconds=1), Phase.OPEN),
        (CLOSES, Phase.SYNTHESIS),
    ],
)
def test_phase_turns_to_the_second(session, at, phase):
    assert session_page(session.consultation.slug, 1, language="en", at=at).phase == phase


def test_word_of_which_its_stemmer_leaves_nothing_is_kept_and_found(session):
    row = ContributionFactory(session=session, language="ne", text="यो छ।")
    assert found(session, "छ", languages=["ne", "en"]) == [row]
    assert found(session, "छन्", languages=["ne"]) == []


def test_facets_balance_and_figures_count_public_ones(session):
    fields = {"session": session, "sector_id": "public", "country_id": "NPL"}
    ContributionFactory.create_batch(2, **fields)
    ContributionFactory(session=session, kind="example", language="fr")
    ContributionFactory(session=session, state=PostState.HELD, kind="example")
    session = session_page(session.consultation.slug, 1, language="en", at=NOW).session
    with CaptureQueriesContext(connection) as captured:
        counts = facet_counts(session)
    assert counts["kind"] == {"view": 2, "example": 1}
    assert counts["question"] == {"1": 3}
    assert counts["sector"] == {"public": 2, "": 1}
    assert len(captured) == 1
    balance = balance_of(session.consultation)
    assert (balance["country"], balance["language"]) == ({"NPL": 2, "": 1}, {"en": 2, "fr": 1})
    figures = heard_figures(session.consultation)
    assert (figures.contributions, figures.contributors, figures.countries, figures.languages) == (3, 3, 1, 2)


def test_replies_are_paged_oldest_first(session):
    contribution = ContributionFactory(session=session)
    rows = ReplyFactory.create_batch(3, contribution=contribution)
    ReplyFactory(contribution=contribution, state=PostState.REMOVED)
    page = reply_page_of(contribution, limit=2)
    assert page.items == rows[:2]
    assert reply_page_of(contribution, cursor=page.next_cursor, limit=2).items == rows[2:]


def test_hidden_words_are_read_by_author_and_moderators_only(session, moderator):
    held = ContributionFactory(session=session, state=PostState.HELD)
    shown = ContributionFactory(session=session)
    stranger = PersonFactory()
    readers = {held.author: True, moderator: True, stranger: False, None: False}
    for reader, is_read in readers.items():
        assert bool(rules.may_read(reader, held, at=NOW)) is is_read
        visible = set(rules.visible_contributions(reader, at=NOW))
        assert visible == ({held, shown} if is_read else {shown})
    assert rules.may_read(None, held, at=NOW).code == "held"
    assert own_hidden_of(session, held.author) == [held]
    assert own_hidden_of(session, stranger) == []
    assert contribution_queue(session.consultation, state="held").items == [held]


def test_drafts_are_seen_by_those_who_hold_a_role(session, moderator):
    session.consultation.state = ConsultationState.DRAFT
    session.consultation.save()
    assert list(rules.visible_consultations(moderator, at=NOW)) == [session.consultation]
    assert list(rules.visible_consultations(PersonFactory(), at=NOW)) == []
    ContributionFactory(session=session)
    assert not rules.visible_contributions(None, at=NOW).exists()


def test_contribution_is_found_by_its_code_as_typed(session):
    row = ContributionFactory(session=session)
    assert contribution_with_code(row.receipt_code.lower().replace("-", " ")) == row
    assert contribution_with_code("R-0000-000") is None


def test_organisation_and_goal_list_what_is_public(session):
    organisation = OrganisationFactory()
    session.consultation.goals.set([17])
    row = ContributionFactory(session=session, capacity="organisation", organisation=organisation)
    ContributionFactory(session=session, organisation=organisation, state=PostState.REMOVED)
    ContributionFactory()
    assert contributions_of_organisation(organisation).items == [row]
    assert contributions_towards_goal(17).items == [row]
    assert contributions_towards_goal(5).items == []


def test_name_is_shown_unless_withheld(session):
    author = PersonFactory(name="Somsri Example")
    assert shown_name(ContributionFactory(session=session, author=author)) == "Somsri Example"
    assert shown_name(ContributionFactory(session=session, author=author, is_name_hidden=True)) == "Name withheld"
    assert shown_name(ContributionFactory(session=session, author=None, attributed_name="Table 4")) == "Table 4"


LISTS = {
    "consultations": lambda session: consultations_by_phase(NOW, language="en"),
    "replies": lambda session: [row.author.public_name for row in reply_page_of(session.contributions.first()).items],
    "own hidden": lambda session: own_hidden_of(session, ContributionFactory(session=session).author),
    "organisation": lambda session: contributions_of_organisation(OrganisationFactory()).items,
    "goal": lambda session: [shown_name(row) for row in contributions_towards_goal(17).items],
    "queue": lambda session: [
        (row.session.number, shown_name(row)) for row in contribution_queue(session.consultation, state="public").items
    ],
    "reply queue": lambda session: [
        row.contribution.session.number for row in reply_queue(session.consultation, state="public").items
    ],
    "log": lambda session: [row.contribution.receipt_code for row in moderation_log(session.consultation).items],
    "months": lambda session: monthly_figures(session.consultation),
    "appeals": lambda session: [
        (row.act.contribution.session.number, row.filed_by.public_name) for row in open_appeals(session.consultation)
    ],
    "facets": facet_counts,
    "balance": lambda session: balance_of(session.consultation),
}


@pytest.mark.parametrize("ask", LISTS.values(), ids=LISTS)
def test_every_list_costs_the_same_at_one_and_three_rows(session, moderator, ask):
    session.consultation.goals.set([17])
    counts = []
    for more in (1, 2):
        for _ in range(more):
            row = ContributionFactory(session=session)
            ReplyFactory(contribution=session.contributions.first())
            ConsultationTextFactory(consultation=ConsultationFactory())
            other = ContributionFactory(session=session)
            act = moderate(other, moderator=moderator, move="hold", reason_code="off_topic", at=NOW)
            file_appeal(act, by=other.author, text="It is on topic.", at=NOW)
            assert row.state == PostState.PUBLIC
        session = session_page(session.consultation.slug, 1, language="en", at=NOW).session
        with CaptureQueriesContext(connection) as captured:
            ask(session)
        counts.append(len(captured))
    assert counts[0] == counts[1]
