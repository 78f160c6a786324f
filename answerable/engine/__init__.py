"""
Turn many contributions into themes, key contributions and figures of balance, saying where each one went.

Nothing here knows Django or a database: records go in, records come out. Begin at `answerable.engine.pipeline`.
"""

ENGINE_VERSION = "6"
