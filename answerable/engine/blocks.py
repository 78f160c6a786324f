"""Cut the input into blocks that can be compared: one guiding question in one language."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from scipy import sparse

from answerable.engine.neighbours import neighbour_graph
from answerable.engine.records import Contribution, Settings
from answerable.engine.vectors.embedder import Embedder, Vectors
from answerable.engine.vectors.hash_prefix import FEW_TEXTS, HashPrefix
from answerable.engine.vectors.lsa import Lsa
from answerable.engine.vocabulary import stop_words

_EMBEDDERS: dict[str, Callable[[], Embedder]] = {"hash-prefix": HashPrefix, "lsa": Lsa}


@dataclass(frozen=True)
class Block:
    """
    Hold the n distinct contributions to one question in one language, comparable with each other.

    `vectors` has shape (n, dimensions), `graph` (n, n); rows are in the order of `contributions`.
    """

    question: str
    language: str
    contributions: tuple[Contribution, ...]
    embedder: Embedder
    vectors: Vectors
    graph: sparse.csr_matrix


def make_embedder(name: str) -> Embedder:
    """Return a new embedder by its name in the settings."""
    return _EMBEDDERS[name]()


def cut_blocks(contributions: Sequence[Contribution], *, settings: Settings) -> Iterator[Block]:
    """
    Yield the blocks in the order of question and language, each with its vectors and graph.

    Every contribution must carry its language. Words are weighed by how rare they are in the block and in all
    contributions of the language.
    """
    by_language: dict[str, list[Contribution]] = defaultdict(list)
    for contribution in contributions:
        by_language[contribution.language].append(contribution)
    keys = sorted({(contribution.question, contribution.language) for contribution in contributions})
    counted = _CountedLanguages(by_language) if settings.embedder == "hash-prefix" else None
    for question, language in keys:
        rows = [row for row, one in enumerate(by_language[language]) if one.question == question]
        members = tuple(by_language[language][row] for row in rows)
        if counted:
            embedder, vectors = counted.block(language, rows)
        else:
            texts = [member.text for member in members]
            background = [one.text for one in by_language[language]]
            embedder = make_embedder(settings.embedder).fit(texts, background=background)
            vectors = embedder.encode(texts)
        graph = neighbour_graph(vectors, neighbours=settings.neighbours, least=settings.least_similarity)
        yield Block(question, language, members, embedder, vectors, graph)


class _CountedLanguages:
    """Count the words of each language once, however many questions it is spread over."""

    def __init__(self, by_language: dict[str, list[Contribution]]) -> None:
        self._texts = by_language
        self._counts: dict[str, Vectors] = {}

    def block(self, language: str, rows: list[int]) -> tuple[Embedder, Vectors]:
        """Return an embedder fitted to some rows of a language, and their vectors."""
        if language not in self._counts:
            self._counts[language] = HashPrefix().counts([one.text for one in self._texts[language]])
        counts = self._counts[language]
        own = counts[rows]
        quiet = stop_words(language) if len(rows) < FEW_TEXTS else ()
        embedder = HashPrefix().fit_counts(own, background=counts, quiet=quiet)
        return embedder, embedder.weigh(own)
