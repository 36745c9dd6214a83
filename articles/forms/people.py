"""Who is on the desk, in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Q

from articles.forms.base import EditForm, WordsField, WriteForm
from articles.models import Person, Role
from articles.passwords import SHORTEST

if TYPE_CHECKING:
    from articles.errors import Refused
    from articles.models import Desk, Membership


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
            raise forms.ValidationError(f"No one signs in as “{typed}”. Invite them; they make their account then.")
        return person


class InvitationForm(WriteForm):
    """Whom a link is made for, in which role."""

    invited = WordsField(
        label="Name or e-mail",
        max_length=254,
        error_messages={"required": "Say who is invited: a name or an e-mail address."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.REVIEWER)

    def __init__(self, *args: Any, by: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.value, role.label) for role in Role if by.may_give(role)]
        self.fields["role"] = forms.ChoiceField(
            choices=choices,
            initial=Role.REVIEWER,
            error_messages={"invalid_choice": "You can invite people up to your own role."},
        )


class EnrolForm(forms.Form):
    """The account of somebody who was invited."""

    name = WordsField(
        label="Your name",
        max_length=150,
        help_text="As colleagues read it beside what you did.",
        error_messages={"required": "Write your name as colleagues know it."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label="User name",
        max_length=40,
        help_text="You sign in with it: letters, digits, dots and hyphens.",
        validators=[
            RegexValidator(r"^[\w.\-]+\Z", "Use letters, digits, dots, hyphens and underscores, and nothing else.")
        ],
        error_messages={"required": "Choose a name to sign in with."},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        strip=False,
        help_text=f"At least {SHORTEST} characters; spaces count. A few words you will remember are enough.",
        error_messages={"required": "Choose a password."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="Password, again",
        strip=False,
        error_messages={"required": "Type the password once more."},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk

    def clean(self) -> dict[str, Any]:
        """The password is looked at with the names beside it, which are no secret."""
        told = super().clean() or {}
        if password := told.get("password"):
            person = Person(username=told.get("username", ""), name=f"{told.get('name', '')} {self.desk.name}")
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)
            if "again" in told and told["again"] != password:
                self.add_error("again", "This is not the same. Type the password once more.")
        return told

    def refuse(self, refusal: Refused) -> None:
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class EnrolledForm(forms.Form):
    """Of the account of somebody who was invited, what signs them in when the form comes once more."""

    username = forms.CharField()
    password = forms.CharField(strip=False)


class SecondFactorForm(WriteForm):
    """Whether the desk asks for one."""

    required = forms.BooleanField(required=False)


class MemberRoleForm(EditForm):
    role = forms.ChoiceField(choices=Role.choices)


class MemberRemoveForm(WriteForm):
    """``seen`` is how many claims and queries the person has open, where the page has listed them."""

    seen = forms.IntegerField(min_value=0, required=False)
