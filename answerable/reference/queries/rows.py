"""Rows from the database, in the order people expect."""

from answerable.reference.models import Country, Goal, Indicator, Language, LocalText, Target
from answerable.reference.queries.sorting import sorting_key
from answerable.reference.states import RegionalCommission


def goals() -> list[Goal]:
    """List the goals from 1 to 17."""
    return list(Goal.objects.all())


def goal(number: int) -> Goal | None:
    """Find a goal by its number, or nothing."""
    return Goal.objects.filter(pk=number).first()


def goal_labels(language: str | None) -> dict[int, LocalText]:
    """Give the short name of every goal by its number, with one query: for pages that show many goal tiles."""
    return {row.number: row.label(language) for row in Goal.objects.all()}


def targets_of(goal: Goal) -> list[Target]:
    """List a goal's targets in their official order: numbers, then letters."""
    return list(goal.targets.all())


def indicators_of(target: Target) -> list[Indicator]:
    """List a target's indicators that are in force."""
    return list(target.indicators.filter(is_active=True))


def countries(language: str | None) -> list[Country]:
    """List all countries and areas by their names in the reader's language."""
    return sorted(Country.objects.all(), key=lambda row: sorting_key(row.label(language).text, language=language))


def countries_of_commission(commission: RegionalCommission, *, language: str | None) -> list[Country]:
    """List the members of a regional commission, without associates, by their names in the reader's language."""
    return [country for country in countries(language) if commission.value in country.commissions]


def languages() -> list[Language]:
    """List the languages people can write in, the six official ones first."""
    return list(Language.objects.all())
