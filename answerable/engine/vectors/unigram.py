"""Cut texts into the likeliest pieces, as SentencePiece's unigram models do (Kudo, 2018)."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable.engine.vectors.embedder import EmbedderError

_CACHED_WORDS = 100_000
_SPACE = "\u2581"
_UNKNOWN_PENALTY = 10.0
_MARKS = (("<s>", "</s>"), ("[CLS]", "[SEP]"))


@dataclass(frozen=True)
class UnigramPieces:
    """
    Cut a text into the numbers of the pieces whose scores add up to the most, with the marks of beginning and end.

    `vocabulary` gives each piece its number, `scores` (logarithms of probabilities) are in the order of the numbers.
    Words are divided at spaces and begin with U+2581. Characters no piece has become `unknown`, several in a row one.
    """

    vocabulary: Mapping[str, int]
    scores: Sequence[float]
    unknown: int
    first: int
    last: int

    def __post_init__(self) -> None:
        """Work out what the search needs again and again."""
        object.__setattr__(self, "_longest", max(map(len, self.vocabulary), default=1))
        object.__setattr__(self, "_unknown_score", min(self.scores, default=0.0) - _UNKNOWN_PENALTY)
        object.__setattr__(self, "_known", {})

    def numbers(self, text: str, *, most: int) -> list[int]:
        """Return the numbers of a text's pieces, between those of the marks, `most` in all; what is beyond is cut."""
        known: dict[str, list[int]] = self._known  # type: ignore[attr-defined]
        found: list[int] = []
        for word in _normal(text).split():
            if word not in known:
                if len(known) >= _CACHED_WORDS:
                    known.clear()
                known[word] = self._cut(_SPACE + word)
            found.extend(known[word])
            if len(found) >= most - 2:
                break
        return [self.first, *found[: most - 2], self.last]

    def _cut(self, word: str) -> list[int]:
        """Return the numbers of the pieces of a word whose scores add up to the most (Viterbi, 1967)."""
        longest: int = self._longest  # type: ignore[attr-defined]
        unknown_score: float = self._unknown_score  # type: ignore[attr-defined]
        best: list[tuple[float, int, int]] = [(0.0, 0, self.unknown)]
        for end in range(1, len(word) + 1):
            options = []
            for start in range(max(0, end - longest), end):
                number = self.vocabulary.get(word[start:end])
                if number is not None:
                    options.append((best[start][0] + self.scores[number], start, number))
            if not any(start == end - 1 for _, start, _ in options):
                options.append((best[end - 1][0] + unknown_score, end - 1, self.unknown))
            best.append(max(options, key=lambda option: option[0]))
        found: list[int] = []
        end = len(word)
        while end:
            _, end, number = best[end]
            if not (number == self.unknown and found and found[-1] == self.unknown):
                found.append(number)
        return found[::-1]


def unigram_pieces(described: Mapping[str, Any], *, path: Path) -> UnigramPieces:
    """Return the tokenizer that a tokenizer.json of the kind Unigram describes. Raises EmbedderError."""
    model = described["model"]
    try:
        listed = [(str(piece), float(score)) for piece, score in model["vocab"]]
        unknown = int(model["unk_id"])
    except (KeyError, TypeError, ValueError) as broken:
        raise EmbedderError(f"{path} does not describe its pieces as a unigram tokenizer does.") from broken
    if model.get("byte_fallback"):
        raise EmbedderError(f"{path} asks for bytes in the place of unknown characters: not supported.")
    vocabulary = {piece: number for number, (piece, _) in enumerate(listed)}
    marks = next((pair for pair in _MARKS if set(pair) <= set(vocabulary)), None)
    if marks is None or not 0 <= unknown < len(listed):
        raise EmbedderError(f"{path} lacks the pieces for the beginning, the end or the unknown.")
    numbers = [vocabulary[mark] for mark in marks]
    scores = [score for _, score in listed]
    real = {piece: number for piece, number in vocabulary.items() if number not in {*numbers, unknown}}
    return UnigramPieces(real, scores, unknown, *numbers)


def _normal(text: str) -> str:
    """Return a text in NFKC with a space for every control character; SentencePiece's own table does little else."""
    return "".join(
        " " if character.isspace() or unicodedata.category(character) == "Cc" else character
        for character in unicodedata.normalize("NFKC", text)
        if character not in "\u200b\u200e\u200f\u00ad\ufeff\ufffd"
    )
