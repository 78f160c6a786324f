"""The contribution on the table: its sentences, what was quoted, its themes and why, what it resembles."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from answerable.consultations.models import Contribution
from answerable.consultations.states import ContributionKind
from answerable.engine.statements import split_text
from answerable.synthesis.models import Citation
from answerable.synthesis.queries.choices import quotes_from
from answerable.synthesis.queries.guesses import GoalGuess, goals_guessed
from answerable.synthesis.queries.themes import WhyHere, codings_of, why_here
from answerable.synthesis.states import LabelKind, Provenance, RunKind
from answerable.web.consultations.entries import author_of, axes_of, letter_of
from answerable.web.desk.synthesis.board import WeighedRow, weighed_row


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a contribution: where it stands, and whether a finding quotes some of it."""

    start: int
    end: int
    text: str
    is_quoted: bool

    @property
    def value(self) -> str:
        """What its box sends."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Why:
    """Why a contribution lies under a theme, in words."""

    theme: str
    public_id: str
    who: str
    sentence: str
    key_code: str
    phrases: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The contribution on the table with all that helps to place it."""

    row: WeighedRow
    kind: str
    kind_label: str
    author: str
    axes: str
    questions: str
    sentences: Sequence[Sentence]
    quotes: Sequence[Citation]
    whys: Sequence[Why]
    labels: Sequence[str]
    guesses: Sequence[str]

    @property
    def contribution(self) -> Contribution:
        """The contribution itself."""
        return self.row.contribution


def chosen_contribution(row: Contribution, *, is_waiting: bool) -> Chosen:
    """Return a contribution with its companions; ``is_waiting`` when it is known to have no place. Five queries."""
    quotes = quotes_from(row)
    codings = list(codings_of(row))
    for coding in codings:
        coding.contribution = row
    return Chosen(
        row=weighed_row(row, is_waiting=is_waiting),
        kind=row.kind,
        kind_label=str(ContributionKind(row.kind).label),
        author=author_of(row),
        axes=axes_of(row),
        questions=", ".join(f"({letter_of(number)})" for number in row.questions.values_list("number", flat=True)),
        sentences=sentences_of(row, quotes),
        quotes=quotes,
        whys=[_in_words(why_here(coding)) for coding in codings],
        labels=[str(LabelKind(label.kind).label) for label in row.labels.all()],
        guesses=[_guess_in_words(guess) for guess in goals_guessed(row)],
    )


def sentences_of(row: Contribution, quotes: Sequence[Citation] = ()) -> list[Sentence]:
    """Return the sentences of the newest text; quotes of an earlier revision mark nothing."""
    spans = [(quote.start, quote.end) for quote in quotes if quote.text_digest == row.text_digest]
    return [
        Sentence(start, end, row.text[start:end], any(start < b and a < end for a, b in spans))
        for start, end in split_text(row.text)
    ]


def _guess_in_words(guess: GoalGuess) -> str:
    number = guess.target or str(guess.goal)
    sentence = _("Perhaps Goal %(number)s") if not guess.target else _("Perhaps target %(number)s")
    said = sentence % {"number": number}
    return f"{said} ({', '.join(guess.words)})" if guess.words else said


def _in_words(why: WhyHere) -> Why:
    if why.provenance == Provenance.PERSON:
        sentence = _("A person decided it.")
    elif why.run is not None and why.run.kind == RunKind.ADDED:
        sentence = _(
            "It is new since everything was grouped: its nearest neighbours lie here (nearness %(score)s of 1)."
        )
        sentence = sentence % {"score": f"{why.score:.2f}"}
    elif why.is_key:
        sentence = _("The program chose it to represent the theme.")
    else:
        sentence = _("The program found it near to what represents the theme (nearness %(score)s of 1).")
        sentence = sentence % {"score": f"{why.score:.2f}"}
    return Why(
        theme=why.theme.label,
        public_id=why.theme.public_id,
        who=str(why.provenance.label),
        sentence=sentence,
        key_code=why.key_contribution.receipt_code if why.key_contribution else "",
        phrases=", ".join(why.shared_phrases),
    )
