"""The moderators' queue, objections, figures and weekly summaries at the desk."""

import pytest

from answerable.consultations.models import Appeal, Digest, ModerationAct
from answerable.consultations.states import AppealOutcome, PostState, ReasonCode
from answerable.notices.models import Notice
from tests.factories.consultations import NOW, ContributionFactory, ReplyFactory

QUEUE = "/desk/consultations/water/moderation/"
SUMMARY = "/desk/consultations/water/summaries/1/"


@pytest.fixture
def waiting(world):
    return [ContributionFactory(session=world.session, state="waiting", text=f"Pump {n} is dry.") for n in (1, 2, 3)]


@pytest.fixture
def appeal(world):
    return Appeal.objects.create(act=world.act, text="I sell nothing.", filed_by=world.people["author"], filed_at=NOW)


def decision(post, move, *, reason="", note=""):
    code = post.receipt_code
    return {f"move-{code}": move, f"reason_code-{code}": reason, f"note-{code}": note}


def test_decisions_are_carried_out_together(moderator, waiting):
    first, second, third = waiting
    typed = decision(first, "approve") | decision(second, "remove", reason="advertising", note="No selling.")
    answer = moderator.post(QUEUE, typed | decision(third, ""))
    assert answer["Location"] == QUEUE
    for row in waiting:
        row.refresh_from_db()
    assert [row.state for row in waiting] == [PostState.PUBLIC, PostState.REMOVED, PostState.WAITING]
    page = moderator.get(QUEUE).content.decode()
    assert "2 decisions are taken." in page
    assert third.receipt_code in page
    assert second.receipt_code not in page


def test_author_is_told_the_reason_and_the_note(moderator, waiting):
    moderator.post(QUEUE, decision(waiting[0], "hold", reason="personal_data", note="There is a telephone number."))
    notice = Notice.objects.get(person=waiting[0].author, kind="consultations.moderated")
    assert notice.facts["note"] == "There is a telephone number."
    assert notice.address == f"/c/{waiting[0].receipt_code}/"


def test_removal_without_a_reason_is_refused_while_the_others_are_carried_out(moderator, waiting):
    first, second, _third = waiting
    answer = moderator.post(QUEUE, decision(first, "approve") | decision(second, "remove", note="Off you go."))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#f-{second.receipt_code}-reason_code-{second.receipt_code}">Reason</a>: Choose one.' in page
    assert "Off you go." in page
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (PostState.PUBLIC, PostState.WAITING)


def test_choosing_nothing_is_said(moderator, waiting):
    answer = moderator.post(QUEUE, {})
    assert answer.status_code == 422
    assert "Nothing was chosen." in answer.content.decode()


def test_text_that_somebody_else_decided_over_is_named(moderator, waiting):
    gone = waiting[0]
    gone.state = PostState.PUBLIC
    gone.save()
    answer = moderator.post(QUEUE, decision(gone, "approve"))
    assert answer.status_code == 422
    assert f"{gone.receipt_code} was decided by somebody else in the meantime." in answer.content.decode()


def test_public_text_is_held_back_and_published_again(moderator, world):
    moderator.post(QUEUE + "?state=public", decision(world.contribution, "hold", reason="off_topic"))
    world.contribution.refresh_from_db()
    assert world.contribution.state == PostState.HELD
    moderator.post(QUEUE + "?state=held", decision(world.contribution, "restore"))
    world.contribution.refresh_from_db()
    assert world.contribution.state == PostState.PUBLIC
    assert ModerationAct.objects.filter(contribution=world.contribution)[0].reason_code == ReasonCode.MISTAKE


def test_reply_is_decided_over_as_well(moderator, world):
    reply = ReplyFactory(contribution=world.contribution, state="waiting")
    assert moderator.post(QUEUE + "?of=replies", decision(reply, "approve")).status_code == 302
    reply.refresh_from_db()
    assert reply.state == PostState.PUBLIC


def test_moderators_own_text_is_left_to_another(moderator, world):
    own = ContributionFactory(session=world.session, author=world.people["moderator"], state="waiting")
    page = moderator.get(QUEUE).content.decode()
    assert "This is your own text: another moderator decides over it." in page
    assert f"move-{own.receipt_code}" not in page
    assert moderator.post(QUEUE, decision(own, "approve")).status_code == 422
    own.refresh_from_db()
    assert own.state == PostState.WAITING


def test_text_of_another_language_is_marked(moderator, world):
    ContributionFactory(session=world.session, state="waiting", language="ar", text="البئر جافة.")
    assert '<div class="said" lang="ar" dir="rtl"><p>البئر جافة.</p>' in moderator.get(QUEUE).content.decode()


