"""A process of its own that migrates, writes or verifies a record: ``writer.py DATABASE-AS-JSON FOLDER TASK [COUNT]``."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings


def start(database: str, folder: str) -> None:
    settings.configure(
        INSTALLED_APPS=["answerable.ledger"],
        DATABASES={"default": json.loads(database)},
        USE_TZ=True,
        LEDGER_ORIGIN="record.example",
        LEDGER_KEY_FILE=Path(folder) / "ledger-key",
        LEDGER_CHECKPOINT_FILE=Path(folder) / "checkpoints.txt",
    )
    django.setup()


def write(count: int) -> None:
    """Write entries, every third of them in a transaction that is then rolled back."""
    from django.db import transaction

    from answerable.ledger.actions import record, sign_checkpoint

    now = datetime.now(UTC)
    for number in range(count):
        with transaction.atomic():
            record("test.thing_made", subject_type="thing", subject_id=str(number), facts={"n": number}, at=now)
            transaction.set_rollback(number % 3 == 2)
        if number % 10 == 0:
            sign_checkpoint(now)


def verify() -> None:
    from answerable.ledger.verify import verify_record

    report = verify_record()
    print(json.dumps({"entries": report.entry_count, "problems": [problem.message for problem in report.problems]}))


if __name__ == "__main__":
    start(sys.argv[1], sys.argv[2])
    match sys.argv[3:]:
        case ["migrate"]:
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
        case ["write", count]:
            write(int(count))
        case ["verify"]:
            verify()
