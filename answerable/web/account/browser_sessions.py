"""Browser sessions in the database, as Django keeps them, read with a kept query: every signed-in page needs one."""

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from answerable.reference.queries.kept_queries import KeptQuery


class SessionStore(DatabaseStore):
    """One browser session; all but its reading is Django's own."""

    def _get_session_from_db(self) -> Session | None:
        found = _valid.first(self.session_key, timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


_valid = KeptQuery(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at))
