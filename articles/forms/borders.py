"""Other borders for a highlight, and where it is split."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.errors import SENTENCES
from articles.forms.base import EditForm, WordsField
from articles.forms.highlights import LARGEST, Selection


class BordersForm(EditForm):
    """``[start, end)`` (code points) and the words there, as the browser sees them."""

    start = forms.IntegerField(min_value=0, max_value=LARGEST)
    end = forms.IntegerField(min_value=1, max_value=LARGEST)
    quote = WordsField(strip=False, max_length=20_000)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        quote = given.get("quote")
        if quote is not None and not quote.strip():
            raise ValidationError(SENTENCES["highlight_not_empty"])
        return given

    def selection(self) -> Selection:
        given = self.cleaned_data
        return Selection(given["start"], given["end"], given["quote"])


class StepForm(EditForm):
    """Borders chosen by a button, which sends no words: they are those of the version."""

    to = forms.RegexField(r"^\d{1,9}-\d{1,9}$")

    def __init__(self, data: Any, *, text: str) -> None:
        super().__init__(data)
        self.text = text

    def clean_to(self) -> Selection:
        start, end = map(int, self.cleaned_data["to"].split("-"))
        if not start < end <= len(self.text):
            raise ValidationError(SENTENCES["highlight_equals_text"])
        return Selection(start, end, self.text[start:end])

    def selection(self) -> Selection:
        chosen: Selection = self.cleaned_data["to"]
        return chosen


class SplitForm(EditForm):
    at = forms.IntegerField(
        min_value=0, max_value=LARGEST, error_messages={"required": "Choose where the highlight is split."}
    )


class MergeForm(EditForm):
    other = forms.UUIDField()
