"""What can happen in the reference room: its rows are loaded, and an operator brings the official wording."""

from answerable.reference.actions.loading import load_reference
from answerable.reference.actions.official_wording import load_official_wording

__all__ = ["load_official_wording", "load_reference"]
