"""What every benchmark can be asked for, so that `./run bench --quick` can run them all."""

import argparse


def parser_of(about: str, *, left_out: str) -> argparse.ArgumentParser:
    """Return a parser that knows `--quick`; `left_out` says what is not measured then, empty when all of it is."""
    parser = argparse.ArgumentParser(description=about)
    told = f"leave out {left_out}" if left_out else "changes nothing here: there is no larger size"
    parser.add_argument("--quick", action="store_true", help=told)
    return parser
