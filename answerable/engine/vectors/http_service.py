"""Vectors from an embeddings service of the OpenAI-compatible kind. Off unless a person asks for it by address."""

import json
import math
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Self
from urllib.parse import urlsplit

import numpy as np

from answerable.engine.vectors.embedder import EmbedderError, Vectors, rounded_rows

DEFAULT_KEY_VARIABLE = "ANSWERABLE_EMBEDDINGS_KEY"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_LONGEST_WAIT = 30.0
_LARGEST_ANSWER = 200_000_000
_MOST_REMEMBERED = 50_000


@dataclass(frozen=True)
class Service:
    """
    Hold where a service is and how it is asked.

    `url` is the address up to and with "/v1" or "/v1/embeddings". The key is read from the environment variable
    `key_variable` when the service is asked, and kept nowhere; without it none is sent. `timeout` and `pause`, which
    doubles after each of `tries` tries, are in seconds. `most_texts` and `most_characters` limit one call of `encode`
    and one text; a longer text is cut. `dimensions` of 0 takes whatever the first answer has.
    """

    url: str
    model: str
    key_variable: str = DEFAULT_KEY_VARIABLE
    dimensions: int = 0
    batch: int = 64
    tries: int = 4
    timeout: float = 30.0
    pause: float = 0.5
    most_texts: int = 200_000
    most_characters: int = 8_000
    is_multilingual: bool = False


