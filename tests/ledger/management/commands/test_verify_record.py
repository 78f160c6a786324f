"""The command that verifies the record."""

import pytest
from django.core.management import CommandError, call_command

from answerable.ledger.actions import sign_checkpoint
from answerable.ledger.models import Entry
from answerable.ledger.queries import head
from tests.factories.ledger import NOON, guards_lifted, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def test_command_says_that_the_record_is_whole(capsys, tmp_path, django_capture_on_commit_callbacks):
    recorded_many(3)
    with django_capture_on_commit_callbacks(execute=True):
        (tmp_path / "copy.txt").write_text(sign_checkpoint(NOON).note, "utf-8")

    call_command("verify_record", against=tmp_path / "copy.txt")

    said = capsys.readouterr()
    root = head().root().hex()
    assert said.out == f"The record is as it was written. Entries: 3. Checkpoints: 1. Root: {root}\n"
    assert said.err == ""


def test_command_says_what_was_altered_and_fails(capsys):
    recorded_many(3)
    with guards_lifted():
        Entry.objects.filter(index=1).update(kind="test.thing_other")

    with pytest.raises(CommandError, match="Findings: 1"):
        call_command("verify_record")

    assert capsys.readouterr().err == ("Entry 1: kind reads “test.thing_other”, and its body says “test.thing_made”.\n")


def test_command_refuses_checkpoints_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("verify_record", against=tmp_path / "missing.txt")
