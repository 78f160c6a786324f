"""Tags for pieces of pages that are kept ready: the frame, and the rows of lists."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from answerable.consultations.models import Contribution
from answerable.consultations.states import Capacity, Position, PostState
from answerable.web.consultations.entries import Entry, ReplyEntry
from answerable.web.crumbs import Crumb
from answerable.web.fragments import fragment, language_and_zone, slot
from answerable.web.templatetags.answerable import day, moment_in, number

register = template.Library()
_ICONS = {Position.AGREE: "check", Position.DISAGREE: "cross", Position.PASS: "dash"}


@dataclass(frozen=True, slots=True)
class StanceButton:
    """One of the three positions with the slot of its count; ``value`` is what pressing it sends."""

    value: str
    label: str
    icon: str
    count: str
    is_own: bool


@register.simple_tag(takes_context=True)
def kept(context: template.Context, name: str, **values: Hashable) -> SafeString:
    """Include a template that shows nothing but the given values."""
    return fragment(context, name, shown=values)


@register.simple_tag(takes_context=True)
def kept_crumbs(context: template.Context, crumbs: Sequence[Crumb]) -> SafeString:
    """Include the way to the page; the page's own name is put in."""
    *way, last = crumbs
    shown = {"crumbs": (*way, replace(last, text=slot("last")))}
    return fragment(context, "components/crumbs.html", shown=shown, put_in={"last": last.text})


@register.simple_tag(takes_context=True)
def kept_entries(context: template.Context, entries: Iterable[Entry]) -> SafeString:
    """Include contributions as lists show them."""
    return SafeString("".join(kept_entry(context, entry) for entry in entries))  # each is


@register.simple_tag(takes_context=True)
def kept_entry(context: template.Context, entry: Entry) -> SafeString:
    """Include a contribution as lists show it."""
    row = entry.contribution
    shown: dict[str, Hashable] = {
        "kind": row.kind,
        "kind_label": entry.kind_label,
        "language": row.language,
        "has_questions": bool(entry.questions),
        "has_axes": bool(entry.axes),
        "state_label": entry.state_label,
    }
    put_in = {
        "code": row.receipt_code,
        "author": entry.author,
        "questions": entry.questions,
        "axes": entry.axes,
        "day": day(row.published_at or row.submitted_at),
        "html": SafeString(row.html),  # the action cleaned it
        "votes": kept_votes(context, entry),
    }
    shown["has_organisation"] = add_organisation(row, shown, put_in)
    return fragment(context, "components/entry.html", shown=shown, put_in=put_in)


def add_organisation(row: Contribution, shown: dict[str, Hashable], put_in: dict[str, str]) -> bool:
    """Add what is shown of the organisation that a contribution speaks for, and say whether there is one."""
    behind = row.organisation if row.capacity == Capacity.ORGANISATION else None
    if behind is not None:
        shown["name_language"] = behind.name_language
        put_in |= {"slug": behind.slug, "name": behind.name}
    return behind is not None


@register.simple_tag(takes_context=True)
def kept_votes(context: template.Context, entry: Entry) -> SafeString:
    """Include the positions on a contribution."""
    row = entry.contribution
    shown = {"is_open": entry.is_open, "stances": _stances(entry.own_position, get_language())}
    put_in = {
        "code": row.receipt_code,
        "agree": number(row.agree_count),
        "disagree": number(row.disagree_count),
        "pass": number(row.pass_count),
        "replies": _replies(row.reply_count, get_language()),
    }
    return fragment(context, "components/votes.html", shown=shown, put_in=put_in)


@lru_cache(maxsize=64)
def _stances(own: str, _language: str | None) -> tuple[StanceButton, ...]:
    return tuple(
        StanceButton(
            value="withdraw" if own == position else position.value,
            label=str(position.label),
            icon=icon,
            count=slot(position.value),
            is_own=own == position,
        )
        for position, icon in _ICONS.items()
    )


@lru_cache(maxsize=4_096)
def _replies(count: int, _language: str | None) -> str:
    return ngettext("%(shown)s reply", "%(shown)s replies", count) % {"shown": number(count)}


@register.simple_tag(takes_context=True)
def kept_replies(context: template.Context, replies: Iterable[ReplyEntry], code: str) -> SafeString:
    """Include replies under the contribution with that receipt code."""
    reading = language_and_zone()
    return SafeString("".join(_reply(context, each, code, reading) for each in replies))  # each is


def _reply(context: template.Context, entry: ReplyEntry, code: str, reading: tuple[str | None, str]) -> SafeString:
    row = entry.reply
    language, zone = reading
    shown = {
        "is_by_author": entry.is_by_author,
        "state_label": entry.state_label,
        "language": row.language,
        "may_withdraw": entry.is_own and row.state != PostState.WITHDRAWN,
    }
    put_in = {
        "code": code,
        "own_code": row.receipt_code,
        "author": entry.author,
        "moment": moment_in(row.published_at or row.submitted_at, zone, language),
        "html": SafeString(row.html),  # the action cleaned it
    }
    return fragment(context, "components/reply.html", shown=shown, put_in=put_in, reading=reading)
