"""
django-allauth's sign-in by code, with one difference: an address without an account gets a code too.

The account is made when the code is confirmed. Until then nothing in answers, mail or time tells whether one exists.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.models import EmailAddress, Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from answerable.people.actions import welcome_person
from answerable.people.models import Person
from answerable.people.queries import person_by_email


class SignInByCode(LoginCodeVerificationProcess):  # type: ignore[misc]  # the package gives no types
    """One attempt to sign in, kept in the browser's session: to which address, with which code, until when."""

    @classmethod
    def begin(cls, request: HttpRequest, email: str) -> None:
        """Send a code to an address and remember the attempt."""
        person = person_by_email(email)
        person = person if person and person.is_active else None
        login = Login(user=person, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=person, email=email) | {"initiated_by_user": True})
        attempt = cls(stage=stage)
        attempt.send()
        attempt.persist()

    @classmethod
    def pending(cls, request: HttpRequest) -> "SignInByCode | None":
        """Return the attempt of this browser, None when there is none or it is too old."""
        stage = get_pending_stage(request)
        if stage is None or stage.key != LoginByCodeStage.key:
            return None
        attempt: SignInByCode | None = cls(stage=stage).abort_if_invalid()
        return attempt

    @property
    def email(self) -> str:
        """The address that the code was sent to."""
        return str(self.state["email"])

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: ARG002  # as the package
        """Send the code, whether the address has an account or not."""
        context = {"request": self.request, "code": self.generate_code()}
        get_adapter().send_mail("account/email/login_code", email, context)

    def is_right(self, typed: str) -> bool:
        """Say whether a typed code is the one that was sent; capitals, blanks and hyphens do not matter."""
        return bool(self.code) and bool(compare_user_code(actual=typed, expected=self.code))

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """Sign the person in, making their account first when there is none."""
        if self.user is None:
            self._user = welcome_person(self.email, language=get_language() or "", at=timezone.now())
            self.stage.login.user = self._user
        confirm_address(self._user if isinstance(self._user, Person) else self.user)
        response: HttpResponse = super().finish(redirect_url)
        return response


def confirm_address(person: Any) -> None:  # the package's user is untyped
    """Keep that a person reads mail at their address, which the package asks for before it signs anybody in."""
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def may_ask_for_code(request: HttpRequest, email: str) -> bool:
    """Count one more code for an address and a network address, and say whether that is still within the limits."""
    return bool(ratelimit.consume(request, action="request_login_code", key=email))
