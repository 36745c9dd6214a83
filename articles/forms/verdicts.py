"""A verdict, and the second person's decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.forms.base import DayField, EditForm, ReasonForm, WordsField, WriteForm
from articles.forms.sources import PartialDateField
from articles.models import Claim, Membership, Part, Rating, Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from articles.models import Verdict

LONGEST = 20_000
WORDS = ("rationale", "searched", "missing", "as_of", "recheck_on", "wording")
"""The fields of a finding beside its rating."""


class FindingFields(forms.Form):
    """What a person found. ``ratings`` are the terms that can be chosen."""

    rationale = WordsField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="How the evidence leads to the rating, in a few sentences.",
        error_messages={"required": "Say how the evidence leads to this rating."},
    )
    searched = WordsField(
        label="What was searched", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    missing = WordsField(
        label="What is missing", required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    wording = WordsField(
        label="Should read",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The words for the article, where it has to change.",
    )
    as_of = PartialDateField(label="True as of", required=False, help_text="2013, 2013-06 or 2013-06-05")
    recheck_on = DayField(label="Check again on", required=False)

    def __init__(self, *args: Any, ratings: Sequence[Rating], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(rating.pk): rating for rating in ratings}
        self.fields["rating"] = forms.TypedChoiceField(
            choices=[(key, rating.name) for key, rating in known.items()],
            coerce=known.__getitem__,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose a rating.", "invalid_choice": "Choose a rating of the desk’s scale."},
        )

    def clean_recheck_on(self) -> date | None:
        day: date | None = self.cleaned_data["recheck_on"]
        if day and day <= timezone.localdate():
            raise ValidationError("Choose a day that is still to come.")
        return day

    def found(self) -> dict[str, Any]:
        """What was found, by the names of a verdict."""
        return {name: self.cleaned_data[name] for name in ("rating", *WORDS)}

    @property
    def is_searched(self) -> bool:
        return self.is_bound or bool(self["searched"].value() or self["missing"].value())

    @property
    def is_dated(self) -> bool:
        return self.is_bound or any(self[name].value() for name in ("wording", "as_of", "recheck_on"))


class VerdictForm(EditForm, FindingFields):
    pass


def verdict_form(claim: Claim, by: Membership, ratings: Sequence[Rating], data: Any = None) -> VerdictForm:
    """The form with the words of this person's last verdict on the claim, so that a returned one can be mended."""
    initial: dict[str, Any] = {"revision": claim.revision}
    if claim.verdict and claim.verdict.author_id == by.person_id:
        initial |= _written(claim.verdict, ratings)
    return VerdictForm(data, initial=initial, ratings=ratings, auto_id="verdict-%s")


def second_form(claim: Claim, ratings: Sequence[Rating], data: Any = None) -> VerdictForm:
    """The form of a second finding, which begins with nothing of the first."""
    return VerdictForm(data, initial={"revision": claim.revision}, ratings=ratings, auto_id="second-%s")


def _written(last: Verdict, ratings: Sequence[Rating]) -> dict[str, Any]:
    """The same term of the newest version of the scale, where the verdict was given in an older one."""
    term = next((rating for rating in ratings if rating.code == last.rating.code), None)
    due = last.recheck_on
    stands = {"recheck_on": due if due and due > timezone.localdate() else None}
    return {"rating": str(term.pk) if term else ""} | {name: getattr(last, name) for name in WORDS} | stands


class SeenFields(forms.Form):
    """What was on the reviewer's screen: the digest of it, and the number of the last event that it tells of."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class ApprovalForm(WriteForm, SeenFields):
    pass


class ReturnForm(ReasonForm, SeenFields):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, asks="What has to be done before you can agree?", **kwargs)


class ResolutionForm(WriteForm, SeenFields, FindingFields):
    """Which of two findings stands, and why; what was found instead counts only where it is neither."""

    stands = forms.ChoiceField(
        choices=Standing, widget=forms.RadioSelect, error_messages={"required": "Choose which finding stands."}
    )
    note = WordsField(
        label="Why it stands",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why this finding stands."},
    )

    def __init__(self, *args: Any, ratings: Sequence[Rating], **kwargs: Any) -> None:
        super().__init__(*args, ratings=ratings, **kwargs)
        if self.is_bound and self.data.get("stands") != Standing.THIRD:
            for name in ("rating", *WORDS):
                self.fields[name].required = False


class SuggestionForm(EditForm):
    """Other words for a part of what is in review."""

    part = forms.ChoiceField(choices=Part, widget=forms.HiddenInput)
    words = WordsField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write the words as they should be."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (part := self["part"].value()) in Part.values:
            self.fields["words"].label = f"{Part(part).label.capitalize()} should read"


def suggestion_form(claim: Claim, part: Part, words: str, data: Any = None) -> SuggestionForm:
    """The form with the words as they stand, to be changed."""
    initial = {"revision": claim.revision, "part": part, "words": words}
    return SuggestionForm(data, initial=initial, auto_id=f"suggest-{part}-%s")
