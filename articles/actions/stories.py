"""Stories: the events that several articles report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from articles.actions._writing import changed, locked, record, write
from articles.errors import Refused
from articles.models import Desk, Membership, Story

if TYPE_CHECKING:
    from uuid import UUID


@write("story.opened")
def open_story(*, by: Membership, title: str, request_id: UUID | None = None) -> Story:
    _refuse_taken(by.desk_id, title)
    story = Story.objects.create(desk_id=by.desk_id, title=title, opened_by=by.person)
    record(by, "story.opened", story, {"title": title}, request_id=request_id)
    return story


@transaction.atomic
def open_story_by_command(*, desk: Desk, title: str) -> Story:
    """The same without a browser: the event names no person, because none is signed in."""
    story = Story.objects.create(desk=desk, title=title)
    record(None, "story.opened", story, {"title": title})
    return story


def with_title(desk_id: UUID, title: str) -> Story | None:
    """The desk's story of that title, whatever its capitals."""
    return Story.objects.filter(desk_id=desk_id, title__iexact=title).order_by("-id").first()


@write("story.renamed")
def rename(*, by: Membership, story: Story, revision: int, title: str, request_id: UUID | None = None) -> Story:
    story = locked(story)
    _refuse_taken(by.desk_id, title, by_another_than=story)
    change = changed(story, {"title": title}, revision=revision)
    if change:
        record(by, "story.renamed", story, change, request_id=request_id)
    return story


def _refuse_taken(desk_id: UUID, title: str, *, by_another_than: Story | None = None) -> None:
    """Two stories of one title would be mistaken for each other."""
    # Held until the transaction ends, so that two people cannot take a title at once.
    Desk.objects.select_for_update(no_key=True).get(pk=desk_id)
    known = with_title(desk_id, title)
    if known and known != by_another_than:
        raise Refused(f"The desk has a story of this title already: {known}.", "title")
