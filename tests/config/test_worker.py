"""The work loop: lost tasks come back, a failing chore stops nothing."""

import os
import socket
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from answerable.config.worker import LEASE, WorkLoop, standard_chores, take_back_lost_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.engines]
DEAD = f"{socket.gethostname()}:999999999:aa"
ALIVE = f"{socket.gethostname()}:{os.getpid()}:aa"
ELSEWHERE = "another-machine:1:aa"


def running(worker_ids, *, for_=timedelta(0)):
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now() - for_,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="answerable.synthesis.tasks.tell_contributors_task",
        backend_name="default",
        run_after=timezone.now(),
        worker_ids=worker_ids,
        exception_class_path="",
        traceback="",
    )


@pytest.mark.parametrize(
    ("worker_ids", "held_for", "status"),
    [
        ([DEAD], timedelta(0), TaskResultStatus.READY),
        ([ALIVE], timedelta(0), TaskResultStatus.RUNNING),
        ([ELSEWHERE], timedelta(0), TaskResultStatus.RUNNING),
        ([ELSEWHERE], LEASE + timedelta(seconds=1), TaskResultStatus.READY),
        ([DEAD, DEAD, DEAD], timedelta(0), TaskResultStatus.FAILED),
    ],
)
def test_a_task_comes_back_when_its_worker_is_gone_and_is_given_up_after_three(worker_ids, held_for, status):
    task = running(worker_ids, for_=held_for)
    take_back_lost_tasks(timezone.now())
    task.refresh_from_db()
    assert task.status == status


def test_a_chore_that_fails_is_reported_and_the_others_are_done(caplog):
    done = []

    def failing(_at):
        raise ValueError("no")

    WorkLoop({"failing": (60, failing), "other": (60, done.append)}).do_due_chores()
    assert len(done) == 1
    assert "failing" in caplog.text


def test_a_chore_is_done_again_only_when_its_time_has_come():
    done = []
    loop = WorkLoop({"chore": (3600, done.append)})
    loop.do_due_chores()
    loop.do_due_chores()
    assert len(done) == 1


def test_the_standard_chores_do_nothing_on_an_empty_site():
    for _every_s, chore in standard_chores().values():
        chore(timezone.now())
