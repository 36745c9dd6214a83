"""The people of a desk and their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.people import MemberAddForm, MemberRemoveForm, MemberRoleForm
from articles.http import conflict, invalid
from articles.models import Membership, Role
from articles.queries.desks import members_of
from articles.queries.leaving import open_number
from articles.views.conflicts import conflict_of

if TYPE_CHECKING:
    from uuid import UUID

    from articles.forms.base import WriteForm
    from articles.http import Request

PAGE = "people/list.html"


@require_http_methods(["GET", "HEAD", "POST"])
def member_list(request: Request, desk: str) -> HttpResponse:
    """The people; a post takes one more onto the desk."""
    if request.method != "POST":
        return render(request, PAGE, _context(access.member(request, desk)))
    by = access.administrator(request, desk)
    form = MemberAddForm(request.POST)
    if not form.is_valid():
        return invalid(request, _template(request), _context(by, add_form=form))
    told = form.cleaned_data
    try:
        added = actions.desks.add_member(
            by=by, person=told["person"], role=Role(told["role"]), request_id=told["request_id"]
        )
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, _template(request), _context(by, add_form=form))
    return _done(request, by, f"{added.person} is on the desk as {added.get_role_display().lower()}.")


@require_POST
def member_role(request: Request, desk: str, member: UUID) -> HttpResponse:
    by = access.administrator(request, desk)
    row = access.found(by, _current(), member)
    form = MemberRoleForm(request.POST)
    if not form.is_valid():
        return invalid(request, _template(request), _context(by, row, form))
    told = form.cleaned_data
    try:
        changed = actions.desks.change_role(
            by=by,
            membership=row,
            revision=told["revision"],
            role=Role(told["role"]),
            request_id=told["request_id"],
        )
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, _template(request), _context(by, row, form))
    except Stale as stale:
        return conflict(request, _template(request), _context(by) | _conflict(by, row, stale, form))
    return _done(request, by, f"{row.person} is {changed.get_role_display().lower()} now.")


@require_POST
def member_remove(request: Request, desk: str, member: UUID) -> HttpResponse:
    by = access.administrator(request, desk)
    row = access.found(by, Membership.objects.select_related("person"), member)
    form = MemberRemoveForm(request.POST)
    if not form.is_valid() or not _has_seen_open_work(row, form):
        return invalid(request, _template(request), _context(by, row, form))
    try:
        actions.desks.remove_member(by=by, membership=row, request_id=form.cleaned_data["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, _template(request), _context(by, row, form))
    return _done(request, by, f"{row.person} has left the desk. What they did stays, with their name.")


def _has_seen_open_work(row: Membership, form: MemberRemoveForm) -> bool:
    """Whoever removes a person has the claims in view that nobody will work on. Nothing has to be done about them."""
    number = 0 if row.ended_at else open_number(row)
    if number in (0, form.cleaned_data["seen"]):
        return True
    form.add_error(None, f"{number} open claim{'' if number == 1 else 's'}. Look at them first, and hand them over.")
    return False


def _current() -> Any:
    return Membership.objects.current().select_related("person")


def _context(
    by: Membership, row: Membership | None = None, form: WriteForm | None = None, add_form: WriteForm | None = None
) -> dict[str, Any]:
    """``form`` is the one about ``row`` that was refused."""
    members = members_of(by.desk)
    return {
        "members": [member for member in members if member.ended_at is None],
        "past": [member for member in members if member.ended_at],
        "roles": Role.choices,
        "may_administer": by.may(Role.ADMINISTRATOR),
        "add_form": add_form or MemberAddForm(),
        "refused": row,
        "refused_form": form,
    }


def _conflict(by: Membership, row: Membership, stale: Stale, form: MemberRoleForm) -> dict[str, Any]:
    people = reverse("articles:member-list", args=[by.desk.slug])
    action = reverse("articles:member-role", args=[by.desk.slug, row.pk])
    stored = access.found(by, Membership, row.pk)
    fresh = MemberRoleForm(initial={"role": stored.role})
    return {"conflict": conflict_of(stale, form, fresh, action=action, theirs_url=people)}


def _template(request: Request) -> str:
    return f"{PAGE}#people" if request.htmx else PAGE


def _done(request: Request, by: Membership, words: str) -> HttpResponse:
    messages.success(request, words)
    if request.htmx:
        return render(request, f"{PAGE}#changed", _context(by))
    return redirect("articles:member-list", by.desk.slug)
