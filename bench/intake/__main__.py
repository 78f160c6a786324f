"""Bring in a spreadsheet of contributions, and say what that costs beside reading and hashing its texts once."""

import csv
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.options import parser_of

ROWS = 10_000
_SEED = 7


def main() -> int:
    """Make a site in a folder that goes away, bring a file in twice, print the table; 1 when a row is lost."""
    parser = parser_of("The cost of bringing in a file.", left_out="")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"how many rows (default {ROWS})")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="answerable-bench-") as folder:
        os.environ["ANSWERABLE_DATA_DIR"] = str(Path(folder))
        os.environ["DJANGO_SETTINGS_MODULE"] = "answerable.config.settings"
        import django

        django.setup()
        return _measure(given.rows)


def _measure(rows: int) -> int:
    from django.core.files.base import ContentFile
    from django.core.management import call_command
    from django.utils import timezone

    from answerable.consultations.actions import check_import, load_import, set_mapping, start_import
    from answerable.consultations.models import Contribution
    from answerable.foundation.hashing import text_digest
    from answerable.people.models import Person
    from bench.web.rows import make_session

    call_command("migrate", interactive=False, verbosity=0)
    large = make_session()
    written = _file(rows)
    by = Person.objects.get(email="convener@example.org")
    once = _timed(lambda: [text_digest(row["text"]) for row in csv.DictReader(io.StringIO(written))])[0]
    print(f"{rows:,} rows, {len(written.encode()) / 1e6:.1f} MB; reading and hashing each text once: {once:.3f} s CPU")
    before = Contribution.objects.count()
    for name in ("first time", "the same file again"):
        now = timezone.now()
        batch = start_import(
            large.session.consultation, large.session, ContentFile(written.encode(), name="rows.csv"), by=by, at=now
        )
        set_mapping(batch, by=by, mapping={"text": "text", "question": "question"}, fixed={}, at=now)
        checked, wall_checked = _timed(partial(check_import, batch, at=now))
        loaded, wall_loaded = _timed(partial(load_import, batch, at=now))
        print(
            f"{name:<22} check {checked:6.2f} s CPU ({checked / once:5.0f} x), load {loaded:6.2f} s CPU "
            f"({loaded / once:5.0f} x), {wall_checked + wall_loaded:.1f} s in all, {batch.state}"
        )
    kept = Contribution.objects.count() - before
    print(f"kept {kept:,} of {rows:,} rows")
    return 0 if kept == rows else 1


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return processor seconds and seconds of an act."""
    began, wall = time.process_time(), time.monotonic()
    act()
    return time.process_time() - began, time.monotonic() - wall


def _file(rows: int) -> str:
    """Return a CSV of distinct texts put together from sentences of the model consultation."""
    from answerable.demo import words

    sentences = [part for item in words.contributions() for part in item["text"].split(". ") if len(part) > 30]
    chance, out = random.Random(_SEED), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["text", "question"])
    for number in range(rows):
        said = ". ".join(chance.choice(sentences) for _n in range(chance.randint(1, 5)))
        writer.writerow([f"{said} ({number})", number % 3 + 1])
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
