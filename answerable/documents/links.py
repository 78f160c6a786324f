"""Decide which addresses a document may lead to."""

import re
from urllib.parse import urljoin, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"^`{|}\u2000-\u200f\u2028-\u202f\u2060-\u2069\ufeff]")
_SCHEMES = frozenset({"http", "https", "mailto"})


def safe_href(href: str) -> str:
    """
    Return the address when a document may lead to it, else an empty text.

    Allowed are http and https with a host, mailto, `#anchor`, and paths of the same site. Refused are every other
    scheme, `//host`, and any address with a character that browsers drop or turn into another.
    """
    href = href.strip()
    if not href or _NOT_IN_ADDRESSES.search(href) or href.startswith("//"):
        return ""
    if not _SCHEME.match(href):
        return "" if ":" in href.split("/")[0].split("?")[0].split("#")[0] else href
    try:
        parts = urlsplit(href)
        has_target = bool(parts.path if parts.scheme == "mailto" else parts.hostname)
    except ValueError:
        return ""
    return href if parts.scheme in _SCHEMES and has_target else ""


def absolute_href(href: str, *, address: str) -> str:
    """
    Return a safe address that works outside the site, or an empty text when there is none.

    A relative address is resolved against the document's own, which must be http or https. `#anchor` stays as it is.
    """
    href = safe_href(href)
    if not href or href.startswith("#") or _SCHEME.match(href):
        return href
    if urlsplit(safe_href(address)).scheme not in {"http", "https"}:
        return ""
    return safe_href(urljoin(address, href))
