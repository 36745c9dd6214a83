"""The desk's own page."""

from __future__ import annotations

from django import forms


class SeenForm(forms.Form):
    """Up to which event a person has seen what happened."""

    number = forms.IntegerField(min_value=0, max_value=2**62)
