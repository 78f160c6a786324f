"""Who is signed in: allauth's backend, the person read with a kept query."""

from allauth.account.auth_backends import AuthenticationBackend

from answerable.people.models import Person
from answerable.reference.queries.kept_queries import KeptQuery


class SignedIn(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Finds the person of a browser session; all else is allauth's own."""

    def get_user(self, user_id: int) -> Person | None:
        """Return the person of that id while they may sign in, else None; one query."""
        person = _person.first(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


_person = KeptQuery(lambda key: Person.objects.filter(pk=key))
