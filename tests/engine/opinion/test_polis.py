"""Exactness against what Polis published of real conversations."""

import numpy as np
import pytest

from answerable.engine.opinion import OpinionSettings, counting, find_opinion_groups
from answerable.engine.opinion.agreement import adjusted_rand
from answerable.engine.opinion.partition import centres_of, polish
from answerable.engine.opinion.representation import consensus, represent
from bench.opinion.gold import OPEN, SERVER, consultations_folder, read_open, read_server

FOLDER = consultations_folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="the conversations are not at hand: set ANSWERABLE_SHARED_DATA")
EXACT = OpinionSettings(compat="polis", null_draws=0, stability_splits=0)
QUICK = OpinionSettings(null_draws=0, stability_splits=0)


@pytest.fixture(scope="module", params=SERVER)
def server(request):
    return read_server(FOLDER, request.param)


@pytest.fixture
def published(server):
    """Return the published counts of each group, from its members, and the names of statements."""
    talk = server.conversation
    labels = talk.published_labels()
    counts = np.zeros((labels.max() + 1, len(talk.stances.statements), 3), dtype=np.int64)
    counting.count_by_label(talk.stances.indptr, talk.stances.statement, talk.stances.value, labels, counts)
    return counts, [str(one) for one in talk.stances.statements.tolist()]


def mapped(conversation, *, settings=EXACT):
    return find_opinion_groups(conversation.stances, settings=settings, statements_left_out=conversation.moderated_out)


def test_principal_components_are_those_of_the_server(server):
    found = mapped(server.conversation)
    order = [[str(one) for one in server.math["tids"]].index(str(name)) for name in found.statements.tolist()]

    for axis, component in enumerate(server.math["pca"]["comps"]):
        theirs, ours = np.array(component)[order], found.axes[:, axis]
        assert abs(theirs @ ours) / np.linalg.norm(theirs) / np.linalg.norm(ours) >= 0.999


def test_consensus_is_that_of_the_server(server, published):
    counts, names = published
    found = dict(zip(names, consensus(counts).tolist(), strict=True))

    theirs = server.math["group-aware-consensus"]
    assert {name: found[name] for name in theirs} == pytest.approx(theirs, abs=1e-9)


def test_every_representativeness_record_is_that_of_the_server(server, published):
    counts, names = published
    found = represent(counts)
    records = [(int(group), one) for group, some in server.math["repness"].items() for one in some]

    assert len(records) >= 12
    for group, record in records:
        at = (group, names.index(str(record["tid"])))
        assert found.agrees[at] == (record["repful-for"] == "agree")
        assert counts[at].sum() == record["n-trials"]
        assert counts[at][2 if found.agrees[at] else 0] == record["n-success"]
        assert found.share[at] == pytest.approx(record["p-success"], abs=1e-9)
        assert found.ratio[at] == pytest.approx(record["repness"], abs=1e-6)
        assert found.own_test[at] == pytest.approx(record["p-test"], abs=1e-5)
        assert found.others_test[at] == pytest.approx(record["repness-test"], abs=1e-5)


def test_groups_published_stay_where_they_are(server):
    labels = server.conversation.published_labels()
    found = mapped(server.conversation)

    start = centres_of(found.points, labels=labels, k=int(labels.max()) + 1)
    settled = polish(found.points[labels >= 0], centres=start, rounds=100, kernels=counting)

    assert adjusted_rand(settled.labels, labels[labels >= 0]) >= 0.95


def test_groups_of_open_conversations_are_close_to_those_published():
    given, free = [], []
    for name in OPEN:
        talk = read_open(FOLDER, name)
        labels = talk.published_labels()
        for found, wanted in ((free, None), (given, int(labels.max()) + 1)):
            groups = mapped(talk, settings=OpinionSettings(null_draws=0, groups_wanted=wanted))
            both = (labels >= 0) & (groups.labels >= 0)
            found.append(adjusted_rand(groups.labels[both], labels[both]))

    assert np.mean(given) >= 0.87
    assert np.mean(free) >= 0.78
