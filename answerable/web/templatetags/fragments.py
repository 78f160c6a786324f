"""Tags for pieces of pages that are kept ready."""

from collections.abc import Hashable
from typing import Protocol

from django import template
from django.utils.safestring import SafeString

from answerable.web.fragments import fragment

register = template.Library()


class Shown(Protocol):
    """Something that can say all that its template shows of it."""

    @property
    def looks(self) -> Hashable:
        """Return everything that is shown."""
        ...


@register.simple_tag(takes_context=True)
def kept(context: template.Context, name: str, **values: Hashable) -> SafeString:
    """Include a template that shows nothing but the given values."""
    return fragment(context, name, shown=tuple(values.items()), values=values)


@register.simple_tag(takes_context=True)
def kept_entry(context: template.Context, entry: Shown) -> SafeString:
    """Include a contribution as lists show it."""
    return fragment(context, "components/entry.html", shown=entry.looks, values={"entry": entry})


@register.simple_tag(takes_context=True)
def kept_votes(context: template.Context, entry: Shown) -> SafeString:
    """Include the positions on a contribution."""
    return fragment(context, "components/votes.html", shown=entry.looks, values={"entry": entry})


@register.simple_tag(takes_context=True)
def kept_reply(context: template.Context, entry: Shown, code: str) -> SafeString:
    """Include a reply under the contribution with that receipt code."""
    shown, template_name = (entry.looks, code), "components/reply.html"
    return fragment(context, template_name, shown=shown, values={"each": entry, "code": code})
