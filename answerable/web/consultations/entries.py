"""A contribution or a reply as lists and pages show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from answerable.consultations.models import Contribution, Reply
from answerable.consultations.queries import ListedContribution, question_numbers_of
from answerable.consultations.states import Capacity, ContributionKind, PostState
from answerable.people.models import Person
from answerable.reference.queries import country_choices, sector_choices
from answerable.web.reader import language_of_page

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ABJAD = ("أ", "ب", "ج", "د", "هـ", "و")


@dataclass(frozen=True, slots=True)
class Entry:
    """One contribution in a list: the words, who said them and in what capacity, and the reader's own position."""

    contribution: Contribution
    kind_label: str
    author: str
    axes: str
    is_open: bool
    is_own: bool
    questions: str = ""
    state_label: str = ""
    own_position: str = ""


@dataclass(frozen=True, slots=True)
class ReplyEntry:
    """One reply under a contribution."""

    reply: Reply
    author: str
    is_by_author: bool
    is_own: bool
    state_label: str = ""


def entries_of(items: Iterable[ListedContribution], *, reader: Person | None, is_open: bool) -> list[Entry]:
    """Return listed contributions as entries; ``is_open`` lets the reader take a position on those of others."""
    return [entry_of(item.contribution, reader=reader, is_open=is_open, position=item.own_position) for item in items]


def entry_of(contribution: Contribution, *, reader: Person | None, is_open: bool, position: str = "") -> Entry:
    """Return one contribution as an entry; asks nothing of the database when its companions are loaded."""
    is_own = reader is not None and contribution.author_id == reader.pk
    return Entry(
        contribution=contribution,
        kind_label=str(ContributionKind(contribution.kind).label),
        author=author_of(contribution),
        axes=axes_of(contribution),
        is_open=is_open and not is_own,
        is_own=is_own,
        questions=_questions(contribution),
        state_label=state_label_of(contribution),
        own_position=position,
    )


def reply_entry(reply: Reply, *, contribution: Contribution, reader: Person | None) -> ReplyEntry:
    """Return one reply as an entry; the contribution's author is marked unless either hid the name."""
    is_hidden = reply.is_name_hidden or contribution.is_name_hidden
    is_by_author = reply.author_id is not None and reply.author_id == contribution.author_id and not is_hidden
    is_own = reader is not None and reply.author_id == reader.pk
    return ReplyEntry(reply, author_of(reply), is_by_author, is_own, state_label_of(reply))


def author_of(post: Contribution | Reply) -> str:
    """Return the name shown beside a text, or a word for why there is none."""
    if post.is_name_hidden:
        return _("Name withheld")
    if post.author is not None and post.author.is_active:
        return post.author.public_name
    return getattr(post, "attributed_name", "") or _("Name not given")


def speaks_for_organisation(contribution: Contribution) -> bool:
    """Say whether a contribution was made for an organisation."""
    return contribution.capacity == Capacity.ORGANISATION and contribution.organisation_id is not None


def axes_of(contribution: Contribution) -> str:
    """Return sector and country of a contribution in one line; empty when neither was said."""
    sectors, countries = _names_of_axes(language_of_page())
    named = (sectors.get(contribution.sector_id or "", ""), countries.get(contribution.country_id or "", ""))
    return " · ".join(part for part in named if part)


@lru_cache(maxsize=16)
def _names_of_axes(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of sectors and of countries by their keys."""
    return dict(sector_choices(language)), dict(country_choices(language))


def state_label_of(post: Contribution | Reply) -> str:
    """Return the state of a text that is not public, in words; empty for a public one."""
    return "" if post.state == PostState.PUBLIC else str(PostState(post.state).label)


def _questions(contribution: Contribution) -> str:
    return ", ".join(f"({letter_of(number)})" for number in question_numbers_of(contribution))


def letter_of(number: int) -> str:
    """Return the letter of a guiding question, as the page of its session lists it."""
    letters = _ABJAD if language_of_page() == "ar" else _ALPHABET
    return letters[number - 1] if number <= len(letters) else str(number)
