"""What is wrong with what was typed of an organisation, by field."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

_MOST = {"name": 200, "effective_control": 200, "org_identifier": 80, "website": 200}
_IS_ADDRESS = URLValidator(schemes=["http", "https"])


def organisation_problems(fields: Mapping[str, object]) -> dict[str, list[str]]:
    """Return sentences by field for the fields given; empty when all can be kept."""
    problems: dict[str, list[str]] = {
        name: [_("This is too long.")] for name, most in _MOST.items() if len(str(fields.get(name) or "")) > most
    }
    if "name" in fields and not str(fields["name"] or "").strip():
        problems["name"] = [_("Write the organisation's name.")]
    if website := str(fields.get("website") or ""):
        try:
            _IS_ADDRESS(website)
        except ValidationError:
            problems["website"] = [_("Write a whole web address that begins with https://.")]
    return problems
