"""A new version of an article: its text is stored, and each highlight goes on, or waits for a person to say where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone

from articles.actions._writing import locked, record_all, write
from articles.actions.articles import store_version
from articles.actions.claims import unsettle
from articles.errors import SENTENCES, AlreadyHere, Refused
from articles.models import Carry, CarryDecision, Claim, Desk, Evidence, Highlight
from articles.queries.versions import claims_on
from articles.text import anchoring
from articles.text.anchoring import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from articles.actions._writing import Event
    from articles.intake.draft import Draft
    from articles.models import Article, ArticleVersion, Membership, Method
    from articles.text.anchoring import Carried

QUOTED = 90
"""Characters of the old or the new words that a reason quotes."""


@write("version.taken")
def take(
    *,
    by: Membership,
    article: Article,
    draft: Draft,
    kinds: Sequence[str],
    method: Method,
    request_id: UUID | None = None,
) -> ArticleVersion:
    """Store the text as the article's next version and carry its live highlights there.

    Those whose words are identical and whose place is certain go on by themselves. The claim of any other one is
    unsettled: an approved claim is reopened, one in review goes back to checking. Raises AlreadyHere when the newest
    version has exactly this text.
    """
    # One at a time on each desk, as for adding an article; and before any event is recorded.
    Desk.objects.select_for_update(no_key=True).get(pk=by.desk_id)
    article = locked(article)
    newest = article.versions.order_by("-number").defer("text", "report").first()
    if newest is not None and newest.text_sha256 == draft.text_sha256:
        raise AlreadyHere(article)
    claims = _locked_claims(article)
    highlights = _locked_highlights(article)
    on = claims_on(highlights)
    if not set().union(*on.values()) <= claims.keys():
        # Marked since the claims were locked; to lock more of them now could end in a deadlock.
        raise Refused(SENTENCES["version_takes_highlights_along"])
    overtaken = _overtake(highlights)
    number = newest.number + 1 if newest else 1
    version = store_version(article=article, number=number, by=by, draft=draft, kinds=kinds, method=method)
    carries = _stored_fates(_fates(highlights, draft.text), version)
    waiting = [carry for carry in carries if not carry.decision]
    told = {"number": number, "sha256": draft.text_sha256, "article": str(article.pk), "method": method}
    counts = {"anchored": len(carries) - len(waiting), "waiting": len(waiting)}
    record_all(
        by,
        [
            ("version.taken", version, told | counts | {"moves": _moves(carries)}),
            *_asked_anew(overtaken, version),
            *(_question(carry, version) for carry in waiting),
        ],
        request_id=request_id,
    )
    for carry in waiting:
        for claim in sorted(on[carry.highlight_id]):
            unsettle(claims[claim], by=by, reason=_reason(carry, version))
    return version


def catch_up(highlight: Highlight) -> tuple[list[Event], str]:
    """Carry a locked highlight that counts again through the versions that were taken while it did not.

    Returns the events that tell it and, where the highlight waits now, the reason for which its claim is unsettled.
    """
    version = highlight.version.article.versions.latest("number")
    if version.pk == highlight.version_id or highlight.carries.waiting().filter(version=version).exists():
        return [], ""
    overtaken = _overtake([highlight])
    (carry,) = _stored_fates(_fates([highlight], version.text), version)
    told = _went_on(carry, version) if carry.decision else _question(carry, version)
    return [*_asked_anew(overtaken, version), told], "" if carry.decision else _reason(carry, version)


@dataclass(frozen=True, slots=True)
class Fate:
    highlight: Highlight
    carried: Carried


def _locked_claims(article: Article) -> dict[UUID, Claim]:
    """Every claim that stands in the article or takes evidence from it, locked, by id."""
    here = {"desk_id": article.desk_id}
    standing = Highlight.objects.live().filter(**here, version__article=article, claim__isnull=False)
    cited = Evidence.objects.in_force().filter(**here, highlight__version__article=article)
    ids = standing.values_list("claim_id", flat=True).union(cited.values_list("claim_id", flat=True))
    rows = Claim.objects.select_for_update(no_key=True).filter(**here, pk__in=list(ids)).order_by("pk")
    return {claim.pk: claim for claim in rows}


def _locked_highlights(article: Article) -> list[Highlight]:
    rows = Highlight.objects.live().filter(desk_id=article.desk_id, version__article=article)
    return list(rows.select_for_update(no_key=True).order_by("version_id", "start", "end", "pk"))


def _overtake(highlights: Iterable[Highlight]) -> list[Carry]:
    """Earlier questions about these highlights are answered by asking them anew of the version that comes now."""
    ids = [highlight.pk for highlight in highlights]
    rows = list(Carry.objects.waiting().select_for_update(no_key=True).filter(highlight__in=ids).order_by("pk"))
    for row in rows:
        row.decision, row.decided_at, row.revision = CarryDecision.OVERTAKEN, timezone.now(), row.revision + 1
    Carry.objects.bulk_update(rows, ["decision", "decided_at", "revision"])
    return rows


def _fates(highlights: Iterable[Highlight], text: str) -> list[Fate]:
    """Most stand in the version before; those that still wait stand in the one in which they were last certain."""
    by_version: defaultdict[UUID, list[Highlight]] = defaultdict(list)
    for highlight in highlights:
        by_version[highlight.version_id].append(highlight)
    fates: list[Fate] = []
    for group in by_version.values():
        spans = [(highlight.start, highlight.end) for highlight in group]
        found = anchoring.carry(group[0].version.text, text, spans)
        fates += [Fate(highlight, carried) for highlight, carried in zip(group, found, strict=True)]
    return fates


def _stored_fates(fates: Sequence[Fate], version: ArticleVersion) -> list[Carry]:
    certain = [fate for fate in fates if fate.carried.outcome is Outcome.ANCHORED]
    ended = [fate.highlight.pk for fate in certain]
    # Those before have to end first: of the highlights that follow each other only one counts.
    rows = Highlight.objects.filter(desk_id=version.desk_id, pk__in=ended)
    rows.update(ended_in=version, revision=F("revision") + 1)
    became = Highlight.objects.bulk_create([_next(fate, version) for fate in certain])
    later = dict(zip(ended, became, strict=True))
    return Carry.objects.bulk_create([_carry(fate, version, later.get(fate.highlight.pk)) for fate in fates])


def _next(fate: Fate, version: ArticleVersion) -> Highlight:
    carried, before = fate.carried, fate.highlight
    return next_highlight(before, version, start=carried.start or 0, end=carried.end or 0, quote=before.quote)


def next_highlight(before: Highlight, version: ArticleVersion, *, start: int, end: int, quote: str) -> Highlight:
    """The highlight, not yet stored, that takes the place of another in a later version."""
    return Highlight(
        desk_id=version.desk_id,
        version=version,
        start=start,
        end=end,
        quote=quote,
        claim_id=before.claim_id,
        first_id=before.first_id or before.pk,
        origin_id=before.origin_id,
        made_by_id=before.made_by_id,
    )


def _carry(fate: Fate, version: ArticleVersion, became: Highlight | None) -> Carry:
    carried = fate.carried
    return Carry(
        desk_id=version.desk_id,
        highlight=fate.highlight,
        version=version,
        outcome=carried.outcome.value,
        method=carried.method.value,
        score=carried.score,
        start=carried.start,
        end=carried.end,
        candidates=[list(place) for place in carried.candidates],
        changes=[[change.kind, change.old, change.new, change.around] for change in carried.changes],
        decision=CarryDecision.CARRIED if became else "",
        decided_at=timezone.now() if became else None,
        became=became,
    )


def _moves(carries: Iterable[Carry]) -> list[list[str]]:
    """Which highlight became which, of those that went on by themselves."""
    return [[str(carry.highlight_id), str(carry.became_id)] for carry in carries if carry.became_id]


def _asked_anew(overtaken: Iterable[Carry], version: ArticleVersion) -> list[Event]:
    return [("carry.overtaken", carry, {"version": str(version.pk)}) for carry in overtaken]


def _went_on(carry: Carry, version: ArticleVersion) -> Event:
    return "highlight.carried", carry, _told(carry, version) | {"became": str(carry.became_id)}


def _question(carry: Carry, version: ArticleVersion) -> Event:
    asked = {"outcome": carry.outcome, "proposed": _proposed_words(carry, version), "changes": carry.changes}
    return "highlight.questioned", carry, _told(carry, version) | asked


def _told(carry: Carry, version: ArticleVersion) -> dict[str, Any]:
    return {
        "highlight": str(carry.highlight_id),
        "version": str(version.pk),
        "number": version.number,
        "quote": carry.highlight.quote,
    }


def _proposed_words(carry: Carry, version: ArticleVersion) -> str:
    return version.text[carry.start : carry.end] if carry.start is not None else ""


def _reason(carry: Carry, version: ArticleVersion) -> str:
    where = f"version {version.number} of the article of {version.article.outlet}"
    old, new = shortened(carry.highlight.quote), shortened(_proposed_words(carry, version))
    match Outcome(carry.outcome):
        case Outcome.CHANGED:
            named = "; ".join(f"{old or 'nothing'} → {new or 'nothing'}" for old, new in _named(carry))
            return f"In {where} the words “{old}” are now “{new}”" + (f" ({named})." if named else ".")
        case Outcome.AMBIGUOUS:
            return f"In {where} the words “{old}” stand in several places."
        case _:
            return f"The words “{old}” are gone from {where}."


def _named(carry: Carry) -> list[tuple[str, str]]:
    """The old and the new wording of each change of meaning."""
    return [(old, new) for kind, old, new, _ in carry.changes if kind != "typography"]


def shortened(words: str) -> str:
    """The words as a reason quotes them: on one line, cut between two of them."""
    line = " ".join(words.split())
    return line if len(line) <= QUOTED else line[:QUOTED].rsplit(" ", 1)[0] + "…"
