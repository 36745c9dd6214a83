"""Choosing many claims, and saying what is to become of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from articles.forms.base import ConditionalField, DayField, WordsField, WriteForm
from articles.forms.claims import DUE_MISSING, aside_fields, check_aside
from articles.models import Aside, BatchKind, Priority
from articles.queries.batches import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from articles.models import Claim, Person
    from articles.queries.workbench import Suggestion

SAYS_NOTHING = {"request_id", "seen", "duplicate_id", "duplicate_choice"}
"""Fields that are no part of what is asked for."""


def chosen_ids(sent: QueryDict) -> list[UUID]:
    """The ids among what was sent as ``claim``, each once; what is no id is as good as not sent."""
    ids = []
    for text in dict.fromkeys(sent.getlist("claim")):
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return ids


def kind_asked(sent: QueryDict) -> BatchKind:
    """What is to be done with the claims; to assign them unless something else is known."""
    what = sent.get("what", "")
    return BatchKind(what) if what in BatchKind.values else BatchKind.ASSIGN


class BatchForm(WriteForm):
    """What a change of one kind has to say. ``seen`` is the digest of the plan that was shown, once one was.

    Of claims that are set aside as duplicates it is a valid form once ``articles.views.originals`` has found of which.
    """

    original: Claim | None = None
    candidates: Sequence[Suggestion] = ()

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, what: BatchKind, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what = what
        self._people = {str(person.pk): person for person in people}
        self.fields.update(self._fields_of(what))

    def _fields_of(self, what: BatchKind) -> dict[str, forms.Field]:
        match what:
            case BatchKind.ASSIGN:
                return {"people": self._people_field()}
            case BatchKind.DUE:
                return {
                    "due": DayField(label="Due on", required=False, help_text="Empty takes the date away."),
                    "due_reason": WordsField(label="Why then", required=False, max_length=200),
                }
            case BatchKind.PRIORITY:
                return {
                    "priority": forms.TypedChoiceField(choices=Priority, coerce=int, initial=Priority.HIGH),
                    "priority_reason": ConditionalField(
                        label="Reason", max_length=200, help_text="Needed for high and low."
                    ),
                }
            case _:
                return {name: field for name, field in aside_fields().items() if name != "request_id"}

    def _people_field(self) -> forms.Field:
        choices = [(key, str(person)) for key, person in self._people.items()]
        return forms.MultipleChoiceField(
            label="Assign to",
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="To several people in turn, what is due first before the rest. To nobody: leave all empty.",
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.what == BatchKind.PRIORITY and given.get("priority", 2) != Priority.NORMAL:
            if not given.get("priority_reason"):
                word = Priority(given["priority"]).label.lower()
                self.add_error("priority_reason", f"Say why the priority of these claims is {word}.")
        elif self.what == BatchKind.DUE and given.get("due_reason") and not given.get("due"):
            self.add_error("due", DUE_MISSING)
        elif self.what == BatchKind.ASIDE:
            check_aside(self, given)
        return given

    def change(self) -> Change:
        """What a valid form asks for."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in SAYS_NOTHING}
        if "people" in given:
            given["people"] = tuple(self._people[key] for key in given["people"])
        if "aside" in given:
            given |= {"aside": Aside(given["aside"]), "duplicate_of": self.original}
        return Change(what=self.what, **given)
