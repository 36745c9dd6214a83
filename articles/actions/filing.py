"""An article together with the story it is filed under, which a new title opens: both are written, or neither."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from articles.actions import arrivals, articles, stories, versions
from articles.actions._writing import locked
from articles.actions.drafts import corrected_draft
from articles.models import Desk, Method, Original
from articles.text.guess import Guess

if TYPE_CHECKING:
    from uuid import UUID

    from articles.actions.articles import Details
    from articles.intake.draft import Draft
    from articles.models import Arrival, Article, ArticleVersion, Membership, Story


def add(
    *,
    by: Membership,
    arrival: Arrival,
    revision: int,
    details: Details,
    direction: str,
    story: str,
    request_id: UUID | None = None,
) -> Article:
    """Make an article of an arrival as it is corrected, under the story of that title; under none for an empty one."""
    with transaction.atomic():
        # Before the head of the history, as everywhere.
        arrival = locked(arrival)
        version = _version(
            by=by,
            arrival=arrival,
            draft=_as_agreed(arrival, direction),
            details=replace(details, story=_story(by, story, request_id)),
            request_id=request_id,
        )
        own_id = _own_id(request_id, "arrival")
        arrivals.settle(by=by, arrival=arrival, version=version, revision=revision, request_id=own_id)
        return version.article


def add_version(
    *, by: Membership, arrival: Arrival, revision: int, article: Article, request_id: UUID | None = None
) -> ArticleVersion:
    """Make an arrival, as it is corrected, the next version of an article. Raises AlreadyHere when nothing changed."""
    with transaction.atomic():
        # Before the head of the history, as everywhere.
        arrival = locked(arrival)
        draft = _whole(corrected_draft(arrival), arrival)
        version = versions.take(
            by=by,
            article=article,
            draft=draft,
            kinds=draft.kinds,
            method=Method(arrival.method),
            request_id=request_id,
        )
        own_id = _own_id(request_id, "arrival")
        arrivals.settle(by=by, arrival=arrival, version=version, revision=revision, request_id=own_id)
        return version


def _version(
    *, by: Membership, arrival: Arrival, draft: Draft, details: Details, request_id: UUID | None
) -> ArticleVersion:
    """What the arrival becomes: the first version of a new article."""
    article = articles.add(
        by=by,
        draft=draft,
        details=details,
        kinds=draft.kinds,
        method=Method(arrival.method),
        request_id=request_id,
    )
    return article.versions.select_related("article").get(number=1)


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
    own_id = _own_id(request_id, "story")
    return stories.with_title(by.desk_id, title) or stories.open_story(by=by, title=title, request_id=own_id)


def _own_id(request_id: UUID | None, what: str) -> UUID | None:
    """The id of a change of its own within a request, made from the request's."""
    return uuid.uuid5(request_id, what) if request_id else None


def _as_agreed(arrival: Arrival, direction: str) -> Draft:
    """The draft as it is corrected, with its bytes, and the direction in which a person says that it is written."""
    draft = corrected_draft(arrival)
    metadata = replace(draft.metadata, direction=Guess(direction, "reviewer"))
    return _whole(replace(draft, metadata=metadata), arrival)


def _whole(draft: Draft, arrival: Arrival) -> Draft:
    """The draft with the bytes it came from."""
    original = Original.objects.get(desk_id=arrival.desk_id, pk=arrival.original_id)
    return replace(draft, raw=bytes(original.content))
