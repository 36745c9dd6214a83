from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template

from articles.forms.base import ConditionalField, WordsField
from articles.models import Stance, Status
from articles.scales import SCALES
from articles.templatetags import interface


def rendered(source: str, **context: object) -> str:
    return Template("{% load interface %}" + source).render(Context(context)).strip()


@pytest.fixture
def icons() -> str:
    return Template('{% include "components/icons.html" %}').render(Context())


@pytest.mark.parametrize("status", Status.values)
def test_every_status_has_a_line_and_words(status: str, icons: str) -> None:
    pill = interface.pill(status)

    assert status.replace("_", " ") in pill
    assert f'id="line-{status}"' in icons


@pytest.mark.parametrize("stance", Stance.values)
def test_every_stance_has_a_sign_and_words(stance: str, icons: str) -> None:
    assert stance.capitalize() in interface.stance(stance)
    assert f'id="i-{stance}"' in icons


@pytest.mark.parametrize("term", [term for scale in SCALES for term in scale.terms], ids=lambda term: term.name)
def test_every_rating_has_a_sign_and_a_colour(term: SimpleNamespace, icons: str) -> None:
    assert term.name in interface.rating(term)
    assert f'id="i-{term.sign}"' in icons
    assert term.colour in {"green", "red", "amber", "blue", "violet", "orange", "grey"}


def test_what_a_person_wrote_is_escaped() -> None:
    assert "<b>" not in interface.rating(SimpleNamespace(name="<b>", colour="red", sign="cross"))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2013, 6, 5), "5 June 2013"),
        (datetime(2013, 6, 5, 9, 4, tzinfo=UTC), "5 June 2013, 09:04"),
        ("2013-06-05", "5 June 2013"),
        ("2013-06", "June 2013"),
        ("2013", "2013"),
        ("", "no date"),
        (None, "no date"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(value: date | str | None, words: str) -> None:
    assert interface.in_words(value) == words


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (0, "claim", "0 claims"),
        (1, "claim", "1 claim"),
        (1204, "claim", "1,204 claims"),
        (2, "query,queries", "2 queries"),
        (1, "query,queries", "1 query"),
    ],
)
def test_things_are_counted(number: int, noun: str, words: str) -> None:
    assert interface.counted(number, noun) == words


def test_what_no_person_did_the_system_did() -> None:
    assert interface.called(None) == "the system"


def test_progress_counts_what_is_left() -> None:
    progress = interface.progress_of({"approved": 3, "set_aside": 1, "in_review": 2, "open": 2})

    assert (progress.total, progress.left, progress.waiting) == (8, 4, 2)
    assert progress.segments[1] == ("set_aside", "37.50", "12.50")


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({}, "No claims yet"),
        ({"approved": 2}, "All done"),
        ({"open": 1, "approved": 2}, "1 claim left"),
        ({"in_review": 2}, "2 waiting for a second person"),
    ],
)
def test_progress_is_said_in_words(counts: dict[str, int], words: str) -> None:
    assert words in rendered("{% progress counts %}", counts=counts)


def test_two_texts_are_cut_where_they_differ() -> None:
    theirs, mine = interface.compared("closed for nine days", "closed for two days")

    assert [run.text for run in theirs if run.differs] == ["nine"]
    assert [run.text for run in mine if run.differs] == ["two"]
    assert "".join(run.text for run in theirs) == "closed for nine days"


def test_an_undo_names_its_address_and_its_fields() -> None:
    assert interface.undo_of("undo:/d/x/restore/?revision=4") == ("/d/x/restore/", [("revision", "4")], "Undo")
    assert interface.undo_of("undo:/d/x/redo/?step=4&label=Redo") == ("/d/x/redo/", [("step", "4")], "Redo")
    assert interface.undo_of("") is None


def test_each_form_gets_a_request_id_of_its_own() -> None:
    assert interface.request_id() != interface.request_id()


class Form(forms.Form):
    summary = forms.CharField(help_text="Short.", max_length=75)
    side = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    sure = forms.BooleanField()


def test_a_field_ties_its_words_to_its_control() -> None:
    html = rendered("{% field form.summary counter=75 %}", form=Form({"summary": ""}))

    assert 'aria-describedby="id_summary_helptext id_summary_error"' in html
    assert 'id="id_summary_helptext"' in html
    assert 'id="id_summary_error"' in html
    assert 'data-limit="75"' in html


def test_help_that_a_template_gives_is_tied_to_its_control() -> None:
    html = rendered('{% field form.side help="Left is a." %}{% field form.sure help="Only once." %}', form=Form())

    assert 'id="id_side" tabindex="-1" aria-describedby="id_side_helptext"' in html
    assert html.count('aria-describedby="id_sure_helptext"') == 1
    assert "Only once." in html


def test_only_what_is_never_needed_is_called_optional() -> None:
    class Form(forms.Form):
        needed = WordsField()
        spare = WordsField(required=False)
        sometimes = ConditionalField(help_text="Needed for high and low.")
        always_chosen = forms.ChoiceField(choices=[("a", "A")], required=False)
        chosen = forms.ChoiceField(choices=[("", "None"), ("a", "A")], required=False)

    form = Form({})
    assert [bound.name for bound in form if interface.field(bound)["is_optional"]] == ["spare", "chosen"]
    assert list(form.errors) == ["needed"]


def test_errors_lead_to_their_fields() -> None:
    html = rendered("{% form_errors form %}{% field form.side %}{% field form.sure %}", form=Form({}))

    assert "3 fields need your attention" in html
    assert 'href="#id_side"' in html
    assert 'id="id_side"' in html


def test_a_valid_form_has_no_summary_of_errors() -> None:
    assert rendered("{% form_errors form %}", form=Form()) == ""
