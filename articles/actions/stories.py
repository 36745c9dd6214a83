"""Stories: the events that several articles report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.actions._writing import changed, locked, record, write
from articles.models import Membership, Story

if TYPE_CHECKING:
    from uuid import UUID


@write("story.opened")
def open_story(*, by: Membership, title: str, request_id: UUID | None = None) -> Story:
    story = Story.objects.create(desk_id=by.desk_id, title=title, opened_by=by.person)
    record(by, "story.opened", story, {"title": title}, request_id=request_id)
    return story


@write("story.renamed")
def rename(*, by: Membership, story: Story, revision: int, title: str, request_id: UUID | None = None) -> Story:
    story = locked(story)
    change = changed(story, {"title": title}, revision=revision)
    if change:
        record(by, "story.renamed", story, change, request_id=request_id)
    return story