class HttpService:
    """
    Compare texts by the vectors a service gives for them; every text is sent to it.

    One answer is asked for each distinct text, in batches. What is late, overloaded or broken off is asked for again; a
    refusal, a wrong number, order or size of vectors, or a number that is none, raises EmbedderError, which never
    repeats the key. Redirections are not followed.
    """

    version = "1"
    """What a service changes behind a model's name cannot be seen from here; the id therefore names the model."""

    def __init__(self, service: Service, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Check the address; nothing is sent yet. Raises EmbedderError."""
        parts = urlsplit(service.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
            raise EmbedderError(f"{service.url} is no address of a service: https://host/v1 is expected.")
        if not service.model:
            raise EmbedderError("The service's model is missing: write it after a #.")
        self.is_multilingual = service.is_multilingual
        self._service = service
        self._sleep = sleep
        self._is_near = parts.hostname in _LOOPBACK
        self._is_secret = parts.scheme == "https" or self._is_near
        path = parts.path.rstrip("/")
        self._url = f"{parts.scheme}://{parts.netloc}{path if path.endswith('/embeddings') else f'{path}/embeddings'}"
        self._dimensions = service.dimensions
        self._known: dict[str, tuple[float, ...]] = {}

    @property
    def id(self) -> str:
        """Return the name of the method with the service's address and model."""
        return f"http/{urlsplit(self._url).netloc}/{self._service.model}"

    def fit(self, texts: Sequence[str], *, background: Sequence[str] = ()) -> Self:  # noqa: ARG002
        """Learn nothing and send nothing."""
        return self

    def encode(self, texts: Sequence[str]) -> Vectors:
        """
        Return vectors of shape (len(texts), dimensions), each of length 1, or 0 for a text without letters.

        Raises EmbedderError when there are more texts than allowed or the service does not answer as it should.
        """
        shortened = [_sendable(text[: self._service.most_characters]) for text in texts]
        asked = sorted({text for text in shortened if any(character.isalnum() for character in text)})
        if len(asked) > self._service.most_texts:
            raise EmbedderError(
                f"{len(asked):,} texts would be sent to {self.id}; {self._service.most_texts:,} are allowed."
            )
        new = [text for text in asked if text not in self._known]
        if len(self._known) + len(new) > _MOST_REMEMBERED:
            self._known, new = {}, asked
        found = dict(self._known)
        for first in range(0, len(new), self._service.batch):
            part = new[first : first + self._service.batch]
            found.update(zip(part, self._ask(part), strict=True))
        self._known = dict(list(found.items())[:_MOST_REMEMBERED])
        rows = np.zeros((len(texts), self._dimensions or 1), dtype=np.float32)
        for row, text in enumerate(shortened):
            if text in found:
                rows[row] = found[text]
        return rounded_rows(rows)

    def _ask(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """Return the vectors of one batch, asking again where that can help."""
        body = json.dumps({"model": self._service.model, "input": list(texts), "encoding_format": "float"})
        trouble, asked_pause = "", 0.0
        for attempt in range(self._service.tries):
            if attempt:
                pause = max(asked_pause, self._service.pause * 2 ** (attempt - 1))
                self._sleep(min(_LONGEST_WAIT, pause))
            try:
                return self._checked(self._send(body.encode("ascii")), count=len(texts))
            except urllib.error.HTTPError as refusal:
                refusal.close()
                trouble, asked_pause = f"it answered {refusal.code}", _seconds(refusal.headers.get("Retry-After", ""))
                if refusal.code not in _TRY_AGAIN:
                    break
            except (OSError, HTTPException) as failure:
                trouble = f"it did not answer ({type(failure).__name__})"
            except json.JSONDecodeError:
                trouble = "its answer is not JSON"
        raise EmbedderError(f"The embeddings service {self.id} could not be used: {trouble}.")

    def _send(self, body: bytes) -> Any:
        """Return the JSON a service answers with. Raises OSError, HTTPException or JSONDecodeError."""
        request = urllib.request.Request(self._url, data=body, headers=self._headers(), method="POST")  # noqa: S310
        handlers: list[urllib.request.BaseHandler] = [_NoRedirection()]
        if self._is_near:
            handlers.append(urllib.request.ProxyHandler({}))
        with urllib.request.build_opener(*handlers).open(request, timeout=self._service.timeout) as answer:
            content = answer.read(_LARGEST_ANSWER + 1)
        if len(content) > _LARGEST_ANSWER:
            raise EmbedderError(f"The embeddings service {self.id} answered with more than {_LARGEST_ANSWER:,} bytes.")
        try:
            return json.loads(content)
        except UnicodeDecodeError as broken:
            raise json.JSONDecodeError("not UTF-8", "", 0) from broken

    def _headers(self) -> dict[str, str]:
        """Return the headers of a request. Raises EmbedderError rather than send a key where others could read it."""
        headers = {"Content-Type": "application/json", "User-Agent": "answerable"}
        key = os.environ.get(self._service.key_variable, "")
        if key and not self._is_secret:
            raise EmbedderError(
                f"The key in {self._service.key_variable} is not sent over plain http to {self.id}: use https."
            )
        return {**headers, "Authorization": f"Bearer {key}"} if key else headers

    def _checked(self, answer: Any, *, count: int) -> list[tuple[float, ...]]:
        """Return the vectors of an answer in the order of the texts. Raises EmbedderError for any other answer."""
        rows = answer.get("data") if isinstance(answer, Mapping) else None
        if not isinstance(rows, list) or len(rows) != count:
            found = len(rows) if isinstance(rows, list) else 0
            raise EmbedderError(f"{self.id} answered with {found} vectors for {count} texts.")
        placed: dict[int, tuple[float, ...]] = {}
        for row in rows:
            index, vector = (row.get("index"), row.get("embedding")) if isinstance(row, Mapping) else (None, None)
            if type(index) is not int or not 0 <= index < count or index in placed:
                raise EmbedderError(f"{self.id} does not say which vector is whose.")
            placed[index] = self._vector(vector)
        return [placed[index] for index in range(count)]

    def _vector(self, vector: object) -> tuple[float, ...]:
        """Return one vector. Raises EmbedderError unless it has the dimensions of the others and holds numbers."""
        numbers = vector if isinstance(vector, list) else []
        if not numbers or not all(type(one) in {int, float} and math.isfinite(one) for one in numbers):
            raise EmbedderError(f"{self.id} answered with something that is no vector.")
        self._dimensions = self._dimensions or len(numbers)
        if len(numbers) != self._dimensions:
            raise EmbedderError(
                f"{self.id} answered with {len(numbers)} dimensions where {self._dimensions} are expected."
            )
        return tuple(float(one) for one in numbers)


def _sendable(text: str) -> str:
    """Return a text with a question mark for every half of a pair of code units, which no service reads."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _seconds(written: str) -> float:
    """Return the seconds a service asks to wait, 0 where it names none."""
    return float(written) if written.isdecimal() else 0.0


class _NoRedirection(urllib.request.HTTPRedirectHandler):
    """Follow no redirection, so that texts and key go nowhere but to the address that was given."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Return no request, which makes the redirection an error."""
        return
