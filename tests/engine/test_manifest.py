"""What is needed to run it again."""

import re

from answerable.engine.manifest import input_digest, make_manifest
from answerable.engine.records import Contribution, Settings
from answerable.engine.vectors.hash_prefix import HashPrefix


def test_input_digest_sees_every_field():
    digests = {
        input_digest([one])
        for one in (
            Contribution("a", "b"),
            Contribution("ab", ""),
            Contribution("a", "b", question="q"),
            Contribution("a", "b", sector="q"),
            Contribution("a", "\ud800"),
        )
    }

    assert len(digests) == 5


def test_make_manifest_names_versions_settings_and_counts():
    manifest = make_manifest([], settings=Settings(seed=7), embedder=HashPrefix(), counts={"themes": 2, "a": 1})

    assert manifest.settings.seed == 7
    assert manifest.counts == (("a", 1), ("themes", 2))
    assert manifest.embedder == "hash-prefix/3-4-5-6/262144 v2"
    assert {"numpy", "scipy", "scikit-network"} <= {name for name, _ in manifest.libraries}
    assert re.fullmatch("[0-9a-f]{64}", manifest.input_sha256)
