"""The background worker: queued tasks, and the chores that come round."""

import logging
import os
import secrets
import signal
import socket
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from types import FrameType

from django.db import close_old_connections, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

LOGGER = logging.getLogger(__name__)
LEASE = timedelta(minutes=30)
TRIES = 3


class WorkLoop:
    """Drains the queue and does the chores until it is told to stop; a task under way is finished first."""

    def __init__(self, chores: dict[str, tuple[float, Callable[[datetime], object]]]) -> None:
        """Take the chores: name → (seconds between two rounds, what to do at a moment)."""
        self._chores = chores
        self._next = dict.fromkeys(chores, 0.0)
        self._name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"[:64]
        self._is_running = True

    def run(self, *, pause_s: float = 1.0) -> None:
        """Work until SIGTERM or SIGINT, looking for work every ``pause_s`` seconds."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._stop)
        while self._is_running:
            self.do_due_chores()
            self.drain()
            time.sleep(pause_s)

    def do_due_chores(self) -> None:
        """Do each chore whose time has come; one that fails is reported and does not stop the others."""
        for name, (every_s, chore) in self._chores.items():
            if time.monotonic() < self._next[name]:
                continue
            self._next[name] = time.monotonic() + every_s
            close_old_connections()
            try:
                chore(timezone.now())
            except Exception:  # a chore that fails must not end the worker; the next round tries again
                LOGGER.exception("chore %s failed", name)

    def drain(self) -> None:
        """Run the queued tasks until none is ready."""
        Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self._name,
            excluded_queue_names=[],
        ).run()

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self._is_running = False


def take_back_lost_tasks(at: datetime) -> int:
    """
    Make tasks ready again whose worker is gone; returns how many.

    Gone means: its process on this machine has ended, or it has held the task for longer than the lease. A task that
    was lost three times is given up as failed, so that it cannot kill workers for ever.
    """
    taken_back = 0
    with transaction.atomic():
        for task in DBTaskResult.objects.select_for_update().filter(status=TaskResultStatus.RUNNING):
            if not _is_lost(task, at):
                continue
            given_up = len(task.worker_ids) >= TRIES
            task.status = TaskResultStatus.FAILED if given_up else TaskResultStatus.READY
            task.started_at = None
            task.finished_at = at if given_up else None
            task.save(update_fields=["status", "started_at", "finished_at"])
            taken_back += 1
    return taken_back


def _is_lost(task: DBTaskResult, at: datetime) -> bool:  # type: ignore[type-arg]
    if task.started_at is not None and at - task.started_at > LEASE:
        return True
    host, _colon, rest = (task.worker_ids or ["::"])[-1].partition(":")
    pid = rest.partition(":")[0]
    return host == socket.gethostname() and pid.isdigit() and not _is_alive(int(pid))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def standard_chores() -> dict[str, tuple[float, Callable[[datetime], object]]]:
    """Return the chores of a running site."""
    from answerable.ledger.actions import sign_checkpoint
    from answerable.notices.actions import mail_due_notices
    from answerable.synthesis.actions import take_up_silent_runs

    return {
        "take back lost tasks": (60.0, take_back_lost_tasks),
        "take up silent runs": (60.0, take_up_silent_runs),
        "mail due notices": (15.0, lambda at: mail_due_notices(at=at)),
        "sign a checkpoint": (60.0, sign_checkpoint),
    }
