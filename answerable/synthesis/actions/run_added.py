"""A run that adds what came in since the one before to the themes there are, and changes nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from answerable.consultations.states import PostState
from answerable.engine.records import AxisBalance, Contribution, Placement
from answerable.engine.sdg.records import SdgTags
from answerable.synthesis.actions.run_codings import coding_of
from answerable.synthesis.actions.run_labels import write_labels
from answerable.synthesis.actions.run_manifest import goals_in
from answerable.synthesis.actions.run_repeats import Repeats, beside_what_they_repeat, find_repeats
from answerable.synthesis.actions.run_settings import settings_of
from answerable.synthesis.actions.run_themes import decided_by_persons
from answerable.synthesis.models import Coding, ContributionLabel, SynthesisRun, Theme
from answerable.synthesis.queries.newcomers import Newcomers, finished_runs
from answerable.synthesis.queries.run_input import FrozenInput
from answerable.synthesis.states import LabelKind, Provenance, ThemeState


@dataclass(frozen=True, slots=True)
class Added:
    """Where new contributions belong, what they repeat, their goals, and how even the voices are with them."""

    placements: tuple[Placement, ...]
    repeats: Repeats
    sdg: tuple[SdgTags, ...]
    balance: tuple[AxisBalance, ...]


def find_places(run: SynthesisRun, *, frozen: FrozenInput, newcomers: Newcomers) -> Added:
    """
    Return where new contributions belong among the themes in use, as people left them.

    A theme goes by its public id. Every earlier contribution votes for the theme it lies under now, whoever put it
    there; repeats of another have no vote of their own. A new one that repeats an earlier one lies where that one does.
    """
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.attaching import attach_to
    from answerable.engine.balance import measure_balance
    from answerable.engine.languages import languages_of
    from answerable.engine.sdg.contributions import tag_contributions

    settings = settings_of(run)
    spoken = _spoken(frozen.contributions, [one.language for one in languages_of(frozen.contributions)])
    new = set(newcomers.new)
    votes = _votes(run, left_out=new)
    keys = _keys(votes)
    repeats = find_repeats(run, spoken, new=new, settings=settings)
    placements = attach_to(
        [one for one in spoken if one.id in new],
        placed=[one for one in spoken if one.id not in new],
        placements=votes,
        keys=keys,
        settings=settings,
    )
    return Added(
        placements=beside_what_they_repeat(placements, repeats=repeats, votes=votes, settings=settings),
        repeats=repeats,
        sdg=tag_contributions(one for one in spoken if one.id in new),
        balance=measure_balance(
            spoken,
            cited={code for codes in keys.values() for code in codes},
            least=settings.least_for_balance,
            references=settings.references,
        ),
    )


def write_added(run: SynthesisRun, *, frozen: FrozenInput, added: Added, public: Mapping[str, int]) -> dict[str, Any]:
    """
    Write the codings and labels of new contributions, take away those of what is gone; returns the run's manifest.

    ``public`` has the revision of what is public at this moment: what was withdrawn or changed while the run worked is
    left to the next one. Codings by persons stay as they are.
    """
    settled = {code for code, row in frozen.rows.items() if public.get(code) == row.revision_count}
    before = _manifest_before(run)
    places = [one for one in added.placements if one.contribution in settled]
    _take_away_gone(run)
    _write_places(run, places, frozen=frozen)
    gone = frozen.rows.keys() - settled
    write_labels(run, frozen=frozen, groups=added.repeats.groups, gone=gone, compared=added.repeats.compared)
    known = set(public)
    arrived = [one.contribution for one in places]
    goals = {code: kept for code, kept in before.get("goals", {}).items() if code in known - set(arrived)}
    return {
        **before,
        "themes": [_without_gone(theme, known) for theme in before.get("themes", [])],
        "goals": goals | goals_in(added.sdg, frozen=frozen, gone=gone),
        "read": {code: public[code] for code in sorted(settled)},
        "added": sorted({*arrived, *before.get("added", [])} & settled),
    }


def balance_of(axes: Iterable[AxisBalance]) -> dict[str, Any]:
    """Return the balance of a run as it is kept, by axis."""
    return {axis.axis: asdict(axis) for axis in axes}


def _spoken(contributions: Sequence[Contribution], languages: Sequence[str]) -> list[Contribution]:
    return [replace(one, language=said) for one, said in zip(contributions, languages, strict=True)]


def _votes(run: SynthesisRun, *, left_out: set[str]) -> dict[str, Placement]:
    """Return the theme in use that each earlier contribution lies under; a person's word comes last and stands."""
    repeats = ContributionLabel.objects.filter(consultation=run.consultation_id, is_first=False)
    repeats = repeats.filter(kind__in=(LabelKind.EXACT, LabelKind.NEAR))
    rows = Coding.objects.filter(theme__consultation=run.consultation_id, theme__state=ThemeState.ACTIVE)
    rows = rows.exclude(contribution__in=repeats.values("contribution")).order_by("provenance", "score", "-pk")
    said = rows.values_list("contribution__receipt_code", "theme__public_id", "score", "is_key")
    return {
        code: Placement(code, theme, score, "key" if is_key else "near-key")
        for code, theme, score, is_key in said
        if code not in left_out
    }


