"""Read the conversations whose groups and figures are published, where they are at hand."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.stances import Stances
from bench.quality.gold import consultations_folder

SERVER = ("150ptpt-3gp-no-strict-no-meta", "50ptpt-3gp-strict-no-meta", "above-100-ptpts")
OPEN = (
    "15-per-hour-seattle",
    "american-assembly.bowling-green",
    "scoop-hivemind.biodiversity",
    "vtaiwan.uberx",
)

__all__ = ["OPEN", "SERVER", "Conversation", "ServerMath", "consultations_folder", "read_open", "read_server"]


@dataclass(frozen=True)
class Conversation:
    """Hold a conversation: its stances, the statements its moderators took out, and the published groups by person."""

    name: str
    stances: Stances
    moderated_out: frozenset[str]
    groups: dict[str, int]

    def published_labels(self) -> npt.NDArray[np.int8]:
        """Return the published group of each participant of the stances, -1 without one."""
        return np.array([self.groups.get(str(one), -1) for one in self.stances.participants.tolist()], dtype=np.int8)


@dataclass(frozen=True)
class ServerMath:
    """Hold a conversation with the exact mathematics a live server published for it."""

    conversation: Conversation
    math: dict[str, Any]


def read_open(folder: Path, name: str) -> Conversation:
    """Read a conversation of openData: the matrix of stances with group-id, and what was moderated out."""
    home = folder / "polis" / name
    with (home / "comments.csv").open(encoding="utf-8-sig", newline="") as file:
        out = frozenset(row["comment-id"] for row in csv.DictReader(file) if row["moderated"].strip() == "-1")
    rows: list[tuple[str, str, int]] = []
    groups: dict[str, int] = {}
    with (home / "participants-votes.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            who = row["participant"]
            if row["group-id"].strip():
                groups[who] = int(row["group-id"])
            rows += [(who, name, int(float(cell))) for name, cell in row.items() if name.isdigit() and cell.strip()]
    return Conversation(name, Stances.from_rows(rows), out, groups)


def read_server(folder: Path, name: str) -> ServerMath:
    """Read a conversation with the server's own results; there agreeing is -1 and passing 0."""
    home = folder / "polis-server" / name
    math = json.loads((home / "math-pca2.json").read_text(encoding="utf-8"))
    votes = json.loads((home / "votes.json").read_text(encoding="utf-8"))
    listed = {str(number) for number in math["tids"]}
    rows = [
        (str(vote["participant_id"]), str(vote["statement_id"]), int(vote["vote"]), int(vote["modified"]))
        for vote in votes
        if str(vote["statement_id"]) in listed
    ]
    base = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    groups = {
        str(person): cluster["id"]
        for cluster in math["group-clusters"]
        for member in cluster["members"]
        for person in base[member]
    }
    out = frozenset(str(number) for number in math["mod-out"])
    return ServerMath(Conversation(name, Stances.from_rows(rows), out, groups), math)
