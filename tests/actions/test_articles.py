from __future__ import annotations

from typing import Any

import pytest

from articles import actions
from articles.actions.articles import Details
from articles.errors import AlreadyHere, Refused
from articles.models import Article, ArticleVersion, Membership, Method, Original, Outlet
from tests import factories


def test_an_article_keeps_its_text_its_bytes_and_what_is_said_about_it(alice: Membership) -> None:
    article = factories.make_article(by=alice, headline="Bridge closed", byline="Ida Falk", published="2026-03")

    version = article.versions.get()
    assert (article.headline, article.byline, article.published) == ("Bridge closed", "Ida Falk", "2026-03")
    assert (version.number, version.kinds) == (1, ["headline", "paragraph", "paragraph"])
    assert bytes(version.original.content) == version.text.encode()
    assert article.added_by == version.taken_by == version.original.kept_by == alice.person


def test_the_same_text_leads_to_the_article_that_is_there(alice: Membership, bob: Membership) -> None:
    article = factories.make_article(by=alice, text="Bridge closed\n\nIt is.", url="https://orm.example/1")

    with pytest.raises(AlreadyHere) as caught:
        factories.make_article(
            by=bob, text="Bridge closed\n\nIt is.", outlet="Another outlet", url="http://orm.example/1/"
        )

    assert caught.value.article == article
    assert not Outlet.objects.filter(name="Another outlet").exists()


def test_the_same_text_of_another_outlet_is_an_article_of_its_own(alice: Membership, bob: Membership) -> None:
    for by, outlet in ((alice, "Orm Valley Courier"), (bob, "Velm Gazette")):
        factories.make_article(by=by, text="Bridge closed\n\nIt is.", outlet=outlet)

    assert Article.objects.count() == 2


def test_the_same_bytes_lead_to_the_article_that_is_there(alice: Membership) -> None:
    drafts = [factories.make_draft(text, raw=b"the same file") for text in ("Bridge closed", "Bridge closed\n\nIt is.")]
    told: dict[str, Any] = {"details": Details(headline="Bridge closed", outlet="Orm"), "method": Method.PASTE}
    first, second = drafts
    article = actions.articles.add(by=alice, draft=first, kinds=first.kinds, **told)

    with pytest.raises(AlreadyHere) as caught:
        actions.articles.add(by=alice, draft=second, kinds=second.kinds, **told)

    assert caught.value.article == article


def test_another_desk_may_have_the_same_text(alice: Membership, mallory: Membership) -> None:
    ours = factories.make_article(by=alice, text="Bridge closed\n\nIt is.")
    theirs = factories.make_article(by=mallory, text="Bridge closed\n\nIt is.")

    assert ours.desk_id != theirs.desk_id


def test_the_same_bytes_are_kept_once(alice: Membership) -> None:
    for text in ("Bridge closed", "Bridge closed\n\nIt is."):
        draft = factories.make_draft(text, raw=b"the same file")
        details = Details(headline=text, outlet=f"Outlet of {text}")
        actions.articles.add(by=alice, draft=draft, details=details, kinds=draft.kinds, method=Method.PASTE)

    assert (Original.objects.count(), ArticleVersion.objects.count()) == (1, 2)


def test_outlets_are_known_by_name(alice: Membership) -> None:
    for outlet in ("Orm Valley Courier", "orm valley  COURIER", "Velm Gazette"):
        factories.make_article(by=alice, outlet=outlet)

    assert set(Outlet.objects.values_list("name", flat=True)) == {"Orm Valley Courier", "Velm Gazette"}


@pytest.mark.parametrize("number", [-1, 3, 10**6])
def test_a_block_that_is_not_there_is_not_retyped(number: int, alice: Membership, version: ArticleVersion) -> None:
    with pytest.raises(Refused, match="no such block"):
        actions.articles.retype_block(by=alice, version=version, number=number, kind="caption")


def test_retyping_changes_the_kind_and_never_the_text(alice: Membership, version: ArticleVersion) -> None:
    text = version.text

    actions.articles.retype_block(by=alice, version=version, number=2, kind="furniture")

    stored = factories.fresh(version)
    assert (stored.kinds, stored.text) == (["headline", "paragraph", "furniture"], text)


def test_an_unknown_kind_is_refused(alice: Membership, version: ArticleVersion) -> None:
    with pytest.raises(Refused, match="no such kind"):
        actions.articles.retype_block(by=alice, version=version, number=0, kind="advert")


def test_nothing_is_half_added(alice: Membership) -> None:
    with pytest.raises(Refused, match="too long"):
        factories.make_article(by=alice, headline="Bridge " * 100)

    assert not Article.objects.exists()
    assert not Outlet.objects.exists()
