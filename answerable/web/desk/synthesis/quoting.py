"""Quoting exact words of a contribution in a finding."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.consultations.models import Contribution
from answerable.engine.statements import split_text
from answerable.foundation.verdicts import Unacceptable
from answerable.synthesis.actions.findings import add_citation
from answerable.synthesis.models import Finding
from answerable.synthesis.queries.citations import Span
from answerable.web.desk.acts import Problems
from answerable.web.desk.frame import Desk
from answerable.web.desk.synthesis.placing import finding_typed
from answerable.web.desk.typed import whole_number
from answerable.web.fields import Field, Form, choices_of, form_of


def quoted(desk: Desk, row: Contribution, *, findings: Sequence[Finding]) -> str:
    """Rest the chosen finding on the words that were picked. Raises NotAllowed, Unacceptable."""
    typed = desk.request.POST
    try:
        finding = finding_typed(typed.get("quoting", ""), findings)
    except Unacceptable as refusal:
        raise Unacceptable({"quoting": refusal.problems["finding"]}) from refusal
    words = picked_words(row, sentences=typed.getlist("sentence"), typed=typed)
    if not words:
        raise Unacceptable({"words": [_("Choose a sentence, or paste the words you want to quote.")]})
    count = cite(desk, row, finding=finding, words=words)
    return ngettext("%(count)s quote is added.", "%(count)s quotes are added.", count) % {"count": count}


def cite(desk: Desk, row: Contribution, *, finding: Finding, words: Iterable[str | Span]) -> int:
    """Add each of the picked words as a citation, all or none; return how many. Raises NotAllowed, Unacceptable."""
    count = 0
    try:
        with transaction.atomic():
            for each in words:
                add_citation(finding, contribution=row, words=each, by=desk.person, at=desk.at)
                count += 1
    except Unacceptable as refusal:
        raise Unacceptable({"words": [said for each in refusal.problems.values() for said in each]}) from refusal
    return count


def picked_words(row: Contribution, *, sentences: Sequence[str], typed: Mapping[str, str]) -> list[str | Span]:
    """
    Return what was picked of a contribution: spans of ticked sentences, and the words that were typed or selected.

    Ticked sentences that follow each other are one quote. A selection made by script names its characters, so that
    words which stand twice are quoted where they were selected.
    """
    picked: list[str | Span] = [*_joined(row, sentences)]
    words = typed.get("words", "").strip()
    start, end = whole_number(typed.get("start", ""), otherwise=-1), whole_number(typed.get("end", ""), otherwise=-1)
    if 0 <= start < end <= len(row.text) and (not words or row.text[start:end].split() == words.split()):
        picked.append(Span(start, end))
    elif words:
        picked.append(words)
    return picked


def quote_form(desk: Desk, row: Contribution, *, findings: Sequence[Finding], problems: Problems) -> Form:
    """Return the form that quotes from a contribution, with what was typed in it."""
    typed = desk.request.POST
    own = [(each.public_id, each.title) for each in findings if each.session_id == row.session_id]
    chosen = typed.get("quoting", "") or desk.request.GET.get("finding", "")
    choices = choices_of(own, chosen=chosen, empty=_("Choose a finding"))
    fields = [
        Field("quoting", _("Finding that quotes"), kind="select", choices=choices, is_required=True),
        Field(
            "words",
            _("Exact words"),
            kind="textarea",
            value=typed.get("words", ""),
            hint=_("Only when you quote less than a sentence: paste the words as they stand in the text."),
            language=row.language,
            rows=2,
        ),
    ]
    return form_of(fields, problems={{"quote": "words"}.get(name, name): said for name, said in problems.items()})


def _joined(row: Contribution, values: Sequence[str]) -> list[Span]:
    """Return ticked sentences as spans, neighbours joined; anything that is no sentence of the text is left out."""
    ticked = set(values)
    spans: list[Span] = []
    was_ticked = False
    for start, end in split_text(row.text):
        is_ticked = f"{start}-{end}" in ticked
        if is_ticked and was_ticked:
            spans[-1] = Span(spans[-1].start, end)
        elif is_ticked:
            spans.append(Span(start, end))
        was_ticked = is_ticked
    return spans
