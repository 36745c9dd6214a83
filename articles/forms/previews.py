"""The form that shows what the importer makes of a text, and takes the corrections."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from django.forms.utils import ErrorDict

from articles.forms.adding import MOST_FILES
from articles.forms.articles import GUESSED, KINDS, DetailsForm
from articles.forms.parcels import Parcel, Spoiled
from articles.intake.draft import Draft, IntakeError
from articles.intake.plain import read_plain
from articles.text.blocks import BlockKind, split
from articles.text.guess import guess
from articles.text.notes import NoteKind, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict
    from django.utils.safestring import SafeString

    from articles.models import Article
    from articles.text.guess import Guess, Metadata

MOST_KINDS = 8_000
"""Kinds of blocks that one page lets a person correct: a request may hold 10,000 fields."""
MOST_KINDS_OF_ONE = 1_000
LONGEST_SHOWN = 10_000
"""Characters of one block that a preview shows."""
KIND_NAMES = dict(KINDS)


class Block(NamedTuple):
    """A block of a preview; ``number`` counts from 1. Of a very long one ``more`` characters are not shown."""

    number: int
    kind: str
    text: str
    more: int


class Group(NamedTuple):
    """Neighbouring blocks that are all furniture, and folded, or all not."""

    is_furniture: bool
    blocks: list[Block]


class DraftForm(DetailsForm):
    """The preview of one article: its text with a kind for each block, and what is said about it.

    Beside each guessed field travels the guess (Django's hidden initial value), which tells later what a person wrote
    from what was guessed. ``room`` is the number of blocks that are shown, and whose kinds can be corrected.
    """

    KIND_CHOICES = KINDS
    DOUBTFUL = frozenset(
        {
            NoteKind.ENCODING_GUESSED,
            NoteKind.UNDECODABLE,
            NoteKind.NUL,
            NoteKind.CONTROL,
            NoteKind.SURROGATE,
            NoteKind.NONCHARACTER,
        }
    )
    """What happened to a text whose words may have suffered."""

    known: Article | None = None
    """The article of the desk that has this text already."""

    def __init__(self, parcel: Parcel, draft: Draft, *, number: str, room: int, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=number)
        self.parcel, self.draft, self.room, self.number = parcel, draft, room, number
        self.kinds = self._corrected(data.getlist(f"{number}-kinds") if data else [])
        self.metadata = self._guessed()
        for name in GUESSED:
            self.fields[name].show_hidden_initial = True
            found = getattr(self.metadata, name)
            self.initial[name] = found.value
            self.fields[name].help_text = self._origin(name, found) or self.fields[name].help_text

    def _guessed(self) -> Metadata:
        kinds = tuple(BlockKind(kind) for kind in self.kinds)
        return self.draft.metadata if kinds == self.draft.kinds else guess(self.draft.text, kinds, self.draft.filename)

    def _corrected(self, sent: list[str]) -> list[str]:
        """One kind for each block: what was sent where it is one, else the guess."""
        guessed = [str(kind) for kind in self.draft.kinds]
        kinds = [new if new in KIND_NAMES else old for new, old in zip(sent, guessed, strict=False)]
        return kinds + guessed[len(kinds) :]

    def guessed_again(self) -> DraftForm:
        """The same preview with what follows from the corrected kinds, except where a person wrote over a guess."""
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in GUESSED:
            value = getattr(self.metadata, name).value
            data[self.add_initial_prefix(name)] = value
            if name not in self.changed_data:
                data[self.add_prefix(name)] = value
        return DraftForm(self.parcel, self.draft, number=self.number, room=self.room, data=data)

    def left_alone(self) -> None:
        """What is typed is shown without a word about what is wrong with it: nobody has asked to store it yet."""
        self._errors = ErrorDict()

    # What the page shows

    @property
    def sealed(self) -> str:
        return self.parcel.sealed()

    def guesses(self) -> list[SafeString]:
        """The hidden inputs that carry them."""
        return [self[name].as_hidden(only_initial=True) for name in GUESSED]

    def _origin(self, name: str, found: Guess) -> str:
        """Where the guess was read, in words; empty where there is none."""
        if not found.value:
            return ""
        if self.data.get(self.add_prefix(name), found.value) == found.value:
            return f"Guessed from the {found.origin}."
        return f"The {found.origin} gave “{found.value}”."

    def groups(self) -> list[Group]:
        """The blocks in order, neighbouring furniture together."""
        ends = split(self.draft.text)[: self.room]
        blocks = (self._block(n, start, end) for n, (start, end) in enumerate(ends))
        by_fold = groupby(blocks, key=lambda block: block.kind == BlockKind.FURNITURE)
        return [Group(folded, list(group)) for folded, group in by_fold]

    def _block(self, index: int, start: int, end: int) -> Block:
        cut = min(end, start + LONGEST_SHOWN)
        return Block(index + 1, self.kinds[index], self.draft.text[start:cut], end - cut)

    @property
    def not_shown(self) -> int:
        return max(0, len(self.kinds) - self.room)

    @property
    def furniture(self) -> int:
        return self.kinds.count(BlockKind.FURNITURE)

    @property
    def is_doubtful(self) -> bool:
        return any(note.kind in self.DOUBTFUL for note in self.draft.report)

    def report(self) -> list[str]:
        return [sentence(note) for note in self.draft.report]


def previews(drafts: Sequence[tuple[Parcel, Draft]], *, story: str = "") -> list[DraftForm]:
    """The first preview of each draft."""
    room = _room(len(drafts))
    forms_ = [DraftForm(parcel, draft, number=str(n), room=room) for n, (parcel, draft) in enumerate(drafts)]
    for form in forms_:
        form.initial["story"] = story
    return forms_


def sent_previews(data: QueryDict) -> list[DraftForm]:
    """The previews that came back, as they were corrected. Spoiled when a text among them is not whole."""
    numbers = data.getlist("draft")[:MOST_FILES]
    return [_sent_preview(data, number, _room(len(numbers))) for number in numbers]


def _sent_preview(data: QueryDict, number: str, room: int) -> DraftForm:
    parcel = Parcel.opened(data.get(f"{number}-parcel", ""))
    try:
        draft = read_plain(parcel.raw, filename=parcel.filename)
    except IntakeError as error:
        raise Spoiled from error
    return DraftForm(parcel, draft, number=number, room=room, data=data)


def _room(drafts: int) -> int:
    return min(MOST_KINDS_OF_ONE, MOST_KINDS // max(1, drafts))
