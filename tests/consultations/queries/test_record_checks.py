"""The record against the tables: nothing to say about what was done here, and a word about every change behind our back."""

import pytest
from django.db.models import F

from answerable.consultations.actions import (
    DigestDraft,
    decide_appeal,
    file_appeal,
    moderate,
    publish_digest,
    revise_contribution,
    submit_contribution,
    take_stance,
    withdraw_contribution,
    withdraw_stance,
    write_reply,
)
from answerable.consultations.models import (
    Appeal,
    Consultation,
    ConsultationSession,
    Contribution,
    ContributionRevision,
    Digest,
    ExampleCase,
    FacetCount,
    ModerationAct,
    Reply,
    Stance,
)
from answerable.consultations.queries import record_checks
from answerable.ledger.actions import erase_actor
from answerable.people.actions import erase_person
from tests.factories.consultations import NOW, ContributionDraftFactory, StanceFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def problems():
    return [problem for name in record_checks.__all__ for problem in getattr(record_checks, name)()]


def submit(session, author, **fields):
    return submit_contribution(
        session=session, author=author, draft=ContributionDraftFactory(**fields), idempotency_key="", at=NOW
    )


@pytest.fixture
def story(session, moderator, convener):
    """A little of everything; the first contribution is revised, replied to, agreed with and moderated."""
    ana, ben = PersonFactory(), PersonFactory()
    first, second = submit(session, ana), submit(session, ben)
    revise_contribution(first, by=ana, draft=ContributionDraftFactory(text="Better words."), at=NOW)
    write_reply(contribution=first, author=ben, text="Indeed.", idempotency_key="", at=NOW)
    take_stance(first, person=ben, position="agree", at=NOW)
    take_stance(first, person=ben, position="disagree", at=NOW)
    take_stance(second, person=ana, position="pass", at=NOW)
    withdraw_stance(second, person=ana, at=NOW)
    text = f"See [{first.receipt_code}]."
    publish_digest(session, by=moderator, draft=DigestDraft(NOW.date(), "Week", text), at=NOW)
    act = moderate(first, moderator=moderator, move="hold", reason_code="off_topic", at=NOW)
    appeal = file_appeal(act, by=ana, text="It is on topic.", at=NOW)
    decide_appeal(appeal, by=convener, outcome="overturned", answer="It is.", at=NOW)
    withdraw_contribution(second, by=ben, at=NOW)
    return first, second, ana, ben


def delete_second():
    row = Contribution.objects.get(state="withdrawn")
    row.questions.clear()
    ExampleCase.objects.filter(contribution=row).delete()
    row.delete()


EDITS = {
    "words and their digest": lambda: ContributionRevision.objects.filter(number=2).update(text="Worse words."),
    "words of the first revision": lambda: ContributionRevision.objects.filter(number=1).update(text="Other."),
    "words shown": lambda: Contribution.objects.filter(state="public").update(text="Other."),
    "html shown": lambda: Contribution.objects.filter(state="public").update(html="<p>Other.</p>"),
    "kind": lambda: Contribution.objects.filter(state="public").update(kind="challenge"),
    "state": lambda: Contribution.objects.filter(state="withdrawn").update(state="held"),
    "revision deleted": lambda: ContributionRevision.objects.filter(number=1).delete(),
    "contribution deleted": delete_second,
    "reply words": lambda: Reply.objects.update(text="No."),
    "reply deleted": lambda: Reply.objects.all().delete(),
    "reply count": lambda: Contribution.objects.update(reply_count=F("reply_count") + 1),
    "stance turned": lambda: Stance.objects.update(position="agree"),
    "stance deleted": lambda: Stance.objects.all().delete(),
    "stance invented": lambda: StanceFactory(contribution=Contribution.objects.get(state="public")),
    "stance counts": lambda: Contribution.objects.update(agree_count=F("agree_count") + 10),
    "session count": lambda: ConsultationSession.objects.update(contribution_count=9),
    "numbers beside the filters": lambda: FacetCount.objects.update(count=9),
    "moderator's reason": lambda: ModerationAct.objects.filter(move="hold").update(reason_code="unlawful"),
    "moderator's note": lambda: ModerationAct.objects.filter(move="hold").update(note_to_author="Sorry."),
    "moderator's act deleted": lambda: ModerationAct.objects.filter(move="restore").delete(),
    "objection turned": lambda: Appeal.objects.update(outcome="upheld"),
    "objection deleted": lambda: Appeal.objects.all().delete(),
    "summary words": lambda: Digest.objects.update(text="Nothing was said."),
    "summary deleted": lambda: Digest.objects.all().delete(),
}


def test_checks_have_nothing_to_say_about_what_was_done_here(story):
    assert Consultation.objects.count() == 1
    assert problems() == []


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_checks_find_each_edit_behind_our_back(story, edit):
    assert problems() == []
    edit()
    assert problems()


def test_checks_accept_a_person_erased(story):
    first, second, ana, ben = story
    for person in (ana, ben):
        erase_person(person, at=NOW)
        erase_actor(actor_ref=person.public_id, ground="asked for", by_role="person", at=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.author, first.text, first.disagree_count) == (None, "Better words.", 0)
    assert (second.author, second.text, second.revisions.get().text) == (None, "", "")
    assert Appeal.objects.get().text == ""
    assert not Stance.objects.exists()
    assert problems() == []


def test_checks_find_erased_words_put_back(story):
    _first, second, _ana, ben = story
    erase_person(ben, at=NOW)
    ContributionRevision.objects.filter(contribution=second).update(text="Put back.")
    assert problems()
