"""How a source is cited."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from articles.forms.base import DayField, EditForm, WordsField, WriteForm
from articles.models import Reached, Source, SourceKind, Terms
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


K = SourceKind
MATTERS: dict[SourceKind, tuple[str, ...]] = {
    K.NEWS: ("container",),
    K.WEBPAGE: ("container",),
    K.REPORT: ("publisher", "number"),
    K.DATASET: ("publisher", "number", "medium"),
    K.DOCUMENT: ("publisher", "number", "archive", "medium"),
    K.JOURNAL: ("container", "number"),
    K.BOOK: ("publisher", "number"),
    K.LEGISLATION: ("container", "publisher", "number"),
    K.LEGAL_CASE: ("publisher", "number"),
    K.HEARING: ("publisher", "number"),
    K.POST: ("container",),
    K.BLOG: ("container",),
    K.BROADCAST: ("container", "publisher", "medium"),
    K.VIDEO: ("container", "publisher", "medium"),
    K.IMAGE: ("container", "archive", "medium"),
    K.MAP: ("publisher", "number", "archive"),
    K.INTERVIEW: ("container", "medium", "archive", "reached", "terms"),
    K.PERSONAL: ("archive", "reached", "terms"),
}
"""The fields that matter for a kind, beside those that matter for all. A field that was filled in is always shown."""


class WorkFields(forms.Form):
    """What is said about a source beside its title."""

    author = WordsField(label="Author or speaker", required=False, max_length=200)
    source_kind = forms.ChoiceField(label="Kind of source", choices=SourceKind, required=False)
    container = WordsField(
        label="Appeared in", required=False, max_length=200, help_text="Outlet, journal, series or site."
    )
    publisher = WordsField(
        label="Publisher", required=False, max_length=200, help_text="Who issued it: a house, an office, a court."
    )
    published = PartialDateField(label="Date", required=False, help_text="2013, 2013-06 or 2013-06-05")
    url = forms.URLField(
        label="URL",
        required=False,
        max_length=2000,
        error_messages={"invalid": "Write the whole address, with https://"},
    )
    accessed_on = DayField(required=False)
    number = WordsField(
        label="DOI or number", required=False, max_length=200, help_text="DOI, ISBN, docket or report number."
    )
    archive = WordsField(label="Kept at", required=False, max_length=200, help_text="Archive, shelf, box or folder.")
    medium = WordsField(required=False, max_length=100, help_text="Photograph, radio, spreadsheet.")
    reached = forms.ChoiceField(label="How reached", required=False, choices=[("", "Not said"), *Reached.choices])
    terms = forms.ChoiceField(
        label="On what terms",
        required=False,
        choices=[("", "Not said"), *Terms.choices],
        help_text="On background or off the record: an edition names nobody.",
    )
    source_note = WordsField(label="Note", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 2}))

    def work(self) -> Mapping[str, Any]:
        """What was said, by the names of the source."""
        given = self.cleaned_data
        said = {name: given[FIELDS.get(name, name)] for name in Source.CONTENT}
        return said | {"kind": said["kind"] or SourceKind.NEWS}

    def says_more(self) -> bool:
        """Whether anything beside the title and the kind was said about the source."""
        names = [FIELDS.get(name, name) for name in Source.CONTENT if name not in ("title", "kind")]
        return any(self.cleaned_data[name] for name in names)

    @property
    def matters(self) -> str:
        """As JSON: by kind, the names of the fields that matter for it. What is not named matters for all."""
        return json.dumps({kind.value: names for kind, names in MATTERS.items()})


FIELDS = {"kind": "source_kind", "note": "source_note"}
"""What is called otherwise here, because a piece of evidence has a kind and a note of its own beside it."""


class SourceForm(EditForm, WorkFields):
    title = WordsField(max_length=300, error_messages={"required": "Give the source a title."})

    field_order = ["title", "source_kind", "author"]


class SourceAddForm(WriteForm, WorkFields):
    """``anyway`` says that a source of the same address is known, and that this is another one."""

    title = WordsField(max_length=300, error_messages={"required": "Give the source a title."})
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = ["title", "source_kind", "author"]


class MergeForm(EditForm):
    """``revision`` is that of the source that is given up."""

    into = forms.UUIDField(widget=forms.HiddenInput)


class MergeChoiceForm(forms.Form):
    """The other source: by its id, or by its whole title or its address."""

    title = WordsField(
        label="The other source",
        max_length=2000,
        help_text="Words of its title or author, or its address.",
        error_messages={"required": "Choose a source from the list, or write its whole title."},
    )
    source = forms.UUIDField(required=False, widget=forms.HiddenInput)


def source_form(source: Source, data: Any = None) -> SourceForm:
    initial = {FIELDS.get(name, name): getattr(source, name) for name in Source.CONTENT}
    return SourceForm(data, initial=initial | {"revision": source.revision}, auto_id="source-%s")


def source_add_form(data: Any = None, **initial: Any) -> SourceAddForm:
    return SourceAddForm(data, initial=initial, auto_id="source-%s")
