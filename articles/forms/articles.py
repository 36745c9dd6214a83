"""Forms about articles: what is said about one, the kind of a block, and how the list of them is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.conf.locale import LANG_INFO
from django.core.validators import RegexValidator

from articles.actions.articles import Details
from articles.forms.base import EditForm, WordsField, WriteForm
from articles.forms.sources import PartialDateField
from articles.models import Article
from articles.models.base import PARTIAL_DATE
from articles.queries.articles import State
from articles.text.blocks import BlockKind
from articles.text.dates import first_date

if TYPE_CHECKING:
    from articles.models import Story
    from articles.text.guess import Metadata

    type Choices = list[tuple[str, str]]

GUESSED = ("headline", "outlet", "byline", "published", "updated", "language", "direction", "url")
KINDS = [(kind.value, kind.replace("_", " ").capitalize()) for kind in BlockKind]
# Django's list has the two scripts of Chinese, and not Chinese by itself, which is what a text can be guessed to be.
LANGUAGES = sorted(
    [("zh", "Chinese"), *((code, info["name"]) for code, info in LANG_INFO.items() if "name" in info)],
    key=lambda language: language[1],
)


LANGUAGE_CODES = frozenset(code for code, _ in LANGUAGES)


class LineField(WordsField):
    """Words on one line: line breaks and runs of spaces are one space."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class PrintedDateField(PartialDateField):
    """A partial date that may also be typed as it is printed: "5 June 2013"."""

    default_validators = [RegexValidator(PARTIAL_DATE, "Write the date as 2013, 2013-06 or 5 June 2013.")]

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        printed = first_date(typed)
        # In figures alone, day and month can be mistaken for each other.
        if printed and printed.end - printed.start == len(typed) and any(map(str.isalpha, typed)):
            return printed.iso
        return typed


class DetailsForm(forms.Form):
    """What is said about an article. Outlet and story are names; one that is not known yet is made."""

    headline = LineField(max_length=300, error_messages={"required": "Give the article a headline."})
    outlet = LineField(
        max_length=120,
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
        error_messages={"required": "Say who published it. If no one knows, write “Unknown outlet”."},
    )
    byline = LineField(max_length=200, required=False)
    published = PrintedDateField(required=False, help_text="As far as it is known: 2013, 2013-06 or 5 June 2013.")
    updated = PrintedDateField(required=False, help_text="When it was last changed, where it says so.")
    language = forms.ChoiceField(choices=[("", "Not known"), *LANGUAGES], required=False)
    url = forms.URLField(
        label="Address",
        max_length=2000,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Write a web address, such as https://example.org/story."},
    )
    story = LineField(
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "stories", "autocomplete": "off"}),
        help_text="The event it reports. A new title opens a new story.",
    )

    DETAILS = ("headline", "outlet", "byline", "published", "updated", "language", "url", "story")

    def details(self, story: Story | None = None) -> Details:
        """What was said; the story by its title is for others to find."""
        values = {name: self.cleaned_data[name] for name in self.DETAILS}
        return Details(**(values | {"story": story}))


def guesses(metadata: Metadata) -> dict[str, str]:
    """What a text says about itself, by the field of the form it belongs to."""
    values: dict[str, str] = {name: getattr(metadata, name).value for name in GUESSED}
    return values | {"language": _known_language(values["language"])}


def _known_language(code: str) -> str:
    """The code as the list of languages has it: "en" for an "en-IE" that it does not have."""
    code = code.lower().replace("_", "-")
    known = (code.rsplit("-", parts)[0] for parts in range(code.count("-") + 1))
    return next((one for one in known if one in LANGUAGE_CODES), "")


class ArticleEditForm(EditForm, DetailsForm):
    """The details of a stored article, as it was at ``revision``."""

    @classmethod
    def of(cls, article: Article) -> ArticleEditForm:
        return cls(initial=shown(article) | {"revision": article.revision})


def shown(article: Article) -> dict[str, str]:
    """The details of a stored article as their form shows them."""
    return {name: str(getattr(article, name) or "") for name in DetailsForm.DETAILS}


class BlockKindForm(WriteForm):
    """``number`` counts the blocks of a version from 0."""

    number = forms.IntegerField(min_value=0)
    kind = forms.ChoiceField(choices=KINDS)


class ArticleFilterForm(forms.Form):
    """The filters of the list of articles. They live in the address; what makes no sense there is left out."""

    q = forms.CharField(
        label="Words",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Headline, byline, outlet or text"}),
    )
    outlet = forms.TypedChoiceField(coerce=UUID, required=False)
    story = forms.TypedChoiceField(coerce=UUID, required=False)
    state = forms.ChoiceField(choices=State.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, outlets: Choices, stories: Choices) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["outlet"].choices = [("", "Any outlet"), *outlets]
        fields["story"].choices = [("", "Any story"), *stories]

    def chosen(self) -> dict[str, Any]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
