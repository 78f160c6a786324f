"""Measure the engine against data whose right answers people gave; run it as `./run bench quality`."""
