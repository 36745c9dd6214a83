"""Articles that are the same, in part or in whole: by their text, their bytes or their address."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Q

from articles.models import Article, ArticleVersion
from articles.models.article import HASH_OF_ADDRESS
from articles.text.addresses import same_address, spellings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db.models import QuerySet

    from articles.models import Desk


MOST = 50
"""Articles with the same text that are named."""

# Asked whenever an article is opened, and nearly always there is none.
COPIES = """
SELECT DISTINCT article_id FROM articles_articleversion WHERE desk_id = %s AND text_sha256 = %s AND article_id <> %s
"""


def same_article(desk: Desk, *, text_sha256: str, bytes_sha256: str, outlet: str, url: str) -> Article | None:
    """The article that has this text or came of these bytes, unless outlet or address say that this is a copy of it."""
    versions = ArticleVersion.objects.filter(
        Q(text_sha256=text_sha256) | Q(original__sha256=bytes_sha256, original__desk=desk), desk=desk
    )
    found = Article.objects.filter(pk__in=versions.values("article_id"), desk=desk).select_related("outlet")
    return next((article for article in found.order_by("id") if _is_same(article, outlet, url)), None)


def at_address(desk: Desk, url: str) -> Article | None:
    """The newest article of the desk with this address, however it is spelt."""
    written = spellings(url)
    if not written:
        return None
    # Not a secret: the index holds the same hashes.
    hashes = [hashlib.md5(one.encode(), usedforsecurity=False).hexdigest() for one in written]
    found = Article.objects.alias(hashed=HASH_OF_ADDRESS).filter(desk=desk, hashed__in=hashes)
    return found.select_related("outlet").order_by("-id").first()


def with_text(desk: Desk, text_sha256: str) -> list[Article]:
    """The articles that have exactly this text in one of their versions, by outlet."""
    versions = ArticleVersion.objects.filter(desk=desk, text_sha256=text_sha256)
    return _by_outlet(Article.objects.filter(desk=desk, pk__in=versions.values("article_id")))


def copies_of(version: ArticleVersion) -> list[Article]:
    """The other articles that have the text of this version, by outlet."""
    with connection.cursor() as cursor:
        cursor.execute(COPIES, [version.desk_id, version.text_sha256, version.article_id])
        others = [pk for (pk,) in cursor.fetchall()]
    return _by_outlet(Article.objects.filter(desk_id=version.desk_id, pk__in=others)) if others else []


def copies_of_each(versions: Sequence[ArticleVersion]) -> dict[UUID, list[Article]]:
    """By version of one article: the other articles that have its text. Versions without such are missing."""
    if not versions:
        return {}
    own, texts = versions[0], {version.text_sha256 for version in versions}
    others = ArticleVersion.objects.filter(desk_id=own.desk_id, text_sha256__in=texts).exclude(article=own.article_id)
    found = defaultdict[str, dict[UUID, Article]](dict)
    for other in others.select_related("article__outlet").defer("text", "kinds", "links", "pages").order_by("id"):
        found[other.text_sha256][other.article_id] = other.article
    return {
        version.pk: list(found[version.text_sha256].values()) for version in versions if version.text_sha256 in found
    }


def outlets_with_the_same_text(desk: Desk, articles: Collection[UUID]) -> dict[UUID, list[str]]:
    """By article: the outlets of the others that have one of its texts. Articles without such are missing."""
    own = _texts(ArticleVersion.objects.filter(desk=desk, article__in=articles))
    shared = ArticleVersion.objects.filter(desk=desk, text_sha256__in={text for text, _, _ in own})
    holders = defaultdict[str, dict[UUID, str]](dict)
    for text, article, outlet in _texts(shared):
        holders[text][article] = outlet
    found = defaultdict[UUID, set[str]](set)
    for text, article, _ in own:
        found[article].update(_others(holders[text], article))
    return {article: sorted(outlets) for article, outlets in found.items() if outlets}


def _by_outlet(articles: QuerySet[Article]) -> list[Article]:
    return list(articles.select_related("outlet").order_by("outlet__name", "id")[:MOST])


def _texts(versions: QuerySet[ArticleVersion]) -> list[tuple[str, UUID, str]]:
    return list(versions.order_by("id").values_list("text_sha256", "article_id", "article__outlet__name"))


def _others(holders: dict[UUID, str], article: UUID) -> Iterable[str]:
    return (outlet for other, outlet in holders.items() if other != article)


def _is_same(article: Article, outlet: str, url: str) -> bool:
    if url and article.url:
        return same_address(url, article.url)
    return str(article.outlet).casefold() == " ".join(outlet.split()).casefold()
