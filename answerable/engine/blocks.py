"""Cut the input into blocks that can be compared: one guiding question in one language."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from scipy import sparse

from answerable.engine.neighbours import neighbour_graph
from answerable.engine.records import Contribution, Settings
from answerable.engine.same_columns import without_same_columns
from answerable.engine.subwords import likeness_vectors
from answerable.engine.vectors.choosing import embedder_named
from answerable.engine.vectors.embedder import Embedder, Vectors
from answerable.engine.vectors.hash_prefix import FEW_TEXTS, Frequencies, HashPrefix, frequencies_of
from answerable.engine.vocabulary import stop_words
from answerable.engine.word_table import WordTable, word_table

Background = Frequencies | tuple[str, ...]

_COUNTING = "hash-prefix"
_TEXTS_AT_A_TIME = 20_000
_MOST_WITH_SUBWORDS = 5_000


@dataclass(frozen=True)
class Block:
    """
    Hold the n distinct contributions to one question in one language, comparable with each other.

    `vectors` has shape (n, dimensions), `graph` (n, n); rows are in the order of `contributions`. `likeness` says how
    alike two contributions are: the vectors themselves, or with the default embedder those and their subwords, with
    columns of its own; that is where `words` are known.
    """

    question: str
    language: str
    contributions: tuple[Contribution, ...]
    embedder: Embedder
    vectors: Vectors
    likeness: Vectors
    graph: sparse.csr_matrix
    words: WordTable | None = None


def make_embedder(name: str) -> Embedder:
    """Return a new embedder by its name in the settings. Raises EmbedderError."""
    return embedder_named(name)


def cut_blocks(contributions: Sequence[Contribution], *, settings: Settings) -> Iterator[Block]:
    """
    Yield the blocks in the order of question and language, each with its vectors and graph.

    Every contribution must carry its language. Words are weighed by how rare they are in the block and in all
    contributions of the language.
    """
    by_language: dict[str, list[Contribution]] = defaultdict(list)
    by_block: dict[tuple[str, str], list[Contribution]] = defaultdict(list)
    for contribution in contributions:
        by_language[contribution.language].append(contribution)
        by_block[contribution.question, contribution.language].append(contribution)
    backgrounds: dict[str, Background] = {}
    for question, language in sorted(by_block):
        if language not in backgrounds:
            backgrounds[language] = background_of([one.text for one in by_language[language]], settings=settings)
        yield make_block(by_block[question, language], background=backgrounds[language], settings=settings)


def background_of(texts: Sequence[str], *, settings: Settings) -> Background:
    """Return what an embedder has to know of all texts of a language: the texts, or how many have each word."""
    if settings.embedder != _COUNTING:
        return tuple(texts)
    counted = (
        frequencies_of(HashPrefix().counts(texts[first : first + _TEXTS_AT_A_TIME]))
        for first in range(0, len(texts), _TEXTS_AT_A_TIME)
    )
    return reduce(add, counted)


def make_block(members: Sequence[Contribution], *, background: Background, settings: Settings) -> Block:
    """Return one block with its vectors and graph; all members share question and language."""
    embedder, vectors, likeness, words = compared(members, background=background, settings=settings)
    graph = neighbour_graph(likeness, neighbours=settings.neighbours, least=settings.least_similarity)
    return Block(members[0].question, members[0].language, tuple(members), embedder, vectors, likeness, graph, words)


def compared(
    members: Sequence[Contribution], *, background: Background, settings: Settings
) -> tuple[Embedder, Vectors, Vectors, WordTable | None]:
    """
    Return the fitted embedder, the vectors and the likeness of contributions that share question and language.

    Last come their words, where subwords make part of likeness.
    """
    language = members[0].language
    texts = [member.text for member in members]
    if isinstance(background, Frequencies):
        quiet = stop_words(language) if len(members) < FEW_TEXTS else ()
        # Among very many texts enough use the same words, and pieces of words would make it cost four times as much.
        words = word_table(texts) if len(texts) <= _MOST_WITH_SUBWORDS else None
        counting = HashPrefix()
        counts = counting.counts_of_words(words) if words else counting.counts(texts)
        counting.fit_counts(counts, background=background, quiet=quiet)
        vectors = counting.weigh(counts)
        likeness = without_same_columns(vectors, counts=counts, weights=counting.weights)
        if words:
            likeness = likeness_vectors(likeness, words=words, language=language)
        return counting, vectors, likeness, words
    embedder = make_embedder(settings.embedder).fit(texts, background=background)
    vectors = embedder.encode(texts)
    return embedder, vectors, vectors, None
