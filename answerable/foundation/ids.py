"""Public names of things: what an address shows instead of a database number."""

import secrets

# Crockford's base 32 without vowels, so that no code spells a word in any Latin-script language.
_ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"
_RECEIPT_LENGTH = 8
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_public_id() -> str:
    """Return a fresh random public id: 16 characters, about 78 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16)).lower()


def new_receipt_code() -> str:
    """Return a fresh receipt code such as ``R-7K3M-2Q9D``: short enough to read out on a phone line (39 bits)."""
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_RECEIPT_LENGTH))
    return f"R-{code[:4]}-{code[4:]}"


def normalise_receipt_code(typed: str) -> str:
    """Return the receipt code that somebody meant who typed it by hand, or an empty text when it cannot be one."""
    letters = [c for c in typed.upper().translate(_CONFUSED) if c.isalnum()]
    if letters and letters[0] == "R" and len(letters) == _RECEIPT_LENGTH + 1:
        letters = letters[1:]
    if len(letters) != _RECEIPT_LENGTH or any(c not in _ALPHABET for c in letters):
        return ""
    code = "".join(letters)
    return f"R-{code[:4]}-{code[4:]}"
