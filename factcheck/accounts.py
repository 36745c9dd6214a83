from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from factcheck.prepared import Prepared

MISMATCH = "No account has this name and this password. Check both; capital letters count in the password."
TOO_MANY = "There were too many attempts. Wait a few minutes, then try again."
WAYS = {
    "account_reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate_webauthn": "Use a passkey",
}


GIVEN_BEFORE = "given_before_second_factor"
"""In the session: with which password somebody came as far as the second factor, as Django keeps it of who is in."""


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nobody makes an account for themselves; who is invited to a desk does, or an operator by command."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "That is not your password. Check it; capital letters count.",
        "enter_current_password": "That is not your password. Check it; capital letters count.",
        "incorrect_code": "That passkey is not known here. Sign in in another way.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **told: Any) -> HttpResponse | None:
        """The password was right. Whoever planted this session has nothing of it, also before the second factor."""
        request.session.cycle_key()
        request.session[GIVEN_BEFORE] = user.get_session_auth_hash()
        answer: HttpResponse | None = super().pre_login(request, user, **told)
        return answer

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site is a next page; a full address is none, not even of a host that is ours."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_overview")

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """Who has a second factor confirms with that: a password and an open session are not enough to take it away."""
        ways = super().get_reauthentication_methods(user)
        factors = [way for way in ways if way["id"] != "reauthenticate"]
        return [way | {"description": WAYS[resolve(way["url"]).url_name or ""]} for way in factors or ways]


def is_as_given(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether the password is still the one with which this session came as far as the second factor."""
    return constant_time_compare(request.session.get(GIVEN_BEFORE, ""), user.get_session_auth_hash())


def too_many(request: HttpRequest) -> HttpResponse:
    """The answer to what was tried too often: a page, or the sentence for a page that asks by script."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        said = {"form": {"errors": [TOO_MANY], "fields": {}}}
        answer: HttpResponse = JsonResponse(said, status=HTTPStatus.TOO_MANY_REQUESTS)
    else:
        answer = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    answer["Retry-After"] = "60"
    return answer


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """Whose session it is, every request asks: by a query that is made once.

    Signing in looks at one password and no more, whether it is by a user name or by an e-mail address and whether
    anybody has it. allauth's own looks twice where somebody has the address, which can be measured from outside.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        password = credentials.get("password")
        if not password:
            return None
        person = _signing_in(str(credentials.get("username") or credentials.get("email") or ""))
        if person is None:
            self._mitigate_timing_attack(password)
            return None
        found: AbstractBaseUser | None = self._check_password(person, password)
        return found

    def get_user(self, user_id: UUID) -> AbstractBaseUser | None:
        person = PERSON.first(user_id)
        return person if person and self.user_can_authenticate(person) else None


def _signing_in(login: str) -> AbstractBaseUser | None:
    people = get_user_model()._default_manager.order_by("pk")
    by_name = people.filter(username__iexact=login).first()
    return by_name or (people.filter(email__iexact=login).first() if "@" in login else None)


PERSON = Prepared(lambda pk: get_user_model()._default_manager.filter(pk=pk), UUID)
