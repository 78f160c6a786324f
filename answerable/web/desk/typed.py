"""What was typed, as values: moments in a zone, days, counts; and rows of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Unacceptable
from answerable.people.models import check_time_zone
from answerable.web.fields import Field

_MOST_DIGITS = 8


@dataclass(frozen=True, slots=True)
class RowField(Field):
    """A field of one row of a list, whose id carries the row, so that no two are alike on a page."""

    row: str = ""

    @property
    def id(self) -> str:
        """The id of the control, or of the group of controls."""
        return f"f-{self.row}-{self.name}"

    @property
    def first_id(self) -> str:
        """The id of what can take the focus."""
        return f"{self.id}-1" if self.kind in {"radios", "checks"} else self.id

    @property
    def described_by(self) -> str:
        """The ids of the hint and of the problems, as far as there are any."""
        parts = ((f"{self.id}-hint", self.hint), (f"{self.id}-wrong", self.problems))
        return " ".join(part for part, is_there in parts if is_there)


def texts_of(typed: QueryDict, *names: str) -> dict[str, str]:
    """Return the named texts of a form, empty where they were not sent."""
    return {name: typed.get(name, "") for name in names}


def moment_in(value: str) -> datetime | None:
    """Return the moment a hidden field carries, None when it is empty or no moment."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def zone_typed(name: str, *, field: str) -> ZoneInfo:
    """Return a time zone by its IANA name; raises Unacceptable for an unknown one."""
    name = name.strip()
    try:
        check_time_zone(name or "?")
        return ZoneInfo(name)
    except Exception as problem:
        raise Unacceptable({field: [_("Write a time zone as in Asia/Bangkok or Europe/Zurich or UTC.")]}) from problem


def moment_typed(said: str, *, zone: ZoneInfo, field: str) -> datetime | None:
    """Return a local date and time as a moment, None when nothing was typed; raises Unacceptable when it is not one."""
    if not said.strip():
        return None
    try:
        local = datetime.fromisoformat(said.strip())
    except ValueError as problem:
        raise Unacceptable({field: [_("Write date and time, for example 2026-11-28 17:00:00.")]}) from problem
    moment = (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)
    if local.tzinfo is None and moment.astimezone(zone).replace(tzinfo=None) != local:
        sentence = _("The clocks are changed at this time, so that it does not exist in this zone. Choose another.")
        raise Unacceptable({field: [sentence]})
    return moment


def day_typed(said: str, *, field: str) -> date | None:
    """Return a day, None when nothing was typed; raises Unacceptable when it is not one."""
    if not said.strip():
        return None
    try:
        return date.fromisoformat(said.strip())
    except ValueError as problem:
        sentence = _("Write the date as year, month, day, for example 2026-11-28.")
        raise Unacceptable({field: [sentence]}) from problem


def moment_shown(moment: datetime | None, zone: str) -> str:
    """Return a moment as a form shows it: local date and time to the second."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S") if moment else ""


def whole_number(said: str, *, otherwise: int = 0) -> int:
    """Return a whole number that was typed or came in an address, or another value when it is none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS else otherwise


def chosen_in(values: Mapping[str, str], name: str, *, among: Mapping[str, str], otherwise: str = "") -> str:
    """Return a value of an address when it is one of the choices, else another."""
    value = values.get(name, "")
    return value if value in among else otherwise
