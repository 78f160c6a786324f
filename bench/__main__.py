"""``./run bench [name …]`` runs the named benchmarks, or all of them."""

import runpy
import sys
from pathlib import Path

NAMES = sorted(path.parent.name for path in Path(__file__).parent.glob("*/__main__.py"))


def main() -> int:
    """Run each benchmark in turn; unknown names are told with the known ones."""
    wanted = sys.argv[1:] or NAMES
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    for name in wanted:
        print(f"\n==== {name}")
        sys.argv = [name]
        runpy.run_module(f"bench.{name}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
