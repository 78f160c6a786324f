"""The same synthesis on several processes or machines, with Dask: `pip install answerable[cluster]`."""

from answerable.engine.cluster.synthesis import synthesize_on_cluster

__all__ = ["synthesize_on_cluster"]
