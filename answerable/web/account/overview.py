"""The account's first page: what I said and what became of it, what I have begun, where the rest is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.consultations.models import Contribution, Draft
from answerable.consultations.queries import contributions_of_person
from answerable.consultations.queries.drafts import drafts_of
from answerable.consultations.queries.headings import consultation_titles
from answerable.people.models import Person
from answerable.synthesis.queries.own_answers import PublishedAnswer, answers_to
from answerable.web.account.sections import account_frame
from answerable.web.chain import Place, place
from answerable.web.consultations.entries import Entry, entry_of
from answerable.web.reader import language_of_page, signed_in


@dataclass(frozen=True, slots=True)
class OwnContribution:
    """One of the reader's contributions and what the published report says became of it."""

    entry: Entry
    place: Place
    answer: PublishedAnswer | None
    consultation: str


@dataclass(frozen=True, slots=True)
class BegunText:
    """A draft with the first words of its text."""

    draft: Draft
    words: str
    consultation: str


@never_cache
@require_safe
@signed_in
def account(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the reader's contributions with their answers, and their drafts."""
    listed = contributions_of_person(person, cursor=request.GET.get("cursor", ""))
    answers = answers_to(listed.items)
    drafts = drafts_of(person)
    shown = [*(row.session.consultation for row in listed.items), *(draft.session.consultation for draft in drafts)]
    titles = consultation_titles(shown, language=language_of_page())
    context = account_frame("account", _("Your account")) | {
        "person": person,
        "listed": listed,
        "contributions": [_own(row, person, answers, titles) for row in listed.items],
        "drafts": [_begun(draft, titles) for draft in drafts],
    }
    return render(request, "account/account.html", context)


def _own(
    row: Contribution, person: Person, answers: Mapping[str, PublishedAnswer], titles: Mapping[int, str]
) -> OwnContribution:
    answer = answers.get(row.receipt_code)
    ring = "answered" if answer else "heard"
    title = titles[row.session.consultation_id]
    return OwnContribution(entry_of(row, reader=person, is_open=False), place(ring), answer, title)


def _begun(draft: Draft, titles: Mapping[int, str]) -> BegunText:
    said: Sequence[str] | str = draft.fields.get("text", "")
    words = said if isinstance(said, str) else "".join(said[:1])
    return BegunText(draft, words, titles[draft.session.consultation_id])
