"""What is asked of the record of a desk: a day, a person, a kind of act. What is not known asks for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from articles.forms.base import DayField
from articles.queries.record import Acts, Wanted

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

NOBODY = "nobody"
"""Stands for what followed by itself."""


class DayForm(forms.Form):
    on = DayField(label="Day", required=False)
    person = forms.ChoiceField(label="Who", required=False)
    acts = forms.ChoiceField(label="About", required=False, choices=[("", "Everything"), *Acts.choices])

    def __init__(self, query: QueryDict, people: list[tuple[str, str]]) -> None:
        super().__init__(query.dict(), auto_id="day-%s")
        person: Any = self.fields["person"]
        person.choices = [("", "Everyone"), *people, (NOBODY, "The system")]

    def show(self, on: date) -> None:
        """Say which day is shown, unless another was asked for that is none."""
        if "on" not in self.errors:
            self.data = {**self.data, "on": on.isoformat()}

    def wanted(self) -> Wanted:
        person, acts = (self.cleaned_data.get(name) for name in ("person", "acts"))
        by = UUID(person) if person and person != NOBODY else None
        return Wanted(by=by, by_nobody=person == NOBODY, acts=Acts(acts) if acts else None)


class DeedsForm(forms.Form):
    until = DayField(label="Up to", required=False)
    acts = forms.ChoiceField(label="About", required=False, choices=[("", "Everything"), *Acts.choices])

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query, auto_id="deeds-%s")

    def acts_wanted(self) -> Acts | None:
        return Acts(self.cleaned_data["acts"]) if self.cleaned_data.get("acts") else None
