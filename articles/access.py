"""Who may. A stranger to a desk gets 404, as for a made-up id; a member whose role does not reach gets 403."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from articles.models import DeskRow, Membership, Role
from factcheck.prepared import Prepared

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.http import Request

MEMBERSHIP = Prepared(
    lambda person, desk: (
        Membership.objects.current().select_related("desk").filter(person_id=person, desk__slug=desk).order_by("id")[:1]
    ),
    UUID,
    str,
)


def member(request: Request, desk: str, at_least: Role = Role.READER) -> Membership:
    """The signed-in person's membership of the desk with this slug, with its desk and person loaded.

    It is kept on the request for the frame of the page.
    """
    membership = MEMBERSHIP.first(request.user.pk, desk)
    if membership is None:
        raise Http404("There is no such desk, or you are not on it.")
    request.member = membership
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
