"""
Signed notes and checkpoints in the C2SP formats (signed-note, tlog-checkpoint), with Ed25519 signatures.

A note is text that ends in a newline, an empty line, and one line for each signature: an em dash, a space, the name of
the key, a space, and base64 of the four bytes of the key's id and the signature. Pure functions, no files.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from answerable.ledger.errors import BadSignature, MalformedNote
from answerable.ledger.merkle import HASH_BYTES

_ED25519 = b"\x01"
_KEY_BYTES = 32
_ID_BYTES = 4
_SIZE_DIGITS = 20
_DASH = "\u2014 "
_PRIVATE = "PRIVATE+KEY"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs under; as text ``name+id+base64``, as C2SP's verifier keys are written."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the four bytes that stand for the key in a signature line."""
        return hashlib.sha256(self.name.encode("utf-8") + b"\n" + _ED25519 + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        """Write the key in the form that ``parse`` reads."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a written key; raise MalformedNote when it is damaged or of another algorithm."""
        name, public, key_id = _key_parts(text.strip().split("+", 2))
        key = cls(name=name, public=public)
        if key.key_id.hex() != key_id:
            raise MalformedNote("The id of the key does not belong to it.")
        return key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with the name it signs under; as text ``PRIVATE+KEY+name+id+base64``."""

    name: str
    seed: bytes

    @property
    def verifier(self) -> VerifierKey:
        """Return the public half."""
        return VerifierKey(name=self.name, public=self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def __repr__(self) -> str:
        """Name the key without its secret, so that no log or traceback shows it."""
        return f"SigningKey(name={self.name!r})"

    def sign(self, text: str) -> str:
        """Return the text as a note under this key's signature; the text must end in a newline."""
        if not text.endswith("\n"):
            raise MalformedNote("The text of a note must end in a newline.")
        signature = self._private.sign(text.encode("utf-8"))
        return f"{text}\n{_DASH}{self.name} {_base64(self.verifier.key_id + signature)}\n"

    def written(self) -> str:
        """Return the key, secret included, in the form that ``parse`` reads."""
        return f"{_PRIVATE}+{self.name}+{self.verifier.key_id.hex()}+{_base64(_ED25519 + self.seed)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a written key; raise MalformedNote when it is damaged."""
        prefix, _, rest = text.strip().partition(f"{_PRIVATE}+")
        name, seed, key_id = _key_parts(rest.split("+", 2))
        key = cls(name=name, seed=seed)
        if prefix or key.verifier.key_id.hex() != key_id:
            raise MalformedNote("This is not a whole private key.")
        return key


def is_key_name(name: str) -> bool:
    """Say whether a key may have a name: some characters, none of them a plus, a space or a control character."""
    return bool(name) and name.isprintable() and "+" not in name and not any(c.isspace() for c in name)


def opened_note(note: str, *, key: VerifierKey) -> str:
    """
    Return the text of a note that the key signed.

    Signatures by other keys are passed over, as C2SP asks. Raises MalformedNote for what is not a note, BadSignature
    when the key's signature is absent or wrong.
    """
    text, found, signatures = note.rpartition("\n\n")
    if not found or not text or not signatures.endswith("\n"):
        raise MalformedNote("A signed note is text, an empty line and signature lines.")
    text += "\n"
    is_signed = False
    for line in signatures[:-1].split("\n"):
        name, raw = _signature(line)
        if name == key.name and raw[:_ID_BYTES] == key.key_id:
            _require_signature(text, signature=raw[_ID_BYTES:], key=key)
            is_signed = True
    if not is_signed:
        raise BadSignature(f"{key.name} has not signed this note.")
    return text


@dataclass(frozen=True, slots=True)
class CheckpointText:
    """What a checkpoint states: the record named ``origin`` had ``size`` entries under ``root``."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        """Write the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the signed text of a checkpoint, without extension lines; raise MalformedNote for anything else."""
        match text.split("\n"):
            case [origin, size, root, ""] if origin and size.isascii() and size.isdigit():
                checkpoint = cls(origin=origin, size=int(size[:_SIZE_DIGITS]), root=_unbase64(root))
            case _:
                raise MalformedNote("A checkpoint has three lines: origin, size and root.")
        if len(checkpoint.root) != HASH_BYTES or str(checkpoint) != text:
            raise MalformedNote("The size or root of the checkpoint is not in canonical form.")
        return checkpoint


def opened_checkpoint(note: str, *, key: VerifierKey) -> CheckpointText:
    """Return what a signed checkpoint states; raise MalformedNote or BadSignature unless the key vouches for it."""
    checkpoint = CheckpointText.parse(opened_note(note, key=key))
    if checkpoint.origin != key.name:
        raise BadSignature(f"The checkpoint is of the record {checkpoint.origin}, and the key is that of {key.name}.")
    return checkpoint


def _key_parts(parts: list[str]) -> tuple[str, bytes, str]:
    match parts:
        case [name, key_id, encoded] if is_key_name(name):
            content = _unbase64(encoded)
        case _:
            raise MalformedNote("A key is written as its name, id and base64, with a plus between them.")
    if content[:1] != _ED25519 or len(content) != 1 + _KEY_BYTES:
        raise MalformedNote("Only Ed25519 keys are known here.")
    return name, content[1:], key_id


def _signature(line: str) -> tuple[str, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    raw = _unbase64(encoded)
    if not line.startswith(_DASH) or not is_key_name(name) or len(raw) <= _ID_BYTES:
        raise MalformedNote("A signature line is a dash, the name of a key and base64.")
    return name, raw


def _require_signature(text: str, *, signature: bytes, key: VerifierKey) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode("utf-8"))
    except (InvalidSignature, UnicodeEncodeError):
        raise BadSignature(f"The signature of {key.name} does not belong to this text.") from None


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _unbase64(text: str) -> bytes:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedNote("This is not base64.") from None
    if _base64(content) != text:
        raise MalformedNote("This is not canonical base64.")
    return content
