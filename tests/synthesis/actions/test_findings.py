"""Findings and the exact words they rest on."""

import pytest

from answerable.consultations.states import PostState
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.queries import facts_of
from answerable.people.actions import give_consent, withdraw_consent
from answerable.people.states import ConsentKind
from answerable.synthesis.actions import (
    FindingDraft,
    add_citation,
    change_finding,
    delete_finding,
    merge_into_finding,
    remove_citation,
    reorder_citations,
    reorder_findings,
    write_finding,
)
from answerable.synthesis.models import Citation, Disposition, Finding
from answerable.synthesis.queries import Span
from answerable.synthesis.states import DispositionKind
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.synthesis import FindingFactory, ThemeFactory

DRAFT = FindingDraft(kind="divergence", title="  Should companies\nvote? ", statement="Views divide.")


def test_write_finding_puts_it_last_in_its_session(session, rapporteur):
    first = write_finding(session, draft=DRAFT, by=rapporteur, at=NOW)
    second = write_finding(session, draft=DRAFT, by=rapporteur, at=NOW)

    assert (first.title, first.order, second.order) == ("Should companies vote?", 0, 1)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (FindingDraft(kind="rumour", title="A", statement="B"), "kind"),
        (FindingDraft(kind="divergence", title=" ", statement="B"), "title"),
        (FindingDraft(kind="divergence", title="A", statement=""), "statement"),
        (FindingDraft(kind="divergence", title="A", statement="{sited} contributions"), "statement"),
    ],
)
def test_write_finding_that_is_incomplete_says_which_field(session, rapporteur, draft, field):
    with pytest.raises(Unacceptable) as problem:
        write_finding(session, draft=draft, by=rapporteur, at=NOW)
    assert list(problem.value.problems) == [field]


def test_write_finding_with_a_theme_of_elsewhere_is_refused(session, rapporteur):
    draft = FindingDraft(kind="divergence", title="A", statement="B", themes=(ThemeFactory(),))
    with pytest.raises(Unacceptable):
        write_finding(session, draft=draft, by=rapporteur, at=NOW)


def test_write_finding_without_the_role_is_refused(session):
    with pytest.raises(NotAllowed):
        write_finding(session, draft=DRAFT, by=PersonFactory(), at=NOW)


def test_change_finding_keeps_its_citations(session, contributions, rapporteur):
    finding = write_finding(session, draft=DRAFT, by=rapporteur, at=NOW)
    add_citation(finding, contribution=contributions[0], words="brown", by=rapporteur, at=NOW)

    change_finding(finding, draft=FindingDraft("example", "Wells", "Wells differ."), by=rapporteur, at=NOW)

    finding.refresh_from_db()
    assert (finding.kind, finding.title, finding.citations.count()) == ("example", "Wells", 1)


def test_cite_by_quote_keeps_its_exact_place(session, contributions, rapporteur):
    finding = FindingFactory(session=session)

    citation = add_citation(finding, contribution=contributions[0], words="Our well was brown.", by=rapporteur, at=NOW)

    assert (citation.start, citation.end, citation.quote) == (25, 44, "Our well was brown.")
    assert (citation.revision_number, citation.text_digest) == (1, contributions[0].text_digest)
    row = Disposition.objects.get(contribution=contributions[0])
    assert (row.kind, row.finding) == (DispositionKind.CITED, finding)


def test_cite_by_quote_with_other_white_space_keeps_the_words_as_they_stand(session, rapporteur):
    said = ContributionFactory(session=session, text="The meter\nbelongs to  those who drink.")

    citation = add_citation(
        FindingFactory(session=session), contribution=said, words="meter belongs to those", by=rapporteur, at=NOW
    )

    assert citation.quote == "meter\nbelongs to  those"


def test_cite_by_span_takes_those_characters(session, contributions, rapporteur):
    citation = add_citation(
        FindingFactory(session=session), contribution=contributions[0], words=Span(4, 13), by=rapporteur, at=NOW
    )
    assert citation.quote == "dashboard"


@pytest.mark.parametrize("words", ["The dashboard was red.", " ", Span(40, 90), Span(5, 5), Span(24, 25)])
def test_cite_words_that_are_not_there_is_refused(session, contributions, rapporteur, words):
    with pytest.raises(Unacceptable):
        add_citation(FindingFactory(session=session), contribution=contributions[0], words=words, by=rapporteur, at=NOW)
    assert not Disposition.objects.exists()


def test_cite_the_same_words_twice_keeps_one_citation(session, contributions, rapporteur):
    finding = FindingFactory(session=session)
    for _time in range(2):
        add_citation(finding, contribution=contributions[0], words="brown", by=rapporteur, at=NOW)
    assert Citation.objects.count() == 1


@pytest.mark.parametrize("state", [PostState.WAITING, PostState.HELD, PostState.REMOVED, PostState.WITHDRAWN])
def test_cite_what_is_not_public_is_refused(session, rapporteur, state):
    said = ContributionFactory(session=session, state=state, text="Our well was brown.")
    with pytest.raises(NotAllowed):
        add_citation(FindingFactory(session=session), contribution=said, words="brown", by=rapporteur, at=NOW)


