"""Fill a site, measure its pages at each size, and print what they cost."""

import cProfile
import pstats
import time
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.test import override_settings

from answerable.config.start import prepare_static_files
from answerable.consultations.models import Contribution
from bench.web import rows
from bench.web.pages import Measured, desk_pages, make_author, other_pages, posts, session_pages, signed_in
from bench.web.requests import Application, Asked, Cost, answered, cost_of

_HEADINGS = ("page", "ms", "in turns", "in rows", "at most", "queries", "anew", "bytes")
_WIDTHS = (36, 8, 10, 9, 9, 9, 7, 9)
_MEANINGS = """\
Times are processor time. Multiples are of a bare view that asks the database once, in the same run: measured in turns
with the page, and in rows of its own. "anew" is the number of queries after the cache was emptied.\
"""


@dataclass(frozen=True)
class Site:
    """The whole application, the bare view alone, and what there is to ask for."""

    whole: Application
    alone: Application
    bare: Asked
    large: rows.LargeSession
    hot: Contribution
    lines: list[Measured]


def run(sizes: list[int], *, times: int, profiled: str = "") -> int:
    """Measure at each size in turn; returns 1 when a bound is broken at any of them, else 0."""
    began = time.monotonic()
    site = _made(sizes[0])
    print(f"Made {sizes[0]:,} contributions, {rows.REPLIES:,} replies and {rows.STANCES:,} stances "
          f"in {time.monotonic() - began:.0f} s.")  # fmt: skip
    print(_MEANINGS)
    if profiled:
        return _profile(site, profiled, times=times)
    growth: dict[str, list[float]] = {}
    broken = []
    for size in sizes:
        rows.add_contributions(site.large, size)
        print(f"\n{size:,} contributions in the session", flush=True)
        broken += _measure(site, times=times, growth=growth)
    _print_growth(sizes, growth)
    print("\n" + ("\n".join(["Broken:", *broken]) if broken else "Every bound holds."))
    return 1 if broken else 0


def _made(size: int) -> Site:
    call_command("migrate", interactive=False, verbosity=0)
    prepare_static_files()
    large = rows.make_session()
    rows.add_contributions(large, size)
    hot = rows.add_replies(large)
    rows.add_stances(large)
    large.session.refresh_from_db()
    whole = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        alone = WSGIHandler()
    author = make_author(large)
    cookie = signed_in(author)
    lines = [
        *session_pages(large, cookie),
        *other_pages(large, hot, author, cookie),
        *desk_pages(large),
        *posts(large, hot, cookie),
    ]
    return Site(whole, alone, Asked(f"/bare/{hot.receipt_code}/"), large, hot, lines)


def _measure(site: Site, *, times: int, growth: dict[str, list[float]]) -> list[str]:
    """Print one table and return the bounds that are broken; the bare view is measured beside every page."""
    _print_row(_HEADINGS)

    def bare() -> object:
        return answered(site.alone, site.bare)

    broken = []
    itself = Measured("bare view, one query", lambda _n: site.bare, bound=None, most_queries=1)
    for line in [itself, *site.lines]:
        application = site.alone if line is itself else site.whole
        cost = cost_of(
            application,
            line.make,
            bare=bare,
            times=times,
            status=line.status,
            before=line.before,
        )
        growth.setdefault(line.name, []).append(cost.multiple)
        broken += _print_line(line, cost)
    return broken


def _print_line(line: Measured, cost: Cost) -> list[str]:
    bound = "" if line.bound is None else str(line.bound)
    multiples = (f"{cost.in_turns.multiple:.1f}", f"{cost.in_rows.multiple:.1f}")
    asked = (str(cost.queries), str(cost.queries_with_nothing_kept))
    _print_row((line.name, f"{1000 * cost.in_rows.seconds:.2f}", *multiples, bound, *asked, f"{cost.size:,}"))
    broken = []
    if line.bound is not None and cost.multiple > line.bound:
        broken.append(f"{line.name}: {cost.multiple:.1f} times the bare view, more than {line.bound}")
    most = max(cost.queries, cost.queries_with_nothing_kept)
    if line.most_queries is not None and most > line.most_queries:
        broken.append(f"{line.name}: {most} queries, more than {line.most_queries}")
    return broken


def _print_growth(sizes: list[int], growth: dict[str, list[float]]) -> None:
    print("\nGrowth, in multiples of the bare view, the larger of both")
    print("contributions".ljust(_WIDTHS[0]) + "".join(f"{size:>12,}" for size in sizes))
    for name, multiples in growth.items():
        print(name.ljust(_WIDTHS[0]) + "".join(f"{multiple:>12.1f}" for multiple in multiples))


def _print_row(cells: tuple[str, ...]) -> None:
    first, *others = cells
    shown = [cell.rjust(width) for cell, width in zip(others, _WIDTHS[1:], strict=True)]
    print(first.ljust(_WIDTHS[0]) + "".join(shown), flush=True)


def _profile(site: Site, name: str, *, times: int) -> int:
    """Print where the time of one page goes."""
    line = next(line for line in site.lines if line.name.startswith(name))
    for number in range(3):
        answered(site.whole, line.make(number))
    profile = cProfile.Profile()
    profile.enable()
    for number in range(times):
        answered(site.whole, line.make(number))
    profile.disable()
    for order in ("tottime", "cumulative"):
        pstats.Stats(profile).sort_stats(order).print_stats(60)
    return 0
