"""Measure the pages at the sizes of a large consultation; 1 when a bound is broken."""

import os
import sys
import tempfile
from pathlib import Path

from bench.options import parser_of

SIZES, QUICK_SIZES = "1000,10000", "1000"


def main() -> int:
    """Make a site in a folder that goes away, measure it at each size, print the tables."""
    parser = parser_of("Processor time of pages, as multiples.", left_out=f"sizes above {QUICK_SIZES}")
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of contributions, rising (default {SIZES})")
    parser.add_argument("--times", type=int, default=60, help="requests of each kind (default 60)")
    parser.add_argument("--profile", default="", metavar="NAME", help="profile the page whose name begins so")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        _choose(Path(folder))
        from bench.web.run import run

        sizes = sorted(int(size) for size in (QUICK_SIZES if given.quick else given.sizes).split(","))
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
