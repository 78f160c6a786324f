"""Measure the pages at the sizes of a large consultation; 1 when a bound is broken."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

SIZES, ALL_SIZES = "1000,10000", "1000,10000,100000"


def main() -> int:
    """Make a site in a folder that goes away, measure it at each size, print the tables."""
    parser = argparse.ArgumentParser(prog="bench.web", description="Processor time of pages, as multiples.")
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of contributions, rising (default {SIZES})")
    parser.add_argument("--full", action="store_true", help=f"the same as --sizes {ALL_SIZES}")
    parser.add_argument("--times", type=int, default=60, help="requests of each kind (default 60)")
    parser.add_argument("--profile", default="", metavar="NAME", help="profile the page whose name begins so")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        _choose(Path(folder))
        from bench.web.run import run

        sizes = sorted(int(size) for size in (ALL_SIZES if given.full else given.sizes).split(","))
        return run(sizes, times=given.times, profiled=given.profile)


def _choose(folder: Path) -> None:
    """Have the settings of the site itself keep everything in a folder."""
    os.environ["ANSWERABLE_DATA_DIR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "answerable.config.settings"
    os.environ.pop("ANSWERABLE_DEBUG", None)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "bench.web.addresses"


if __name__ == "__main__":
    sys.exit(main())
