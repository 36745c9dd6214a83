"""The terms of a rating scale, changed as a whole."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from articles.forms.base import WordsField, WriteForm
from articles.models import Needs
from articles.scales import COLOURS, SIGNS, Term

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    _Terms = forms.BaseFormSet["TermForm"]
else:
    _Terms = forms.BaseFormSet

SIGNS_IN_WORDS = {
    "check": "Tick",
    "cross": "Cross",
    "question": "Question mark",
    "split": "Parting arrows",
    "mostly": "Three quarters",
    "half": "Half",
    "barely": "A quarter",
    "clock": "Clock",
    "pencil": "Pencil",
    "person": "Person",
    "scissors": "Scissors",
}
NEW_TERMS = 2
"""Empty rows for terms to add; more come with the next look at what changes."""


class TermForm(forms.Form):
    code = forms.SlugField(max_length=40, required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=-32_768, max_value=32_767)
    name = WordsField(max_length=40, error_messages={"required": "Give the term a name."})
    definition = WordsField(
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say when a claim is rated so."},
    )
    needs = forms.ChoiceField(label="Needs", choices=Needs)
    colour = forms.ChoiceField(choices=[(name, name.capitalize()) for name in COLOURS])
    sign = forms.ChoiceField(choices=[(name, SIGNS_IN_WORDS[name]) for name in SIGNS])

    def has_changed(self) -> bool:
        """An empty row for a new term is one in which nothing was written, whatever its lists stand on."""
        written = self["name"].data or self["definition"].data
        return super().has_changed() if self.initial else bool(written)


class _TermSet(_Terms):
    ordering_widget = forms.NumberInput

    def add_fields(self, form: TermForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Place"
        form.fields["DELETE"].label = "Remove"

    def clean(self) -> None:
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if not form.cleaned_data.get("DELETE")]
        names = [given["name"].casefold() for given in kept if given.get("name")]
        if len(set(names)) < len(names):
            raise ValidationError("Two terms have the same name. Give each its own.")

    @property
    def kept_forms(self) -> list[TermForm]:
        """Those that were filled in and are not to be removed, in their order."""
        return [form for form in self.ordered_forms if form.cleaned_data.get("name")]

    def terms(self, used: Collection[str]) -> list[Term]:
        """What was filled in. A new term gets a code that none of the ``used`` ones is."""
        taken = set(used)
        made = []
        for form in self.kept_forms:
            given = form.cleaned_data
            code = given["code"] if given["code"] in used else _free(given["name"], taken)
            taken.add(code)
            words = {name: given[name] for name in ("name", "definition", "colour", "sign", "number")}
            made.append(Term(code=code, needs=Needs(given["needs"]), **words))
        return made


TermSet = forms.formset_factory(
    TermForm, formset=_TermSet, can_order=True, can_delete=True, extra=NEW_TERMS, max_num=40, absolute_max=60
)


def term_set(terms: Sequence[Term], data: Any = None) -> _TermSet:
    initial = [asdict(term) for term in terms]
    made: Any = TermSet(data, initial=initial, prefix="term")
    return made  # type: ignore[no-any-return]  # the factory makes a subclass of it


class ScaleForm(WriteForm):
    """On which version the terms stand, what of them was shown as a change, and what means something else by now."""

    scale = forms.UUIDField(widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    other_meaning = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, codes: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other_meaning"] = forms.MultipleChoiceField(
            required=False, choices=[(code, code) for code in codes]
        )


def digest_of(terms: Sequence[Term]) -> str:
    """By which it is told whether what is to be stored is what was shown."""
    return hashlib.sha256(json.dumps([asdict(term) for term in terms], sort_keys=True).encode()).hexdigest()


def _free(name: str, taken: Collection[str]) -> str:
    stem = slugify(name)[:34] or "term"
    return next(
        code for number in range(1, 10_000) if (code := stem if number == 1 else f"{stem}-{number}") not in taken
    )
