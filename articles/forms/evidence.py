"""What a source says for or against a claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms

from articles.forms.base import EditForm, WordsField, WriteForm
from articles.forms.sources import WorkFields
from articles.models import Evidence, EvidenceKind, LocatorKind, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 20_000
_TIME = r"(?:\d+:)?\d{1,3}:[0-5]\d"
TIME = re.compile(rf"{_TIME}(?:\s?[-–]\s?{_TIME})?")
STATEMENT = Evidence.CONTENT


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
    locator_kind = forms.ChoiceField(label="Where in it", required=False, choices=[("", "Other"), *LocatorKind.choices])
    locator = WordsField(
        label="Which one", required=False, max_length=120, help_text="12, 3–4, 1:02:33, 2/B7 or in words."
    )
    kind = forms.ChoiceField(label="Kind of evidence", choices=EvidenceKind, initial=EvidenceKind.SECONDARY)
    note = WordsField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if {"quote", "note"} <= given.keys() and not (given["quote"] or given["note"]):
            self.add_error("quote", "Quote the words you rely on, or say in the note what the source says.")
        self._refuse_unfit_locator(given.get("locator_kind", ""), given.get("locator"))
        return given

    def _refuse_unfit_locator(self, kind: str, locator: str | None) -> None:
        if kind and locator == "":
            label = LocatorKind(kind).label.lower()
            self.add_error("locator", f"Say which {label} it is, or leave out what is counted.")
        elif kind == LocatorKind.TIMESTAMP and locator and not TIME.fullmatch(locator):
            self.add_error("locator", "Write the time as 12:30 or 1:02:33, or from–to: 12:30–13:05.")

    def statement(self) -> Mapping[str, str]:
        return {name: self.cleaned_data[name] for name in STATEMENT}


class EvidenceForm(WriteForm, StatementFields, WorkFields):
    """One known source, by ``source`` or by its ``title``, or a new one of that title."""

    source = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = WordsField(
        label="Source",
        max_length=300,
        help_text="Choose a known source, paste its address, or give a new one its title.",
        error_messages={"required": "Choose a source, or write the title of a new one."},
    )


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
