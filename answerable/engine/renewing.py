"""Tell when a synthesis has taken in so much that it should be made anew."""

_MOST_ATTACHED = 0.1


def is_new_run_due(attached: int, *, placed: int) -> bool:
    """Tell whether more than a tenth of all contributions would be attached ones."""
    return attached > _MOST_ATTACHED * (attached + placed)
