"""Forms about an arrival: what is said about the article, and the corrections of its blocks."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms

from articles.forms.articles import GUESSED, KINDS, DetailsForm, guesses
from articles.forms.base import EditForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from articles.models import Arrival
    from articles.text.guess import Guess, Metadata

LONGEST_KEPT = 4_000
"""Characters of one field that are kept as they are typed, whatever is wrong with them."""
DIRECTIONS = [("", "Not known"), ("ltr", "Left to right"), ("rtl", "Right to left")]


class ArrivalForm(EditForm, DetailsForm):
    """What is said about an arrival: the guesses, and over them what people wrote."""

    direction = forms.ChoiceField(choices=DIRECTIONS, required=False)

    FIELDS = (*DetailsForm.DETAILS, "direction")

    def __init__(self, arrival: Arrival, metadata: Metadata, data: QueryDict | None = None) -> None:
        self.guessed = guesses(metadata)
        super().__init__(data, initial=self.guessed | arrival.details | {"revision": arrival.revision})
        for name in GUESSED:
            # Not through the bound field, which would take its help from here before it is known.
            said = self._typed(name) if self.is_bound else self.initial[name]
            self.fields[name].help_text = (
                self._origin(getattr(metadata, name), name, said) or self.fields[name].help_text
            )

    @classmethod
    def of(cls, arrival: Arrival, metadata: Metadata) -> ArrivalForm:
        return cls(arrival, metadata)

    def written(self) -> dict[str, str]:
        """What was typed over the guesses, as it was typed: what is wrong with it is said when it is to be stored."""
        typed = {name: self._typed(name) for name in self.FIELDS if self.add_prefix(name) in self.data}
        return {name: value for name, value in typed.items() if value != self.guessed.get(name, "")}

    def _typed(self, name: str) -> str:
        value = " ".join(str(self.data.get(self.add_prefix(name), "")).split())
        # PostgreSQL keeps no NUL, and what nobody types is refused when the article is added.
        return "".join(one for one in value if unicodedata.category(one) not in ("Cc", "Cs"))[:LONGEST_KEPT]

    def _origin(self, found: Guess, name: str, said: str) -> str:
        """Where the guess was read, in words; empty where there is none."""
        if not self.guessed[name]:
            return ""
        if said == self.guessed[name]:
            return f"Guessed from the {found.origin}."
        return f"The {found.origin} gave “{self.guessed[name]}”."


class ArrivalVersionForm(EditForm):
    """``article`` is the one whose next version it is to be."""

    article = forms.UUIDField()


class _BlockForm(EditForm):
    """One block, by the place where it begins in the text as it was read. ``is_open``: it lies in an open fold."""

    at = forms.IntegerField(min_value=0)
    is_open = forms.BooleanField(required=False)


class BlockRetypeForm(_BlockForm):
    kind = forms.ChoiceField(choices=KINDS)


class BlockSplitForm(_BlockForm):
    offset = forms.IntegerField(min_value=0)


class BlockMergeForm(_BlockForm):
    pass


class CorrectionUndoForm(EditForm):
    number = forms.IntegerField(min_value=1)


def asked_of(form: EditForm) -> dict[str, Any]:
    """What a form about a block asks of its action."""
    return {name: value for name, value in form.cleaned_data.items() if name != "is_open"}
