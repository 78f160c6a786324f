"""Fields of a form as a template shows them: what was typed, what it may be, what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that may be chosen; ``language`` marks a label in another language than the page's."""

    value: str
    label: str
    is_chosen: bool = False
    icon: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """
    One field with what stands in it; its ``kind`` chooses the control.

    Kinds: text, email, search, url, date, datetime-local, number, file, textarea, select, radios, checks, tick.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    problems: tuple[str, ...] = ()
    is_required: bool = False
    rows: int = 4
    language: str = ""
    autocomplete: str = ""

    @property
    def may_be_empty(self) -> bool:
        """Whether the control itself may stay empty: a choice may have an empty value that means something."""
        return not self.is_required or any(not choice.value for choice in self.choices)

    @property
    def chosen(self) -> str:
        """The chosen value of a select, empty when nothing is chosen."""
        return next((choice.value for choice in self.choices if choice.is_chosen), "")

    @property
    def id(self) -> str:
        """The id of the control, or of the group of controls."""
        return f"f-{self.name}"

    @property
    def first_id(self) -> str:
        """The id of what can take the focus: the control, or the first of a group."""
        return f"{self.id}-1" if self.kind in {"radios", "checks"} else self.id

    @property
    def described_by(self) -> str:
        """The ids of the hint and of the problems, as far as there are any."""
        return " ".join(
            part for part, is_there in ((f"{self.id}-hint", self.hint), (f"{self.id}-wrong", self.problems)) if is_there
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence of the summary on top of a form; ``target`` is the id it leads to, empty for the whole form."""

    sentence: str
    target: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Fields by name, in order, and the summary of what is wrong."""

    fields: Mapping[str, Field] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def form_of(fields: Iterable[Field], *, problems: Mapping[str, Sequence[str]] | None = None) -> Form:
    """Return a form with each problem at its field; those of no field stand in the summary alone."""
    by_name = {each.name: each for each in fields}
    summary: list[Problem] = []
    for name, sentences in (problems or {}).items():
        if name in by_name:
            by_name[name] = replace(by_name[name], problems=tuple(sentences))
        at = by_name.get(name)
        summary += [Problem(said, at.first_id if at else "", at.label if at else "") for said in sentences]
    return Form(by_name, tuple(summary))


def choices_of(
    pairs: Iterable[tuple[str, str]], *, chosen: str | Iterable[str] = "", empty: str | None = None
) -> tuple[Choice, ...]:
    """Return choices with the chosen ones marked; ``empty`` labels choosing nothing, None offers no such choice."""
    wanted = {chosen} if isinstance(chosen, str) else set(chosen)
    first = [] if empty is None else [("", empty)]
    return tuple(Choice(str(value), str(label), str(value) in wanted) for value, label in [*first, *pairs])
