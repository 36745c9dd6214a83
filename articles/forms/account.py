"""What a person changes about their own account."""

from __future__ import annotations

from django import forms


class EndSessionForm(forms.Form):
    """Without a place all other sessions are meant."""

    place = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
