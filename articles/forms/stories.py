"""Forms about stories. Two stories of one title would be mistaken for each other, so a desk has each title once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from articles.actions.stories import with_title
from articles.forms.articles import LineField
from articles.forms.base import EditForm, WriteForm

if TYPE_CHECKING:
    from articles.models import Desk, Story


class StoryForm(WriteForm):
    """A new story, or with ``story`` another title for one."""

    title = LineField(max_length=200, error_messages={"required": "Say in a few words what happened."})

    def __init__(self, *args: Any, desk: Desk, story: Story | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.desk, self.story = desk, story

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        known = with_title(self.desk.pk, title)
        if known and known != self.story:
            raise ValidationError(f"The desk has a story of this title already: {known}.")
        return title


class StoryTitleForm(StoryForm, EditForm):
    """Another title for a story, as it was at ``revision``."""

    field_order = ["title"]

    @classmethod
    def of(cls, story: Story) -> StoryTitleForm:
        return cls(initial={"title": story.title, "revision": story.revision}, desk=story.desk, story=story)
