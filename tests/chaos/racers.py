"""
A process in which several threads do the same act at the same moment.

stances · keys · closing · publishing, and at the rapporteur's desk asking · working · merging.
"""

import json
import sys
import threading
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

THREADS = 8
POSITIONS = ("agree", "disagree", "pass")
AT_THE_DESK = frozenset({"asking", "working", "merging"})


def main(database, folder, task):
    from django.conf import settings

    settings.DATABASES["default"].update(json.loads(database))
    settings.MEDIA_ROOT = folder
    if task in AT_THE_DESK:  # a run waits until a racer takes it up
        settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    settings.LEDGER_KEY_FILE, settings.LEDGER_CHECKPOINT_FILE = Path(folder, "key"), Path(folder, "checkpoints")
    import django

    django.setup()
    import time_machine

    from tests.chaos import desk_racers
    from tests.factories.consultations import NOW

    own = {"stances": stances, "keys": keys, "closing": closing, "publishing": publishing}
    # Only a closing time needs a clock that goes.
    stopped = nullcontext() if task == "closing" else time_machine.travel(NOW, tick=False)
    with stopped:
        found = getattr(desk_racers, task)() if task in AT_THE_DESK else own[task]()
        print(json.dumps(found | {"problems": problems()}))


def at_once(act, times=THREADS):
    """Do ``act(number)`` in as many threads at one moment; return what each gave back, or what it raised."""
    from django.db import connection

    gate, given = threading.Barrier(times), [None] * times

    def run(number):
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            given[number] = act(number)
        except Exception as problem:  # noqa: BLE001  # whatever it is, the test must see it
            given[number] = f"{type(problem).__name__}: {problem}"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def problems():
    from answerable.ledger.verify import verify_record

    return [f"{found.kind} {found.subject}: {found.message}" for found in verify_record().problems]


def made_world():
    """Return the small world of the page tests, without its weekly summary, of which the record knows nothing."""
    from tests.web.world import make_world

    world = make_world()
    world.digest.delete()
    return world


def entries(kind):
    from answerable.ledger.models import Entry

    return Entry.objects.filter(kind=kind).count()


def stances():
    """One person presses three buttons in eight windows, four times over."""
    from answerable.consultations import log_types
    from answerable.consultations.actions import take_stance
    from answerable.consultations.models import Contribution, Stance
    from tests.factories.consultations import NOW

    world = made_world()
    before = entries(log_types.STANCE_TAKEN)

    def press(number):
        row = Contribution.objects.select_related("session__consultation").get(pk=world.contribution.pk)
        for step in range(4):
            position = POSITIONS[(number + step) % 3]
            take_stance(row, person=world.people["participant"], position=position, at=NOW)

    answers = at_once(press)
    kept = Stance.objects.get(contribution=world.contribution, person=world.people["participant"])
    row = Contribution.objects.get(pk=world.contribution.pk)
    return {
        "answers": [answer for answer in answers if answer],
        "position": kept.position,
        "counts": {position: getattr(row, f"{position}_count") for position in POSITIONS},
        "entries": entries(log_types.STANCE_TAKEN) - before,
    }


def keys():
    """The same form is sent eight times at once, once with a contribution and once with a reply."""
    from answerable.consultations import log_types
    from answerable.consultations.actions import ContributionDraft, submit_contribution, write_reply
    from answerable.consultations.models import ConsultationSession, Contribution, Reply
    from tests.factories.consultations import NOW

    world = made_world()
    kinds = (log_types.CONTRIBUTION_RECEIVED, log_types.REPLY_RECEIVED)
    before = [entries(kind) for kind in kinds]
    count = ConsultationSession.objects.get(pk=world.session.pk).contribution_count
    draft = ContributionDraft(kind="view", text="The board names who repairs it.", questions=(1,), language="en")
    person = world.people["participant"]

    def send(_number):
        return submit_contribution(
            session=world.session, author=person, draft=draft, idempotency_key="one", at=NOW
        ).receipt_code

    def answer(_number):
        return write_reply(
            contribution=world.contribution, author=person, text="It was us.", idempotency_key="one", at=NOW
        ).receipt_code

    return {
        "contributions": sorted(set(at_once(send))),
        "replies": sorted(set(at_once(answer))),
        "kept_contributions": list(Contribution.objects.filter(idempotency_key="one").values_list("receipt_code")),
        "kept_replies": list(Reply.objects.filter(idempotency_key="one").values_list("receipt_code")),
        "counted": ConsultationSession.objects.get(pk=world.session.pk).contribution_count - count,
        "entries": [entries(kind) - old for kind, old in zip(kinds, before, strict=True)],
    }


