from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Nobody makes an account for themselves; a desk's administrators do."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
