"""What every screen says in the same way: states, signs, times, names, numbers of things."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, ChoiceField, RadioSelect, Textarea
from django.template import Context
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import DUE_SOON, Means, Reached, Terms
from articles.templatetags.addresses import address
from articles.text.differences import RunKind, compare_words

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A decoration: the words beside it say the same."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def pill(status: str) -> SafeString:
    return format_html(
        '<span class="pill" data-status="{0}">'
        '<svg class="icon line" aria-hidden="true"><use href="#line-{0}"/></svg>{1}</span>',
        status,
        in_plain_words(status),
    )


@register.simple_tag
def stance(value: str) -> SafeString:
    return format_html(
        '<span class="stance" data-stance="{}">{} {}</span>', value, icon(value), in_plain_words(value).capitalize()
    )


@register.simple_tag
def rating(value: Any) -> SafeString:
    return format_html('<span class="rating" data-colour="{}">{} {}</span>', value.colour, icon(value.sign), value.name)


@register.filter
def in_plain_words(value: str) -> str:
    """``in_review`` is a stored value, "in review" is said."""
    return str(value).replace("_", " ")


# Times and dates


@register.simple_tag
def moment(at: datetime | None) -> SafeString:
    """A point in time in full; the browser says "3 minutes ago" for the first day."""
    if at is None:
        return SafeString("")
    return format_html(
        '<relative-time><time datetime="{}">{}</time></relative-time>',
        at.isoformat(timespec="seconds"),
        in_words(at),
    )


@register.filter
def in_words(value: date | str | None) -> str:
    """A date as far as it is known: "5 June 2013", "June 2013" or "2013"; with the time when there is one."""
    match value:
        case datetime():
            return written(timezone.localtime(value), "j F Y, H:i")
        case date():
            return written(value, "j F Y")
        case str() if value:
            return _partial_date(value)
        case _:
            return "no date"


@register.simple_tag
def due(claim: Any) -> SafeString:
    """By when a claim is to be checked, in words; once it is settled the day alone says so."""
    words, urgency = due_in_words(claim.due, timezone.localdate())
    if claim.status in ("approved", "set_aside"):
        words, urgency = f"was due {written(claim.due, 'j F')}", ""
    return format_html('<span class="due"{}>{}</span>', SafeString(f' data-due="{urgency}"' if urgency else ""), words)


@register.simple_tag
def due_day(day: date) -> SafeString:
    """By when something that is still open is needed."""
    words, urgency = due_in_words(day, timezone.localdate())
    return format_html('<span class="due"{}>{}</span>', SafeString(f' data-due="{urgency}"' if urgency else ""), words)


def due_in_words(day: date, today: date) -> tuple[str, str]:
    """The words, and "over" or "soon" where it presses."""
    days = (day - today).days
    day_of = written(day, "j F" if day.year == today.year else "j F Y")
    if days < 0:
        return f"overdue by {counted(-days, 'day')} ({day_of})", "over"
    if days <= DUE_SOON:
        return f"due {('today', 'tomorrow')[days] if days <= 1 else f'in {days} days ({day_of})'}", "soon"
    return f"due {day_of}", ""


def _partial_date(value: str) -> str:
    parts = [int(part) for part in value.split("-")]
    known = date(*[*parts, 1, 1][:3])
    return written(known, ("Y", "F Y", "j F Y")[len(parts) - 1])


# People and numbers


@register.filter
def called(person: Any) -> str:
    return str(person) if person else "the system"


@register.filter
def counted(number: int, noun: str) -> str:
    """``3|counted:"claim"`` is "3 claims"; an irregular plural follows a comma: ``counted:"query,queries"``."""
    singular, _, plural = noun.partition(",")
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


@register.filter
def grouped(number: int) -> str:
    return f"{number:,}"


@register.filter
def in_fours(value: str) -> list[str]:
    """A long key in groups that can be read off and typed."""
    return [value[at : at + 4] for at in range(0, len(value), 4)]


@register.filter
def means_in_words(value: str) -> str:
    """How a copy came to the desk."""
    return str(Means(value).label)


@register.filter
def spoken(source: Any) -> str:
    """How somebody was spoken with: "by phone, on the record". On other terms the title says so instead of a name."""
    how = [Reached(source.reached).label] if source.reached else []
    terms = [Terms.ON_RECORD.label] if source.terms == Terms.ON_RECORD else []
    return ", ".join(label[:1].lower() + label[1:] for label in (*how, *terms))


@register.filter
def direction_in_words(value: str) -> str:
    return {"ltr": "left to right", "rtl": "right to left"}.get(value, "")


@register.filter
def at_key(values: Mapping[Any, Any] | None, key: Any) -> Any:
    """What a mapping has for a key, or None."""
    return (values or {}).get(key)


# How far the work is

DONE_FIRST = ("approved", "set_aside", "in_review", "checking", "returned", "reopened", "open")


class Segment(NamedTuple):
    status: str
    start: str
    width: str


@dataclass(frozen=True)
class Progress:
    total: int
    left: int
    waiting: int
    segments: list[Segment]


def progress_of(counts: Mapping[str, int]) -> Progress:
    numbers = [counts.get(status, 0) for status in DONE_FIRST]
    total = sum(numbers)
    ends = [100 * sum(numbers[:i]) / (total or 1) for i in range(len(numbers) + 1)]
    segments = [
        # Written out here, because a template would put the decimal comma of the reader's language.
        Segment(status, f"{start:.2f}", f"{end - start:.2f}")
        for status, (start, end) in zip(DONE_FIRST, pairwise(ends), strict=True)
        if end > start
    ]
    done = counts.get("approved", 0) + counts.get("set_aside", 0)
    return Progress(total, total - done, counts.get("in_review", 0), segments)


@register.inclusion_tag("components/progress.html")
def progress(counts: Mapping[str, int]) -> dict[str, Progress]:
    return {"progress": progress_of(counts)}


@register.inclusion_tag("components/progress_bar.html")
def progress_bar(counts: Mapping[str, int]) -> dict[str, Progress]:
    """Only the bar, where the words beside it say more."""
    return {"progress": progress_of(counts)}


# Forms


@register.simple_tag
def request_id() -> SafeString:
    """Makes a repeated submission happen once; the browser renews it after each success."""
    return format_html(
        '<request-id><input type="hidden" name="request_id" value="{}" autocomplete="off"></request-id>', uuid.uuid4()
    )


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    *,
    label: str = "",
    help: str = "",  # noqa: A002  # as templates write it
    counter: int = 0,
    live: bool = False,
) -> dict[str, Any]:
    """A control with its label, help and errors.

    ``counter`` is the number of characters it should keep to. ``live`` keeps a place for errors that an answer brings
    without the control.
    """
    widget = bound.field.widget
    if help:
        bound.help_text = help  # What the control is described by, as Django says it.
    attributes: dict[str, str | bool] = {"placeholder": ""}
    if live:
        attributes["aria-describedby"] = f"{bound.auto_id}_helptext {bound.auto_id}_error"
    return {
        "field": bound,
        # A placeholder that repeats the label is noise, and allauth's forms bring one each.
        "control": bound.as_widget(attrs=attributes),
        "label": label or bound.label,
        "help": bound.help_text,
        "counter": counter,
        "live": live,
        "is_optional": not bound.field.required and _can_be_empty(bound),
        "is_check": isinstance(widget, CheckboxInput),
        "is_radio": isinstance(widget, RadioSelect),
        "is_text": isinstance(widget, Textarea),
    }


def _can_be_empty(bound: BoundField) -> bool:
    """A list of choices without an empty one has a value always; some fields are needed with some values of others."""
    if isinstance(bound.field, ChoiceField):
        return bound.field.valid_value("")
    return getattr(bound.field, "is_optional", True)


@register.inclusion_tag("components/errors.html")
def form_errors(form: BaseForm) -> dict[str, BaseForm]:
    return {"form": form}


# Two texts that were written at the same time


class Run(NamedTuple):
    text: str
    differs: bool


class Compared(NamedTuple):
    theirs: list[Run]
    mine: list[Run]


@register.simple_tag
def compared(theirs: str, mine: str) -> Compared:
    """Both texts whole, cut where they differ, word by word."""
    runs = compare_words(str(theirs), str(mine))
    return Compared(
        [Run(run.text, run.kind is not RunKind.SAME) for run in runs if run.kind is not RunKind.ADDED],
        [Run(run.text, run.kind is not RunKind.SAME) for run in runs if run.kind is not RunKind.DROPPED],
    )


# Messages that can be taken back


class Undo(NamedTuple):
    url: str
    fields: list[tuple[str, str]]
    label: str = "Undo"


@register.filter
def undo_of(extra_tags: str | None) -> Undo | None:
    """``undo:/d/desk/…/restore/?revision=4``: where the undo is posted, its query as hidden fields.

    A ``label`` in the query is what the button says.
    """
    if not (extra_tags or "").startswith("undo:"):
        return None
    parts = urlsplit((extra_tags or "").removeprefix("undo:"))
    fields = dict(parse_qsl(parts.query))
    return Undo(parts.path, label=fields.pop("label", "Undo"), fields=list(fields.items()))


# Places


@register.simple_tag(takes_context=True)
def place(context: Context, name: str, label: str, key: str) -> SafeString:
    """A link of the header. The desk itself is above all its pages, so it is current only when it is the page."""
    url, path = address(f"articles:{name}", context["desk"].slug), context["request"].path
    is_under = name != "desk" and path.startswith(url)
    current = "page" if path == url else "true" if is_under else ""
    number = context["unseen"]["reviews"] if name == "review-queue" else ""
    return format_html(
        '<a href="{}"{} data-key="{}">{}{}</a>',
        url,
        SafeString(f' aria-current="{current}"' if current else ""),
        key,
        label,
        format_html(" <b>{}</b>", number) if number else "",
    )
