"""What a request may ask with: values out of a list are checked against it, and the description names the list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from django.conf import settings
from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from answerable.consultations.queries.contributions import SORTS
from answerable.consultations.states import ContributionKind
from answerable.reference import queries as reference
from answerable.synthesis.states import DispositionKind


@dataclass(frozen=True, slots=True)
class OneOf:
    """A text that is one of some values; an empty one stands for a parameter that was not given."""

    values: Callable[[], Iterable[str]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Have the value checked after it was read."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Have the description name the values."""
        return {**handler(schema), "enum": list(self.values())}

    def _checked(self, value: str) -> str:
        allowed = list(self.values())
        if value and value not in allowed:
            raise PydanticCustomError("not_allowed", "This is none of the allowed values.", {"allowed": allowed})
        return value


def languages() -> list[str]:
    """Return the codes of the languages in which something may be said."""
    return [code for code, _name in reference.language_choices("en")]


def reading_languages() -> list[str]:
    """Return the codes of the languages in which texts may be asked for: those above and those of the pages."""
    return list(dict.fromkeys([*languages(), *(code for code, _name in settings.LANGUAGES)]))


def sectors() -> list[str]:
    """Return the keys of the sectors."""
    return [key for key, _label in reference.sector_choices("en")]


def countries() -> list[str]:
    """Return the ISO alpha-3 codes of countries and areas."""
    return [code for code, _name in reference.country_choices("en")]


Kind = Annotated[str, OneOf(lambda: ContributionKind.values)]
Sort = Annotated[str, OneOf(lambda: SORTS)]
Sector = Annotated[str, OneOf(sectors)]
Country = Annotated[str, OneOf(countries)]
WrittenIn = Annotated[str, OneOf(languages)]
ReadIn = Annotated[str, Field(description="language to read texts in"), OneOf(reading_languages)]
Became = Annotated[str, OneOf(lambda: DispositionKind.values)]
Cursor = Annotated[str, Field(max_length=300, description="where the page before ended, as its `next` says it")]
