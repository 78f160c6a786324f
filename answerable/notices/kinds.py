"""The kinds of notices there are; each stage declares its own when the house is put together."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind: its name ``stage.event`` and whether mail goes out at once whatever the person's frequency."""

    name: str
    is_urgent: bool = False

    @property
    def template(self) -> str:
        """The folder and stem of its two templates: ``<stem>.subject.txt`` and ``<stem>.txt``."""
        return f"notices/{self.name.replace('.', '/', 1)}"


_KINDS: dict[str, NoticeKind] = {}


def declare(name: str, *, is_urgent: bool = False) -> NoticeKind:
    """Keep a kind of notice; declaring it again replaces it."""
    _KINDS[name] = NoticeKind(name, is_urgent)
    return _KINDS[name]


def kind_named(name: str) -> NoticeKind:
    """Return a declared kind; raises KeyError for a name that no stage declared."""
    return _KINDS[name]


def all_kinds() -> list[NoticeKind]:
    """Return every declared kind in order of name."""
    return [kind for _name, kind in sorted(_KINDS.items())]
