"""How django-allauth does things here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Everybody may sign up; an address is kept in lower case; a person comes back to where they were."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # the package names it
        """Let anybody make an account."""
        return True

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # the package names it
        """Lead to the account when no other page was asked for."""
        return "/account/"
