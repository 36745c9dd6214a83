"""A verdict, and the second person's decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from articles.forms.base import EditForm, ReasonForm, WordsField, WriteForm
from articles.models import Claim, Membership, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 20_000


class VerdictForm(EditForm):
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

    def __init__(self, *args: Any, ratings: Sequence[Rating], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(rating.pk): rating for rating in ratings}
        self.fields["rating"] = forms.TypedChoiceField(
            choices=[(key, rating.name) for key, rating in known.items()],
            coerce=known.__getitem__,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose a rating.", "invalid_choice": "Choose a rating of the desk’s scale."},
        )


def verdict_form(claim: Claim, by: Membership, ratings: Sequence[Rating], data: Any = None) -> VerdictForm:
    """The form with the words of this person's last verdict on the claim, so that a returned one can be mended."""
    initial: dict[str, Any] = {"revision": claim.revision}
    if claim.verdict and claim.verdict.author_id == by.person_id:
        last = claim.verdict
        initial |= {"rating": str(last.rating_id), "rationale": last.rationale}
        initial |= {"searched": last.searched, "missing": last.missing}
    return VerdictForm(data, initial=initial, ratings=ratings, auto_id="verdict-%s")


class SeenFields(forms.Form):
    """What was on the reviewer's screen: the digest of it, and the number of the last event that it tells of."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class ApprovalForm(WriteForm, SeenFields):
    pass


class ReturnForm(ReasonForm, SeenFields):
    pass
