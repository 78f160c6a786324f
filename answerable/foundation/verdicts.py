"""The answer of a rule: allowed, or denied with a reason in words a person can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowed:
    """The rule lets the act go on."""

    def __bool__(self) -> bool:
        """Answer True, so that a verdict reads as a condition."""
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """The rule refuses the act; ``reason`` is a whole sentence for the person, ``code`` a word for machines."""

    code: str
    reason: str

    def __bool__(self) -> bool:
        """Answer False, so that a verdict reads as a condition."""
        return False


Verdict = Allowed | Denied


class NotAllowed(Exception):
    """An act was refused by a rule."""

    def __init__(self, denied: Denied) -> None:
        """Keep the verdict, so that every face can show its reason."""
        super().__init__(denied.reason)
        self.denied = denied


def require(verdict: Verdict) -> None:
    """Raise NotAllowed when a verdict is a denial."""
    if isinstance(verdict, Denied):
        raise NotAllowed(verdict)


class Unacceptable(Exception):
    """Input that cannot be taken as it is: field name → sentences that say what is wrong and what would be right."""

    def __init__(self, problems: dict[str, list[str]]) -> None:
        """Keep the problems by field; the empty field name stands for the whole."""
        super().__init__("; ".join(f"{field or 'all'}: {' '.join(said)}" for field, said in problems.items()))
        self.problems = problems
