"""What can be wrong with a file."""


class ReadingError(Exception):
    """Say in one sentence what is wrong with a file, with row and column where there is one."""
