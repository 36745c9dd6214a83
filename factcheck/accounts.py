from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

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
