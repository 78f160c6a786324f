"""Bringing in a file of contributions."""
