"""A highlight is split in two, two are merged into one, and a merging is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from articles.actions._writing import changed, record_all, stored, write
from articles.actions.claims import move, unsettle
from articles.actions.highlights import (
    MERGED,
    borders,
    locked_with_claims,
    move_borders,
    other_words,
    place,
    require_movable,
    require_place,
    resume_with_highlight,
    span,
    words_follow,
)
from articles.errors import SENTENCES, Refused
from articles.models import UNCLOSED, Claim, Highlight, Membership, Status
from articles.queries.undoing import done_since
from articles.text.borders import is_joined
from articles.text.offsets import is_grapheme_edge, trim

if TYPE_CHECKING:
    from uuid import UUID

IS_PASSAGE = "This passage is evidence. Change its borders, or use other words as evidence."


@write("highlight.split")
def split(*, by: Membership, highlight: Highlight, revision: int, at: int, request_id: UUID | None = None) -> Highlight:
    """Cut a highlight in two at ``at``, a code point of the version.

    The first part keeps the claim and all that is attached. The second becomes a claim of its own, of the same
    claimant, whose text is its words. White space at the cut belongs to neither.
    """
    claims, (highlight,) = locked_with_claims(highlight)
    require_movable(highlight)
    claim = _claim_of(highlight, claims)
    before, text = borders(highlight), highlight.version.text
    (start, end), (start_2, end_2) = _halves(text, highlight, at)
    change = move_borders(highlight, start, end, text[start:end], revision=revision)
    second = stored(Claim, desk_id=by.desk_id, text=text[start_2:end_2], claimant=claim.claimant, made_by=by.person)
    where = {"start": start_2, "end": end_2}
    words, origin_id = text[start_2:end_2], highlight.origin_id
    other = place(by=by, version=highlight.version, **where, quote=words, claim=second, origin_id=origin_id)
    became = {"other": str(other.pk), "claim": str(second.pk), "second": other.quote}
    followed = words_follow(highlight, str(before["quote"]), claims)
    made = {"text": second.text, "highlight": str(other.pk), "automatic": True}
    record_all(
        by,
        [
            ("highlight.split", highlight, change | became),
            ("highlight.marked", other, span(other) | {"automatic": True}),
            ("claim.made", second, made),
            *followed,
        ],
        request_id=request_id,
    )
    unsettle(claim, by=by, reason=other_words(str(before["quote"]), highlight.quote))
    return highlight


@write("highlight.merged")
def merge(
    *, by: Membership, highlight: Highlight, revision: int, other: Highlight, request_id: UUID | None = None
) -> Highlight:
    """Make one highlight of two that touch, overlap, or have no word between them.

    It covers both and is carried by the first. The other is removed; its claim, if it is another one on which nobody
    has worked, goes aside as a duplicate. ``part`` takes it back.
    """
    if highlight.pk == other.pk:
        raise Refused("A highlight cannot be merged with itself.")
    claims, (highlight, other) = locked_with_claims(highlight, other)
    require_movable(highlight)
    require_movable(other)
    claim, second = _claim_of(highlight, claims), _claim_of(other, claims)
    text, before = highlight.version.text, highlight.quote
    if highlight.version_id != other.version_id or not is_joined(text, _ends(highlight), _ends(other)):
        raise Refused("There are words between the two highlights. Move a border over them first.")
    if second.pk != claim.pk:
        _require_spare(second, other)
    # It has to go first: of a claim that stands in both places one place is left.
    removed = changed(other, {"removed_at": timezone.now(), "removed_by": by.person})
    start, end = min(highlight.start, other.start), max(highlight.end, other.end)
    change = move_borders(highlight, start, end, text[start:end], revision=revision)
    told = {"other": str(other.pk), "second": other.quote, "claim": str(second.pk)}
    gone = ("highlight.removed", other, removed | span(other) | {"automatic": True})
    followed = words_follow(highlight, before, claims)
    record_all(by, [("highlight.merged", highlight, change | told), gone, *followed], request_id=request_id)
    unsettle(claim, by=by, reason=other_words(before, highlight.quote))
    if second.pk != claim.pk and second.status == Status.OPEN:
        move(second, Status.SET_ASIDE, by=by, verb="claim.set_aside", reason=MERGED, automatic=True)
    return highlight


@write("highlight.parted")
def part(
    *,
    by: Membership,
    highlight: Highlight,
    revision: int,
    other: Highlight,
    start: int,
    end: int,
    quote: str,
    request_id: UUID | None = None,
) -> Highlight:
    """Take a merging back: the other highlight stands again, and this one gets the borders ``[start, end)``."""
    require_place(highlight.version, start, end, quote)
    claims, (highlight, other) = locked_with_claims(highlight, other)
    require_movable(highlight)
    claim, second = _claim_of(highlight, claims), _claim_of(other, claims)
    if not other.removed_at or other.version_id != highlight.version_id:
        raise Refused("The other highlight stands in the text, or in another version. There is nothing to part.")
    before = highlight.quote
    change = move_borders(highlight, start, end, quote, revision=revision)
    followed = words_follow(highlight, before, claims)
    restored = changed(other, {"removed_at": None, "removed_by": None})
    told = {"other": str(other.pk), "second": other.quote, "claim": str(second.pk)}
    back = ("highlight.restored", other, restored | span(other) | {"automatic": True})
    record_all(by, [("highlight.parted", highlight, change | told), back, *followed], request_id=request_id)
    unsettle(claim, by=by, reason=other_words(before, highlight.quote))
    if second.pk != claim.pk:
        unsettle(second, by=by, reason="A place where the claim stands was restored.")
        resume_with_highlight(second, by=by)
    return highlight


def _claim_of(highlight: Highlight, claims: list[Claim]) -> Claim:
    if highlight.claim_id is None:
        raise Refused(IS_PASSAGE)
    return next(claim for claim in claims if claim.pk == highlight.claim_id)


def _halves(text: str, highlight: Highlight, at: int) -> tuple[tuple[int, int], tuple[int, int]]:
    if not highlight.start < at < highlight.end:
        raise Refused("Choose a place inside the highlight.", "at")
    if not is_grapheme_edge(text, at):
        raise Refused(SENTENCES["highlight_ends_between_characters"], "at")
    halves = trim(text, highlight.start, at), trim(text, at, highlight.end)
    if any(start == end for start, end in halves):
        raise Refused("There are no words on one side of this place. Choose another.", "at")
    return halves


def _ends(highlight: Highlight) -> tuple[int, int]:
    return highlight.start, highlight.end


def _require_spare(claim: Claim, highlight: Highlight) -> None:
    """Raise Refused where more than this highlight would be lost with its claim."""
    if claim.status == Status.SET_ASIDE:
        return
    done = done_since(claim.desk_id, 0, [claim.pk])
    is_touched = (
        claim.status != Status.OPEN
        or claim.evidence.in_force().exists()
        or claim.verdicts.exists()
        or claim.queries.filter(status__in=UNCLOSED).exists()
        or any(event.action == "claim.edited" for event in done)
    )
    if is_touched:
        raise Refused(
            "Work was done on the claim of the other highlight. Set that claim aside first, or open it and merge this "
            "highlight into it."
        )
    if claim.highlights.live().exclude(pk=highlight.pk).exists():
        raise Refused(
            "The claim of the other highlight stands in other places, too. Remove its highlight here, then move the "
            "borders of this one."
        )
