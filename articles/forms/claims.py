"""Wording and planning a claim, and narrowing the list of claims."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from articles.forms.base import ConditionalField, DayField, EditForm, ReasonForm, WordsField
from articles.models import SUMMARY_LIMIT, Aside, Claim, ClaimKind, Person, Priority, Status
from articles.queries.claims import ClaimFilter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.forms import BoundField

    from articles.queries.workbench import Suggestion


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
DUE_MISSING = "Give the day by which this is due, or leave out why."


class MemberField(forms.TypedChoiceField):
    """One of the people given, or no one."""

    def __init__(self, people: Iterable[Person], *, nobody: str, **options: Any) -> None:
        known = {str(person.pk): person for person in people}
        choices = [("", nobody), *((key, str(person)) for key, person in known.items())]
        super().__init__(choices=choices, coerce=known.get, empty_value=None, required=False, **options)


class BaseField(forms.JSONField):
    """What stood in the fields when they were filled in, each as a form sends it; None where the form does not say."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[str, str] | None:
        given = super().clean(value)
        if given is None:
            return None
        if not isinstance(given, dict) or not all(isinstance(words, str) for words in given.values()):
            raise ValidationError("Load the page again: what it says of the claim cannot be read.")
        return {name: WordsField(required=False).clean(words) for name, words in given.items()}


class SetAsideForm(ReasonForm):
    """Why a claim is not checked, and more about it in words.

    The claim of which it is a duplicate is named by its address or some of its words (``duplicate_of``). Where it was
    chosen as these were typed, ``duplicate_id`` is its id; ``duplicate_choice`` is one of several that have the words.
    ``articles.views.originals`` looks for it, and leaves it in ``original``, or those to choose from in ``candidates``.
    """

    aside = forms.ChoiceField(
        label="Why",
        choices=[("", "Choose why"), *Aside.choices],
        error_messages={"required": "Choose why it is set aside."},
    )
    duplicate_of = WordsField(
        label="Of which claim",
        required=False,
        max_length=500,
        help_text="Of a duplicate: some words of the other claim, or the address of its page.",
    )
    duplicate_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    duplicate_choice = forms.UUIDField(required=False, widget=forms.HiddenInput)

    field_order = ["aside", "duplicate_of", "reason"]

    original: Claim | None = None
    candidates: Sequence[Suggestion] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        check_aside(self, given)
        return given


def aside_fields() -> dict[str, forms.Field]:
    """The same fields for another form, which asks ``check_aside`` as well."""
    return SetAsideForm().fields


def check_aside(form: forms.Form, given: Mapping[str, Any]) -> None:
    if given.get("aside") == Aside.OTHER and not given.get("reason"):
        form.add_error("reason", "Give the reason in a few words.")
    if given.get("aside") == Aside.DUPLICATE and not (given.get("duplicate_of") or given.get("duplicate_id")):
        form.add_error("duplicate_of", "Say of which claim it is a duplicate.")


def address_in(typed: str) -> UUID | None:
    """The id of a row in the address of its page, or the id itself."""
    found = _UUID.findall(typed)
    return UUID(found[-1]) if found else None


class ClaimForm(EditForm):
    stored = "{}"
    """What stands in the fields as it is stored, as ``base`` is sent."""

    base = BaseField(required=False)
    by_itself = forms.BooleanField(required=False, widget=forms.HiddenInput)
    text = WordsField(
        label="Claim",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what is claimed, in a complete sentence."},
    )
    summary = WordsField(required=False, max_length=SUMMARY_LIMIT, help_text="For lists and tables.")
    claimant = WordsField(
        required=False,
        max_length=200,
        help_text="Who says so: a person or an organisation.",
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(choices=ClaimKind)
    priority = forms.TypedChoiceField(choices=Priority, coerce=int)
    priority_reason = ConditionalField(
        label="Reason for the priority", max_length=200, help_text="Needed for high and low."
    )
    due = DayField(label="Due on", required=False)
    due_reason = WordsField(label="Why then", required=False, max_length=200)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"] = MemberField(people, nobody="No one", label="Assigned to")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("priority", Priority.NORMAL) != Priority.NORMAL and not given.get("priority_reason"):
            word = Priority(given["priority"]).label.lower()
            self.add_error("priority_reason", f"Say why the priority of this claim is {word}.")
        if given.get("due_reason") and not given.get("due") and "due" not in self.errors:
            self.add_error("due", DUE_MISSING)
        return given


def claim_form(claim: Claim, people: Sequence[Person], data: Any = None) -> ClaimForm:
    """The form as the claim stands, or with what was typed into it."""
    stored = claim.as_written()
    initial = stored | {"revision": claim.revision, "base": stored}
    form = ClaimForm(data, initial=initial, people=people, auto_id="claim-%s")
    form.stored = json.dumps(stored)
    if claim.assignee and claim.assignee not in people:
        form.fields["assignee"].help_text = f"{claim.assignee}, who had it, can no longer work on this desk."
    return form


class ClaimFilterForm(forms.Form):
    """An unknown value is as good as none: the list is shown without that filter."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    status = forms.ChoiceField(choices=[("", "Any status"), *Status.choices], required=False)
    kind = forms.ChoiceField(choices=[("", "Any kind"), *ClaimKind.choices], required=False)
    without_evidence = forms.BooleanField(required=False)
    with_query = forms.BooleanField(required=False)
    unassigned = forms.BooleanField(required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"] = MemberField(people, nobody="Anyone", label="Assigned to")

    @property
    def choices(self) -> list[BoundField]:
        return [self["status"], self["kind"], self["assignee"]]

    @property
    def is_narrowed(self) -> bool:
        return self.wanted() != ClaimFilter()

    def wanted(self) -> ClaimFilter:
        """The filter as far as it makes sense."""
        self.is_valid()
        given = self.cleaned_data
        assignee = given.get("assignee")
        return ClaimFilter(
            words=given.get("q", ""),
            status=given.get("status", ""),
            kind=given.get("kind", ""),
            assignee=assignee.pk if assignee else None,
            without_evidence=given.get("without_evidence", False),
            with_query=given.get("with_query", False),
            unassigned=given.get("unassigned", False),
        )
