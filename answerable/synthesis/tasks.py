"""Slow follow-up work of this room; the queue calls these by name."""

from django.utils import timezone
from django_tasks import task

from answerable.synthesis.actions.announcing import tell_contributors
from answerable.synthesis.actions.forgetting import forget_words
from answerable.synthesis.actions.runs import carry_out_run


@task()
def carry_out_run_task(run_id: int) -> None:
    """Carry out a synthesis run; called again for a run that is done, it does nothing."""
    carry_out_run(run_id, clock=timezone.now)


@task()
def tell_contributors_task(report_id: int) -> None:
    """Tell every contributor that a report was published; called again it tells nobody twice."""
    tell_contributors(report_id, at=timezone.now())


@task()
def forget_words_task(contribution_id: int) -> None:
    """Take the words of a contribution that is not public any more out of the themes."""
    forget_words(contribution_id)
