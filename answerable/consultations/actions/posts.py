"""What contributions and replies have in common when they appear, disappear or change their state."""

from datetime import datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from answerable.consultations.actions.facets import add_to_facets, facets_had_by
from answerable.consultations.actions.search_index import index_contributions
from answerable.consultations.models import ConsultationSession, Contribution, Reply
from answerable.consultations.states import POST_MOVES, PostState
from answerable.foundation.background import enqueue
from answerable.foundation.verdicts import Unacceptable
from answerable.reference.queries.kept_queries import KeptQuery


def locked_contribution(contribution: Contribution) -> Contribution:
    """Return a contribution as it stands now, its row locked until the transaction ends."""
    return Contribution.objects.select_for_update().get(pk=contribution.pk)


def locked_post(post: Contribution | Reply) -> Contribution | Reply:
    """Return a contribution or a reply as it stands now, its row locked until the transaction ends."""
    if isinstance(post, Reply):
        return Reply.objects.select_for_update().get(pk=post.pk)
    return locked_contribution(post)


def locked_session(session_id: int) -> ConsultationSession:
    """
    Return a session with its consultation as they stand now, the session's row locked until the transaction ends.

    Whoever closes the session waits for that lock: once the record says that it is closed, nothing more comes in.
    Lock a contribution before its session, never after it.
    """
    found = _locked.first(session_id)
    if found is None:
        raise ConsultationSession.DoesNotExist
    return found


def change_state(post: Contribution | Reply, state: PostState, *, at: datetime) -> None:
    """
    Move a locked post to a state; where it becomes public or stops being so, count it in or out and tell the search.

    Raises Unacceptable when there is no such move.
    """
    before = PostState(post.state)
    if state not in POST_MOVES[before]:
        raise Unacceptable(
            {"": [_("This cannot be done with a text that stands as “%(state)s”.") % {"state": before.label}]}
        )
    post.state = state
    if state == PostState.PUBLIC and post.published_at is None:
        post.published_at = at
    if state == PostState.WITHDRAWN:
        post.withdrawn_at = at
    post.save(update_fields=["state", "published_at", "withdrawn_at"])
    by = (state == PostState.PUBLIC) - (before == PostState.PUBLIC)
    count_post(post, by=by)
    if by and isinstance(post, Contribution):
        index_contributions([post])
    if before == PostState.PUBLIC and isinstance(post, Contribution):
        enqueue("synthesis.forget_words_task", contribution_id=post.pk)


def count_post(post: Contribution | Reply, *, by: int) -> None:
    """
    Add to the number of public contributions of the session, or of public replies of the contribution.

    The numbers beside the session's filters follow; its questions are those that the contribution has by now.
    """
    if not by:
        return
    if isinstance(post, Reply):
        Contribution.objects.filter(pk=post.contribution_id).update(reply_count=F("reply_count") + by)
    else:
        ConsultationSession.objects.filter(pk=post.session_id).update(contribution_count=F("contribution_count") + by)
        add_to_facets({key: by * count for key, count in facets_had_by([post]).items()})


def _for_update(key: int) -> QuerySet[ConsultationSession]:
    rows = ConsultationSession.objects.select_for_update(of=("self",)).select_related("consultation")
    return rows.filter(pk=key)


_locked = KeptQuery(_for_update)
