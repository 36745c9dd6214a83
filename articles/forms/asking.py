"""Queries: of whom something is asked, what comes back, how it is closed, and which are listed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils import timezone

from articles.actions.asking import Asked
from articles.forms.base import DayField, EditForm, ReasonForm, WordsField, WriteForm
from articles.forms.highlights import SelectionForm
from articles.models import Addressee, AnswerMeans, Query, QueryStatus
from articles.queries.asking import QueryFilter, titled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import BoundField

    from articles.models import Membership, Person

LONGEST = 5_000
WHOSE = (("", "Everyone’s"), ("put", "Put to me"), ("asked", "Asked by me"))


class AskFields(forms.Form):
    """``to`` is "author", "source" or the id of a colleague; ``name`` says who the author or the source is."""

    to = forms.ChoiceField(label="Ask", error_messages={"required": "Say whom you ask."})
    name = WordsField(label="Name", required=False, max_length=200)
    question = WordsField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what you want to know."},
    )
    due = DayField(label="Answer needed by", required=False)

    def __init__(
        self,
        *args: Any,
        by: Membership,
        people: Sequence[Person],
        bylines: Sequence[str] = (),
        colleague: Person | None = None,
        **kwargs: Any,
    ) -> None:
        """``colleague`` is who is asked already, and may be ``by``, who can ask anybody else of the people."""
        super().__init__(*args, **kwargs)
        self.by, self.bylines = by, bylines
        able = [person for person in people if person.pk != by.person_id]
        if colleague and colleague not in able:
            able.append(colleague)
        self.people = {str(person.pk): person for person in able}
        others = [(key, str(person)) for key, person in self.people.items()]
        to: Any = self.fields["to"]
        to.choices = [
            (Addressee.AUTHOR.value, Addressee.AUTHOR.label),
            (Addressee.SOURCE.value, Addressee.SOURCE.label),
            *([("Colleagues", others)] if others else []),
        ]
        self.fields["name"].help_text = (
            f"Of the author, if it is not {bylines[0]}, or of the source."
            if len(bylines) == 1
            else "Of the author or of the source."
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        name = given.get("name", "")
        if given.get("to") == Addressee.SOURCE and not name and "name" not in self.errors:
            self.add_error("name", "Say which source: its title, or who it is.")
        if given.get("to") == Addressee.AUTHOR and not name and len(self.bylines) > 1:
            self.add_error(
                "name", f"The claim stands in several articles. Say whose author: {', '.join(self.bylines)}."
            )
        return given

    def asked(self) -> Asked:
        given = self.cleaned_data
        said: dict[str, Any] = {"question": given["question"], "due": given["due"]}
        if given["to"] in self.people:
            return Asked(addressee=Addressee.COLLEAGUE, colleague=self.people[given["to"]], **said)
        if given["to"] == Addressee.AUTHOR:
            name = given["name"] or "".join(self.bylines)
            return Asked(addressee=Addressee.AUTHOR, name=name, **said)
        source = titled(self.by.desk, given["name"])
        return Asked(addressee=Addressee.SOURCE, source=source, name="" if source else given["name"], **said)


class QueryForm(WriteForm, AskFields):
    """About a claim."""


class QueryEditForm(EditForm, AskFields):
    """What was asked, as it is stored or as it was typed. A source whose name nobody changes stays the one it is."""

    def __init__(self, *args: Any, query: Query, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.query = query

    def asked(self) -> Asked:
        asked = super().asked()
        if asked.addressee == self.query.addressee == Addressee.SOURCE and "name" not in self.changed_data:
            return replace(asked, source=self.query.source, name=self.query.name)
        return asked


class PassageQueryForm(SelectionForm, AskFields):
    """About words that are selected in an article."""


class WordsQueryForm(WriteForm, AskFields):
    """About words of an article that are typed, for whoever cannot select them."""

    words = WordsField(
        label="Words of the article",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Exactly as they stand in it, and enough of them to know the place.",
        error_messages={"required": "Give the words of the article that the query is about."},
    )

    field_order = ["words", "to", "name", "question", "due"]

    def __init__(self, *args: Any, text: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        number = self.text.count(words)
        if not number:
            raise forms.ValidationError("These words do not stand in the article. Copy them from it.")
        if number > 1:
            raise forms.ValidationError(f"These words stand in {number} places. Give more of what stands around them.")
        return words


def query_edit_form(query: Query, by: Membership, people: Sequence[Person], data: Any = None) -> QueryEditForm:
    """The form as the query stands, or with what was typed into it."""
    initial = {
        "revision": query.revision,
        "to": str(query.colleague_id or query.addressee),
        "name": query.name or str(query.source or ""),
        "question": query.question,
        "due": query.due,
    }
    return QueryEditForm(
        data, initial=initial, query=query, by=by, people=people, colleague=query.colleague, auto_id="query-edit-%s"
    )


class AnswerForm(WriteForm):
    """What came back. Who was asked answers here, and says nothing of how."""

    words = WordsField(
        label="Answer",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write down what was answered."},
    )
    means = forms.ChoiceField(
        label="How it came",
        choices=[one for one in AnswerMeans.choices if one[0] != AnswerMeans.HERE],
        initial=AnswerMeans.PHONE,
    )
    given_on = DayField(label="On", error_messages={"required": "Say on which day it came."})

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = timezone.localdate
        if is_own:
            del self.fields["means"], self.fields["given_on"]

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "words": given["words"],
            "means": given.get("means", AnswerMeans.HERE.value),
            "given_on": given.get("given_on", timezone.localdate()),
        }


class CloseForm(EditForm):
    """Without an answer it needs a reason."""

    reason = WordsField(label="Why", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


def answer_form(query: Query, by: Membership, data: Any = None) -> AnswerForm:
    return AnswerForm(data, is_own=query.colleague_id == by.person_id, auto_id="answer-%s")


def close_form(query: Query, data: Any = None) -> CloseForm:
    form = CloseForm(data, initial={"revision": query.revision}, auto_id="close-%s")
    if query.status == QueryStatus.OPEN:
        form.fields["reason"].label = "Why without an answer"
        form.fields["reason"].widget.is_required = True
    return form


def reopen_form(data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id="reopen-query-%s")


class QueryFilterForm(forms.Form):
    """An unknown value is as good as none. What nobody has answered is listed at first."""

    status = forms.ChoiceField(choices=[("all", "Any status"), *QueryStatus.choices], required=False)
    addressee = forms.ChoiceField(label="Asked of", choices=[("", "Anyone"), *Addressee.choices], required=False)
    whose = forms.ChoiceField(label="Whose", choices=WHOSE, required=False)
    overdue = forms.BooleanField(required=False)
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data if "status" in data else {**data.dict(), "status": QueryStatus.OPEN.value})

    @property
    def choices(self) -> list[BoundField]:
        return [self["status"], self["addressee"], self["whose"]]

    @property
    def is_narrowed(self) -> bool:
        return self.wanted() != QueryFilter()

    def wanted(self) -> QueryFilter:
        """The filter as far as it makes sense."""
        self.is_valid()
        given = self.cleaned_data
        status = given.get("status", QueryStatus.OPEN.value)
        article: UUID | None = given.get("article")
        return QueryFilter(
            status="" if status == "all" else status,
            addressee=given.get("addressee", ""),
            whose=given.get("whose", ""),
            overdue=given.get("overdue", False),
            article=article,
        )
