"""Forms about stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.forms.articles import LineField
from articles.forms.base import EditForm, WriteForm

if TYPE_CHECKING:
    from articles.models import Story


class StoryForm(WriteForm):
    title = LineField(max_length=200, error_messages={"required": "Say in a few words what happened."})


class StoryTitleForm(StoryForm, EditForm):
    """Another title for a story, as it was at ``revision``."""

    @classmethod
    def of(cls, story: Story) -> StoryTitleForm:
        return cls(initial={"title": story.title, "revision": story.revision})
