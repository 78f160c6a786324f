"""The facts of a consultation as a form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation
from answerable.consultations.states import ModerationPolicy, ParticipationPolicy
from answerable.foundation.verdicts import Unacceptable
from answerable.reference.models.cldr import language_name
from answerable.reference.queries import goal_labels, language_choices
from answerable.web.desk.acts import Problems, raise_together
from answerable.web.desk.typed import day_typed, moment_shown, moment_typed, whole_number, zone_typed
from answerable.web.fields import Choice, Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page

_TEXTS = (
    "slug",
    "default_language",
    "time_zone",
    "opens_at",
    "closes_at",
    "participation_policy",
    "moderation_policy",
    "event_name",
    "event_place",
    "event_starts_on",
    "event_ends_on",
    "event_address",
    "more_languages",
)
_MOMENTS = ("opens_at", "closes_at")
_DAYS = ("event_starts_on", "event_ends_on")
_SIX = ("ar", "zh", "en", "fr", "ru", "es")
_GOALS = 17
Values = Mapping[str, Any]
Value = TypeVar("Value")


def facts_of(row: Consultation) -> Values:
    """Return the kept facts as a form shows them."""
    return {
        **{name: getattr(row, name, "") for name in _TEXTS if name != "more_languages"},
        "opens_at": moment_shown(row.opens_at, row.time_zone),
        "closes_at": moment_shown(row.closes_at, row.time_zone),
        "event_starts_on": row.event_starts_on.isoformat() if row.event_starts_on else "",
        "event_ends_on": row.event_ends_on.isoformat() if row.event_ends_on else "",
        "languages": list(row.languages),
        "goals": [str(number) for number in row.goals.order_by("number").values_list("number", flat=True)],
    }


def facts_typed(typed: QueryDict) -> Values:
    """Return what was typed, as it was typed."""
    kept: dict[str, Any] = {name: typed.get(name, "") for name in _TEXTS}
    return {**kept, "languages": typed.getlist("languages"), "goals": typed.getlist("goals")}


def changes_typed(typed: QueryDict) -> dict[str, object]:
    """Return what was typed as values of the consultation; raises Unacceptable with every field that is none."""
    said = facts_typed(typed)
    zone, *found = _read(lambda: zone_typed(said["time_zone"], field="time_zone"))
    read: dict[str, object] = {}
    for name in _MOMENTS:
        read[name], wrong = _read(_moment_reader(said[name], zone=zone or ZoneInfo("UTC"), field=name))
        found.append(wrong)
    for name in _DAYS:
        read[name], wrong = _read(_day_reader(said[name], field=name))
        found.append(wrong)
    raise_together(*found)
    languages = dict.fromkeys([*said["languages"], *filter(None, [said["more_languages"]])])
    changes = {name: " ".join(said[name].split()) for name in _TEXTS if name not in {*read, "more_languages"}}
    goals = [number for number in said["goals"] if 0 < whole_number(number) <= _GOALS]
    return {**changes, **read, "languages": list(languages), "goals": goals}


def facts_form(values: Values, problems: Problems) -> Form:
    """Return the form of the facts, with what is kept or what was typed in it."""
    reader = language_of_page()
    chosen: Sequence[str] = values["languages"]
    languages = [(code, str(language_name(code, language=reader))) for code in dict.fromkeys([*_SIX, *chosen])]
    goals = tuple(
        Choice(str(number), f"{number} {label}", str(number) in values["goals"], language=label.language)
        for number, label in goal_labels(reader).items()
    )
    fields = [
        _text(
            values,
            "slug",
            _("Address"),
            hint=_("What follows /consultations/ in the address of its page."),
            needed=True,
        ),
        Field(
            "default_language",
            _("Main language"),
            kind="select",
            is_required=True,
            choices=choices_of(language_choices(reader), chosen=values["default_language"]),
        ),
        Field(
            "languages",
            _("Languages of its texts"),
            kind="checks",
            is_required=True,
            choices=choices_of(languages, chosen=chosen),
        ),
        Field(
            "more_languages",
            _("One more language"),
            kind="select",
            choices=choices_of(language_choices(reader), chosen=values.get("more_languages", ""), empty=_("None")),
        ),
        _text(
            values,
            "time_zone",
            _("Time zone"),
            needed=True,
            hint=_("As in Asia/Bangkok or UTC. The two times below are local times of this zone."),
        ),
        _text(values, "opens_at", _("Opens"), kind="datetime-local"),
        _text(
            values,
            "closes_at",
            _("Closes"),
            kind="datetime-local",
            hint=_("To the second. What arrives in this very second is too late."),
        ),
        _radios(values, "participation_policy", _("Who may contribute"), ParticipationPolicy.choices),
        _radios(values, "moderation_policy", _("When a moderator reads a contribution"), ModerationPolicy.choices),
        _text(values, "event_name", _("The event it prepares")),
        _text(values, "event_place", _("Place of the event")),
        _text(values, "event_starts_on", _("The event starts on"), kind="date"),
        _text(values, "event_ends_on", _("The event ends on"), kind="date"),
        _text(values, "event_address", _("Web page of the event"), kind="url"),
        Field("goals", _("Goals it is about"), kind="checks", choices=goals),
    ]
    return form_of(fields, problems=problems)


def _text(values: Values, name: str, label: str, *, kind: str = "text", hint: str = "", needed: bool = False) -> Field:
    return Field(name, label, kind=kind, value=str(values[name]), hint=hint, is_required=needed)


def _radios(values: Values, name: str, label: str, choices: Iterable[tuple[object, object]]) -> Field:
    chosen = choices_of(((str(key), str(said)) for key, said in choices), chosen=values[name])
    return Field(name, label, kind="radios", choices=chosen, is_required=True)


def _read(reader: Callable[[], Value]) -> tuple[Value | None, Problems]:
    """Return a value that can be read, or None and what is wrong with it."""
    try:
        return reader(), {}
    except Unacceptable as refusal:
        return None, refusal.problems


def _moment_reader(said: str, *, zone: ZoneInfo, field: str) -> Callable[[], object]:
    return lambda: moment_typed(said, zone=zone, field=field)


def _day_reader(said: str, *, field: str) -> Callable[[], object]:
    return lambda: day_typed(said, field=field)