def _keys(votes: Mapping[str, Placement]) -> dict[str, list[str]]:
    """Return the key contributions of each theme; all of its contributions where the program chose none."""
    keys: dict[str, list[str]] = defaultdict(list)
    members: dict[str, list[str]] = defaultdict(list)
    for code, vote in sorted(votes.items()):
        members[vote.theme].append(code)
        if vote.status == "key":
            keys[vote.theme].append(code)
    return {**members, **keys}


def _manifest_before(run: SynthesisRun) -> dict[str, Any]:
    return finished_runs(run.consultation_id).values_list("manifest", flat=True).first() or {}


def _without_gone(theme: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {**theme, "members": [code for code in theme["members"] if code in known]}


def _take_away_gone(run: SynthesisRun) -> None:
    """Delete the program's codings and labels of contributions that are not public any more."""
    codings = Coding.objects.filter(theme__consultation=run.consultation_id, provenance=Provenance.MACHINE)
    codings.exclude(contribution__state=PostState.PUBLIC).delete()
    near_gone = Coding.objects.filter(theme__consultation=run.consultation_id, key_contribution__isnull=False)
    near_gone.exclude(key_contribution__state=PostState.PUBLIC).update(key_contribution=None)
    labels = ContributionLabel.objects.filter(consultation=run.consultation_id)
    labels.exclude(contribution__state=PostState.PUBLIC).delete()


def _write_places(run: SynthesisRun, places: Sequence[Placement], *, frozen: FrozenInput) -> None:
    """Make the program's codings of new contributions those found now; what a person coded gets none."""
    rows = {frozen.rows[one.contribution].pk for one in places}
    Coding.objects.filter(contribution__in=rows, provenance=Provenance.MACHINE).delete()
    decided = decided_by_persons(run)
    themes = _themes_as_they_are(run)
    fresh = []
    for place in places:
        theme = themes.get(place.theme)
        if theme is not None and frozen.rows[place.contribution].pk not in decided:
            fresh.append(coding_of(place, theme=theme, frozen=frozen, spans={}, run=run))
    Coding.objects.bulk_create(fresh, batch_size=1_000)


def _themes_as_they_are(run: SynthesisRun) -> dict[str, Theme]:
    """Return the theme in use behind each public id; one that was merged leads to the theme it was merged into."""
    rows = {row.pk: row for row in Theme.objects.filter(consultation=run.consultation_id)}
    found: dict[str, Theme] = {}
    for row in rows.values():
        end = row
        if row.state == ThemeState.MERGED and row.merged_into_id in rows:
            end = rows[row.merged_into_id]
        if end.state == ThemeState.ACTIVE:
            found[row.public_id] = end
    return found
