"""Slow follow-up work, asked for by name so that an action need not know who does it."""

from importlib import import_module


def enqueue(name: str, **arguments: str | int) -> None:
    """
    Ask for a background task by the name ``room.task``, for example ``synthesis.carry_out_run``.

    Call it inside the transaction of the act: the request is kept in the same database, so both are there or neither.
    Raises ModuleNotFoundError or AttributeError for a name that does not exist.
    """
    room, _dot, task = name.partition(".")
    getattr(import_module(f"answerable.{room}.tasks"), task).enqueue(**arguments)
