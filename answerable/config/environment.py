"""Settings come from the environment only; a wrong value stops the start and names itself."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

SHORTEST_SECRET = 40


class WrongSetting(Exception):
    """A setting in the environment has a value that cannot be used."""


def text(name: str, default: str = "") -> str:
    """Return the setting of that name, or the default when it is absent or empty."""
    return os.environ.get(name, "") or default


def flag(name: str, *, default: bool) -> bool:
    """Return a yes-or-no setting; raise WrongSetting for anything else."""
    said = os.environ.get(name, "").strip().lower()
    if said in {"1", "true", "yes", "on"}:
        return True
    if said in {"0", "false", "no", "off"}:
        return False
    if said == "":
        return default
    raise WrongSetting(f"{name} must be yes or no, not {said!r}.")


def number(name: str, default: int) -> int:
    """Return a whole-number setting; raise WrongSetting for anything else."""
    said = os.environ.get(name, "").strip()
    if not said:
        return default
    try:
        return int(said)
    except ValueError as problem:
        raise WrongSetting(f"{name} must be a whole number, not {said!r}.") from problem


def kept_secret(path: Path) -> str:
    """Return the secret kept in a file, made on first use with mode 600; two starts at once agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept = path.read_text("ascii").strip()
        if len(kept) < SHORTEST_SECRET:
            raise WrongSetting(f"{path} does not hold a whole secret; remove it to have a new one made.") from None
        return kept
    secret = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    return secret


def kept_address(path: Path) -> str:
    """Return the address at which the site was last served from this machine, or that of the first start."""
    try:
        return path.read_text("utf-8").strip() or "http://127.0.0.1:8000"
    except OSError:
        return "http://127.0.0.1:8000"


def database(address: str, data_folder: Path) -> dict[str, object]:
    """
    Return Django's database settings for an address.

    ``sqlite:///relative-or-absolute.db`` or ``postgresql://user:password@host:port/name?option=value``; empty is the
    embedded database in the data folder. Raises WrongSetting for any other scheme.
    """
    parts = urlsplit(address or f"sqlite:///{data_folder / 'answerable.sqlite3'}")
    if parts.scheme == "sqlite":
        return _sqlite(parts.path.removeprefix("/"))
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise WrongSetting("DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _sqlite(path: str) -> dict[str, object]:
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-32000;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }
