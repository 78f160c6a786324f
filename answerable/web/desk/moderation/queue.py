"""The moderators' queue: contributions or replies in one state, each with a decision; all are sent together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from answerable.consultations import rules
from answerable.consultations.actions import moderate, moves_from
from answerable.consultations.models import Contribution, Reply
from answerable.consultations.queries import Page, contribution_queue, queue_figures, reply_queue
from answerable.consultations.states import ModerationMove, PostState, ReasonCode
from answerable.foundation.verdicts import NotAllowed, Unacceptable, require
from answerable.web.chain import place
from answerable.web.consultations.entries import author_of, axes_of
from answerable.web.desk.acts import Problems, leads_to
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.typed import RowField, chosen_in
from answerable.web.fields import Field, Form, choices_of, form_of

PAGE_LENGTH = 20
Post = Contribution | Reply

STATES = {
    PostState.WAITING: gettext_lazy("Waiting"),
    PostState.PUBLIC: gettext_lazy("Recently published"),
    PostState.HELD: gettext_lazy("Held back"),
    PostState.REMOVED: gettext_lazy("Removed"),
}
_KINDS = {"contributions": gettext_lazy("Contributions"), "replies": gettext_lazy("Replies")}
_VERBS = {
    ModerationMove.APPROVE: gettext_lazy("Publish"),
    ModerationMove.HOLD: gettext_lazy("Hold back"),
    ModerationMove.REMOVE: gettext_lazy("Remove"),
    ModerationMove.RESTORE: gettext_lazy("Publish again"),
}
_SHOWING = frozenset({ModerationMove.APPROVE, ModerationMove.RESTORE})
_REASONS_TO_SHOW = frozenset({ReasonCode.FINE, ReasonCode.MISTAKE})
_MOVE = "move-"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One text with the fields to decide over it; ``why_not`` says why this person may not, empty when they may."""

    post: Post
    under: Contribution | None
    author: str
    axes: str
    decision: Field
    details: Sequence[Field]
    form: Form
    why_not: str

    @property
    def has_details(self) -> bool:
        """Whether the reason or the note is filled in or has to be mended."""
        return any(
            field.problems or field.value or any(c.is_chosen for c in field.choices[1:]) for field in self.details
        )

    @property
    def code(self) -> str:
        """The receipt code."""
        return self.post.receipt_code


@dataclass(frozen=True, slots=True)
class Choice:
    """A link to another part of the queue."""

    label: str
    query: str
    is_here: bool


@consultation_desk
def queue(desk: Desk) -> HttpResponse:
    """Show texts in one state and carry out the decisions over them."""
    require(rules.may_moderate(desk.person, desk.consultation, at=desk.at))
    request = desk.request
    kind = chosen_in(request.GET, "of", among={str(key): "" for key in _KINDS}, otherwise="contributions")
    state = chosen_in(request.GET, "state", among={str(key): "" for key in STATES}, otherwise=PostState.WAITING)
    listed = _listed(desk, kind=kind, state=state)
    problems: Mapping[str, Problems] = {}
    if request.method == "POST":
        problems, done = _decide(desk, listed.items)
        if not problems:
            said = ngettext("%(count)s decision is taken.", "%(count)s decisions are taken.", done) % {"count": done}
            return leads_to(request, request.get_full_path(), said=said)
        listed = _listed(desk, kind=kind, state=state)
    entries = [_entry(desk, post, problems.get(post.receipt_code, {})) for post in listed.items]
    context = {
        "place": place("heard", _("Moderators keep the conversation within its published rules.")),
        "entries": entries,
        "listed": listed,
        "summary": summary_of(entries, problems.get("", {})),
        "kinds": [Choice(str(label), f"?of={key}&state={state}", key == kind) for key, label in _KINDS.items()],
        "states": [Choice(str(label), f"?of={kind}&state={key}", key == state) for key, label in STATES.items()],
        "figures": queue_figures(desk.consultation),
        "is_waiting": state == PostState.WAITING,
    }
    status = 422 if problems else 200
    return shown_at(
        desk, "desk/moderation.html", here="moderation", title=_("Moderation"), context=context, status=status
    )


