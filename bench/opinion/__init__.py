"""Measure opinion groups: fidelity to Polis, sameness, speed; run it as `python -m bench.opinion`."""
