"""Polis exports as they are: folders and archives."""

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from answerable.engine.reading import ReadingError, read_contributions
from tests.engine.samples import WATER

SHARED = Path(os.environ.get("ANSWERABLE_SHARED_DATA", Path(__file__).parents[3].parent / "shared" / "data"))
COMMENTS = "timestamp,comment-id,author-id,agrees,disagrees,moderated,comment-body\n" + "".join(
    f'{row},{row},{row + 50},0,0,{-1 if row == 2 else 0},"{text}"\n' for row, text in enumerate(WATER)
)
VOTES = "timestamp,comment-id,voter-id,vote\n5,0,a,1\n9,0,a,-1\n7,1,a,1\n1,0,b,0\n"
WIDE = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2\na,0,1,2,1,1,-1,1,\nb,0,0,1,0,0,0,,\n"


def export(folder, **files):
    folder.mkdir()
    for name, content in files.items():
        (folder / f"{name.replace('_', '-')}.csv").write_text(content, encoding="utf-8")
    return folder


def taken(stances):
    """Return the stances as (participant, statement, value)."""
    who = np.repeat(stances.participants, np.diff(stances.indptr))
    return sorted(
        zip(who.tolist(), stances.statements[stances.statement].tolist(), stances.value.tolist(), strict=True)
    )


@pytest.mark.parametrize("votes", [{"votes": VOTES}, {"participants_votes": WIDE}], ids=["long", "wide"])
def test_read_contributions_reads_comments_votes_and_topic(tmp_path, votes):
    intake = read_contributions(export(tmp_path / "one", comments=COMMENTS, summary="topic,Water\nviews,3\n", **votes))

    assert [one.text for one in intake.contributions] == list(WATER)
    assert {one.question for one in intake.contributions} == {"Water"}
    assert intake.moderated_out == ("2",)
    assert taken(intake.stances) == [("a", "0", -1), ("a", "1", 1), ("b", "0", 0)]


def test_read_contributions_reads_an_archive_with_folders_in_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("export/comments.csv", COMMENTS)
        archive.writestr("export/votes.csv", VOTES)
        archive.writestr("../escape.csv", "never\n")

    intake = read_contributions(tmp_path / "export.zip")

    assert len(intake.contributions) == 6
    assert len(intake.stances) == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["export.zip"]


def test_read_contributions_reads_an_archive_with_a_single_table(tmp_path):
    with zipfile.ZipFile(tmp_path / "proposals.zip", "w") as archive:
        archive.writestr("proposals.csv", "id,text\n1,The wells are dry\n")

    assert [one.text for one in read_contributions(tmp_path / "proposals.zip").contributions] == ["The wells are dry"]


def test_read_contributions_refuses_a_folder_without_contributions(tmp_path):
    (tmp_path / "readme.txt").write_text("nothing")

    with pytest.raises(ReadingError, match=r"holds no table that can be read\. Save"):
        read_contributions(tmp_path)


def test_read_contributions_takes_stances_from_a_file_of_their_own(tmp_path):
    (tmp_path / "said.csv").write_text("id,text\nA,The wells are dry again\nB,The buses are late again\n")
    (tmp_path / "stances.csv").write_text("participant,statement,stance\np,A,agree\np,B,disagree\nq,A,pass\nq,C,1\n")

    intake = read_contributions(tmp_path / "said.csv", columns={"id": "id"}, stances=tmp_path / "stances.csv")

    assert taken(intake.stances) == [("p", "A", 1), ("p", "B", -1), ("q", "A", 0)]
    assert "1 stance is about 1 statement not in the input, and left out." in intake.notes


@pytest.mark.parametrize("content", ["a,b\n1,2\n", "participant,x\np,1\n"])
def test_read_contributions_refuses_a_file_without_stances(tmp_path, content):
    (tmp_path / "said.csv").write_text("id,text\nA,The wells are dry again\n")
    (tmp_path / "stances.csv").write_text(content)

    with pytest.raises(ReadingError, match="no column"):
        read_contributions(tmp_path / "said.csv", stances=tmp_path / "stances.csv")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data sets are not beside the checkout")
@pytest.mark.parametrize(
    ("name", "comments", "stances"),
    [
        ("vtaiwan.uberx", 197, 49_443),
        ("15-per-hour-seattle", 54, 2_872),
        ("american-assembly.bowling-green", 896, 225_524),
    ],
)
def test_read_contributions_reads_real_exports_whole(name, comments, stances):
    intake = read_contributions(SHARED / "consultations" / "polis" / name)

    assert (len(intake.contributions), len(intake.stances)) == (comments, stances)


def test_read_contributions_takes_the_other_name_of_the_wide_votes(tmp_path):
    (tmp_path / "comments.csv").write_text(
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        "1,x,0,4,1,0,1,The wells run dry every March\n2,x,1,5,0,1,0,More buses in the evening\n"
    )
    (tmp_path / "participant-votes.csv").write_text("participant,group-id,n-comments,0,1\n4,0,1,1,-1\n5,0,1,,1\n")

    intake = read_contributions(tmp_path)

    assert "3 stances are read from participant-votes.csv." in intake.notes


def test_an_archive_with_several_tables_is_refused_with_their_names(tmp_path):
    with zipfile.ZipFile(tmp_path / "open-data.zip", "w") as archive:
        for name in ("city-proposals.csv", "city-comments.csv"):
            archive.writestr(name, "id;body\n1;Water is far\n")

    with pytest.raises(ReadingError, match=r"holds several tables: city-proposals\.csv, city-comments\.csv\. Take out"):
        read_contributions(tmp_path / "open-data.zip")