def test_long_queue_goes_on_on_a_second_page(moderator, world):
    for number in range(21):
        ContributionFactory(session=world.session, state="waiting", text=f"Pump {number} is dry.")
    page = moderator.get(QUEUE)
    assert len(page.context["entries"]) == 20
    following = moderator.get(QUEUE + "?cursor=" + page.context["listed"].next_cursor)
    assert [entry.post.text for entry in following.context["entries"]] == ["Pump 20 is dry."]


def test_objection_is_not_decided_by_the_moderator_it_is_about(moderator, appeal):
    page = moderator.get(QUEUE + "objections/").content.decode()
    assert "I sell nothing." in page
    assert "Somebody other than the moderator and the author decides over an objection." in page
    act_id = appeal.act.public_id
    typed = {"act": "decide", "objection": act_id, f"outcome-{act_id}": "overturned", f"answer-{act_id}": "Yes."}
    assert moderator.post(QUEUE + "objections/", typed).status_code == 403
    appeal.refresh_from_db()
    assert appeal.outcome == AppealOutcome.OPEN


def test_objection_is_decided_by_the_convener(convener, world, appeal):
    act_id = appeal.act.public_id
    typed = {"act": "decide", "objection": act_id, f"outcome-{act_id}": "overturned", f"answer-{act_id}": "You do not."}
    assert convener.post(QUEUE + "objections/", typed).status_code == 302
    appeal.refresh_from_db()
    world.held.refresh_from_db()
    assert (appeal.outcome, appeal.decided_by) == (AppealOutcome.OVERTURNED, world.people["convener"])
    assert world.held.state == PostState.PUBLIC
    assert "No objection waits for a decision." in convener.get(QUEUE + "objections/").content.decode()


def test_objection_without_an_answer_keeps_the_decision(convener, appeal):
    act_id = appeal.act.public_id
    typed = {"act": "decide", "objection": act_id, f"outcome-{act_id}": "upheld", f"answer-{act_id}": ""}
    answer = convener.post(QUEUE + "objections/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#f-{act_id}-answer-{act_id}">Answer to the author</a>: Write your text.' in page
    assert 'value="upheld" checked' in page


def test_figures_show_decisions_by_month_with_reversals(moderator, world, appeal):
    appeal.outcome = AppealOutcome.OVERTURNED
    appeal.save()
    row = moderator.get(QUEUE + "figures/").context["rows"][0]
    assert (row.move, row.reason, row.count, row.appealed, row.overturned) == ("Held back", "Advertising", 1, 1, 1)


def test_summary_is_published_with_its_citations(moderator, world):
    code = world.contribution.receipt_code
    typed = {"act": "publish", "week_starts_on": "2026-11-04", "language": "en", "title": "Boards"}
    answer = moderator.post(SUMMARY, typed | {"text": f"Boards are read [{code}]."})
    assert answer.status_code == 302
    digest = Digest.objects.get(title="Boards")
    assert (str(digest.week_starts_on), digest.is_pinned) == ("2026-11-02", True)
    assert [each.contribution for each in digest.citations.all()] == [world.contribution]


def test_summary_that_cites_what_is_not_public_is_refused_and_kept(moderator, world):
    typed = {"act": "publish", "week_starts_on": "2026-11-02", "language": "en", "title": "Boards"}
    answer = moderator.post(SUMMARY, typed | {"text": f"Somebody sells [{world.held.receipt_code}]."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"[{world.held.receipt_code}] is not a public contribution of this session." in page
    assert "Somebody sells" in page
    assert Digest.objects.count() == 1


def test_summary_is_checked_and_previewed_before_it_is_published(moderator, world):
    code = world.contribution.receipt_code
    typed = {"act": "check", "week_starts_on": "2026-11-02", "language": "en", "title": ""}
    answer = moderator.post(SUMMARY, typed | {"text": f"*Boards* [{code}] and [R-0000-0000]."})
    assert answer.status_code == 200
    assert [(each.code, each.is_there) for each in answer.context["citations"]] == [
        (code, True),
        ("R-0000-0000", False),
    ]
    assert f'<em>Boards</em> <a class="cite" href="/c/{code}/">[{code}]</a>' in answer.content.decode()
    assert Digest.objects.count() == 1


def test_script_is_told_which_codes_can_be_cited(moderator, world):
    code = world.contribution.receipt_code
    answer = moderator.post(SUMMARY + "citations.json", {"text": f"[{code}] [R-0000-0000]"})
    assert answer.json() == {
        "citations": [
            {"code": code, "is_there": True, "excerpt": "The board by the pump is read by all."},
            {"code": "R-0000-0000", "is_there": False, "excerpt": ""},
        ]
    }


def test_summary_without_a_day_is_named_as_wrong(moderator):
    answer = moderator.post(SUMMARY, {"act": "publish", "title": "Boards", "text": "Boards are read."})
    assert answer.status_code == 422
    assert "Choose a day of the week it sums up." in answer.content.decode()
