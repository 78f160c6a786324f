"""
``./run bench [name …] [--option …]`` runs the named benchmarks, or all of them; options go to each that is run.

With ``--quick`` the largest sizes are left out.
"""

import subprocess
import sys
import time
from pathlib import Path

NAMES = sorted(path.parent.name for path in Path(__file__).parent.glob("*/__main__.py"))


def main() -> int:
    """Run each benchmark in turn; unknown names are told with the known ones. Returns 1 when a bound is broken."""
    words = sys.argv[1:]
    first_option = next((place for place, word in enumerate(words) if word.startswith("-")), len(words))
    wanted, options = words[:first_option] or NAMES, words[first_option:]
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    if not words:
        print("All of it takes about an hour on one core; ./run bench --quick leaves out the largest sizes.")
    broken = [name for name in wanted if not _holds(name, options)]
    print(f"\n{'Broken: ' + ', '.join(broken) if broken else 'Every bound holds.'}")
    return 1 if broken else 0


def _holds(name: str, options: list[str]) -> bool:
    """Run one benchmark as a program of its own; say whether it ended well."""
    print(f"\n==== {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", *options], check=False)
    print(f"==== {name} took {time.monotonic() - began:.0f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
