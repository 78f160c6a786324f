"""What the trial asks of a site's database from a process of its own: ``prepare``, and ``report`` at the end."""

import json
import sys
from collections import Counter
from datetime import timedelta

import django

PEOPLE = 6


def prepare() -> dict:
    """Make an open consultation and people who are signed in; return what a client needs to know."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone

    from answerable.config.start import prepare_static_files
    from answerable.demo import calendar
    from answerable.demo.frame import make_consultation
    from answerable.people.actions import add_organisation, grant_role, welcome_person
    from answerable.people.states import RoleName

    call_command("migrate", interactive=False, verbosity=0)
    prepare_static_files()
    now = timezone.now()
    convener = welcome_person("convener@example.org", at=now - timedelta(days=90))
    grant_role(convener, RoleName.ADMINISTRATOR, by=None, at=now - timedelta(days=90))
    host = add_organisation("Host", by=None, at=now - timedelta(days=90))
    opened = calendar.opening(now)
    consultation = make_consultation(by=convener, conveners=[host], opened_at=opened, meeting=calendar.meeting_day(now))
    cookies = []
    for number in range(PEOPLE):
        person = welcome_person(f"writer{number}@example.org", at=now)
        store = SessionStore()
        store[SESSION_KEY] = str(person.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.create()
        cookies.append(store.session_key)
    return {"slug": consultation.slug, "cookies": cookies}


def report() -> dict:
    """Return what is kept: receipts by key, how rows and entries compare, and what the verifier says."""
    from answerable.consultations import log_types
    from answerable.consultations.models import Contribution, Reply, Stance
    from answerable.ledger.models import Entry
    from answerable.ledger.verify import verify_record

    entries = Counter(Entry.objects.values_list("kind", flat=True))
    found = verify_record()
    return {
        "contributions": list(Contribution.objects.values_list("idempotency_key", "receipt_code")),
        "replies": list(Reply.objects.values_list("idempotency_key", "receipt_code")),
        "stances": Stance.objects.count(),
        "entries": [
            entries[log_types.CONTRIBUTION_RECEIVED],
            entries[log_types.REPLY_RECEIVED],
            entries[log_types.STANCE_TAKEN],
        ],
        "counted": sum(Contribution.objects.values_list("reply_count", flat=True)),
        "problems": [f"{problem.kind} {problem.subject}: {problem.message}" for problem in found.problems],
        "entry_count": found.entry_count,
    }


if __name__ == "__main__":
    django.setup()
    json.dump({"prepare": prepare, "report": report}[sys.argv[1]](), sys.stdout)
