"""A person decides where a highlight stands in a later version, where the text alone could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.actions._writing import changed, locked, record_all, write
from articles.actions.claims import unsettle
from articles.actions.highlights import require_place, span
from articles.actions.versions import next_highlight
from articles.errors import Refused
from articles.models import ArticleVersion, Carry, CarryDecision, Claim, Highlight
from articles.queries.versions import claims_on, places_of

if TYPE_CHECKING:
    from uuid import UUID

    from articles.actions._writing import Event
    from articles.models import Membership


@write("carry.accepted")
def accept(
    *, by: Membership, carry: Carry, revision: int, start: int, end: int, request_id: UUID | None = None
) -> Carry:
    """Carry the highlight to the proposed place in the later version, or to another of the possible ones."""
    if [start, end] not in places_of(carry):
        raise Refused("This place was not proposed. Mark the words in the text instead.")
    quote = carry.version.text[start:end]
    return _carry_on(carry, (start, end, quote), by=by, revision=revision, verb="carry.accepted", request_id=request_id)


@write("carry.remarked")
def remark(
    *, by: Membership, carry: Carry, revision: int, start: int, end: int, quote: str, request_id: UUID | None = None
) -> Carry:
    """Carry the highlight to ``[start, end)`` (code points) of the later version, which a person marked there."""
    require_place(carry.version, start, end, quote)
    return _carry_on(carry, (start, end, quote), by=by, revision=revision, verb="carry.remarked", request_id=request_id)


@write("carry.orphaned")
def orphan(*, by: Membership, carry: Carry, revision: int, request_id: UUID | None = None) -> Carry:
    """Say that the words are gone from the later version. The highlight stays where it stood, and counts no longer."""
    claims, before, carry = _waiting(carry)
    change = changed(carry, _decided(CarryDecision.GONE, by), revision=revision)
    changed(before, {"ended_in": carry.version})
    record_all(by, [("carry.orphaned", carry, change | _told(carry, before))], request_id=request_id)
    for claim in claims:
        unsettle(claim, by=by, reason=f"It no longer stands in {_name(carry.version)}.")
    return carry


@write("carry.reconsidered")
def reconsider(*, by: Membership, carry: Carry, revision: int, request_id: UUID | None = None) -> Carry:
    """Take a person's decision back, so that the highlight waits again. Nothing is deleted."""
    claims, before, carry = _locked(carry)
    if carry.decided_by_id is None:
        raise Refused("No one decided on this highlight, so there is nothing to take back.")
    _require_newest(carry.version)
    became = _still_there(carry)
    waits = {"decision": "", "decided_by": None, "decided_at": None, "became": None}
    change = changed(carry, waits, revision=revision)
    removed = _taken_back(became, by) if became else []
    changed(before, {"ended_in": None})
    record_all(by, [("carry.reconsidered", carry, change | _told(carry, before)), *removed], request_id=request_id)
    for claim in claims:
        unsettle(claim, by=by, reason=f"Where it stands in {_name(carry.version)} is an open question again.")
    return carry


def _carry_on(
    carry: Carry, place: tuple[int, int, str], *, by: Membership, revision: int, verb: str, request_id: UUID | None
) -> Carry:
    claims, before, carry = _waiting(carry)
    start, end, quote = place
    # The one before has to end first: of the highlights that follow each other only one counts.
    changed(before, {"ended_in": carry.version})
    later = next_highlight(before, carry.version, start=start, end=end, quote=quote)
    later.save(force_insert=True)
    change = changed(carry, _decided(CarryDecision.CARRIED, by) | {"became": later}, revision=revision)
    record_all(by, [(verb, carry, change | _told(carry, before) | span(later))], request_id=request_id)
    if quote != before.quote:
        for claim in claims:
            unsettle(claim, by=by, reason=f"Its words in {_name(carry.version)} are not those that were checked.")
    return carry


def _waiting(carry: Carry) -> tuple[list[Claim], Highlight, Carry]:
    claims, before, carry = _locked(carry)
    if carry.decision:
        raise Refused("This was decided meanwhile. Look at it again.")
    if before.removed_at:
        raise Refused("This highlight was removed meanwhile. Restore it first.")
    _require_newest(carry.version)
    return claims, before, carry


def _locked(carry: Carry) -> tuple[list[Claim], Highlight, Carry]:
    """The claims that rest on the highlight, the highlight, and the carry, locked in this order."""
    ids = claims_on([carry.highlight])[carry.highlight_id]
    rows = Claim.objects.select_for_update(no_key=True).filter(desk_id=carry.desk_id, pk__in=ids)
    claims = list(rows.order_by("pk"))
    return claims, locked(carry.highlight), locked(carry)


def _require_newest(version: ArticleVersion) -> None:
    if version.article.versions.filter(number__gt=version.number).exists():
        raise Refused("A later version of the article was taken meanwhile. Decide there.")


def _still_there(carry: Carry) -> Highlight | None:
    """What the highlight became, locked; None where it is gone."""
    became = locked(carry.became) if carry.became else None
    if became and became.removed_at:
        raise Refused("This highlight was removed meanwhile. Restore it first.")
    return became


def _taken_back(became: Highlight, by: Membership) -> list[Event]:
    changed(became, {"removed_at": timezone.now(), "removed_by": by.person})
    return [("highlight.removed", became, span(became) | {"automatic": True})]


def _decided(decision: CarryDecision, by: Membership) -> dict[str, object]:
    return {"decision": decision, "decided_by": by.person, "decided_at": timezone.now()}


def _told(carry: Carry, before: Highlight) -> dict[str, object]:
    return {"number": carry.version.number, "highlight": str(before.pk), "before_quote": before.quote}


def _name(version: ArticleVersion) -> str:
    return f"version {version.number} of the article of {version.article.outlet}"
