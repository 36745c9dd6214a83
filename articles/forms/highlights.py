"""A selection in an article: marked as a claim, added to one, or used as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from articles.errors import SENTENCES
from articles.forms.base import SpanForm, WordsField, WriteForm
from articles.models import EvidenceKind, Stance
from articles.text.offsets import trim

LARGEST = 2**31 - 1
"""What the database takes for an offset."""


@dataclass(frozen=True, slots=True)
class Selection:
    """``text[start:end] == quote``, as the browser says; the database holds it to that."""

    start: int
    end: int
    quote: str


class SelectionForm(SpanForm):
    """Words selected in a version, each end between two characters."""

    start = forms.IntegerField(min_value=0, max_value=LARGEST)
    end = forms.IntegerField(min_value=1, max_value=LARGEST)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        quote = given.get("quote")
        if quote is not None and not quote.strip():
            raise ValidationError(SENTENCES["highlight_not_empty"])
        if quote and "start" in given and "end" in given and len(quote) != given["end"] - given["start"]:
            raise ValidationError(SENTENCES["highlight_equals_text"])
        return given

    def selection(self) -> Selection:
        given = self.cleaned_data
        return Selection(given["start"], given["end"], given["quote"])


class SentenceForm(WriteForm):
    """A sentence chosen by its button, which sends no words: they are those of the version."""

    version = forms.UUIDField()
    sentence = forms.RegexField(r"^\d{1,9}-\d{1,9}$")

    def __init__(self, data: Any, *, text: str) -> None:
        super().__init__(data)
        self.text = text

    def clean_sentence(self) -> Selection:
        start, _, end = self.cleaned_data["sentence"].partition("-")
        if not int(start) < int(end) <= len(self.text):
            raise ValidationError(SENTENCES["highlight_equals_text"])
        first, last = trim(self.text, int(start), int(end))
        if first == last:
            raise ValidationError(SENTENCES["highlight_not_empty"])
        return Selection(first, last, self.text[first:last])

    def selection(self) -> Selection:
        chosen: Selection = self.cleaned_data["sentence"]
        return chosen


class AddForm(SelectionForm):
    """The claim is chosen from a list; its words alone do not name it."""

    claim = forms.UUIDField(
        error_messages=dict.fromkeys(("required", "invalid"), "Choose a claim from the list."),
    )


class PassageForm(SelectionForm):
    """What the selected words say on the claim in hand."""

    claim = forms.UUIDField(
        error_messages=dict.fromkeys(("required", "invalid"), "Open a claim first: the words become evidence for it.")
    )
    stance = forms.ChoiceField(
        choices=Stance,
        error_messages={"required": "Say whether the words support or refute the claim, or are context."},
    )
    kind = forms.ChoiceField(choices=EvidenceKind)
    note = WordsField(required=False, max_length=2000)


class SuggestForm(forms.Form):
    """What is known of the claim that is sought. Words that cannot be understood are no words.

    Of one that ``apart`` may be a duplicate of, they come as ``duplicate_of``.
    """

    q = WordsField(required=False)
    duplicate_of = WordsField(required=False)
    apart = forms.UUIDField(required=False)
    article = forms.UUIDField(required=False)
    quote = WordsField(required=False, max_length=20_000)

    def clean_or_empty(self) -> dict[str, Any]:
        self.full_clean()
        return {"q": "", "article": None, "quote": "", "duplicate_of": "", "apart": None} | self.cleaned_data


def first_error(form: forms.Form) -> str:
    """The first thing to put right, in a sentence, where there is room for one only."""
    return next(str(error) for errors in form.errors.values() for error in errors)
