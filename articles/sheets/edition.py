"""Freezes what a sheet says now."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from articles.models import NOT_NAMED, ClaimSheet, Status, Terms
from articles.queries import sheets
from articles.queries.claims import COUNTED
from articles.queries.origins import counts_of
from articles.sheets import content
from articles.text.blocks import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Article, ArticleVersion, Claim, Evidence, Highlight, Person, Snapshot, Source, Verdict


def contents_of(sheet: ClaimSheet) -> content.Contents:
    """What an edition signed off now would release, and what it would leave out. Costs ten queries."""
    versions = sheets.versions_of(sheet)
    claims = list(enumerate(sheets.claims_of(sheet, versions), start=1))
    places = _Places(versions, [claim for _, claim in claims])
    approved = [(number, claim) for number, claim in claims if claim.status == Status.APPROVED]
    evidence = _Evidence([claim for _, claim in approved])
    origins = counts_of([claim for _, claim in approved])
    return content.Contents(
        sheet=str(sheet.pk),
        desk=content.Name(id=str(sheet.desk_id), name=sheet.desk.name),
        of="article" if sheet.article_id else "story",
        title=str(sheet),
        articles=tuple(_article(version) for version in versions),
        claims=tuple(
            _claim(number, claim, places.of(claim), evidence.of(claim), origins[claim.pk].words)
            for number, claim in approved
        ),
        left_out=tuple(
            _left_out(number, claim, places.of(claim)) for number, claim in claims if claim.status != Status.APPROVED
        ),
    )


def claims_not_named(contents: content.Contents) -> list[content.Claim | content.LeftOut]:
    """The claims, also of those left out, with evidence of somebody who is not named, whom their words may still name.

    Costs a query: an edition does not hold the evidence of what it leaves out.
    """
    claims: list[content.Claim | content.LeftOut] = [*contents.claims, *contents.left_out]
    found = sheets.resting_on(NOT_NAMED, [UUID(claim.id) for claim in claims], UUID(contents.desk.id))
    return sorted((claim for claim in claims if UUID(claim.id) in found), key=attrgetter("number"))


class _Places:
    """Where claims stand: in the articles of the sheet first, in their order, then in others."""

    def __init__(self, versions: Sequence[ArticleVersion], claims: Sequence[Claim]) -> None:
        self.rows = sheets.places_of(claims)
        self.own = {version.article_id: number for number, version in enumerate(versions)}
        self.blocks: dict[UUID, list[int]] = {}

    def of(self, claim: Claim) -> tuple[content.Occurrence, ...]:
        return tuple(self._occurrence(row) for row in sorted(self.rows.get(claim.pk, []), key=self._order))

    def _order(self, row: Highlight) -> tuple[int, str, str, int, UUID]:
        article = row.version.article
        return self.own.get(article.pk, len(self.own)), article.published, article.outlet.name, row.start, row.pk

    def _occurrence(self, row: Highlight) -> content.Occurrence:
        version, block = row.version, self._block(row)
        counted = version.kinds[block] in COUNTED
        return content.Occurrence(
            article=str(version.article_id),
            outlet=version.article.outlet.name,
            headline=version.article.headline,
            version=version.number,
            text_sha256=version.text_sha256,
            start=row.start,
            end=row.end,
            quote=row.quote,
            block=version.kinds[block],
            paragraph=sum(kind in COUNTED for kind in version.kinds[: block + 1]) if counted else None,
        )

    def _block(self, row: Highlight) -> int:
        """The number, from 0, of the block in which the highlight begins."""
        if row.version_id not in self.blocks:
            self.blocks[row.version_id] = [start for start, _ in split(row.version.text)]
        return bisect_right(self.blocks[row.version_id], row.start) - 1


class _Evidence:
    """What claims rest on, each piece with the copies of its source."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.rows = sheets.evidence_of(claims)
        self.copies = sheets.kept_copies(chain.from_iterable(self.rows.values()))

    def of(self, claim: Claim) -> tuple[content.Evidence, ...]:
        return tuple(self._piece(row) for row in self.rows.get(claim.pk, []))

    def _piece(self, row: Evidence) -> content.Evidence:
        source, is_told = _source(row.source, self.copies.get(row.source_id, [])), row.source.terms != Terms.OFF_RECORD
        return content.Evidence(
            id=str(row.pk),
            stance=row.stance,
            kind=row.kind,
            source=source,
            quote=row.quote if is_told else "",
            locator=row.where if is_told else "",
            note=row.note if is_told else "",
            passage=_passage(row.highlight) if row.highlight and row.source.terms not in NOT_NAMED else None,
            locator_kind=row.locator_kind if is_told else "",
            locator_value=row.locator if is_told else "",
        )


