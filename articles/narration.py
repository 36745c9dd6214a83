"""The history in words: each event becomes one sentence that a person reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.dateformat import format as written

from articles.models import (
    Addressee,
    AnswerMeans,
    ClaimKind,
    EvidenceKind,
    LocatorKind,
    OriginKind,
    Priority,
    Reached,
    Role,
    SourceKind,
    Stance,
    Terms,
)
from articles.sentences import CONSEQUENCES, LABELS, NAMED, SEALED, SENTENCES
from articles.text.anchoring import Outcome
from articles.text.origins import Rule, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from articles.models import AuditEvent

LEADS_TO = {"review.approved": "approved", "review.returned": "returned", "verdict.given": "in_review"}
"""The status that a claim comes to by an event about something else."""

TELL_CHANGES = (".edited", ".renamed", ".described", ".moved", "member.changed")
"""Ends of the verbs whose fields are shown before and after. Those of others are in the sentence."""

KINDS = {"claim": ClaimKind, "evidence": EvidenceKind, "origin": OriginKind, "source": SourceKind}
SAYS = {Stance.SUPPORTS: "supports the claim", Stance.REFUTES: "refutes the claim", Stance.CONTEXT: "gives context"}
BECAME = {
    Outcome.CHANGED: "may now be “{proposed}”",
    Outcome.AMBIGUOUS: "stands in several places",
    Outcome.ORPHANED: "is gone",
}
CORRECTED = {
    "retype": "called a block {kind}",
    "split": "split a block in two",
    "merge": "merged a block with the one before",
}
QUOTED = frozenset({"before_quote", "question", "quote", "second", "text", "words"})
FOUND = {"same": "it says the same as its copy", "differs": "it says something else than its copy"}
CHOICES = {"addressee": Addressee, "locator_kind": LocatorKind, "reached": Reached, "stance": Stance, "terms": Terms}
"""Fields whose values are said in other words than they are stored."""
PLAIN = frozenset(
    {
        "answered",
        "because",
        "became",
        "block",
        "claims",
        "corrected",
        "found",
        "kind",
        "number",
        "role",
        "rule",
        "says",
        "version",
    }
)
UNNAMED = {"evidence": "a source", "review": "on this claim", "source": "of the evidence"}

NAMED_BY = 50
"""Characters of a quotation or a claim that are enough to know it by."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Part(NamedTuple):
    """``kind`` is "who", "quote", "name", or empty for the words between."""

    text: str
    kind: str = ""


class Change(NamedTuple):
    """One field before and after, in words; empty where there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    number: int
    at: datetime
    who: str
    parts: tuple[Part, ...]
    reason: str = ""
    changes: tuple[Change, ...] = ()
    status: str = ""
    """The status that the claim came to, if it came to another."""

    @property
    def sentence(self) -> str:
        return "".join(f"“{part.text}”" if part.kind == "quote" else part.text for part in self.parts)


def narrate(
    events: Iterable[AuditEvent], people: Mapping[UUID, str], names: Mapping[UUID, str] | None = None
) -> list[Line]:
    """One line for each event, in the same order.

    ``people`` are the names of those who acted; ``names`` says, by its id, what a row that an event is about is
    called: the source of a piece of evidence, the rating of a reviewed verdict, the outlet of a version. The rating of
    a verdict that was given blind is told only where it is among them.
    """
    return [_line(event, people, names or {}) for event in events]


def deed(action: str, data: Mapping[str, Any], *, subject: str = "", claim: str = "") -> str:
    """What a person did, without saying who: "marked “three people” as a claim". ``claim`` are the claim's words."""
    known = {**data, "who": "", "subject": subject or UNNAMED["evidence"], **_derived(data)}
    parts = _parts(_pattern(action, automatic=False, named=False), known)
    words = "".join(f"“{_short(part.text)}”" if part.kind == "quote" else part.text for part in parts)
    if claim:
        words = words.replace("the claim", f"the claim “{_short(claim)}”", 1)
    words = words.strip().removesuffix(".")
    fields = fields_of(data) if action.endswith(".edited") else ""
    return f"{words} ({fields})" if fields else words


def fields_of(data: Mapping[str, Any]) -> str:
    """The fields that an edit changed, by name: "text, assigned to"."""
    after = _after(data)
    return ", ".join(name.replace("_", " ") for name in LABELS if name in after)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= NAMED_BY else line[:NAMED_BY].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _line(event: AuditEvent, people: Mapping[UUID, str], names: Mapping[UUID, str]) -> Line:
    who = people.get(event.actor_id, "Someone") if event.actor_id else "The system"
    automatic = bool(event.data.get("automatic"))
    known = event.data | {
        "who": who,
        "subject": names.get(event.subject_id) or UNNAMED.get(event.subject_kind, ""),
        **_derived(event.data),
    }
    named = event.subject_id in names
    sealed = SEALED.get(event.action) if event.data.get("blind") and not named else None
    parts = [*_parts(sealed or _pattern(event.action, automatic=automatic, named=named), known)]
    if not automatic:
        parts[-1] = parts[-1]._replace(text=_by_undo(parts[-1].text, event.data))
    return Line(
        number=event.number,
        at=event.at,
        who=who,
        parts=tuple(parts),
        reason="" if automatic else str(event.data.get("reason") or ""),
        changes=tuple(_changes(event)),
        status=LEADS_TO.get(event.action) or str(_after(event.data).get("status", "")),
    )


