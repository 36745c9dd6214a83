"""Reading what has arrived."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from articles.actions import arrivals
from articles.intake.apart import read_apart
from articles.intake.draft import IntakeError
from articles.intake.reading import Received
from articles.models import Original
from articles.text.notes import Note, NoteKind

if TYPE_CHECKING:
    from articles.models import Arrival, Membership


def read_arrival(*, by: Membership, arrival: Arrival) -> Arrival:
    """Read it in a process of its own and keep what comes of it: a draft, or the sentence that says why there is none.

    It can take many seconds, so it is never called within a transaction.
    """
    original = Original.objects.get(desk_id=arrival.desk_id, pk=arrival.original_id)
    received = Received(
        raw=bytes(original.content),
        filename=arrival.filename,
        media_type=arrival.media_type,
        charset=arrival.charset,
        address=arrival.address,
    )
    # What is to be known of the way it came was kept when it came, and is not handed to the reader.
    way = tuple(Note(NoteKind(kind), count, detail) for kind, count, detail in arrival.report)
    try:
        draft = read_apart(received)
    except IntakeError as error:
        return arrivals.keep_failure(by=by, arrival=arrival, sentence=str(error))
    return arrivals.keep_draft(by=by, arrival=arrival, draft=replace(draft, report=(*way, *draft.report)))
