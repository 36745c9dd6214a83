"""The terms in which a desk states its findings. They are changed as a whole, and each change is a new version."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db.models import Q

from articles.actions._writing import record, write
from articles.actions.claims import unsettle
from articles.errors import Refused, Superseded
from articles.models import Claim, Membership, Rating, RatingScale, Status
from articles.scales import COLOURS, SIGNS, Term, differences

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

FEWEST, MOST = 2, 12
"""Terms of a scale."""


@write("scale.revised")
def revise(
    *,
    by: Membership,
    scale: RatingScale,
    terms: Sequence[Term],
    other_meaning: Collection[str] = (),
    request_id: UUID | None = None,
) -> RatingScale:
    """Store these terms, in this order, as the next version of the scale, from which new verdicts take their rating.

    Verdicts keep the version they were given under. ``other_meaning`` are the codes of ratings that mean something else
    by now, or nothing any more: approved claims that were rated so, under whatever version, are reopened, and those
    in review leave it. Raises Superseded when ``scale`` is not the newest version.
    """
    _require_a_scale(terms)
    claims = _settled_as(scale, other_meaning)
    newest = RatingScale.objects.filter(desk_id=by.desk_id, code=scale.code).latest("version")
    if newest != scale:
        raise Superseded(newest)
    before = terms_of(scale)
    if not differences(before, terms):
        raise Refused("Nothing would be different. Change a term first.")
    version = RatingScale.objects.create(
        desk_id=by.desk_id, code=scale.code, version=scale.version + 1, name=scale.name
    )
    store_terms(version, terms)
    told = told_of(version, terms) | {"other_meaning": sorted(other_meaning)}
    record(by, "scale.revised", version, told, request_id=request_id)
    kept = {term.code for term in terms}
    for claim in claims:
        unsettle(claim, by=by, reason=_reason(claim, version, kept))
    return version


def store_terms(scale: RatingScale, terms: Sequence[Term]) -> None:
    Rating.objects.bulk_create(
        Rating(desk_id=scale.desk_id, scale=scale, position=position, **asdict(term))
        for position, term in enumerate(terms, start=1)
    )


def terms_of(scale: RatingScale) -> list[Term]:
    names = Term.__slots__
    rows = Rating.objects.filter(desk_id=scale.desk_id, scale=scale).order_by("position")
    return [Term(**{name: getattr(row, name) for name in names}) for row in rows]


def told_of(scale: RatingScale, terms: Sequence[Term]) -> dict[str, object]:
    """What the event of a scale says: all that is needed to store it again."""
    return {"code": scale.code, "version": scale.version, "name": scale.name, "terms": [asdict(term) for term in terms]}


def _settled_as(scale: RatingScale, codes: Collection[str]) -> list[Claim]:
    """The claims that are approved, or in review by one finding or two, with one of these ratings, locked."""
    claims = Claim.objects.filter(desk_id=scale.desk_id, status__in=(Status.APPROVED, Status.IN_REVIEW))
    found = Rating.objects.filter(desk_id=scale.desk_id, scale__code=scale.code, code__in=codes)
    # In review either of two findings can be the one that will stand.
    seconded = Q(status=Status.IN_REVIEW, verdict__seconds__rating__in=found)
    rows = claims.filter(Q(verdict__rating__in=found) | seconded)
    rows = rows.select_related("verdict__rating", "review").select_for_update(no_key=True, of=("self",))
    return list(rows.order_by("id")) if codes else []


def _reason(claim: Claim, version: RatingScale, kept: Collection[str]) -> str:
    rating = claim.verdict.rating if claim.verdict else None
    if claim.verdict and claim.verdict.blind and claim.status == Status.IN_REVIEW:
        # What it is was perhaps shown to nobody yet.
        return f"Ratings mean something else since version {version.version} of the rating scale."
    if rating and rating.code not in kept:
        return f"“{rating}” is no rating of the desk any more, since version {version.version} of its scale."
    return f"“{rating}” means something else since version {version.version} of the rating scale."


def _require_a_scale(terms: Sequence[Term]) -> None:
    if not FEWEST <= len(terms) <= MOST:
        raise Refused(f"A scale has {FEWEST} to {MOST} terms.")
    for values, what in ((term.name.casefold() for term in terms), "name"), ((term.code for term in terms), "code"):
        seen = list(values)
        if len(set(seen)) < len(seen):
            raise Refused(f"Two terms have the same {what}. Give each its own.")
    if any(term.colour not in COLOURS or term.sign not in SIGNS for term in terms):
        raise Refused("Choose the colours and signs from those there are.")
