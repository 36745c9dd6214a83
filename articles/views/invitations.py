"""What an invitation's link opens: for somebody signed in a way onto the desk, for anybody else an account besides."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import access, actions
from articles.errors import Refused
from articles.forms.people import EnrolForm, EnrolledForm
from articles.http import invalid
from articles.models import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from articles.http import Request
    from articles.models import Invitation, Membership

    type View = Callable[[Any, str, str], HttpResponse]

PAGE = "invitations/invitation.html"


def limited(view: View) -> View:
    """Count what comes from one address against the limit of invitations, whatever it asks for, and keep no copy."""

    @wraps(view)
    def answer(request: HttpRequest, desk: str, token: str) -> HttpResponse:
        rate = {"app": "allauth.account", "action": "invitation", "limit_get": True}
        refused: HttpResponse | None = ratelimit.consume_or_429(request, **rate)
        return refused or view(request, desk, token)

    return never_cache(answer)


@require_safe
@login_not_required
@limited
def invitation(request: HttpRequest, desk: str, token: str) -> HttpResponse:
    found = access.invited(desk, token)
    if found is None:
        return _closed(request)
    context = {"here": access.membership_of(request.user, found.desk), "form": EnrolForm(desk=found.desk)}
    return render(request, PAGE, {"invitation": found, "token": token} | context)


@require_POST
@limited
def invitation_accept(request: Request, desk: str, token: str) -> HttpResponse:
    """Take whoever is signed in onto the desk."""
    found = access.invited(desk, token) or access.accepted(desk, token, request.user)
    if found is None:
        return _closed(request)
    try:
        membership = actions.invitations.accept(invitation=found, person=request.user)
    except Refused as refusal:
        return invalid(request, PAGE, {"invitation": found, "token": token, "refusal": refusal.sentence})
    return _welcomed(request, found, membership)


@require_POST
@login_not_required
@limited
def invitation_enrol(request: HttpRequest, desk: str, token: str) -> HttpResponse:
    """Make an account, take its person onto the desk and sign them in. Sent twice, it signs in."""
    if request.user.is_authenticated:
        return redirect("articles:invitation", desk, token)
    found = access.invited(desk, token)
    if found is None:
        return _signed_in_again(request, desk, token) or _closed(request)
    form = EnrolForm(request.POST, desk=found.desk)
    if not form.is_valid():
        return invalid(request, PAGE, {"invitation": found, "token": token, "form": form})
    told = form.cleaned_data
    try:
        membership = actions.invitations.enrol(
            invitation=found, username=told["username"], name=told["name"], password=told["password"]
        )
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, PAGE, {"invitation": found, "token": token, "form": form})
    return _let_in(request, membership.person, found)


def _signed_in_again(request: HttpRequest, desk: str, token: str) -> HttpResponse | None:
    """The answer to the same form once more: whoever took this invitation and knows the password is let in."""
    form = EnrolledForm(request.POST)
    if not form.is_valid() or not access.was_accepted(desk, token):
        return None
    try:
        person = get_adapter().authenticate(request, **form.cleaned_data)
    except ValidationError:  # tried too often
        return None
    found = access.accepted(desk, token, person) if isinstance(person, Person) else None
    return _let_in(request, person, found) if found else None


def _let_in(request: HttpRequest, person: Person, found: Invitation) -> HttpResponse:
    answer: HttpResponse = perform_login(request, person, redirect_url=found.desk.get_absolute_url())
    return answer


def _welcomed(request: Request, found: Invitation, membership: Membership) -> HttpResponse:
    messages.success(request, f"You are on {found.desk} as {membership.get_role_display().lower()}.")
    return redirect(found.desk)


def _closed(request: HttpRequest) -> HttpResponse:
    """The same for a link that was used, revoked or made up, and for one whose time is over."""
    return render(request, "invitations/closed.html", status=404)
