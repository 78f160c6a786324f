"""Benchmarks: what is claimed is measured here, as ratios within one run."""
