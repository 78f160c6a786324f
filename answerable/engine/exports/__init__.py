"""Exports of other consultation tools, read as they are."""
