"""One act on its way back: what an opposite is told, and how it says that someone was there since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from articles.errors import Refused
from articles.narration import fields_of, narrate
from articles.queries.history import people_of
from articles.queries.undoing import done_since

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from uuid import UUID

    from articles.models import AuditEvent, DeskRow, Membership
    from articles.queries.undoing import Act, Step


@dataclass(frozen=True, slots=True)
class Turn:
    """One act that is being taken back, of a step that is being undone or redone."""

    by: Membership
    act: Act
    step: Step
    how: str
    request_id: UUID | None

    @property
    def key(self) -> dict[str, UUID]:
        return {"desk_id": self.by.desk_id, "pk": self.act.subject}

    @property
    def before(self) -> dict[str, Any]:
        return dict(self.act.data["before"])

    @property
    def after(self) -> dict[str, Any]:
        return dict(self.act.data["after"])

    @property
    def once(self) -> dict[str, Any]:
        """What every action is told."""
        return {"by": self.by, "request_id": self.request_id}

    def overtaken(self, subjects: Collection[UUID]) -> Refused:
        """The refusal that names who did what with these rows since."""
        events = done_since(self.by.desk_id, self.act.number, subjects)
        theirs = [event for event in events if event.actor_id != self.by.person_id]
        return Refused(f"Not {self.how}: {self.step.words}. {_since(theirs or events)}")

    def require_untouched(self, *subjects: UUID) -> None:
        """Refuse when someone else did something with one of these rows since."""
        events = done_since(self.by.desk_id, self.act.number, subjects)
        if any(event.actor_id != self.by.person_id for event in events):
            raise self.overtaken(subjects)


type Inverse = Callable[[Turn], DeskRow]

INVERSES: dict[str, Inverse] = {}
"""By the verb of an event, the function that takes it back."""


def takes_back(*verbs: str) -> Callable[[Inverse], Inverse]:
    """Register a function that takes back acts of these verbs.

    It does so by an ordinary action, once and under the turn's request, returns the row that this is about, and raises
    Refused when the row is no longer as the act left it.
    """

    def decorate(function: Inverse) -> Inverse:
        INVERSES.update(dict.fromkeys(verbs, function))
        return function

    return decorate


def _since(events: Sequence[AuditEvent]) -> str:
    if not events:
        return "It is not as you left it any more. Nothing was changed."
    (line,) = narrate(events[:1], people_of(events[:1]))
    fields = fields_of(events[0].data) if line.changes else ""
    sentence = f"{line.sentence.removesuffix('.')} ({fields})." if fields else line.sentence
    return f"Since then: {sentence} Nothing was changed."
