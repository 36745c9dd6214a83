"""Who is on the desk, in which role."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from articles.forms.base import EditForm, WriteForm
from articles.models import Person, Role


class MemberAddForm(WriteForm):
    """A person who has an account already, by what they sign in with."""

    person = forms.CharField(
        label="User name or e-mail",
        max_length=254,
        error_messages={"required": "Say who: the user name or the e-mail that they sign in with."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.REVIEWER)

    def clean_person(self) -> Person:
        typed = self.cleaned_data["person"]
        people = Person.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed), is_active=True)
        person = people.order_by("id").first()
        if person is None:
            raise forms.ValidationError(f"No one signs in as “{typed}”. Accounts are made with manage.py add_person.")
        return person


class MemberRoleForm(EditForm):
    role = forms.ChoiceField(choices=Role.choices)


class MemberRemoveForm(WriteForm):
    """``seen`` is how many claims the person has open, where the page has listed them."""

    seen = forms.IntegerField(min_value=0, required=False)
