"""Plain Python that every room may stand on: no tables, no requests."""
