"""What people have begun to write, kept for them."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.consultations.models import ConsultationSession, Draft
from answerable.consultations.validators import MOST_CHARACTERS
from answerable.foundation.verdicts import Unacceptable
from answerable.people.models import Person

_MOST_STORED = 4 * MOST_CHARACTERS


def save_draft(
    person: Person, session: ConsultationSession, *, fields: Mapping[str, str | list[str] | bool], at: datetime
) -> Draft:
    """Keep what a person has filled in so far in place of what was kept before; raise Unacceptable when too long."""
    kept = dict(fields)
    if len(json.dumps(kept, ensure_ascii=False)) > _MOST_STORED:
        raise Unacceptable({"text": [_("This is too long to be kept as a draft.")]})
    draft, _made = Draft.objects.update_or_create(
        person=person, session=session, defaults={"fields": kept, "saved_at": at}
    )
    return draft


def discard_draft(person: Person, session: ConsultationSession) -> None:
    """Throw away what a person has begun to write to a session; nothing happens when there is nothing."""
    Draft.objects.filter(person=person, session=session).delete()
