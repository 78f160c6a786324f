"""Run red-dwarf's own pipeline on columns of stances; started by its own Python, so it imports nothing of ours."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from reddwarf.implementations.polis import run_pipeline  # type: ignore[import-not-found]


def main() -> None:
    """Read the columns in a folder, run the pipeline, print seconds of processor and peak memory as JSON."""
    folder = Path(sys.argv[1])
    indptr, statement, value = (np.load(folder / f"{name}.npy") for name in ("indptr", "statement", "value"))
    people = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    votes = [
        {"participant_id": who, "statement_id": what, "vote": how, "modified": number}
        for number, (who, what, how) in enumerate(zip(people.tolist(), statement.tolist(), value.tolist(), strict=True))
    ]
    before = time.process_time()
    result = run_pipeline(votes=votes, random_state=1)
    spent = time.process_time() - before
    groups = int(result.participants_df["cluster_id"].nunique())
    print(json.dumps({"seconds": spent, "peak_mb": peak_mb(), "groups": groups, "stances": len(votes)}))


def peak_mb() -> float:
    """Return the highest memory this program ever had, in MB; what getrusage says counts whoever started it in."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
