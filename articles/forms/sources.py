"""How a source is cited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from articles.forms.base import EditForm, WordsField
from articles.models import Source, SourceKind
from articles.models.base import PARTIAL_DATE

if TYPE_CHECKING:
    from collections.abc import Mapping


class PartialDateField(WordsField):
    """A date as far as it is known, that the calendar has."""

    default_validators = [RegexValidator(PARTIAL_DATE, "Write the date as 2013, 2013-06 or 2013-06-05.")]

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        try:
            date(*[*map(int, value.split("-")), 1, 1][:3]) if value else None
        except ValueError:
            raise ValidationError("The calendar has no such day.") from None


class WorkFields(forms.Form):
    """What is said about a source beside its title."""

    author = WordsField(label="Outlet or author", required=False, max_length=200)
    source_kind = forms.ChoiceField(label="Kind of source", choices=SourceKind, required=False)
    url = forms.URLField(
        label="URL",
        required=False,
        max_length=2000,
        error_messages={"invalid": "Write the whole address, with https://"},
    )
    published = PartialDateField(required=False, help_text="2013, 2013-06 or 2013-06-05")
    accessed_on = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def work(self) -> Mapping[str, Any]:
        """What was said, by the names of the source."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "author": given["author"],
            "kind": given["source_kind"] or SourceKind.NEWS,
            "url": given["url"],
            "published": given["published"],
            "accessed_on": given["accessed_on"],
        }


class SourceForm(EditForm, WorkFields):
    title = WordsField(max_length=300, error_messages={"required": "Give the source a title."})

    field_order = ["title", "author", "source_kind", "url", "published", "accessed_on"]


def source_form(source: Source, data: Any = None) -> SourceForm:
    initial = {
        "revision": source.revision,
        "title": source.title,
        "author": source.author,
        "source_kind": source.kind,
        "url": source.url,
        "published": source.published,
        "accessed_on": source.accessed_on,
    }
    return SourceForm(data, initial=initial, auto_id="source-%s")
