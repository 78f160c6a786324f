"""The key that signs checkpoints: a file with mode 600, and the public half beside it for anyone to copy."""

import os
import secrets
from pathlib import Path

from answerable.ledger.errors import MalformedNote
from answerable.ledger.notes import SigningKey, VerifierKey, is_key_name


def kept_signing_key(path: Path, *, origin: str) -> SigningKey:
    """
    Return the key in a file, made for the origin on first use; two starts at once agree on one.

    The name of a record never changes: once the file exists, the name in it counts and ``origin`` does not. Raises
    MalformedNote for a damaged file or an origin that cannot name a key.
    """
    if not path.exists():
        _make_key(path, origin=origin)
    return SigningKey.parse(path.read_text("utf-8"))


def kept_verifier_key(path: Path) -> VerifierKey | None:
    """Return the public half of the key in a file, or None when no key was made yet; never makes one."""
    public = _public_path(path)
    if path.exists():
        return SigningKey.parse(path.read_text("utf-8")).verifier
    return VerifierKey.parse(public.read_text("utf-8")) if public.exists() else None


def _make_key(path: Path, *, origin: str) -> None:
    if not is_key_name(origin):
        raise MalformedNote(f"{origin!r} cannot name the record: it must have no space and no plus.")
    key = SigningKey(name=origin, seed=secrets.token_bytes(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        _write_new(draft, text=key.written() + "\n", mode=0o600)
        # A link, unlike a rename, never replaces the key that another start made in the meantime.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)
    _public_path(path).write_text(f"{key.verifier}\n", "utf-8")


def _write_new(path: Path, *, text: str, mode: int) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _public_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.pub")
