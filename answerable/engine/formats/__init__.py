"""The formats a table of contributions comes in: each gives numbered rows, one after the other."""
