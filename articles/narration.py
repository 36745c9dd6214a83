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
from articles.text.anchoring import Outcome
from articles.text.origins import Rule, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from uuid import UUID

    from articles.models import AuditEvent

SENTENCES = {
    "arrival.added": "{who} added what had arrived as {name} to the desk.",
    "arrival.came": "{who} brought in {name}.",
    "arrival.corrected": "{who} {corrected}.",
    "arrival.corrected_back": "{who} took a correction back: {corrected}.",
    "arrival.described": "{who} corrected what is said about the article.",
    "arrival.discarded": "{who} discarded {name}.",
    "arrival.read": "{who} had {name} read.",
    "arrival.restored": "{who} restored {name}.",
    "arrival.unreadable": "What arrived as {name} could not be read.",
    "article.added": "{who} added the article {headline} of {outlet}.",
    "article.edited": "{who} corrected what is said about the article.",
    "batch.made": "{who} changed {claims} at once.",
    "batch.undone": "{who} took a change of many claims back, for {claims}.",
    "block.retyped": "{who} corrected the kind of block {block} to {kind}.",
    "carry.accepted": "{who} agreed where {before_quote} stands in version {number}: {quote}.",
    "carry.orphaned": "{who} said that {before_quote} is gone from version {number}.",
    "carry.overtaken": "A later version was taken before it was decided where the highlight stands.",
    "carry.reconsidered": "{who} took back where {before_quote} stands in version {number}.",
    "carry.remarked": "{who} marked anew in version {number} what was {before_quote}: {quote}.",
    "claim.approved": "The claim is approved.",
    "claim.blinded": "{who} asked for the next verdict to be found blind.",
    "claim.edited": "{who} edited the claim.",
    "claim.found": "The second finding took the place of the first.",
    "claim.handed_on": "The verdict went to a second person.",
    "claim.made": "{who} made the claim {text}.",
    "claim.renewed": "What was approved is written down in another form, and is the same.",
    "claim.reopened": "{who} reopened the claim.",
    "claim.resumed": "{who} took the claim back to work.",
    "claim.returned": "The claim went back to work.",
    "claim.set_aside": "{who} set the claim aside.",
    "claim.started": "{who} started to check the claim.",
    "claim.stopped": "{who} took back that the check of the claim was started.",
    "claim.unblinded": "{who} asked for the next verdict not to be found blind.",
    "claimant.added": "{who} added the claimant {name}.",
    "copy.dismissed": "{who} said that the same words in {outlets} are no copies of each other.",
    "copy.reconsidered": "{who} took back that places with the same words are no copies of each other.",
    "desk.told": "All that the desk had stored of each {kind} was written into its history.",
    "desk.founded": "The desk {name} was founded, with {administrator} as its administrator.",
    "edition.kept": "Edition {number} was kept as it was signed off.",
    "desk.second_factor_required": "{who} had the desk ask for a second factor.",
    "desk.second_factor_waived": "{who} had the desk ask for no second factor any more.",
    "desk.sourcing_set": "{who} set the sourcing rule of the desk: {rule}.",
    "desk.blinded": "{who} made blind reviews the rule of the desk.",
    "desk.unblinded": "{who} made open reviews the rule of the desk.",
    "difference.resolved": "{who} resolved the difference of the two findings: {rating} stands.",
    "evidence.added": "{who} added evidence from {source}: it {says}.",
    "evidence.edited": "{who} edited the evidence from {subject}.",
    "evidence.moved": "The evidence went along to {to_source}.",
    "evidence.restored": "{who} restored the evidence from {subject}.",
    "evidence.withdrawn": "{who} withdrew the evidence from {subject}.",
    "highlight.adjusted": "{who} moved the borders of {before_quote}, which is now {quote}.",
    "highlight.added": "{who} found the claim in another place: {quote}.",
    "highlight.carried": "In version {number} of the article, {quote} stands unchanged.",
    "highlight.marked": "{who} marked {quote} as a claim.",
    "highlight.merged": "{who} merged {before_quote} with {second}: {quote}.",
    "highlight.parted": "{who} took the merging of {before_quote} back: {quote} and {second}.",
    "highlight.placed": "{who} used {quote} as evidence.",
    "highlight.questioned": "In version {number} of the article, {quote} {became}.",
    "highlight.queried": "{who} asked about {quote}.",
    "highlight.removed": "{who} removed the highlight {quote}.",
    "highlight.restored": "{who} restored the highlight {quote}.",
    "highlight.split": "{who} split {before_quote} into {quote} and {second}.",
    "highlight.traced": "{who} traced {quote} to {origin}.",
    "highlight.untraced": "{who} took back that {quote} comes from {origin}.",
    "invitation.accepted": "The invitation for {invited} was accepted by {person}.",
    "invitation.made": "{who} invited {invited} as {role}.",
    "invitation.revoked": "{who} revoked the invitation for {invited}.",
    "member.added": "{who} took {person} onto the desk as {role}.",
    "member.changed": "{who} gave {person} the role of {role}.",
    "member.joined": "Invited by {inviter}, {person} came onto the desk as {role}.",
    "member.removed": "{who} took {person} off the desk.",
    "origin.added": "{who} added the origin {name}.",
    "origin.edited": "{who} edited the origin {subject}.",
    "origin.merged": "{who} merged the origin {subject} into {into}.",
    "origin.parted": "{who} took back that the origin {subject} was merged into {from}.",
    "original.kept": "The file as it arrived was kept.",
    "outlet.added": "{who} added the outlet {name}.",
    "query.answered": "{who} {answered}: {words}.",
    "query.asked": "{who} put a query to {asked_of}: {question}.",
    "query.closed": "{who} closed the query to {asked_of}: {question}.",
    "query.edited": "{who} edited the query to {asked_of}.",
    "query.reopened": "{who} opened the query to {asked_of} again: {question}.",
    "review.approved": "{who} approved the verdict {subject}.",
    "review.renewed": "What the review agreed with is written down in another form, and is the same.",
    "review.returned": "{who} returned the verdict {subject}.",
    "scale.added": "The rating scale {code} was added.",
    "scale.revised": "{who} made version {version} of the rating scale {code}.",
    "sheet.opened": "{who} opened the claim sheet of {title}.",
    "sheet.signed_off": "{who} signed off edition {number} of the claim sheet of {title}.",
    "snapshot.checked": "{who} looked at the page of {source} again: {found}.",
    "snapshot.failed": "{who} tried to keep a copy of {source}; there is none.",
    "snapshot.kept": "{who} kept a copy of {source}.",
    "snapshot.moved": "The copy went along to {to_source}.",
    "source.added": "{who} added the source {title}.",
    "source.edited": "{who} edited the source {subject}.",
    "source.merged": "{who} merged the source {subject} into {into}.",
    "source.parted": "{who} took back that {subject} was merged into {from}.",
    "source.restored": "{who} restored the source {subject}.",
    "source.traced": "{who} traced the source {subject} to {origin}.",
    "source.untraced": "{who} took back that the source {subject} comes from {origin}.",
    "source.withdrawn": "{who} withdrew the source {subject}.",
    "story.opened": "{who} opened the story {title}.",
    "story.renamed": "{who} renamed the story.",
    "verdict.given": "{who} gave the verdict {rating}.",
    "verdict.seconded": "{who}, without having read the verdict, found {rating}.",
    "verdict.withdrawn": "{who} took the verdict back from review.",
    "version.taken": "{who} stored version {number} of the text.",
    "words.accepted": "{who} accepted words that were suggested: {words}.",
    "words.declined": "{who} declined words that were suggested: {words}.",
    "words.suggested": "{who} suggested other words: {words}.",
}
"""What a person did, by verb. ``{subject}`` is the name of the row that the event is about."""

