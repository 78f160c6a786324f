"""
Models made of rows that were read.

Django makes each through ``__init__``, which is there for models that are being written: it goes through all fields,
asks each who refers to it and tells whoever listens. Of a row that was read nothing of this is needed: its values are
put where the fields look for them, and fields that were not asked for stay out, which is how Django defers them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.signals import post_init, pre_init

FromDb = Callable[[str, Sequence[str], Sequence[Any]], Any]


def from_db_of(model: type[Model]) -> FromDb:
    """Return what makes a model of a row, as its ``from_db`` does: alias, names of fields, their values."""
    return _made_by(model) if _is_plain(model) else model.from_db


def make_quick(populators: Sequence[Any]) -> None:  # Django does not type what populates relations
    """Have the models that are selected along with others made the same way."""
    for populator in populators:
        populator.model_cls = _Making(from_db_of(populator.model_cls))
        make_quick(populator.related_populators)


class _Making:
    """Stands for a model where nothing but ``from_db`` is asked of it."""

    def __init__(self, from_db: FromDb) -> None:
        self.from_db = from_db


def _is_plain(model: type[Model]) -> bool:
    """Say whether a model is made as every model is, and nobody listens for it."""
    own = (getattr(model.from_db, "__func__", None), model.__init__)
    is_heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    return own == (vars(Model)["from_db"].__func__, Model.__init__) and not is_heard


def _made_by(model: type[Model]) -> FromDb:
    def made(alias: str, names: Sequence[str], values: Sequence[Any]) -> Model:
        one = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, alias
        vars(one).update(zip(names, values, strict=True), _state=state)
        return one

    return made
