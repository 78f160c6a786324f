"""Tell how much memory this process has needed."""

import resource
import sys
from pathlib import Path


def peak_megabytes() -> float:
    """Return the most memory this program ever had, in MB; what getrusage says counts whoever started it in."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024**2 if sys.platform == "darwin" else peak / 1024