def _by_undo(end: str, data: Mapping[str, Any]) -> str:
    """The end of the sentence about an act that takes an earlier one of the same person back, or brings it again."""
    how = "undo" if "undoes" in data else "redo" if "redoes" in data else ""
    return f"{end.removesuffix('.')} by {how}." if how else end


def _pattern(action: str, *, automatic: bool, named: bool) -> str:
    sentences = SENTENCES | (CONSEQUENCES if automatic else {}) | (NAMED if named else {})
    noun, _, verb = action.partition(".")
    return sentences.get(action, f"{{who}}: {noun} {verb.replace('_', ' ')}.")


def _parts(pattern: str, known: Mapping[str, Any]) -> Iterator[Part]:
    """The words of the pattern, with what stands in its places."""
    for position, words in enumerate(_PLACEHOLDER.split(pattern)):
        if position % 2 == 0:
            if words:
                yield Part(words)
        else:
            yield _part(words, known)


def _part(name: str, known: Mapping[str, Any]) -> Part:
    value = _in_words(known.get(name))
    if name == "who":
        return Part(value, "who")
    return Part(value, "quote" if name in QUOTED else "" if name in PLAIN else "name")


def _derived(data: Mapping[str, Any]) -> dict[str, str]:
    """What a sentence needs in other words than the event has them."""
    reason = str(data.get("reason") or "")
    derived = {"because": reason[:1].lower() + reason[1:].rstrip(".")}
    if isinstance(data.get("claims"), int):
        derived["claims"] = f"{data['claims']:,} claim{'' if data['claims'] == 1 else 's'}"
    if data.get("stance") in SAYS:
        derived["says"] = SAYS[Stance(data["stance"])]
    if data.get("outcome") in BECAME:
        derived["became"] = BECAME[data["outcome"]].format(**data)
    if isinstance(data.get("correction"), dict):
        kind = str(data["correction"].get("kind", "")).replace("_", " ")
        derived["corrected"] = CORRECTED.get(data["correction"].get("what"), "").format(kind=kind)
    if "quote" in _before(data):
        derived |= {"before_quote": _before(data)["quote"], "quote": _after(data)["quote"]}
    derived |= _of_source(data) | _of_rule(data) | _of_query(data)
    role = data.get("role") or _after(data).get("role")
    if role in Role.values:
        derived["role"] = Role(role).label.lower()
    if isinstance(data.get("after"), str):  # the kind of a block; blocks are counted from 0
        derived |= {"block": str(data["number"] + 1), "kind": data["after"].replace("_", " ")}
    return derived


def _of_query(data: Mapping[str, Any]) -> dict[str, str]:
    """Whether who was asked answered, or somebody wrote down what they said."""
    if "answer" not in data:
        return {}
    own = data.get("means") == AnswerMeans.HERE
    return {"answered": "answered the query" if own else f"wrote down what {data['asked_of']} answered"}


def _of_source(data: Mapping[str, Any]) -> dict[str, str]:
    """What was found on its page, and to which source something went along."""
    went_to = _after(data).get("source")
    said = {"found": FOUND.get(data.get("outcome", ""), ""), "to_source": _in_words(went_to)}
    return {name: words for name, words in said.items() if words}


def _of_rule(data: Mapping[str, Any]) -> dict[str, str]:
    """What a desk asks of sourcing from now on."""
    return {"rule": wanted(Rule(data["origins"], data["primary"]))} if {"origins", "primary"} <= data.keys() else {}


def _before(data: Mapping[str, Any]) -> Mapping[str, Any]:
    before = data.get("before")
    return before if isinstance(before, dict) else {}


def _after(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields that changed, as they are afterwards."""
    after = data.get("after")
    return after if isinstance(after, dict) else {}


def _changes(event: AuditEvent) -> Iterator[Change]:
    if event.action == "block.retyped":
        yield Change("Kind", *(str(event.data.get(when, "")).replace("_", " ") for when in ("before", "after")))
        return
    if not event.action.endswith(TELL_CHANGES):
        return
    before, after = _fields(_before(event.data)), _fields(_after(event.data))
    for name, label in LABELS.items():
        if name in after or name in before:
            yield Change(
                label, *(_value_in_words(event.subject_kind, name, state.get(name)) for state in (before, after))
            )


def _fields(state: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a person wrote over the guesses about an arrival are fields like those of an article."""
    details = state.get("details")
    return details if isinstance(details, dict) else state


def _value_in_words(subject_kind: str, name: str, value: Any) -> str:
    match name:
        case "kind" if subject_kind in KINDS:
            return str(KINDS[subject_kind](value).label)
        case _ if name in CHOICES and value:
            return str(CHOICES[name](value).label)
        case "role":
            return str(Role(value).label)
        case "priority":
            return str(Priority(value).label)
        case "due" if value:
            return written(date.fromisoformat(value), "j F Y")
    return _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or "")
    return "" if value is None else str(value)
