"""The worker's side of importing a file."""

import pytest
from django.core.files.base import ContentFile

from answerable.consultations.actions import start_import
from answerable.consultations.models import Contribution
from answerable.consultations.states import ImportState
from answerable.foundation.background import enqueue
from tests.factories.consultations import NOW

pytestmark = pytest.mark.django_db


def test_tasks_check_and_load_a_file(session, moderator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(b"text,question\nThe well was mapped by those who use it.,1\n", name="a.csv")
    batch = start_import(session.consultation, session, file, by=moderator, at=NOW)
    for task, state in (("check_import_task", ImportState.CHECKED), ("load_import_task", ImportState.DONE)):
        enqueue(f"consultations.{task}", batch_id=batch.pk)
        batch.refresh_from_db()
        assert batch.state == state
    assert Contribution.objects.get().text == "The well was mapped by those who use it."
