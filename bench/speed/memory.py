"""Tell how much memory this process has needed."""

import resource
import sys


def peak_gigabytes() -> float:
    """Return the most memory this process has held so far, in GB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e9 if sys.platform == "darwin" else peak * 1024 / 1e9
