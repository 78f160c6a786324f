"""Replies of somebody who was signed out meanwhile: kept in the browser's session until they are back."""

from django.http import HttpRequest

from answerable.consultations.validators import MOST_CHARACTERS_OF_REPLY

_NAME, _MOST = "kept_replies", 5


def keep_reply(request: HttpRequest, code: str, *, text: str) -> None:
    """Keep what was typed as a reply to a contribution; of many, the last few."""
    if text.strip():
        kept = {known: said for known, said in request.session.get(_NAME, {}).items() if known != code}
        request.session[_NAME] = dict([*kept.items(), (code, text[:MOST_CHARACTERS_OF_REPLY])][-_MOST:])


def taken_reply(request: HttpRequest, code: str) -> str:
    """Return what is kept for a contribution, and forget it: it stands in the form from now on."""
    kept: dict[str, str] = request.session.get(_NAME, {})
    if code not in kept:
        return ""
    request.session[_NAME] = {known: said for known, said in kept.items() if known != code}
    return kept[code]
