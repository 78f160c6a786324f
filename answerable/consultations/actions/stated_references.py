"""Stating what the balance of a consultation is held against."""

import math
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions.entries import record_change
from answerable.consultations.models import Consultation, StatedReference
from answerable.consultations.queries.reference_groups import reference_groups
from answerable.consultations.validators import raise_if_any
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import require
from answerable.ledger.commitments import FactValue
from answerable.people.models import Person

MOST_CHARACTERS_OF_SOURCE = 300
_MOST = 1e12
_DECIMALS = 6


def state_reference(
    consultation: Consultation, *, by: Person, axis: str, source: str, shares: Mapping[str, str | None], at: datetime
) -> StatedReference:
    """
    State the expected share of each group of an axis, as typed, with the source; an earlier statement is replaced.

    Groups left empty are not part of the reference; None for all expects them without saying how much. Raises
    NotAllowed, and Unacceptable with ``source`` and ``share-<group>`` as fields.
    """
    require(rules.may_edit_consultation(by, consultation, at=at))
    source = " ".join(tidy_text(source).split())
    offered = reference_groups(axis, language=get_language())
    typed = {group: said for group in offered if (said := (shares.get(group) or "").strip())}
    amounts = {group: _amount(said) for group, said in typed.items()}
    wrong = {
        f"share-{group}": [_("Write a number from 0 up, such as 40 or 12.5.")]
        for group, amount in amounts.items()
        if amount is None
    }
    bare = dict.fromkeys(group for group in offered if shares.get(group, "") is None)
    whole = {} if wrong else {"": _sum_problems({**amounts, **bare})}
    raise_if_any({"source": _source_problems(source), **wrong, **whole})
    kept = {**amounts, **bare}
    facts: dict[str, FactValue] = {"part": "reference", "axis": axis, "source": source, "shares": _in_words(kept)}
    with transaction.atomic():
        row, _is_new = StatedReference.objects.update_or_create(
            consultation=consultation, axis=axis, defaults={"source": source, "shares": kept, "stated_at": at}
        )
        record_change(consultation, by=by, facts=facts, at=at)
    return row


def remove_reference(consultation: Consultation, *, by: Person, axis: str, at: datetime) -> None:
    """Take back what was stated about an axis; the record keeps it. Nothing happens where nothing was stated."""
    require(rules.may_edit_consultation(by, consultation, at=at))
    with transaction.atomic():
        gone, _by_model = StatedReference.objects.filter(consultation=consultation, axis=axis).delete()
        if gone:
            facts: dict[str, FactValue] = {"part": "reference", "axis": axis, "is_removed": True}
            record_change(consultation, by=by, facts=facts, at=at)


def _amount(said: str) -> float | None:
    """Return a number as it is typed in any of our languages, None for what is none."""
    digits = "".join(said.split()).removesuffix("%").removesuffix("٪").replace("٫", ".").replace(",", ".")
    try:
        amount = float(digits)
    except ValueError:
        return None
    return round(amount, _DECIMALS) if math.isfinite(amount) and 0 <= amount < _MOST else None


def _source_problems(source: str) -> list[str]:
    if not source:
        return [_("Say where these figures come from, so that anybody can look them up.")]
    if len(source) > MOST_CHARACTERS_OF_SOURCE:
        return [_("The source may have at most %(most)s characters.") % {"most": MOST_CHARACTERS_OF_SOURCE}]
    return []


def _sum_problems(amounts: Mapping[str, float | None]) -> list[str]:
    if not amounts:
        return [_("Give at least one group a share.")]
    stated = [amount for amount in amounts.values() if amount is not None]
    if stated and len(stated) < len(amounts):
        return [_("Give every group a share, or none of them.")]
    return [_("At least one share must be above 0.")] if stated and not any(stated) else []


def _in_words(shares: Mapping[str, float | None]) -> str:
    """Return the shares as one line for the record, which keeps no fractions as numbers."""
    return ", ".join(group if amount is None else f"{group} {amount:.10g}" for group, amount in sorted(shares.items()))
