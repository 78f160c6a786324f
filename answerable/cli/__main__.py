"""So that ``python -m answerable.cli`` works wherever the package is found."""

from answerable.cli.main import run

run()
