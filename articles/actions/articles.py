"""Articles come in, are corrected in what is said about them, and keep their text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from articles.actions._writing import changed, locked, record, record_all, write
from articles.actions.names import outlet_named
from articles.actions.originals import keep_original
from articles.errors import AlreadyHere, Refused
from articles.models import Article, ArticleVersion, Desk, Membership, Method, Story
from articles.queries.copies import same_article
from articles.text.notes import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from articles.intake.draft import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is said about an article, as a person confirmed it. ``published`` and ``updated`` are partial dates."""

    headline: str
    outlet: str
    byline: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    url: str = ""
    story: Story | None = None


@write("article.added")
def add(
    *,
    by: Membership,
    draft: Draft,
    details: Details,
    kinds: Sequence[str],
    method: Method,
    request_id: UUID | None = None,
) -> Article:
    """Store a new article with its first version and its original bytes.

    ``kinds`` names one kind for each block of the draft's text. Raises AlreadyHere when the desk has the article: the
    text or the bytes, and neither another outlet nor another address.
    """
    return _add(desk=by.desk, by=by, draft=draft, details=details, kinds=kinds, method=method, request_id=request_id)


@transaction.atomic
def add_by_command(*, desk: Desk, draft: Draft, details: Details) -> Article:
    """The same without a browser: the event names no person, because none is signed in."""
    return _add(desk=desk, by=None, draft=draft, details=details, kinds=draft.kinds, method=Method.COMMAND)


@write("article.edited")
def edit(
    *, by: Membership, article: Article, revision: int, details: Details, request_id: UUID | None = None
) -> Article:
    article = locked(article)
    values = {
        "headline": details.headline,
        "outlet": outlet_named(details.outlet, desk_id=by.desk_id, by=by),
        "byline": details.byline,
        "published": details.published,
        "updated": details.updated,
        "language": details.language,
        "url": details.url,
        "story": details.story,
    }
    change = changed(article, values, revision=revision)
    if change:
        record(by, "article.edited", article, change, request_id=request_id)
    return article


@write("block.retyped")
def retype_block(
    *, by: Membership, version: ArticleVersion, number: int, kind: str, request_id: UUID | None = None
) -> ArticleVersion:
    """Say that block ``number`` (from 0) of a version is of another kind. The text stays as it is."""
    version = locked(version)
    if not 0 <= number < len(version.kinds):
        raise Refused("This version has no such block.")
    before = version.kinds[number]
    kinds = [*version.kinds[:number], kind, *version.kinds[number + 1 :]]
    if changed(version, {"kinds": kinds}):
        data = {"number": number, "before": before, "after": kind, "article": str(version.article_id)}
        record(by, "block.retyped", version, data, request_id=request_id)
    return version


def _add(
    *,
    desk: Desk,
    by: Membership | None,
    draft: Draft,
    details: Details,
    kinds: Sequence[str],
    method: Method,
    request_id: UUID | None = None,
) -> Article:
    # One at a time on each desk: two people who add the same text at once must not both be told that it is new.
    Desk.objects.select_for_update(no_key=True).get(pk=desk.pk)
    _refuse_known(desk, draft, details)
    article = Article.objects.create(
        desk=desk,
        headline=details.headline,
        outlet=outlet_named(details.outlet, desk_id=desk.pk, by=by),
        byline=details.byline,
        published=details.published,
        updated=details.updated,
        language=details.language,
        url=details.url,
        story=details.story,
        added_by=by.person if by else None,
    )
    version = store_version(article=article, number=1, by=by, draft=draft, kinds=kinds, method=method)
    data = {"headline": article.headline, "outlet": article.outlet, "sha256": draft.text_sha256, "method": method}
    told = {"number": 1, "sha256": draft.text_sha256, "article": str(article.pk), "method": method}
    added, taken = ("article.added", article, data), ("version.taken", version, told)
    record_all(by, [added, taken], request_id=request_id)
    return article


def store_version(
    *,
    article: Article,
    number: int,
    by: Membership | None,
    draft: Draft,
    kinds: Sequence[str],
    method: Method,
) -> ArticleVersion:
    """Store a version with its original bytes; the event of the version is for the caller to record."""
    return ArticleVersion.objects.create(
        desk_id=article.desk_id,
        article=article,
        number=number,
        text=draft.text,
        text_sha256=draft.text_sha256,
        policy=draft.policy,
        kinds=[str(kind) for kind in kinds],
        links=[[link.start, link.end, link.target] for link in draft.links],
        pages=[[page.start, page.name] for page in draft.pages],
        direction=draft.metadata.direction.value,
        report=[sentence(note) for note in draft.report],
        original=keep_original(article.desk, by, draft.raw, media_type=draft.media_type, name=draft.filename),
        method=method,
        taken_by=by.person if by else None,
    )


def _refuse_known(desk: Desk, draft: Draft, details: Details) -> None:
    known = same_article(
        desk,
        text_sha256=draft.text_sha256,
        bytes_sha256=draft.raw_sha256,
        outlet=details.outlet,
        url=details.url,
    )
    if known is not None:
        raise AlreadyHere(known)


__all__ = ["Details", "add", "add_by_command", "edit", "retype_block", "store_version"]
