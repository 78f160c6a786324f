"""Say what went in, with what it was worked on, and how much came out."""

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from importlib.metadata import version
from json.encoder import encode_basestring_ascii
from operator import attrgetter

from answerable.engine import ENGINE_VERSION
from answerable.engine.records import Contribution, Manifest, Settings
from answerable.engine.vectors.embedder import Embedder

_members = attrgetter(*(field.name for field in fields(Contribution)))
_LIBRARIES = ("numpy", "py3langid", "scikit-network", "scipy", "snowballstemmer", "stopwordsiso")


def input_digest(contributions: Sequence[Contribution]) -> str:
    """Return the SHA-256 of contributions in canonical order, one JSON array of all fields a line."""
    digest = hashlib.sha256()
    for contribution in contributions:
        # As json.dumps writes a list of texts, at a third of the time.
        line = ",".join(map(encode_basestring_ascii, _members(contribution)))
        digest.update(f"[{line}]\n".encode("ascii"))
    return digest.hexdigest()


def make_manifest(
    contributions: Sequence[Contribution],
    *,
    settings: Settings,
    embedder: Embedder,
    counts: dict[str, int],
) -> Manifest:
    """Return the manifest of a run; it holds no time of day, so the same input gives the same manifest."""
    return Manifest(
        engine_version=ENGINE_VERSION,
        embedder=f"{embedder.id} v{embedder.version}",
        settings=settings,
        input_sha256=input_digest(contributions),
        libraries=tuple((name, version(name)) for name in _LIBRARIES),
        counts=tuple(sorted(counts.items())),
    )
