"""The themes as a tree, and one theme: named, merged, dropped."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations.models import ConsultationSession
from answerable.consultations.queries import SessionInWords, sessions_of
from answerable.foundation.verdicts import Unacceptable
from answerable.synthesis.actions.themes import add_theme, drop_theme, merge_themes, rename_theme
from answerable.synthesis.models import Theme
from answerable.synthesis.queries.guesses import themes_linked_to
from answerable.synthesis.queries.themes import theme_page, themes_to_choose, themes_tree
from answerable.synthesis.states import Provenance, ThemeState
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page


@consultation_desk
def themes(desk: Desk) -> HttpResponse:
    """Show the themes of all sessions on two levels, and add one."""
    require_board(desk)
    nodes = themes_tree(desk.consultation)
    sessions = sessions_of(desk.consultation, language=language_of_page())
    by_id = {node.theme.public_id: node.theme for node in nodes}
    typed = desk.request.POST

    def add() -> str:
        parent = by_id.get(typed.get("parent", ""))
        session = parent.session if parent else _session_typed(sessions, typed.get("session", ""))
        session.consultation = desk.consultation
        add_theme(session, label=typed.get("label", ""), parent=parent, by=desk.person, at=desk.at)
        return _("The theme is added.")

    came = tried(desk.request, {"add": add})
    if came.is_done:
        return leads_to(desk.request, desk.address("themes"), said=came.said)
    context = {
        "groups": [(each, [node for node in nodes if node.theme.session_id == each.session.pk]) for each in sessions],
        "form": _add_form(desk, sessions, list(by_id.values()), came),
    }
    return shown_on_board(desk, "desk/themes.html", here="themes", title=_("Themes"), context=context, came=came)


@consultation_desk
def theme(desk: Desk, theme_id: str) -> HttpResponse:
    """Show one theme; rename it, merge others into it, or drop it."""
    require_board(desk)
    row = theme_page(theme_id)
    if row is None or row.consultation_id != desk.consultation.pk:
        raise Http404
    others = [each for each in themes_to_choose(row.session) if each.pk != row.pk]
    came = tried(desk.request, _acts(desk, row, others))
    if came.is_done:
        address = desk.address("themes") if came.act == "drop" else desk.address("theme", theme_id=theme_id)
        return leads_to(desk.request, address, said=came.said)
    typed = desk.request.POST
    label = typed.get("label", "") if came.is_tried("rename") else row.label
    pairs = [(each.public_id, f"{each.parent.label}: {each.label}" if each.parent else each.label) for each in others]
    merging = Field(
        "others",
        _("Themes to merge into this one"),
        kind="checks",
        choices=choices_of(pairs, chosen=typed.getlist("others")),
        is_required=True,
    )
    wrong = came.problems_of("rename")
    context = {
        "theme": row,
        "is_in_use": row.state == ThemeState.ACTIVE,
        "who": str(Provenance(row.label_provenance).label),
        "phrases": ", ".join(row.key_phrases),
        "parts": [each for each in others if each.parent_id == row.pk],
        "alike": themes_linked_to(row),
        "form": form_of(
            [Field("label", _("Name"), value=label, language=row.language, is_required=True)],
            problems={{"title": "label"}.get(name, name): said for name, said in wrong.items()},
        ),
        "merge_form": form_of([merging] if pairs else [], problems=came.problems_of("merge")),
        "refusal": form_of([], problems=came.problems_of("drop")),
        "ways": [Crumb(_("Themes"), desk.address("themes"))],
    }
    return shown_on_board(desk, "desk/theme.html", here="themes", title=row.label, context=context, came=came)


def _acts(desk: Desk, row: Theme, others: Sequence[Theme]) -> dict[str, Callable[[], str]]:
    typed = desk.request.POST

    def rename() -> str:
        rename_theme(row, label=typed.get("label", ""), by=desk.person, at=desk.at)
        return _("The theme has its new name, which no run changes any more.")

    def merge() -> str:
        wanted = set(typed.getlist("others"))
        chosen = [each for each in others if each.public_id in wanted]
        if not chosen:
            raise Unacceptable({"others": [_("Tick at least one theme.")]})
        merge_themes(row, others=chosen, by=desk.person, at=desk.at)
        return _("The themes are merged.")

    def drop() -> str:
        drop_theme(row, by=desk.person, at=desk.at)
        return _("The theme is dropped.")

    return {"rename": rename, "merge": merge, "drop": drop}


def _session_typed(sessions: Sequence[SessionInWords], number: str) -> ConsultationSession:
    for each in sessions:
        if str(each.session.number) == number:
            return each.session
    raise Unacceptable({"session": [_("Choose a session.")]})


def _add_form(desk: Desk, sessions: Sequence[SessionInWords], parents: Sequence[Theme], came: Tried) -> Form:
    typed = desk.request.POST
    numbers = [
        (str(each.session.number), _("Session %(number)s") % {"number": each.session.number}) for each in sessions
    ]
    under = [(each.public_id, f"{each.session.number}. {each.label}") for each in parents if each.parent_id is None]
    fields = [
        Field("label", _("Name"), value=typed.get("label", ""), is_required=True),
        Field(
            "session",
            _("Session"),
            kind="select",
            is_required=True,
            choices=choices_of(numbers, chosen=typed.get("session", "")),
        ),
        Field(
            "parent",
            _("Under"),
            kind="select",
            choices=choices_of(under, chosen=typed.get("parent", ""), empty=_("No other theme")),
        ),
    ]
    problems = {{"title": "label"}.get(name, name): said for name, said in came.problems.items()}
    return form_of(fields, problems=problems)