CONSEQUENCES = {
    "claim.edited": "The text of the claim followed its highlight.",
    "claim.handed_on": "The verdict went to a second person.",
    "claim.reopened": "The claim was reopened because {because}.",
    "claim.resumed": "The claim is open again.",
    "claim.set_aside": "The claim was set aside because {because}.",
    "claim.started": "The claim is being checked.",
    "claim.stopped": "The claim is not being checked any more.",
    "evidence.edited": "The quotation of the evidence followed its passage.",
    "highlight.marked": "The second part, {quote}, became a claim of its own.",
    "highlight.removed": "The highlight {quote} went with it.",
    "highlight.restored": "The highlight {quote} came back with it.",
    "verdict.withdrawn": "The claim went back from review because {because}.",
}
"""What followed by itself from something that a person did."""

SEALED = {"verdict.given": "{who} gave a verdict, which is read after a second finding."}
"""What is said of a blind verdict unless its name comes with it."""

NAMED = {
    "version.taken": "{who} stored version {number} of the article of {subject}, where the words are unchanged.",
}
"""What an event says beside a claim, about a row that says too little without its name."""

ECHOES = (
    *("claim.approved", "claim.found", "claim.handed_on", "claim.made", "claim.returned", "edition.kept"),
    *("highlight.placed", "highlight.queried", "review.renewed", "source.added"),
)
"""Events that repeat, in the history of a claim, what the event beside them already says."""

LEADS_TO = {"review.approved": "approved", "review.returned": "returned", "verdict.given": "in_review"}
"""The status that a claim comes to by an event about something else."""

TELL_CHANGES = (".edited", ".renamed", ".described", ".moved", "member.changed")
"""Ends of the verbs whose fields are shown before and after. Those of others are in the sentence."""

LABELS = {
    "text": "Claim",
    "question": "Question",
    "addressee": "Asked of",
    "colleague": "Colleague",
    "summary": "Summary",
    "claimant": "Claimant",
    "kind": "Kind",
    "priority": "Priority",
    "priority_reason": "Reason for the priority",
    "assignee": "Assigned to",
    "due": "Due on",
    "due_reason": "Why due then",
    "stance": "Stance",
    "quote": "Words relied on",
    "locator_kind": "What is counted",
    "locator": "Where in it",
    "note": "Note",
    "name": "Name",
    "comes_from": "Comes from",
    "title": "Title",
    "author": "Author",
    "container": "Appeared in",
    "publisher": "Publisher",
    "url": "URL",
    "published": "Published",
    "updated": "Updated",
    "accessed_on": "Accessed on",
    "number": "DOI or number",
    "archive": "Kept at",
    "medium": "Medium",
    "reached": "How reached",
    "terms": "On what terms",
    "headline": "Headline",
    "outlet": "Outlet",
    "byline": "Byline",
    "language": "Language",
    "story": "Story",
    "source": "Source",
    "role": "Role",
}
"""The fields whose change is worth reading. Others, such as the status, are what the sentence says anyway."""

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
        yield Change("Kind", *(str(event.data[when]).replace("_", " ") for when in ("before", "after")))
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
