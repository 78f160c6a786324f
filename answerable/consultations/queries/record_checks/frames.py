"""What was asked, and until when: consultations, sessions and guiding questions against the record."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from answerable.consultations import log_types
from answerable.consultations.models import Consultation, ConsultationSession, GuidingQuestion
from answerable.consultations.queries.record_checks.walking import chunks_of
from answerable.consultations.states import ConsultationState
from answerable.foundation.hashing import text_digest
from answerable.ledger.checks import Problem
from answerable.ledger.commitments import FactValue
from answerable.ledger.queries import EntryFacts, facts_of

_TIMES = ("opens_at", "closes_at")
_PART = re.compile(r"(?:question (?P<question>\d+) of )?session (?P<session>\d+)")
_MOVED = {
    log_types.CONSULTATION_CREATED: ConsultationState.DRAFT,
    log_types.CONSULTATION_PUBLISHED: ConsultationState.PUBLISHED,
    log_types.CONSULTATION_CONCLUDED: ConsultationState.CONCLUDED,
}


@dataclass
class _Part:
    """What the record says of a consultation, a session or a question; ``parts`` are what stands in it, by number."""

    texts: dict[str, FactValue] = field(default_factory=dict)
    times: dict[str, datetime | None] = field(default_factory=dict)
    parts: dict[int, "_Part"] = field(default_factory=dict)
    state: str = ""

    def play(self, entry: EntryFacts) -> None:
        """Follow one entry; orders and removals number the parts anew."""
        self.state = _MOVED.get(entry.kind, self.state)
        named = str(entry.facts.get("part", ""))
        if named == "sessions":
            self.reorder(entry)
        elif named.startswith("questions of session "):
            self.parts[int(named.rpartition(" ")[2])].reorder(entry)
        elif found := _PART.fullmatch(named):
            self._play_part(entry, int(found["session"]), int(found["question"] or 0))
        elif named in {"", "text"}:
            self.say(entry)

    def _play_part(self, entry: EntryFacts, session: int, question: int) -> None:
        inside, number = (self.parts.setdefault(session, _Part()), question) if question else (self, session)
        if entry.facts.get("is_removed"):
            inside.parts = {key - (key > number): part for key, part in inside.parts.items() if key != number}
        else:
            inside.parts.setdefault(number, _Part()).say(entry)

    def reorder(self, entry: EntryFacts) -> None:
        """Give the parts new numbers as the entry says; parts that were never recorded stay unknown."""
        order = [int(number) for number in str(entry.facts["order"]).split(", ")]
        self.parts = {number: self.parts[old] for number, old in enumerate(order, start=1) if old in self.parts}

    def say(self, entry: EntryFacts) -> None:
        """Keep the times and the digest of the words in one language, if the entry names them."""
        self.times |= {name: _moment(entry.facts[name]) for name in _TIMES if name in entry.facts}
        if "text_digest" in entry.facts:
            self.texts[str(entry.facts["language"])] = entry.facts["text_digest"]


def check_frames() -> Iterator[Problem]:
    """Compare texts, times and state of every consultation that was made here with what the record says last."""
    related = ("texts", "sessions__texts", "sessions__questions__texts")
    for chunk in chunks_of(Consultation.objects.prefetch_related(*related), size=50):
        recorded = facts_of("consultation", [row.public_id for row in chunk])
        for row in chunk:
            entries = recorded[row.public_id]
            if entries and entries[0].kind == log_types.CONSULTATION_CREATED:
                said = _Part()
                for entry in entries:
                    said.play(entry)
                yield from _consultation_problems(row, said)


def _consultation_problems(row: Consultation, said: _Part) -> Iterator[Problem]:
    subject = f"consultation {row.slug}"
    if row.state != said.state:
        message = f"The state of {subject} is not what the record says last."
        yield Problem("altered-act", row.public_id, message, field="state")
    texts = {text.language: (text.title, text.summary, text.purpose) for text in row.texts.all()}
    yield from _part_problems(row, said, texts=texts, code=row.public_id, subject=subject)
    sessions = {session.number: session for session in row.sessions.all()}
    for number in sorted(sessions.keys() | said.parts.keys()):
        name, recorded = f"session {row.slug}/{number}", said.parts.get(number)
        if (session := sessions.get(number)) is None or recorded is None:
            yield Problem("altered-act", row.public_id, f"The record and the tables do not both have {name}.")
        else:
            yield from _session_problems(session, recorded, code=row.public_id, subject=name)


def _session_problems(row: ConsultationSession, said: _Part, *, code: str, subject: str) -> Iterator[Problem]:
    texts = {text.language: (text.title, text.lead, text.background) for text in row.texts.all()}
    yield from _part_problems(row, said, texts=texts, code=code, subject=subject)
    questions = {question.number: question for question in row.questions.all()}
    for number in sorted(questions.keys() | said.parts.keys()):
        name, recorded = f"question {number} of {subject}", said.parts.get(number)
        if (question := questions.get(number)) is None or recorded is None:
            yield Problem("altered-act", code, f"The record and the tables do not both have {name}.")
        else:
            asked = {text.language: (text.text,) for text in question.texts.all()}
            yield from _part_problems(question, recorded, texts=asked, code=code, subject=name)


def _part_problems(
    row: Consultation | ConsultationSession | GuidingQuestion,
    said: _Part,
    *,
    texts: Mapping[str, tuple[str, ...]],
    code: str,
    subject: str,
) -> Iterator[Problem]:
    live = {language: text_digest("\n\n".join(words)) for language, words in texts.items()}
    for language in sorted(said.texts.keys() | live.keys()):
        if language in said.texts and live.get(language) != said.texts[language]:
            message = f"The words of {subject} in “{language}” are not those that were recorded last."
            yield Problem("altered-act", code, message, field="text")
    for name, moment in said.times.items():
        if getattr(row, name) != moment:
            message = f"The {name} of {subject} is not what the record says last."
            yield Problem("altered-act", code, message, field=name)


def _moment(value: FactValue) -> datetime | None:
    """Read a moment as entries keep it: itself, in words, or none."""
    if value is None or value == "None":
        return None
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
