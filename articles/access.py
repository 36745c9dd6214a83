"""Who may. A stranger to a desk gets 404, as for a made-up id; a member whose role does not reach gets 403."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from articles.models import DeskRow, Membership, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.http import Request


def member(request: Request, desk: str, at_least: Role = Role.READER) -> Membership:
    """The signed-in person's membership of the desk with this slug, with its desk and person loaded.

    It is kept on the request for the frame of the page.
    """
    memberships = Membership.objects.current().select_related("desk")
    request.member = get_object_or_404(memberships, person=request.user, desk__slug=desk)
    request.member.person = request.user
    if not request.member.may(at_least):
        raise PermissionDenied(f"This needs the role {at_least.label.lower()} on this desk.")
    return request.member


def reviewer(request: Request, desk: str) -> Membership:
    return member(request, desk, Role.REVIEWER)


def editor(request: Request, desk: str) -> Membership:
    return member(request, desk, Role.EDITOR)


def administrator(request: Request, desk: str) -> Membership:
    return member(request, desk, Role.ADMINISTRATOR)


def found[Row: DeskRow](by: Membership, rows: type[Row] | QuerySet[Row], pk: UUID) -> Row:
    """The row of the member's desk with this id; 404 when there is none, or when it is another desk's."""
    queryset = rows._default_manager.all() if isinstance(rows, type) else rows
    row = queryset.filter(desk_id=by.desk_id, pk=pk).first()
    if row is None:
        raise Http404("There is nothing at this address on your desk.")
    return row
