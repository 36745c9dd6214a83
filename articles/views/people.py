"""The people of a desk: their roles, who is invited, and what the desk asks of them at the door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from articles import access, actions
from articles.errors import Refused, Stale
from articles.forms.base import WriteForm
from articles.forms.people import InvitationForm, MemberAddForm, MemberRemoveForm, MemberRoleForm, SecondFactorForm
from articles.http import conflict, invalid
from articles.inviting import mail_invitation
from articles.models import Invitation, Membership, Role
from articles.queries.desks import members_of, open_invitations
from articles.queries.leaving import open_number
from articles.views.conflicts import conflict_of
from factcheck import second_factor

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
    form = MemberAddForm(request.POST, auto_id="add-%s")
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


@require_POST
def invitation_make(request: Request, desk: str) -> HttpResponse:
    """Answers with the page itself: the link is shown there, once, and stands in no history of the browser."""
    by = access.editor(request, desk)
    form = InvitationForm(request.POST, by=by, auto_id="invite-%s")
    if not form.is_valid():
        return invalid(request, _template(request), _context(by, invite_form=form))
    told = form.cleaned_data
    try:
        made = actions.invitations.invite(
            by=by, invited=told["invited"], role=Role(told["role"]), request_id=told["request_id"]
        )
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, _template(request), _context(by, invite_form=form))
    link = _link(request, made)
    context = {"made": made, "link": link, "mailed": mail_invitation(made, link) if link else None}
    answer = render(request, _template(request), _context(by) | context)
    add_never_cache_headers(answer)
    return answer


@require_POST
def invitation_revoke(request: Request, desk: str, invitation: UUID) -> HttpResponse:
    by = access.editor(request, desk)
    row = access.found(by, Invitation, invitation)
    form = WriteForm(request.POST)
    if not form.is_valid():
        return invalid(request, _template(request), _context(by, row, form))
    try:
        actions.invitations.revoke(by=by, invitation=row, request_id=form.cleaned_data["request_id"])
    except Refused as refusal:
        form.refuse(refusal)
        return invalid(request, _template(request), _context(by, row, form))
    return _done(request, by, f"The invitation for {row} is revoked. Its link opens nothing any more.")


@require_POST
def desk_second_factor(request: Request, desk: str) -> HttpResponse:
    """Have the desk ask for a second factor, or no longer. Whoever asks for it has given one in this session."""
    by = access.administrator(request, desk)
    form = SecondFactorForm(request.POST)
    if not form.is_valid():
        return invalid(request, _template(request), _context(by))
    told = form.cleaned_data
    if told["required"] and not second_factor.is_proven(request):
        return invalid(request, _template(request), _context(by) | {"factor_missing": True})
    decide = actions.desks.require_second_factor if told["required"] else actions.desks.waive_second_factor
    try:
        decide(by=by, request_id=told["request_id"])
    except Refused as refusal:
        return invalid(request, _template(request), _context(by) | {"factor_refused": refusal.sentence})
    by.desk.refresh_from_db(fields=["second_factor_required"])
    asks = by.desk.second_factor_required
    return _done(request, by, f"{by.desk} asks for {'a' if asks else 'no'} second factor{' now' if asks else ''}.")


def _link(request: Request, invitation: Invitation) -> str:
    """The link as it is handed on; empty where the invitation was made by the same request before."""
    if not invitation.token:
        return ""
    path = reverse("articles:invitation", args=[request.member.desk.slug, invitation.token])
    return f"{settings.SITE_ADDRESS}{path}" if settings.SITE_ADDRESS else request.build_absolute_uri(path)


def _has_seen_open_work(row: Membership, form: MemberRemoveForm) -> bool:
    """Whoever removes a person has in view what nobody will work on or answer. Nothing has to be done about it."""
    if row.ended_at:
        return True
    left = open_number(row)
    if left.number in (0, form.cleaned_data["seen"]):
        return True
    claims = f"{left.claims} open claim{'' if left.claims == 1 else 's'}" if left.claims else ""
    queries = f"{left.queries} open quer{'y' if left.queries == 1 else 'ies'}" if left.queries else ""
    said = " and ".join(filter(None, [claims, queries]))
    form.add_error(None, f"{said}. Look at them first, and hand them over.")
    return False


def _current() -> Any:
    return Membership.objects.current().select_related("person")


def _context(
    by: Membership,
    row: Membership | Invitation | None = None,
    form: WriteForm | None = None,
    *,
    add_form: WriteForm | None = None,
    invite_form: WriteForm | None = None,
) -> dict[str, Any]:
    """``form`` is the one about ``row`` that was refused."""
    members = members_of(by.desk)
    may_invite = by.may(Role.EDITOR)
    return {
        "members": [member for member in members if member.ended_at is None],
        "past": [member for member in members if member.ended_at],
        "roles": Role.choices,
        "may_administer": by.may(Role.ADMINISTRATOR),
        "add_form": add_form or MemberAddForm(auto_id="add-%s"),
        "may_invite": may_invite,
        "invite_form": invite_form or (InvitationForm(by=by, auto_id="invite-%s") if may_invite else None),
        "invitations": open_invitations(by.desk) if may_invite else [],
        "factors": sum(member.has_factor for member in members if member.ended_at is None),
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
