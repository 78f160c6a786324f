"""Make the embedder that a setting names."""

import re
from collections.abc import Callable, Mapping

from answerable.engine.vectors.embedder import Embedder, EmbedderError
from answerable.engine.vectors.hash_prefix import HashPrefix
from answerable.engine.vectors.http_service import HttpService, Service
from answerable.engine.vectors.lsa import Lsa
from answerable.engine.vectors.mix import Mix
from answerable.engine.vectors.model_dir import ModelDir

_PARTS = re.compile(r"\+(?=\d*\.?\d+\*)")
_PART = re.compile(r"(\d*\.?\d+)\*(.+)", re.DOTALL)
_NUMBERS: Mapping[str, Callable[[str], int | float]] = {
    "batch": int,
    "dimensions": int,
    "most_characters": int,
    "most_texts": int,
    "pause": float,
    "timeout": float,
    "tries": int,
}


def embedder_named(name: str) -> Embedder:
    """
    Return a new embedder by its name, as it stands in Settings.embedder and after `--embedder`.

    - `hash-prefix`: beginnings of words, no model; the default
    - `lsa`: the same turned onto 128 directions
    - `model-dir:/path/to/folder`: a sentence-transformers folder with a BERT model, run here
    - `http:https://host/v1#model`: an OpenAI-compatible embeddings service; texts are sent to it
    - `mix:0.3*hash-prefix+0.7*model-dir:/path`: a weighted mean of similarities

    Options follow after semicolons: `;multilingual` says that a model knows many languages, so that it may link themes
    across them; a service also takes `;key=VARIABLE` (the environment variable with its key), `;dimensions=`,
    `;batch=`, `;timeout=`, `;tries=`, `;pause=`, `;most_texts=` and `;most_characters=`.

    Raises EmbedderError for anything else, a missing folder, or a model that is not supported; nothing is sent yet.
    """
    kind, _, rest = name.partition(":")
    maker = _MAKERS.get(kind)
    if maker is None or (kind in _PLAIN) != (not rest):
        known = "hash-prefix, lsa, model-dir:FOLDER, http:ADDRESS#MODEL and mix:WEIGHT*NAME+WEIGHT*NAME"
        raise EmbedderError(f"There is no embedder {name!r}; there are {known}.")
    return maker(rest)


def multilingual_embedder(embedder: Embedder) -> Embedder | None:
    """Return an embedder, or the part of a mix, whose vectors compare texts across languages; None if there is none."""
    if isinstance(embedder, Mix):
        return next((part for _, part in embedder.parts if multilingual_embedder(part)), None)
    return embedder if getattr(embedder, "is_multilingual", False) else None


def _hash_prefix(_rest: str) -> Embedder:
    """Return the default embedder."""
    return HashPrefix()


def _lsa(_rest: str) -> Embedder:
    """Return an embedder of few dimensions."""
    return Lsa()


def _model_dir(rest: str) -> Embedder:
    """Return the embedder of a folder."""
    folder, options = _options(rest)
    if unknown := sorted(set(options) - {"multilingual"}):
        raise EmbedderError(f"A model's folder has no option {unknown[0]!r}.")
    return ModelDir(folder, is_multilingual="multilingual" in options)


def _http(rest: str) -> Embedder:
    """Return the embedder of a service."""
    address, options = _options(rest)
    url, _, model = address.partition("#")
    known = {"multilingual", "key", *_NUMBERS}
    if unknown := sorted(set(options) - known):
        raise EmbedderError(f"A service has no option {unknown[0]!r}; there are {', '.join(sorted(known))}.")
    numbers = {option: _number(option, options[option]) for option in options if option in _NUMBERS}
    named = {"key_variable": options["key"]} if "key" in options else {}
    return HttpService(Service(url, model, is_multilingual="multilingual" in options, **named, **numbers))  # type: ignore[arg-type]


def _mix(rest: str) -> Embedder:
    """Return the weighted mean of several embedders."""
    parts = []
    for written in _PARTS.split(rest):
        found = _PART.fullmatch(written)
        if found is None or found[2].startswith("mix:"):
            raise EmbedderError(f"{written!r} is no part of a mix: write WEIGHT*NAME.")
        parts.append((float(found[1]), embedder_named(found[2])))
    return Mix(parts)


def _options(rest: str) -> tuple[str, dict[str, str]]:
    """Return what stands before the first semicolon, and the options after it."""
    first, *others = rest.split(";")
    return first, {option.partition("=")[0].strip(): option.partition("=")[2].strip() for option in others if option}


def _number(option: str, written: str) -> int | float:
    """Return an option's number. Raises EmbedderError unless it is one above 0."""
    try:
        found = _NUMBERS[option](written)
    except ValueError:
        found = 0
    if found <= 0:
        raise EmbedderError(f"The option {option}={written} of a service is no number above 0.")
    return found


_MAKERS: Mapping[str, Callable[[str], Embedder]] = {
    "hash-prefix": _hash_prefix,
    "http": _http,
    "lsa": _lsa,
    "mix": _mix,
    "model-dir": _model_dir,
}
_PLAIN = frozenset({"hash-prefix", "lsa"})
