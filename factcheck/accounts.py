from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest

from factcheck.prepared import Prepared

MISMATCH = "No account has this name and this password. Check both; capital letters count in the password."


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nobody makes an account for themselves; a desk's administrators do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "too_many_login_attempts": "There were too many attempts. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AccountBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth carries no types
    """Whose session it is, every request asks: by a query that is made once."""

    def get_user(self, user_id: UUID) -> AbstractBaseUser | None:
        person = PERSON.first(user_id)
        return person if person and self.user_can_authenticate(person) else None


PERSON = Prepared(lambda pk: get_user_model()._default_manager.filter(pk=pk), UUID)
