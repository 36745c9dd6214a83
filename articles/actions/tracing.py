"""Where a source or an occurrence comes from: said, taken back, and proposed by words that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.actions._writing import changed, locked, record, record_all, write
from articles.actions.highlights import span
from articles.actions.origins import Root, found
from articles.actions.sources import MERGED
from articles.errors import Refused, Stale
from articles.models import Claim, Dismissal, Highlight, Membership, Origin, Source
from articles.queries.copied import copied_places, proposals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    from articles.actions._writing import Event
    from articles.queries.copied import Proposal

MOST = 500
"""Places that are traced at once."""
GONE = "This place does not count any more. Load the page again."
OTHER_PLACES = "These places are not the same any more. Look at the claim again."


@write("source.traced")
def trace_source(
    *,
    by: Membership,
    source: Source,
    origin: Origin | Root | None,
    revision: int | None = None,
    request_id: UUID | None = None,
) -> Source:
    """Say where a source has it from; a Root is looked up by its name and made where it is new, None takes it back.

    Raises Stale where a ``revision`` is given and the source has another by now. Approvals stay as they are.
    """
    source = locked(source)
    if source.merged_into_id:
        raise Refused(MERGED)
    root = found(by, origin)
    change = changed(source, {"origin": root}, revision=revision)
    if change:
        verb = "source.traced" if root else "source.untraced"
        record(by, verb, source, change | _told(root, change), request_id=request_id)
    return source


@write("highlight.traced")
def trace(
    *,
    by: Membership,
    highlight: Highlight,
    origin: Origin | Root | None,
    revision: int | None = None,
    whole: bool = False,
    request_id: UUID | None = None,
) -> Highlight:
    """Say where an outlet has this occurrence of a claim from; ``origin`` and ``revision`` are as in ``trace_source``.

    ``whole``: all occurrences in the article of which nothing is known come from there as well. Approvals stay.
    """
    also = untraced_beside(highlight) if whole and origin else []
    rows = _locked([highlight.pk, *also], by)
    chosen = next((row for row in rows if row.pk == highlight.pk), None)
    if chosen is None:
        raise Refused(GONE)
    if revision is not None and chosen.revision != revision:
        raise Stale(chosen, {"origin": origin})
    root = found(by, origin)
    others = [row for row in rows if row is not chosen and row.origin_id is None]
    record_traced(by, [chosen, *others], root, request_id)
    return chosen


@write("highlight.traced")
def accept_copy(
    *,
    by: Membership,
    claim: Claim,
    key: str,
    origin: Origin | Root,
    whole: bool = False,
    request_id: UUID | None = None,
) -> Highlight:
    """Give the places of a proposal one origin. Returns the first of them that was changed.

    ``whole`` is for articles of the same text: all occurrences in them of which nothing is known get it, too.
    """
    claim = locked(claim)
    proposal = _proposed(claim, key)
    own = [place.pk for place in proposal.places]
    also = [pk for place in proposal.places for pk in untraced_beside(place)] if whole and proposal.is_whole else []
    rows = _locked([*own, *also], by)
    root = found(by, origin)
    wanted = [row for row in rows if row.pk in own or row.origin_id is None]
    traced = record_traced(by, wanted, root, request_id)
    if not traced:
        raise Refused(OTHER_PLACES)
    return traced[0]


@write("copy.dismissed")
def dismiss_copy(*, by: Membership, claim: Claim, key: str, request_id: UUID | None = None) -> Dismissal:
    """Say that the places of a proposal are no copies of each other. It is not proposed again."""
    claim = locked(claim)
    proposal = _proposed(claim, key)
    if proposal.dismissal:
        raise Refused("Someone said already that these are no copies.")
    dismissal = Dismissal.objects.create(desk_id=by.desk_id, claim=claim, key=key, made_by=by.person)
    told = {"claim": claim, "key": key, "outlets": ", ".join(proposal.outlets)}
    record(by, "copy.dismissed", dismissal, told, request_id=request_id)
    return dismissal


@write("copy.reconsidered")
def reconsider_copy(*, by: Membership, dismissal: Dismissal, request_id: UUID | None = None) -> Dismissal:
    """Have it proposed again."""
    claim = locked(dismissal.claim)
    dismissal = locked(dismissal)
    if dismissal.taken_back_at:
        raise Refused("This was taken back already.")
    change = changed(dismissal, {"taken_back_at": timezone.now(), "taken_back_by": by.person})
    record(by, "copy.reconsidered", dismissal, change | {"claim": claim}, request_id=request_id)
    return dismissal


def untraced_beside(highlight: Highlight) -> Sequence[UUID]:
    """The other occurrences, of whatever claim, in the same article of which nobody knows where they come from."""
    rows = Highlight.objects.occurrences().filter(
        desk_id=highlight.desk_id, version__article=highlight.version.article_id, origin=None
    )
    return list(rows.exclude(pk=highlight.pk).values_list("pk", flat=True)[: MOST + 1])


def record_traced(
    by: Membership, rows: Iterable[Highlight], origin: Origin | None, request_id: UUID | None
) -> list[Highlight]:
    """Have locked highlights come from there, each with its event; returns those that changed."""
    verb = "highlight.traced" if origin else "highlight.untraced"
    traced: list[Highlight] = []
    events: list[Event] = []
    for row in rows:
        change = changed(row, {"origin": origin})
        if change:
            traced.append(row)
            events.append((verb, row, change | _told(origin, change) | span(row)))
    if events:
        record_all(by, events, request_id=request_id)
    return traced


def _locked(ids: Collection[UUID], by: Membership) -> list[Highlight]:
    """Those of the highlights that still are an occurrence of a claim, locked after their claims."""
    if len(set(ids)) > MOST:
        raise Refused(f"More than {MOST:,} places would be traced at once. Trace this one alone.")
    rows = Highlight.objects.occurrences().filter(desk_id=by.desk_id, pk__in=ids)
    claims = Claim.objects.filter(desk_id=by.desk_id, pk__in=list(rows.values_list("claim_id", flat=True)))
    list(claims.select_for_update(no_key=True).order_by("id").values_list("pk"))
    return list(rows.order_by("id").select_for_update(no_key=True))


def _proposed(claim: Claim, key: str) -> Proposal:
    proposal = next((one for one in proposals(claim, copied_places(claim)) if one.key == key), None)
    if proposal is None:
        raise Refused(OTHER_PLACES)
    return proposal


def _told(origin: Origin | None, change: dict[str, dict[str, object]]) -> dict[str, object]:
    """The origin that it is, or that it was."""
    return {"origin": origin or change["before"]["origin"]}