def test_cite_an_author_who_took_the_consent_back_is_refused_until_given_again(session, contributions, rapporteur):
    author, finding = contributions[0].author, FindingFactory(session=session)
    give_consent(author, ConsentKind.QUOTE, at=NOW)
    withdraw_consent(author, ConsentKind.QUOTE, at=NOW)

    with pytest.raises(NotAllowed) as refused:
        add_citation(finding, contribution=contributions[0], words="brown", by=rapporteur, at=NOW)
    assert refused.value.denied.code == "no_consent"

    give_consent(author, ConsentKind.QUOTE, at=NOW)
    add_citation(finding, contribution=contributions[0], words="brown", by=rapporteur, at=NOW)
    assert Citation.objects.count() == 1


def test_cite_from_another_consultation_is_refused(session, rapporteur):
    with pytest.raises(NotAllowed):
        add_citation(
            FindingFactory(session=session), contribution=ContributionFactory(), words="held", by=rapporteur, at=NOW
        )


def test_delete_finding_makes_what_rested_on_it_undecided(session, contributions, rapporteur):
    one, other = FindingFactory(session=session), FindingFactory(session=session)
    for finding in (one, other):
        add_citation(finding, contribution=contributions[0], words="brown", by=rapporteur, at=NOW)
    add_citation(one, contribution=contributions[1], words="Nobody", by=rapporteur, at=NOW)
    merge_into_finding([contributions[2]], finding=one, by=rapporteur, at=NOW)

    delete_finding(one, by=rapporteur, at=NOW)

    left = Disposition.objects.values_list("contribution", "kind", "finding")
    assert list(left) == [(contributions[0].pk, "cited", other.pk)]


def test_reorder_findings_puts_them_in_the_order_given(session, rapporteur):
    rows = [write_finding(session, draft=DRAFT, by=rapporteur, at=NOW) for _n in range(3)]
    wanted = [rows[2].public_id, rows[0].public_id, rows[1].public_id]

    reorder_findings(session, public_ids=wanted, by=rapporteur, at=NOW)

    assert list(Finding.objects.filter(session=session).values_list("public_id", flat=True)) == wanted


def test_reorder_findings_that_leaves_one_out_is_refused(session, rapporteur):
    rows = [write_finding(session, draft=DRAFT, by=rapporteur, at=NOW) for _n in range(2)]
    with pytest.raises(Unacceptable):
        reorder_findings(session, public_ids=[rows[0].public_id], by=rapporteur, at=NOW)


def test_reorder_citations_puts_the_quotes_in_the_order_given_and_records_it(session, rapporteur):
    finding = write_finding(session, draft=DRAFT, by=rapporteur, at=NOW)
    said = ContributionFactory(session=session, text="Ferries are late. Boards are read. Wells are dry.")
    spans = (Span(0, 17), Span(18, 34), Span(35, 49))
    quotes = [add_citation(finding, contribution=said, words=span, by=rapporteur, at=NOW).pk for span in spans]
    wanted = [quotes[2], quotes[0], quotes[1]]

    reorder_citations(finding, order=wanted, by=rapporteur, at=NOW)

    assert list(finding.citations.values_list("pk", flat=True)) == wanted
    assert facts_of("finding", [finding.public_id])[finding.public_id][-1].facts["change"] == "moved"
    before = len(facts_of("finding", [finding.public_id])[finding.public_id])
    reorder_citations(finding, order=wanted, by=rapporteur, at=NOW)
    assert len(facts_of("finding", [finding.public_id])[finding.public_id]) == before


def test_reorder_citations_that_leaves_one_out_is_refused(session, rapporteur):
    finding = write_finding(session, draft=DRAFT, by=rapporteur, at=NOW)
    said = ContributionFactory(session=session, text="Ferries are late. Boards are read.")
    quotes = [
        add_citation(finding, contribution=said, words=span, by=rapporteur, at=NOW).pk
        for span in (Span(0, 17), Span(18, 34))
    ]
    with pytest.raises(Unacceptable):
        reorder_citations(finding, order=quotes[:1], by=rapporteur, at=NOW)


def test_a_quote_added_after_one_was_removed_stands_last(session, rapporteur):
    finding = write_finding(session, draft=DRAFT, by=rapporteur, at=NOW)
    said = ContributionFactory(session=session, text="Ferries are late. Boards are read. Wells are dry.")
    first, second = (
        add_citation(finding, contribution=said, words=span, by=rapporteur, at=NOW)
        for span in (Span(0, 17), Span(18, 34))
    )
    remove_citation(first, by=rapporteur, at=NOW)
    third = add_citation(finding, contribution=said, words=Span(35, 49), by=rapporteur, at=NOW)
    assert list(finding.citations.all()) == [second, third]
    assert third.order > second.order
