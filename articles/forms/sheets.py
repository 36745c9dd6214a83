"""What an editor signs."""

from __future__ import annotations

from django import forms

from articles.forms.base import WordsField, WriteForm


class SignOffForm(WriteForm):
    """``expected`` is the digest of what was read; ``seen`` the last event of the desk at that moment."""

    expected = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = WordsField(
        label="What changed, and why",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    leave_out = forms.BooleanField(label="Leave out the claims on which work is not done", required=False)

    def ask_for_reason(self) -> None:
        """Show the reason as required. The action requires it: a repeated request gets its first answer before."""
        self.fields["reason"].required = True
