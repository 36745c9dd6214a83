"""Where a highlight stands in a later version: at a proposed place, at words marked there, or nowhere."""

from __future__ import annotations

from django import forms

from articles.forms.base import EditForm
from articles.forms.highlights import SelectionForm, SentenceForm


class AcceptForm(EditForm):
    """``place`` is "start-end" of one of the proposed places, in code points."""

    place = forms.RegexField(
        r"^\d{1,9}-\d{1,9}$", error_messages=dict.fromkeys(("required", "invalid"), "Choose one of the places.")
    )

    def span(self) -> tuple[int, int]:
        start, _, end = self.cleaned_data["place"].partition("-")
        return int(start), int(end)


class RemarkForm(SelectionForm, EditForm):
    """Words selected in the later version."""


class RemarkSentenceForm(SentenceForm, EditForm):
    """A sentence of the later version, chosen by its button."""


class CompareForm(forms.Form):
    """Two versions by their numbers; without them, the two newest."""

    old = forms.IntegerField(min_value=1, required=False)
    new = forms.IntegerField(min_value=1, required=False)
