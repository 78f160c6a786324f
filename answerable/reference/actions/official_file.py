"""Reading an operator's file of official wording and saying what is wrong with each row."""

import json
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Unacceptable
from answerable.reference.models.labels import FALLBACK_LANGUAGE, reading_language

Texts = dict[str, str]  # by language
Problems = dict[str, list[str]]  # by place in the file

_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST_TEXT = 2000
_LARGEST_FILE = 20_000_000


def read_official_file(path: Path) -> dict[str, Any]:
    """Read the file as a JSON object; raise Unacceptable with one sentence when it is not one."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise Unacceptable({"": [_("The file is larger than 20 MB, so it is not a list of goals and targets.")]})
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Unacceptable({"": [_("The file cannot be read: %(why)s.") % {"why": error.strerror}]}) from error
    except (ValueError, RecursionError) as error:
        raise Unacceptable({"": [_("The file is not JSON in UTF-8: %(why)s.") % {"why": error}]}) from error
    if not isinstance(content, dict):
        raise Unacceptable({"": [_("The file must hold a JSON object with lists of goals, targets and indicators.")]})
    return content


def take_rows(
    content: dict[str, Any], *, name: str, parts: Collection[str], known: Collection[str], problems: Problems
) -> dict[str, dict[str, Texts]]:
    """
    Take one list out of the file as code → part → texts by language, and note in ``problems`` what is wrong.

    A list that is not there is empty. ``parts`` are the texts each row has to have, ``known`` the codes there are.
    """
    rows = content.get(name, [])
    if not isinstance(rows, list):
        problems[name] = [_("This must be a list.")]
        return {}
    taken: dict[str, dict[str, Texts]] = {}
    for number, row in enumerate(rows, start=1):
        fields = row if isinstance(row, dict) else {}
        code = str(fields.get("code", ""))
        texts = {part: _clean(fields.get(part)) for part in parts}
        said = _problem_of_code(code, known=known, taken=taken)
        said += [sentence for part in parts for sentence in _problems_of_texts(fields.get(part), part=part)]
        if said:
            problems[f"{name} {number} ({code})"] = said
        else:
            taken[code] = texts
    return taken


def _clean(value: object) -> Texts:
    """Bring texts to the languages our labels are kept under, with single spaces."""
    if not isinstance(value, dict):
        return {}
    return {reading_language(str(tag)): " ".join(str(text).split()) for tag, text in value.items()}


def _problem_of_code(code: str, *, known: Collection[str], taken: Collection[str]) -> list[str]:
    """Say what is wrong with a row's code: unknown, or there for the second time."""
    if code not in known:
        return [_("There is no such code as “%(code)s”.") % {"code": code}]
    return [_("The code “%(code)s” is there twice.") % {"code": code}] if code in taken else []


def _problems_of_texts(value: object, *, part: str) -> list[str]:
    """Say what is wrong with one set of texts by language."""
    if not isinstance(value, dict):
        return [_("“%(part)s” must be an object with a text for each language.") % {"part": part}]
    said = []
    if len(_clean(value)) < len(value):
        said.append(_("“%(part)s” has two texts for one language.") % {"part": part})
    if not _clean(value).get(FALLBACK_LANGUAGE):
        said.append(_("“%(part)s” has no English text.") % {"part": part})
    for tag, text in value.items():
        if not _LANGUAGE_TAG.fullmatch(tag):
            said.append(_("“%(tag)s” is not a language tag.") % {"tag": tag})
        if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST_TEXT:
            said.append(
                _("The text of “%(part)s” in “%(tag)s” must have between 1 and %(most)d characters.")
                % {"part": part, "tag": tag, "most": _LONGEST_TEXT}
            )
    return said