def closing():
    """Seven people post without a pause, one second at most, and the convener closes the session under them."""
    from django.utils import timezone

    from answerable.consultations import log_types
    from answerable.consultations.actions import ContributionDraft, change_session, submit_contribution
    from answerable.consultations.models import ConsultationSession, Contribution
    from answerable.foundation.verdicts import NotAllowed
    from answerable.ledger.models import Entry
    from answerable.people.states import RoleName
    from tests.factories.consultations import ConsultationFactory, ConsultationSessionFactory, GuidingQuestionFactory
    from tests.factories.people import PersonFactory, RoleGrantFactory

    now = timezone.now()
    consultation = ConsultationFactory(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    session = ConsultationSessionFactory(consultation=consultation, number=1)
    GuidingQuestionFactory(session=session)
    people = [PersonFactory() for _ in range(THREADS)]
    RoleGrantFactory(person=people[0], role=RoleName.ADMINISTRATOR)
    submitted = []

    def post(number):
        kept = 0
        while True:
            mine = ConsultationSession.objects.select_related("consultation").get(pk=session.pk)
            draft = ContributionDraft(kind="view", text=f"Person {number}, word {kept}.", questions=(1,), language="en")
            try:
                at = timezone.now()
                row = submit_contribution(session=mine, author=people[number], draft=draft, idempotency_key="", at=at)
            except NotAllowed as refused:
                return refused.denied.code
            submitted.append(row.receipt_code)
            kept += 1

    def close(_number):
        while len(submitted) < 4 * THREADS:
            threading.Event().wait(0.002)
        mine = ConsultationSession.objects.select_related("consultation").get(pk=session.pk)
        at = timezone.now()
        change_session(mine, by=people[0], opens_at=None, closes_at=at, at=at)
        return at.isoformat()

    answers = at_once(lambda number: close(number) if number == 0 else post(number))
    closed_at = ConsultationSession.objects.get(pk=session.pk).closes_at
    index = Entry.objects.filter(kind=log_types.CONSULTATION_CHANGED).order_by("index").last().index
    later = Entry.objects.filter(kind=log_types.CONTRIBUTION_RECEIVED, index__gt=index).values_list("subject_id")
    late = Contribution.objects.filter(receipt_code__in=later, submitted_at__gte=closed_at)
    return {
        "closed": answers[0],
        "closes_at": closed_at.isoformat(),
        "refusals": sorted(set(answers[1:])),
        "kept": Contribution.objects.count(),
        "acknowledged": len(submitted),
        "late": late.count(),
    }


def publishing():
    """Two conveners publish the same draft at once."""
    from answerable.ledger.models import Entry
    from answerable.notices.models import Notice
    from answerable.synthesis import log_types
    from answerable.synthesis.actions import (
        FindingDraft,
        add_citation,
        change_report_text,
        draft_report,
        publish_report,
        write_finding,
    )
    from answerable.synthesis.models import OutcomeReport, ReportFile
    from tests.factories.consultations import NOW

    world = made_world()
    rapporteur, convener = world.people["rapporteur"], world.people["convener"]
    draft = FindingDraft(kind="example", title="Boards are read", statement="They hang where people pass.")
    finding = write_finding(world.session, draft=draft, by=rapporteur, at=NOW)
    add_citation(finding, contribution=world.contribution, words="is read by all", by=rapporteur, at=NOW)
    drafts = at_once(lambda _number: draft_report(world.consultation, by=rapporteur, at=NOW).version, times=4)
    report = OutcomeReport.objects.get()
    texts = {"minority_views": "None was sent.", "key_messages": "- Hang boards where people pass."}
    change_report_text(report, texts=texts, by=rapporteur, at=NOW)
    told = Notice.objects.count()

    def publish(_number):
        return publish_report(OutcomeReport.objects.get(pk=report.pk), by=convener, at=NOW).state

    published = at_once(publish, times=2)
    notices = Notice.objects.order_by("pk").values_list("person_id", "kind", "about")[told:]
    return {
        "drafts": drafts,
        "answers": published,
        "states": list(OutcomeReport.objects.values_list("version", "state")),
        "formats": sorted(ReportFile.objects.values_list("format", flat=True)),
        "entries": Entry.objects.filter(kind=log_types.REPORT_PUBLISHED).count(),
        "told": [len(notices), len(set(notices))],
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
