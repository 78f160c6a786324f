"""What a run found to repeat: labelled and counted apart, never hidden."""

from collections.abc import Collection, Iterable

from answerable.consultations.models import Contribution
from answerable.engine.records import DuplicateGroup
from answerable.synthesis.models import ContributionLabel, SynthesisRun
from answerable.synthesis.queries.run_input import FrozenInput


def write_labels(
    run: SynthesisRun,
    *,
    frozen: FrozenInput,
    groups: Iterable[DuplicateGroup],
    gone: Collection[str],
    compared: Collection[str] | None = None,
) -> None:
    """
    Make a consultation's labels those of these groups, without what is gone; rows that say the same stay alone.

    ``compared`` has the receipt codes among which the groups were looked for, where that was not everything: the labels
    of all others stay as they are.
    """
    wanted = _wanted(run, frozen, groups, gone)
    rows = ContributionLabel.objects.filter(consultation=run.consultation_id)
    if compared is not None:
        rows = rows.filter(contribution__in={frozen.rows[code].pk for code in compared})
    known = {_place(row): row for row in rows}
    outdated = [row.pk for place, row in known.items() if place not in wanted]
    ContributionLabel.objects.filter(pk__in=outdated).delete()
    fresh = [row for place, row in wanted.items() if place not in known]
    ContributionLabel.objects.bulk_create(fresh, batch_size=1_000)


def _wanted(
    run: SynthesisRun, frozen: FrozenInput, groups: Iterable[DuplicateGroup], gone: Collection[str]
) -> dict[tuple[object, ...], ContributionLabel]:
    labels = []
    for group in groups:
        members = sorted((frozen.rows[code] for code in group.members if code not in gone), key=_age)
        labels += [
            ContributionLabel(
                consultation_id=run.consultation_id,
                contribution=row,
                kind=group.kind,
                group_key=members[0].receipt_code,
                is_first=row is members[0],
                run=run,
            )
            for row in members
            if len(members) > 1
        ]
    return {_place(row): row for row in labels}


def _age(row: Contribution) -> tuple[object, ...]:
    return (row.submitted_at, row.pk)


def _place(row: ContributionLabel) -> tuple[object, ...]:
    return (row.contribution_id, str(row.kind), row.group_key, row.is_first)
