"""One finding: written, changed, the quotes it rests on, what was merged into it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from answerable.consultations.models import ConsultationSession, Contribution
from answerable.consultations.queries import session_page
from answerable.consultations.states import PostState
from answerable.foundation.verdicts import Unacceptable
from answerable.synthesis.actions.dispositions import undo_disposition
from answerable.synthesis.actions.findings import (
    change_finding,
    delete_finding,
    remove_citation,
    reorder_citations,
    write_finding,
)
from answerable.synthesis.models import Citation, Disposition, Finding, Theme
from answerable.synthesis.queries.choices import citations_of, merged_into, weighed_contribution
from answerable.synthesis.queries.citations import Span, number_problems, problems_of_finding
from answerable.synthesis.queries.coverage import Coverage, coverage_by_session
from answerable.synthesis.queries.findings import finding_page
from answerable.synthesis.queries.themes import themes_to_choose
from answerable.synthesis.validators import fill_placeholders
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import leads_to, moved, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board, sum_of
from answerable.web.desk.synthesis.finding_form import draft_typed, finding_form, values_of, values_typed
from answerable.web.desk.synthesis.quoting import cite, picked_words
from answerable.web.desk.typed import moment_in, whole_number
from answerable.web.fields import form_of
from answerable.web.reader import language_of_page


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """One quote with whether it still holds, and why not."""

    citation: Citation
    problem: str

    @property
    def name(self) -> str:
        """What names this quote within its finding: the receipt code and where the quote begins."""
        return f"{self.citation.contribution.receipt_code}:{self.citation.start}"


@consultation_desk
def new(desk: Desk) -> HttpResponse:
    """Write a new finding, begun with words that were picked from a contribution when the address names them."""
    require_board(desk)
    asked = desk.request.GET
    row = weighed_contribution(desk.consultation, asked.get("c", "")) if asked.get("c") else None
    session = row.session if row else _session(desk, asked.get("session", ""))
    session.consultation = desk.consultation
    themes = list(themes_to_choose(session))
    words = picked_words(row, sentences=asked.getlist("sentence"), typed=asked.dict()) if row else []
    kept: list[Finding] = []

    def save() -> str:
        with transaction.atomic():
            draft = draft_typed(desk.request.POST, themes)
            finding = write_finding(session, draft=draft, by=desk.person, at=desk.at)
            if row is not None and words:
                cite(desk, row, finding=finding, words=words)
        kept.append(finding)
        return _("The finding is written.")

    came = tried(desk.request, {"save": save})
    if came.is_done:
        return leads_to(desk.request, desk.address("finding", finding_id=kept[0].public_id), said=came.said)
    values = values_typed(desk.request.POST) if came.is_tried("save") else values_of(None, asked.get("theme", ""))
    values = {**values, "language": values["language"] or desk.consultation.default_language}
    context = {
        "form": finding_form(values, themes, came.problems),
        "session": session,
        "quotes": [_quote(row, each) for each in words] if row else [],
        "quoted_code": row.receipt_code if row else "",
        "quoted_language": row.language if row else "",
        "ways": [Crumb(_("Findings"), desk.address("findings"))],
    }
    title = _("New finding in session %(number)s") % {"number": session.number}
    return shown_on_board(desk, "desk/new_finding.html", here="findings", title=title, context=context, came=came)


@consultation_desk
def finding(desk: Desk, finding_id: str) -> HttpResponse:
    """Show one finding; change it, take a quote or a merged contribution out of it, or delete it."""
    require_board(desk)
    row = finding_page(finding_id)
    if row is None or row.consultation_id != desk.consultation.pk:
        raise Http404
    themes = list(themes_to_choose(row.session))
    citations, merged = citations_of(row), merged_into(row)
    came = tried(desk.request, _acts(desk, row, themes=themes, citations=citations, merged=merged))
    if came.is_done:
        deleted = came.act == "delete"
        address = desk.address("findings") if deleted else desk.address("finding", finding_id=finding_id)
        return leads_to(desk.request, address, said=came.said)
    by_session = coverage_by_session(desk.consultation)
    counts = _counts(row, citations, merged, by_session)
    wrong = {problem.citation.pk: problem.sentence for problem in problems_of_finding(row)}
    values = values_typed(desk.request.POST) if came.is_tried("save") else values_of(row)
    context = {
        "finding": row,
        "seen": row.changed_at.isoformat(),
        "session": row.session,
        "form": finding_form(values, themes, came.problems_of("save")),
        "refusal": form_of([], problems=came.problems_of("up", "down", "uncite", "unmerge", "delete")),
        "shown": fill_placeholders(row.statement, counts),
        "counts": counts,
        "number_problems": number_problems(row, counts),
        "quotes": [CheckedQuote(each, wrong.get(each.pk, "")) for each in citations],
        "merged": merged,
        "ways": [Crumb(_("Findings"), desk.address("findings"))],
    }
    return shown_on_board(
        desk, "desk/finding.html", here="findings", title=row.title, context=context, came=came, by_session=by_session
    )


def _acts(
    desk: Desk,
    row: Finding,
    *,
    themes: Sequence[Theme],
    citations: Sequence[Citation],
    merged: Sequence[Disposition],
) -> dict[str, Callable[[], str]]:
    typed = desk.request.POST

    def save() -> str:
        seen = moment_in(typed.get("seen", ""))
        change_finding(row, draft=draft_typed(typed, themes), by=desk.person, at=desk.at, seen=seen)
        return _("The finding is saved.")

    quotes = {CheckedQuote(each, "").name: each for each in citations}

    def reorder(*, up: bool) -> str:
        names = moved(quotes, _named(quotes, typed), up=up)
        reorder_citations(row, order=[quotes[name].pk for name in names], by=desk.person, at=desk.at)
        return _("The quotes are in their new order.")

    def uncite() -> str:
        citation = quotes[_named(quotes, typed)]
        citation.finding = row
        remove_citation(citation, by=desk.person, at=desk.at)
        return _("The quote is taken out.")

    def unmerge() -> str:
        codes = {each.contribution.receipt_code: each.contribution for each in merged}
        if typed.get("code", "") not in codes:
            raise Unacceptable({"": [_("This contribution is no longer merged here.")]})
        undo_disposition([codes[typed["code"]]], by=desk.person, at=desk.at)
        return _("The contribution waits for a place again.")

    def delete() -> str:
        delete_finding(row, by=desk.person, at=desk.at)
        return _("The finding is deleted.")

    return {
        "save": save,
        "up": lambda: reorder(up=True),
        "down": lambda: reorder(up=False),
        "uncite": uncite,
        "unmerge": unmerge,
        "delete": delete,
    }


def _named(quotes: Mapping[str, Citation], typed: QueryDict) -> str:
    """Return the name of the quote that a button belongs to; raise Unacceptable when it is gone."""
    name = typed.get("quote", "")
    if name not in quotes:
        raise Unacceptable({"": [_("This quote is no longer there.")]})
    return name


def _counts(
    row: Finding, citations: Sequence[Citation], merged: Sequence[Disposition], by_session: Mapping[int, Coverage]
) -> dict[str, int]:
    """Return the numbers that a finding's text may use, from what the page has read already."""
    cited = len({each.contribution_id for each in citations})
    joined = sum(1 for each in merged if each.contribution.state == PostState.PUBLIC)
    own = by_session.get(row.session.number)
    return {
        "cited": cited,
        "merged": joined,
        "total": cited + joined,
        "session": own.total if own else 0,
        "consultation": sum_of(by_session).total,
    }


def _session(desk: Desk, number: str) -> ConsultationSession:
    page = session_page(
        desk.consultation.slug, whole_number(number, otherwise=1), language=language_of_page(), at=desk.at
    )
    if page is None:
        raise Http404
    return page.session


def _quote(row: Contribution, words: str | Span) -> str:
    return row.text[words.start : words.end] if isinstance(words, Span) else words
