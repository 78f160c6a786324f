"""Measure opinion groups: fidelity to Polis, sameness, speed; run it as `./run bench opinion`."""
