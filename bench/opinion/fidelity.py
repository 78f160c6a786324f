"""How near the engine is to what Polis published, and whether it repeats itself to the byte."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion import (
    CovoteStatistics,
    OpinionGroups,
    OpinionSettings,
    Stances,
    counting,
    find_opinion_groups,
    opinion_document,
)
from answerable.engine.opinion.agreement import adjusted_rand
from answerable.engine.opinion.kernels import kernels_for
from answerable.engine.opinion.partition import centres_of, polish
from answerable.engine.opinion.representation import Counts, consensus, represent
from bench.opinion.gold import OPEN, SERVER, Conversation, ServerMath, read_open, read_server
from bench.opinion.invented import invent
from bench.opinion.verdicts import Line

_FIELDS = (("repness", "ratio"), ("p-test", "own_test"), ("repness-test", "others_test"), ("p-success", "share"))


def server_lines(folder: Path) -> Iterator[Line]:
    """Yield the figures against a live server's own results, placing people as Polis does."""
    for name in SERVER:
        server = read_server(folder, name)
        talk = server.conversation
        found = _mapped(talk, settings=_exactly(compat="polis"))
        cosine = min(_cosines(server, found=found))
        yield Line(f"{name}: cosine of components", f"{cosine:.6f}", "0.999", "0.9999", cosine >= 0.999)
        counts, names = _published_counts(talk)
        ours = dict(zip(names, consensus(counts).tolist(), strict=True))
        theirs = server.math["group-aware-consensus"]
        apart = max(abs(ours[key] - value) for key, value in theirs.items())
        yield Line(f"{name}: consensus, largest difference", f"{apart:.1e}", "1e-9", "", apart <= 1e-9)
        same, records = _records(server, counts=counts, names=names)
        yield Line(f"{name}: representativeness", f"{same} of {records}", "all", "", same == records)
        kept = _kept(talk, found=found)
        yield Line(f"{name}: Lloyd from published, ARI", f"{kept:.3f}", "0.95", "1.0", kept >= 0.95)


def open_lines(folder: Path) -> Iterator[Line]:
    """Yield agreement (ARI) with published groups: as we place people, and as Polis does."""
    talks = [read_open(folder, name) for name in OPEN]
    for compat, told in (("", "ours"), ("polis", "as Polis places people")):
        for is_given in (True, False):
            scores = [_agreement(talk, compat=compat, is_given=is_given) for talk in talks]
            mean = float(np.mean(scores))
            least = 0.87 if is_given else 0.78
            yield Line(
                f"mean ARI of {len(talks)}, k {'given' if is_given else 'free'}, {told}",
                f"{mean:.3f} ({', '.join(f'{one:.2f}' for one in scores)})",
                f"{least}" if not compat else "",
                ("0.90" if is_given else "0.85") if not compat else "",
                mean >= least if not compat else True,
            )


def sameness_lines(people: int = 3000) -> Iterator[Line]:
    """Yield how many different results shuffled rows, shards and both sets of loops give; it must be one."""
    stances = invent(people, statements=120)
    rows = np.repeat(stances.participants, np.diff(stances.indptr)), stances.statements[stances.statement]
    digests = {"as given": {_digest(find_opinion_groups(stances))}}
    shuffled = digests.setdefault("three shuffles of the rows", set())
    for seed in range(3):
        order = np.random.default_rng(seed).permutation(len(stances))
        again = Stances.from_arrays(rows[0][order], rows[1][order], stances.value[order], known=stances.statements)
        shuffled.add(_digest(find_opinion_groups(again)))
    for count in (1, 2, 7, 64):
        parts = [stances.shard(int(one), of=count) for one in np.random.default_rng(count).permutation(count)]
        merged = CovoteStatistics(stances.statements)
        for part in parts:
            merged.merge(CovoteStatistics.of(part))
        digests[f"{count} shards"] = {_digest(find_opinion_groups(Stances.joined(parts), statistics=merged))}
    for loops in (counting, kernels_for(10_000_000)):
        digests[loops.__name__.rsplit(".")[-1]] = {_digest(find_opinion_groups(stances, kernels=loops))}  # type: ignore[attr-defined]
    every = set().union(*digests.values())
    yield Line(
        "different SHA-256: 3 shuffles of the rows, 1, 2, 7 and 64 shards, both sets of loops",
        str(len(every)),
        "1",
        "",
        len(every) == 1,
    )


def _exactly(*, compat: str = "", wanted: int | None = None) -> OpinionSettings:
    """Return settings that measure nothing but the groups."""
    return OpinionSettings(
        compat="polis" if compat else "", groups_wanted=wanted, null_draws=0 if wanted or compat else 19
    )


def _mapped(talk: Conversation, *, settings: OpinionSettings) -> OpinionGroups:
    """Return the groups of a conversation without what was moderated out."""
    return find_opinion_groups(talk.stances, settings=settings, statements_left_out=talk.moderated_out)


def _cosines(server: ServerMath, *, found: OpinionGroups) -> Iterator[float]:
    """Yield for each component the absolute cosine between the server's and ours."""
    position = {str(name): number for number, name in enumerate(server.math["tids"])}
    order = [position[str(name)] for name in found.statements.tolist()]
    for axis, component in enumerate(server.math["pca"]["comps"]):
        theirs, ours = np.array(component)[order], found.axes[:, axis]
        yield float(abs(theirs @ ours) / np.linalg.norm(theirs) / np.linalg.norm(ours))


def _published_counts(talk: Conversation) -> tuple[Counts, list[str]]:
    """Return the counts of each published group, and the names of statements."""
    labels = talk.published_labels()
    counts = np.zeros((int(labels.max()) + 1, len(talk.stances.statements), 3), dtype=np.int64)
    counting.count_by_label(talk.stances.indptr, talk.stances.statement, talk.stances.value, labels, counts)
    return counts, [str(one) for one in talk.stances.statements.tolist()]


def _records(server: ServerMath, *, counts: Counts, names: list[str]) -> tuple[int, int]:
    """Return how many of the server's representativeness records are ours too, of how many."""
    found = represent(counts)
    same = total = 0
    for group, records in server.math["repness"].items():
        for record in records:
            at = (int(group), names.index(str(record["tid"])))
            is_same = bool(found.agrees[at]) == (record["repful-for"] == "agree") and all(
                abs(getattr(found, ours)[at] - record[theirs]) < 1e-5 for theirs, ours in _FIELDS
            )
            same, total = same + is_same, total + 1
    return same, total


def _kept(talk: Conversation, *, found: OpinionGroups) -> float:
    """Return how far Lloyd's rounds from the published groups stay with them."""
    labels: npt.NDArray[np.int8] = talk.published_labels()
    start = centres_of(found.points, labels=labels, k=int(labels.max()) + 1)
    settled = polish(found.points[labels >= 0], centres=start, rounds=100, kernels=counting)
    return adjusted_rand(settled.labels, labels[labels >= 0])


def _agreement(talk: Conversation, *, compat: str, is_given: bool) -> float:
    """Return the agreement of our groups with those published, over people in both; none where none are clear."""
    labels = talk.published_labels()
    found = _mapped(talk, settings=_exactly(compat=compat, wanted=int(labels.max()) + 1 if is_given else None))
    both = (labels >= 0) & (found.labels >= 0)
    return adjusted_rand(found.labels[both], labels[both])


def _digest(groups: OpinionGroups) -> str:
    """Return the SHA-256 of everything a result says."""
    whole = json.dumps(opinion_document(groups)).encode()
    return hashlib.sha256(whole + groups.points.tobytes() + groups.labels.tobytes()).hexdigest()
