"""The opposite of every act that can be undone, as an ordinary action.

To have another verb taken back, write a function that does the opposite and register it with ``takes_back``. What it
records is taken back in its turn when the person redoes, so its own verb needs an opposite as well.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from articles.actions import (
    articles,
    asking,
    blindness,
    carrying,
    claims,
    evidence,
    highlights,
    parting,
    tracing,
    verdicts,
)
from articles.actions._turning import INVERSES, Turn, takes_back
from articles.actions._writing import locked, within
from articles.actions.asking import Asked
from articles.actions.evidence import Statement
from articles.errors import Refused
from articles.models import (
    MOVES_BACK,
    ArticleVersion,
    Aside,
    Carry,
    CarryDecision,
    Claim,
    Evidence,
    Highlight,
    Origin,
    Person,
    Query,
    QueryStatus,
    Source,
    Status,
    Verdict,
)
from articles.queries.undoing import parts_of

__all__ = ["INVERSES", "Turn", "takes_back"]

if TYPE_CHECKING:
    from collections.abc import Mapping

    from articles.models import DeskRow

REOPENED_STAYS = "A reopened claim does not become approved by undo: a second person has to look at it again."


@takes_back("highlight.marked", "highlight.added", "highlight.restored")
def _remove_highlight(turn: Turn) -> DeskRow:
    highlight = _where_it_stands(turn)
    claim = locked(highlight.claim) if highlight.claim else None
    turn.require_untouched(turn.act.subject, highlight.pk)
    stands_elsewhere = claim and claim.highlights.live().exclude(pk=highlight.pk).exists()
    if claim and not stands_elsewhere:
        turn.require_untouched(*parts_of(claim))
    row = within(highlights.remove)(highlight=highlight, **turn.once)
    if claim and not stands_elsewhere:
        highlights.set_aside_without_a_place(claim, by=turn.by)
    return row


@takes_back("highlight.removed")
def _restore_highlight(turn: Turn) -> DeskRow:
    turn.require_untouched(turn.act.subject)
    return within(highlights.restore)(highlight=Highlight.objects.get(**turn.key), **turn.once)


@takes_back("highlight.adjusted")
def _adjust(turn: Turn) -> DeskRow:
    highlight = _as_bordered(turn)
    return within(highlights.adjust)(highlight=highlight, revision=highlight.revision, **turn.before, **turn.once)


@takes_back("highlight.split", "highlight.parted")
def _merge(turn: Turn) -> DeskRow:
    highlight, other = _as_bordered(turn), _other(turn)
    told: dict[str, Any] = {"highlight": highlight, "revision": highlight.revision, "other": other}
    return within(parting.merge)(**told, **turn.once)


@takes_back("highlight.merged")
def _part(turn: Turn) -> DeskRow:
    highlight, other = _as_bordered(turn), _other(turn)
    told: dict[str, Any] = {"highlight": highlight, "revision": highlight.revision, "other": other}
    return within(parting.part)(**told, **turn.before, **turn.once)


@takes_back("highlight.traced", "highlight.untraced")
def _trace(turn: Turn) -> DeskRow:
    highlight = _where_it_stands(turn)
    _require_as_left(turn, highlight)
    told = turn.before["origin"]
    origin = Origin.objects.get(desk_id=turn.by.desk_id, pk=told["id"]) if told else None
    return within(tracing.trace)(highlight=highlight, origin=origin, **turn.once)


@takes_back("claim.edited")
def _edit_claim(turn: Turn) -> DeskRow:
    claim = locked(Claim.objects.get(**turn.key))
    _require_as_left(turn, claim)
    values: dict[str, Any] = {name: getattr(claim, name) for name in Claim.CONTENT}
    values |= {"claimant": str(claim.claimant or "")} | turn.before
    for name, read in (("claimant", _name), ("assignee", _person), ("due", claims.day_of)):
        if name in turn.before:
            values[name] = read(turn.before[name])
    return within(claims.edit)(claim=claim, revision=claim.revision, **turn.once, **values)


@takes_back("claim.started")
def _stop(turn: Turn) -> DeskRow:
    claim = _claim_as_left(turn)
    turn.require_untouched(*parts_of(claim))
    told = {"status": Status(turn.before["status"]), "reason": turn.before.get("status_reason", "")}
    return within(claims.stop)(claim=claim, leaves="assignee" in turn.after, **told, **turn.once)


@takes_back("claim.stopped")
def _start(turn: Turn) -> DeskRow:
    return within(claims.start)(claim=_claim_as_left(turn), **turn.once)


@takes_back("claim.set_aside")
def _resume(turn: Turn) -> DeskRow:
    claim, status = _claim_as_left(turn), Status(turn.before["status"])
    if status not in MOVES_BACK[Status.SET_ASIDE]:
        return within(claims.resume)(claim=claim, **turn.once)
    return within(claims.resume)(claim=claim, status=status, reason=turn.before.get("status_reason", ""), **turn.once)


@takes_back("claim.resumed")
def _set_aside(turn: Turn) -> DeskRow:
    claim = _claim_as_left(turn)
    turn.require_untouched(*parts_of(claim))
    before = turn.before
    told = before.get("duplicate_of")
    copy_of = Claim.objects.get(desk_id=turn.by.desk_id, pk=told["id"]) if told else None
    why: dict[str, Any] = {"aside": Aside(before.get("aside", Aside.OTHER)), "duplicate_of": copy_of}
    return within(claims.set_aside)(claim=claim, reason=before["status_reason"], **why, **turn.once)


@takes_back("claim.blinded")
def _unblind(turn: Turn) -> DeskRow:
    return within(blindness.unblind_claim)(claim=Claim.objects.get(**turn.key), **turn.once)


@takes_back("claim.unblinded")
def _blind(turn: Turn) -> DeskRow:
    return within(blindness.blind_claim)(claim=Claim.objects.get(**turn.key), **turn.once)


@takes_back("claim.reopened")
def _approve(turn: Turn) -> DeskRow:
    raise Refused(f"Not {turn.how}: {turn.step.words}. {REOPENED_STAYS}")


@takes_back("evidence.added", "evidence.restored")
def _withdraw_evidence(turn: Turn) -> DeskRow:
    turn.require_untouched(turn.act.subject)
    return within(evidence.withdraw)(evidence=Evidence.objects.get(**turn.key), **turn.once)


@takes_back("evidence.withdrawn")
def _restore_evidence(turn: Turn) -> DeskRow:
    turn.require_untouched(turn.act.subject)
    return within(evidence.restore)(evidence=Evidence.objects.get(**turn.key), **turn.once)


@takes_back("evidence.edited")
def _edit_evidence(turn: Turn) -> DeskRow:
    row = Evidence.objects.get(**turn.key)
    _require_as_left(turn, row)
    said = {name: getattr(row, name) for name in Evidence.CONTENT}
    statement = Statement(**(said | turn.before))
    return within(evidence.edit)(evidence=row, revision=row.revision, statement=statement, **turn.once)


@takes_back("query.asked")
def _close_query(turn: Turn) -> DeskRow:
    turn.require_untouched(turn.act.subject)
    return within(asking.close)(query=Query.objects.get(**turn.key), reason=asking.TAKEN_BACK, **turn.once)


@takes_back("query.closed", "query.reopened")
def _put_query_back(turn: Turn) -> DeskRow:
    turn.require_untouched(turn.act.subject)
    query, before = Query.objects.get(**turn.key), turn.before
    if query.status != turn.after["status"]:
        raise turn.overtaken([query.pk])
    reason = before.get("status_reason", query.status_reason)
    if before["status"] == QueryStatus.CLOSED:
        return within(asking.close)(query=query, reason=reason, **turn.once)
    return within(asking.reopen)(query=query, reason=reason, status=QueryStatus(before["status"]), **turn.once)


@takes_back("query.edited")
def _edit_query(turn: Turn) -> DeskRow:
    query = Query.objects.get(**turn.key)
    _require_as_left(turn, query)
    values: dict[str, Any] = {name: getattr(query, name) for name in Query.CONTENT} | turn.before
    for name, read in (("colleague", _person), ("due", claims.day_of)):
        if name in turn.before:
            values[name] = read(turn.before[name])
    if turn.before.get("source"):
        values["source"] = Source.objects.get(desk_id=turn.by.desk_id, pk=turn.before["source"]["id"])
    return within(asking.edit)(query=query, revision=query.revision, asked=Asked(**values), **turn.once)


@takes_back("verdict.given")
def _take_verdict_back(turn: Turn) -> DeskRow:
    claim = locked(Verdict.objects.get(**turn.key).claim)
    if claim.status != Status.IN_REVIEW or claim.verdict_id != turn.act.subject:
        raise turn.overtaken(parts_of(claim))
    return within(verdicts.withdraw)(claim=claim, **turn.once)


@takes_back("verdict.withdrawn")
def _give_verdict(turn: Turn) -> DeskRow:
    claim = locked(Claim.objects.get(**turn.key))
    turn.require_untouched(*parts_of(claim))
    verdict = claim.verdicts.filter(author=turn.by.person, second_of=None).latest("id")
    words: dict[str, Any] = {name: getattr(verdict, name) for name in verdicts.Finding.__slots__}
    return within(verdicts.give)(claim=claim, revision=claim.revision, **words, **turn.once)


@takes_back("block.retyped")
def _retype_block(turn: Turn) -> DeskRow:
    version = locked(ArticleVersion.objects.get(**turn.key))
    number, data = turn.act.data["number"], turn.act.data
    if version.article.versions.filter(number__gt=version.number).exists():
        raise Refused(f"Not {turn.how}: {turn.step.words}. A later version of the article was taken since.")
    if version.kinds[number] != data["after"]:
        raise turn.overtaken([version.pk])
    return within(articles.retype_block)(version=version, number=number, kind=data["before"], **turn.once)


@takes_back("carry.accepted", "carry.remarked", "carry.orphaned")
def _reconsider(turn: Turn) -> DeskRow:
    carry = Carry.objects.get(**turn.key)
    turn.require_untouched(carry.pk, *([carry.became_id] if carry.became_id else []))
    return within(carrying.reconsider)(carry=carry, revision=carry.revision, **turn.once)


@takes_back("carry.reconsidered")
def _decide(turn: Turn) -> DeskRow:
    carry = Carry.objects.get(**turn.key)
    turn.require_untouched(carry.pk)
    told: dict[str, Any] = {"carry": carry, "revision": carry.revision, **turn.once}
    if turn.before["decision"] == CarryDecision.GONE:
        return within(carrying.orphan)(**told)
    became = Highlight.objects.get(desk_id=turn.by.desk_id, pk=turn.before["became"]["id"])
    return within(carrying.remark)(start=became.start, end=became.end, quote=became.quote, **told)


def _where_it_stands(turn: Turn) -> Highlight:
    """The highlight of the act, or the one that took its place in a later version."""
    highlight = Highlight.objects.get(**turn.key)
    first = highlight.first_id or highlight.pk
    same = Highlight.objects.live().filter(Q(pk=first) | Q(first=first), desk_id=turn.by.desk_id)
    return same.first() or highlight


def _as_bordered(turn: Turn) -> Highlight:
    """The highlight of the act, with the borders that the act gave it."""
    highlight = Highlight.objects.get(**turn.key)
    turn.require_untouched(highlight.pk)
    _require_as_left(turn, highlight)
    return highlight


def _other(turn: Turn) -> Highlight:
    """The other of two that were parted or are one now. What someone did with its claim since is not merged away."""
    other = Highlight.objects.select_related("claim").get(desk_id=turn.by.desk_id, pk=turn.act.data["other"])
    turn.require_untouched(other.pk, *(parts_of(other.claim) if other.claim else []))
    return other


def _claim_as_left(turn: Turn) -> Claim:
    """The claim of the act, locked, which has still the status that the act gave it."""
    claim = locked(Claim.objects.get(**turn.key))
    if claim.status != turn.after["status"]:
        raise turn.overtaken(parts_of(claim))
    return claim


def _require_as_left(turn: Turn, row: Claim | Evidence | Highlight | Query) -> None:
    """The fields that the act changed hold still what it wrote."""
    for name, value in turn.after.items():
        if not _is(getattr(row, name), value):
            raise turn.overtaken([row.pk])


def _is(stored: Any, told: Any) -> bool:
    """Whether a value is what an event tells; a row is told by its id."""
    if isinstance(told, dict):
        return stored is not None and str(stored.pk) == told["id"]
    return bool((stored.isoformat() if isinstance(stored, date) else stored) == told)


def _name(told: Mapping[str, str] | None) -> str:
    return told["name"] if told else ""


def _person(told: Mapping[str, str] | None) -> Person | None:
    return Person.objects.get(pk=told["id"]) if told else None