def _article(version: ArticleVersion) -> content.Article:
    article: Article = version.article
    return content.Article(
        id=str(article.pk),
        outlet=article.outlet.name,
        headline=article.headline,
        byline=article.byline,
        published=article.published,
        language=article.language,
        url=article.url,
        version=version.number,
        text_sha256=version.text_sha256,
    )


def _claim(
    number: int,
    claim: Claim,
    places: tuple[content.Occurrence, ...],
    evidence: tuple[content.Evidence, ...],
    origins: str,
) -> content.Claim:
    if claim.verdict is None or claim.review is None:
        raise ValueError(f"The approved claim {claim.pk} has no verdict or no review.")
    return content.Claim(
        number=number,
        id=str(claim.pk),
        text=claim.text,
        summary=claim.summary,
        kind=claim.kind,
        claimant=str(claim.claimant or ""),
        occurrences=places,
        evidence=evidence,
        verdict=_verdict(claim.verdict),
        approval=content.Approval(
            by=name_of(claim.review.reviewer), at=claim.review.decided_at, digest=claim.approved_digest
        ),
        origins=origins,
    )


def _left_out(number: int, claim: Claim, places: tuple[content.Occurrence, ...]) -> content.LeftOut:
    return content.LeftOut(
        number=number,
        id=str(claim.pk),
        text=claim.text,
        summary=claim.summary,
        kind=claim.kind,
        claimant=str(claim.claimant or ""),
        status=claim.status,
        reason=claim.status_reason,
        occurrences=places,
    )


def _verdict(verdict: Verdict) -> content.Verdict:
    rating, scale = verdict.rating, verdict.rating.scale
    return content.Verdict(
        rating=content.Rating(
            scale=scale.code,
            scale_name=scale.name,
            scale_version=scale.version,
            code=rating.code,
            name=rating.name,
            definition=rating.definition,
            number=rating.number,
            colour=rating.colour,
            sign=rating.sign,
        ),
        rationale=verdict.rationale,
        searched=verdict.searched,
        missing=verdict.missing,
        by=name_of(verdict.author),
        at=verdict.given_at,
        as_of=verdict.as_of,
        recheck_on=verdict.recheck_on.isoformat() if verdict.recheck_on else "",
        wording=verdict.wording,
    )


def _source(source: Source, copies: Sequence[Snapshot]) -> content.Source:
    """Without all that tells who it is where it spoke on such terms; that copies were kept, and which, it still says.

    The note of a source is the desk's own and leaves with no edition.
    """
    if source.terms in NOT_NAMED:
        return content.Source(
            id=str(source.pk),
            title=NOT_NAMED[Terms(source.terms)],
            author="",
            kind=source.kind,
            url="",
            published="",
            accessed_on="",
            terms=source.terms,
            copies=tuple(replace(_copy(row), address="") for row in copies),
        )
    return content.Source(
        id=str(source.pk),
        title=source.title,
        author=source.credit,
        kind=source.kind,
        url=source.url,
        published=source.published,
        accessed_on=source.accessed_on.isoformat() if source.accessed_on else "",
        written_by=source.author,
        container=source.container,
        publisher=source.publisher,
        document_number=source.number,
        archive=source.archive,
        medium=source.medium,
        reached=source.reached,
        terms=source.terms,
        copies=tuple(_copy(row) for row in copies),
    )


def _copy(row: Snapshot) -> content.Copy:
    original: Any = row.original  # which every kept copy has
    return content.Copy(
        sha256=original.sha256,
        size=original.size,
        means=row.means,
        kept_at=row.kept_at,
        kept_by=name_of(row.kept_by),
        address=row.reached,
    )


def _passage(highlight: Highlight) -> content.Passage:
    return content.Passage(
        article=str(highlight.version.article_id),
        version=highlight.version.number,
        text_sha256=highlight.version.text_sha256,
        start=highlight.start,
        end=highlight.end,
    )


def name_of(person: Person) -> content.Name:
    return content.Name(id=str(person.pk), name=str(person))
