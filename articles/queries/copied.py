"""Places of a claim whose words are the same in several articles: each such group proposes one common origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from articles.models import Dismissal, Highlight
from articles.queries.origins import ways_of
from articles.text.copied import Passage, copies, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from articles.models import Claim
    from articles.queries.origins import Station


@dataclass(frozen=True, slots=True)
class Proposal:
    """Places that may be one copy. ``key`` stands for just these; ``dismissal`` is set where a person said no.

    ``is_whole``: not these words alone but the whole texts are the same. ``origin`` is what is known of some of them.
    """

    key: str
    places: Sequence[Highlight]
    is_whole: bool
    origin: Station | None
    dismissal: Dismissal | None = None

    @property
    def outlets(self) -> list[str]:
        return list(dict.fromkeys(place.version.article.outlet.name for place in self.places))


def copied_places(claim: Claim) -> list[Highlight]:
    """The live occurrences of a claim with what ``proposals`` asks of them."""
    rows = claim.highlights.live().select_related("version__article__outlet")
    rows = rows.defer("version__text", "version__report", "version__kinds")
    return list(rows.order_by("version__article__published", "version__article__outlet__name", "start", "id"))


def proposals(claim: Claim, places: Sequence[Highlight]) -> list[Proposal]:
    """Of the claim's live occurrences; without those that have one known origin already. Two queries at most."""
    known = {place.pk: place for place in places}
    found = copies(Passage(one.pk, one.version.article_id, one.version.text_sha256, one.quote) for one in places)
    groups = [[known[passage.key] for passage in group] for group in found]
    if not groups:
        return []
    ways = ways_of(claim.desk_id, {one.origin_id for group in groups for one in group if one.origin_id})
    dismissals = Dismissal.objects.filter(desk_id=claim.desk_id, claim=claim, taken_back_at=None)
    said = {one.key: one for one in dismissals.select_related("made_by")}
    made = []
    for group in groups:
        roots = {ways.root(one.origin_id) if one.origin_id else None for one in group}
        if len(roots) > 1 or None in roots:
            key, texts = key_of(_firsts(group)), {one.version.text_sha256 for one in group}
            origin = next((ways.chain(one.origin_id)[0] for one in group if one.origin_id), None)
            made.append(Proposal(key, group, len(texts) == 1, origin, said.get(key)))
    return made


def _firsts(places: Iterable[Highlight]) -> list[UUID]:
    """A highlight that went on into a later version is the same place."""
    return [place.first_id or place.pk for place in places]
