"""Who spoke and who is quoted, axis by axis: shown, never used as a weight."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations.states import ReferenceAxis
from answerable.engine.records import AxisBalance, Figure, Settings
from answerable.reference.models.cldr import language_name
from answerable.reference.queries import country_choices, sector_choices, stakeholder_group_choices
from answerable.synthesis.queries.balance import balance as balance_of
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.desk.synthesis.reference import AgainstReference, against_reference
from answerable.web.reader import language_of_page
from answerable.web.templatetags.answerable import number, share


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One value of an axis: its part of the contributions, of the words, and of what is quoted."""

    label: str
    count: int
    share: float
    word_share: float
    cited: int
    cited_share: float
    percent: int


@dataclass(frozen=True, slots=True)
class BalanceTable:
    """One axis with its values, how evenly they are spread in words, and who was not heard."""

    axis: str
    name: str
    caption: str
    rows: Sequence[BalanceRow]
    unstated: int
    evenness: Sequence[tuple[str, str]]
    missing: str
    against: AgainstReference | None


@require_safe
@consultation_desk
def balance(desk: Desk) -> HttpResponse:
    """Show the balance panel."""
    require_board(desk)
    measured = balance_of(desk.consultation)
    captions = {
        "sector": _("By sector"),
        "stakeholder_group": _("By stakeholder group"),
        "country": _("By country"),
        "language": _("By language"),
    }
    tables = [_table(desk, measured[axis], caption) for axis, caption in captions.items() if axis in measured]
    title = _("Balance")
    return shown_on_board(desk, "desk/balance.html", here="balance", title=title, context={"tables": tables})


def _table(desk: Desk, axis: AxisBalance, caption: str) -> BalanceTable:
    labels = _labels(axis)
    rows = [
        BalanceRow(
            label=labels.get(each.value, each.value),
            count=each.contributions,
            share=each.share,
            word_share=each.word_share,
            cited=each.cited,
            cited_share=each.cited_share,
            percent=round(100 * each.share),
        )
        for each in axis.shares
    ]
    heard = {each.value for each in axis.shares}
    # Countries and languages are too many to name all that were not heard.
    may_be_silent = axis.axis in _SMALL and axis.reference is None
    silent = [label for key, label in labels.items() if key not in heard] if may_be_silent else []
    evenness = [
        (_("Dominance in contributions"), _figure(axis.dominance)),
        (_("Dominance in words"), _figure(axis.word_dominance)),
        (_("Dominance in what is quoted"), _figure(axis.cited_dominance)),
        (_("As concentrated as so many equal parts"), _figure(axis.effective_number)),
        (_("Gap between contributions and quotes"), _figure(axis.citation_gap, shown=share)),
    ]
    against = against_reference(desk, axis)
    name = str(ReferenceAxis(axis.axis).label)
    return BalanceTable(axis.axis, name, caption, rows, axis.unstated, evenness, "; ".join(silent), against)


_SMALL = frozenset({"sector", "stakeholder_group"})


def _figure(figure: Figure, *, shown: Callable[[float], str] = number) -> str:
    if figure.value is None:
        sentence = _("Insufficient data (%(n)s contributions, at least %(least)s are needed)")
        return sentence % {"n": number(figure.n), "least": number(Settings().least_for_balance)}
    return shown(round(figure.value, 2))


def _labels(axis: AxisBalance) -> Mapping[str, str]:
    language = language_of_page()
    if axis.axis == "language":
        return {each.value: str(language_name(each.value, language=language)) for each in axis.shares}
    offered = {
        "sector": sector_choices,
        "stakeholder_group": stakeholder_group_choices,
        "country": country_choices,
    }[axis.axis]
    return dict(offered(language))
