"""What a source says for or against a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from articles.forms.base import EditForm, WordsField, WriteForm
from articles.forms.sources import WorkFields
from articles.models import Evidence, EvidenceKind, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 20_000
STATEMENT = ("stance", "quote", "locator", "kind", "note")


class StatementFields(forms.Form):
    stance = forms.ChoiceField(
        choices=Stance,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it supports the claim, refutes it or gives context."},
    )
    quote = WordsField(
        label="Words relied on",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Word for word, without quotation marks around them.",
    )
    locator = WordsField(
        label="Where in it", required=False, max_length=120, help_text="Page, paragraph, minute, table."
    )
    kind = forms.ChoiceField(label="Kind of evidence", choices=EvidenceKind, initial=EvidenceKind.SECONDARY)
    note = WordsField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if {"quote", "note"} <= given.keys() and not (given["quote"] or given["note"]):
            self.add_error("quote", "Quote the words you rely on, or say in the note what the source says.")
        return given

    def statement(self) -> Mapping[str, str]:
        return {name: self.cleaned_data[name] for name in STATEMENT}


class EvidenceForm(WriteForm, StatementFields, WorkFields):
    """One known source, by ``source`` or by its ``title``, or a new one of that title."""

    source = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = WordsField(
        label="Source",
        max_length=300,
        error_messages={"required": "Choose a source, or write the title of a new one."},
    )

    def says_it_is_new(self) -> bool:
        """Whether anything beside the title was said about the source."""
        return any(self.cleaned_data[name] for name in ("author", "url", "published", "accessed_on"))


class EvidenceEditForm(EditForm, StatementFields):
    """The statement alone; another source is another piece of evidence."""


def evidence_form(data: Any = None) -> EvidenceForm:
    return EvidenceForm(data, auto_id="evidence-%s")


def evidence_edit_form(evidence: Evidence, data: Any = None) -> EvidenceEditForm:
    initial = {"revision": evidence.revision} | {name: getattr(evidence, name) for name in STATEMENT}
    form = EvidenceEditForm(data, initial=initial, auto_id=f"evidence-{evidence.pk}-%s")
    if evidence.highlight_id:
        form.fields["quote"] = WordsField(
            label="Words relied on",
            required=False,
            strip=False,
            disabled=True,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text="A passage of a stored article; its words stay as they are there.",
        )
    return form
