"""Digests of texts and files."""

import hashlib
from collections.abc import Iterable


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def chunks_digest(chunks: Iterable[bytes]) -> str:
    """Return the SHA-256 of bytes that come in pieces, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