def summary_of(entries: Sequence[QueueEntry], stray: Problems) -> Form:
    """Return what is wrong with all decisions as one summary on top of the page."""
    own = form_of([], problems=stray).problems
    return Form({}, (*own, *(problem for entry in entries for problem in entry.form.problems)))


def _listed(desk: Desk, *, kind: str, state: str) -> Page[Contribution] | Page[Reply]:
    cursor = desk.request.GET.get("cursor", "")
    if kind == "replies":
        return reply_queue(desk.consultation, state=state, cursor=cursor, limit=PAGE_LENGTH)
    return contribution_queue(desk.consultation, state=state, cursor=cursor, limit=PAGE_LENGTH)


def _decide(desk: Desk, posts: Sequence[Post]) -> tuple[Mapping[str, Problems], int]:
    """Carry out each decision that was chosen; return what is wrong with the others, and how many were done."""
    by_code = {post.receipt_code: post for post in posts}
    chosen = {
        name.removeprefix(_MOVE): move
        for name, move in desk.request.POST.items()
        if name.startswith(_MOVE) and isinstance(move, str) and move
    }
    problems: dict[str, Problems] = {} if chosen else {"": {"": [_("Nothing was chosen.")]}}
    for code, move in chosen.items():
        if code not in by_code:
            gone = _("%(code)s was decided by somebody else in the meantime.") % {"code": code[:12]}
            problems[""] = {"": [*problems.get("", {}).get("", []), gone]}
            continue
        try:
            _moderate(desk, by_code[code], move=move)
        except Unacceptable as refusal:
            problems[code] = refusal.problems
        except NotAllowed as refusal:
            problems[code] = {"": [refusal.denied.reason]}
    return problems, len(chosen) - len(problems)


def _moderate(desk: Desk, post: Post, *, move: str) -> None:
    typed = desk.request.POST
    reason = typed.get(f"reason_code-{post.receipt_code}", "")
    if not reason and move in _SHOWING:
        reason = ReasonCode.MISTAKE if move == ModerationMove.RESTORE else ReasonCode.FINE
    note = typed.get(f"note-{post.receipt_code}", "")
    moderate(post, moderator=desk.person, move=move, reason_code=reason, note=note, at=desk.at)


def _entry(desk: Desk, post: Post, problems: Problems) -> QueueEntry:
    is_reply = isinstance(post, Reply)
    form = _form(post, desk.request.POST, problems)
    decision, *details = form.fields.values()
    return QueueEntry(
        post=post,
        under=post.contribution if isinstance(post, Reply) else None,
        author=author_of(post),
        axes="" if is_reply else axes_of(post),  # type: ignore[arg-type]  # a contribution, then
        decision=decision,
        details=details,
        form=form,
        why_not=_why_not(desk, post),
    )


def _why_not(desk: Desk, post: Post) -> str:
    """Return why this moderator may not decide over a text; empty when they may."""
    if post.author_id != desk.person.pk:
        return ""
    return _("This is your own text: another moderator decides over it.")


def _form(post: Post, typed: QueryDict, problems: Problems) -> Form:
    code = post.receipt_code
    moves = [(str(move), str(_VERBS[move])) for move in moves_from(post.state)]
    reasons = [(str(key), str(label)) for key, label in ReasonCode.choices if key not in _REASONS_TO_SHOW]
    fields: list[Field] = [
        RowField(
            f"move-{code}",
            _("Decision over %(code)s") % {"code": code},
            kind="radios",
            choices=choices_of(moves, chosen=typed.get(f"move-{code}", ""), empty=_("Leave it for now")),
            row=code,
        ),
        RowField(
            f"reason_code-{code}",
            _("Reason"),
            kind="select",
            choices=choices_of(
                reasons, chosen=typed.get(f"reason_code-{code}", ""), empty=_("None: it keeps the rules")
            ),
            hint=_("Needed when you hold back or remove."),
            row=code,
        ),
        RowField(
            f"note-{code}",
            _("Note to the author"),
            kind="textarea",
            value=typed.get(f"note-{code}", ""),
            hint=_("The author reads it beside the reason."),
            rows=2,
            row=code,
        ),
    ]
    return form_of(fields, problems={f"{name}-{code}" if name else "": said for name, said in problems.items()})
