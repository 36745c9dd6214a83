"""An article together with the story it is filed under, which a new title opens: both are written, or neither."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from articles.actions import articles, stories
from articles.models import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from articles.actions.articles import Details
    from articles.intake.draft import Draft
    from articles.models import Article, Membership, Method, Story


def add(
    *,
    by: Membership,
    draft: Draft,
    details: Details,
    story: str,
    kinds: Sequence[str],
    method: Method,
    request_id: UUID | None = None,
) -> Article:
    """Store an article under the story of that title; under none for an empty one."""
    with transaction.atomic():
        filed = replace(details, story=_story(by, story, request_id))
        return articles.add(by=by, draft=draft, details=filed, kinds=kinds, method=method, request_id=request_id)


def edit(
    *, by: Membership, article: Article, revision: int, details: Details, story: str, request_id: UUID | None = None
) -> Article:
    with transaction.atomic():
        filed = replace(details, story=_story(by, story, request_id))
        return articles.edit(by=by, article=article, revision=revision, details=filed, request_id=request_id)


def _story(by: Membership, title: str, request_id: UUID | None) -> Story | None:
    if not title:
        return None
    # The same lock as for adding an article, and before any event is recorded.
    Desk.objects.select_for_update(no_key=True).get(pk=by.desk_id)
    # Opening is a change of its own within the request, so its id is made from the request's.
    own_id = uuid.uuid5(request_id, "story") if request_id else None
    return stories.with_title(by.desk_id, title) or stories.open_story(by=by, title=title, request_id=own_id)
