"""Who may. A stranger to a desk gets 404, as for a made-up id; a member whose role does not reach gets 403.

A desk may ask for a second factor. Then a session that was opened without one is led to where it is given, from every
address of that desk, and other desks stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import Http404

from articles.models import DeskRow, Invitation, Membership, Role
from articles.models.invitation import hash_of
from factcheck import second_factor
from factcheck.prepared import Prepared
from factcheck.second_factor import SecondFactorNeeded

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from articles.http import Request
    from articles.models import Desk, Person


def _membership(person: UUID, desk: str) -> QuerySet[Membership]:
    """``has_factor``: whether the person has the second factor that the desk asks for, if it asks for one."""
    asked = When(desk__second_factor_required=True, then=second_factor.exists_for("person_id"))
    found = Membership.objects.current().select_related("desk").filter(person_id=person, desk__slug=desk)
    return found.annotate(has_factor=Case(asked, default=Value(True))).order_by("id")[:1]


MEMBERSHIP = Prepared(_membership, UUID, str)


def member(request: Request, desk: str, at_least: Role = Role.READER) -> Membership:
    """The signed-in person's membership of the desk with this slug, with its desk and person loaded.

    It is kept on the request for the frame of the page.
    """
    membership: Any = MEMBERSHIP.first(request.user.pk, desk)
    if membership is None:
        raise Http404("There is no such desk, or you are not on it.")
    if membership.desk.second_factor_required and not (membership.has_factor and second_factor.is_proven(request)):
        raise SecondFactorNeeded(f"{membership.desk} opens only with a second factor.")
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


def invited(desk: str, token: str) -> Invitation | None:
    """The open invitation of this link; None for every other link, whatever it once was."""
    found = Invitation.objects.open().select_related("desk", "made_by")
    invitation = found.filter(desk__slug=desk, link_sha256=hash_of(token)).first()
    return invitation if invitation and stands_behind(invitation) else None


def stands_behind(invitation: Invitation, *, lock: bool = False) -> bool:
    """Whether the one who made it is still on the desk, and may still give its role.

    With ``lock`` it stays so until the transaction ends.
    """
    inviters = Membership.objects.current().filter(desk_id=invitation.desk_id, person_id=invitation.made_by_id)
    inviters = inviters.select_for_update(no_key=True) if lock else inviters
    return any(inviter.may_give(Role(invitation.role)) for inviter in inviters)


def membership_of(person: Person | AnonymousUser, desk: Desk) -> Membership | None:
    return Membership.objects.current().filter(desk=desk, person=person.pk).first() if person.pk else None


def accepted(desk: str, token: str, person: Person) -> Invitation | None:
    """The invitation of this link if it is this person who accepted it."""
    found = Invitation.objects.select_related("desk", "made_by").filter(desk__slug=desk, link_sha256=hash_of(token))
    return found.filter(accepted_by=person).first()


def was_accepted(desk: str, token: str) -> bool:
    return Invitation.objects.filter(desk__slug=desk, link_sha256=hash_of(token), accepted_at__isnull=False).exists()
