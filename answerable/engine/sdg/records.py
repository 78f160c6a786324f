"""What tagging gives back: frozen records without behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """Hold a phrase a tag rests on: the characters `text[start:end]`, which read `phrase`."""

    start: int
    end: int
    phrase: str


@dataclass(frozen=True, slots=True)
class SdgTag:
    """
    Hold that a text seems to speak of a goal (1 to 17), and of a target of it where its words tell one.

    `score` lies between 0 and 1 and orders the tags of a text; it is no probability. `is_guess` is true of every tag
    made here: only a person can say it for sure.
    """

    goal: int
    target: str | None
    score: float
    evidence: tuple[Evidence, ...]
    is_guess: bool = True


@dataclass(frozen=True, slots=True)
class SdgTags:
    """Hold the tags of one contribution, the likeliest goal first; contributions without any are left out."""

    contribution: str
    tags: tuple[SdgTag, ...]
