"""The last step of a document with blocks of its own: one text, what its first lines are, what it says of itself."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from articles.intake.draft import Draft, IntakeError
from articles.intake.pieces import Piece, joined
from articles.text.blocks import BlockKind, classify
from articles.text.canonical import EmptyText
from articles.text.guess import Guess, Metadata, guess
from articles.text.notes import Note, NoteKind

_BY_WORDING = {BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.FURNITURE}
_BEFORE_HEADLINE = {BlockKind.FURNITURE, *_BY_WORDING}


def drafted(
    pieces: Iterable[Piece],
    *,
    raw: bytes,
    filename: str,
    media_type: str,
    notes: Sequence[Note],
    gone: int,
    stated: Metadata,
) -> Draft:
    """`gone` counts characters that came and are in no piece; `stated` is what the file says about itself.

    What is printed wins over what is stated: properties are often those of a template, or of another machine.
    """
    try:
        made = joined(pieces)
    except EmptyText as error:
        raise IntakeError(str(error)) from error
    said = (*notes, Note(NoteKind.LINK_DROPPED, made.dropped))
    text = made.canonical.text
    kinds = _kinds(text, made.kinds)
    return Draft(
        text=text,
        kinds=kinds,
        policy=made.canonical.policy,
        report=(*(note for note in said if note.count), *made.canonical.report),
        metadata=_metadata(guess(text, kinds, filename), stated),
        raw=raw,
        media_type=media_type,
        received=made.canonical.received + gone,
        filename=filename,
        links=made.links,
        pages=made.pages,
    )


def _kinds(text: str, given: Sequence[BlockKind]) -> tuple[BlockKind, ...]:
    """The kinds a file gives its blocks, and among its plain paragraphs those that their words make something else."""
    guessed = classify(text)
    kinds = [
        other if kind is BlockKind.PARAGRAPH and other in _BY_WORDING else kind
        for kind, other in zip(given, guessed, strict=True)
    ]
    first = next((i for i, kind in enumerate(kinds) if kind not in _BEFORE_HEADLINE), None)
    if BlockKind.HEADLINE in kinds:
        return _with_one_headline(kinds)
    if first is not None and BlockKind.HEADING in (kinds[first], guessed[first]):
        kinds[first] = BlockKind.HEADLINE
    elif BlockKind.HEADLINE in guessed and given[guessed.index(BlockKind.HEADLINE)] is BlockKind.PARAGRAPH:
        kinds[guessed.index(BlockKind.HEADLINE)] = BlockKind.HEADLINE
    return tuple(kinds)


def _with_one_headline(kinds: Sequence[BlockKind]) -> tuple[BlockKind, ...]:
    first = kinds.index(BlockKind.HEADLINE)
    return tuple(
        BlockKind.HEADING if kind is BlockKind.HEADLINE and i != first else kind for i, kind in enumerate(kinds)
    )


def _metadata(printed: Metadata, stated: Metadata) -> Metadata:
    headline = printed.headline if printed.headline.origin == "first line" else Guess()
    return replace(
        printed,
        headline=_first(headline, stated.headline, printed.headline),
        byline=_first(printed.byline, stated.byline),
        published=_first(printed.published, stated.published),
        updated=_first(printed.updated, stated.updated),
        language=_first(printed.language, stated.language),
    )


def _first(*guesses: Guess) -> Guess:
    return next((each for each in guesses if each.value), Guess())
