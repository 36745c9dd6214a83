"""A draft as JSON and back, without its bytes: for the pipe from another process, and for a row of the database.

What comes back is believed no more than any other input: it is a draft in every part, or a ValueError.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from articles.intake.draft import Draft, Link, Page
from articles.text.blocks import BlockKind
from articles.text.canonical import POLICY_VERSION, canonicalise
from articles.text.guess import Guess, Metadata
from articles.text.notes import Note, NoteKind

_GUESSED = tuple(field.name for field in fields(Metadata))


def to_json(draft: Draft) -> dict[str, Any]:
    """Strings, numbers, lists and dictionaries only. A lone surrogate, in a file name for example, becomes U+FFFD."""
    plain = {
        "text": draft.text,
        "kinds": [kind.value for kind in draft.kinds],
        "policy": draft.policy,
        "report": [[note.kind.value, note.count, note.detail] for note in draft.report],
        "metadata": {name: [guess.value, guess.origin] for name, guess in _guesses(draft.metadata)},
        "media_type": draft.media_type,
        "received": draft.received,
        "filename": draft.filename,
        "links": [[link.start, link.end, link.target] for link in draft.links],
        "pages": [[page.start, page.name] for page in draft.pages],
    }
    cleaned: dict[str, Any] = _without_surrogates(plain)
    return cleaned


def from_json(data: Any, raw: bytes) -> Draft:
    """The draft that `to_json` wrote, with the bytes it came from. ValueError: this is no draft."""
    try:
        draft = _draft(data, raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a draft: {error!r}") from error
    _refuse_contradictions(draft)
    return draft


def from_row(data: Any) -> Draft:
    """The draft that was kept in the database, where it cannot change, without its bytes. ValueError: there is none."""
    if data is None:
        raise ValueError("nothing was read")
    return _draft(data, b"")


def _guesses(metadata: Metadata) -> list[tuple[str, Guess]]:
    return [(name, getattr(metadata, name)) for name in _GUESSED]


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_surrogates(each) for key, each in value.items()}
    return value


def _draft(data: Mapping[str, Any], raw: bytes) -> Draft:
    return Draft(
        text=_is(str, data["text"]),
        kinds=tuple(map(BlockKind, data["kinds"])),
        policy=_is(int, data["policy"]),
        report=_each(_note, data["report"]),
        metadata=Metadata(**{name: _guess(*data["metadata"].get(name, ("", ""))) for name in _GUESSED}),
        raw=raw,
        media_type=_is(str, data["media_type"]),
        received=_is(int, data["received"]),
        filename=_is(str, data["filename"]),
        links=_each(_link, data["links"]),
        pages=_each(_page, data["pages"]),
    )


def _is[T](kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise ValueError(f"not a draft: {value!r} is no {kind.__name__}")
    return value


def _each[T](make: Callable[..., T], rows: Any) -> tuple[T, ...]:
    return tuple(make(*row) for row in _is(list, rows))


def _note(kind: str, count: int, detail: str) -> Note:
    return Note(NoteKind(kind), _is(int, count), _is(str, detail))


def _guess(value: str, origin: str) -> Guess:
    return Guess(_is(str, value), _is(str, origin))


def _link(start: int, end: int, target: str) -> Link:
    return Link(_is(int, start), _is(int, end), _is(str, target))


def _page(start: int, name: str) -> Page:
    return Page(_is(int, start), _is(str, name))


def _refuse_contradictions(draft: Draft) -> None:
    canonical = canonicalise(draft.text)
    starts = [start for start, _ in canonical.blocks]
    pages = [page.start for page in draft.pages]
    agree = (
        draft.policy == POLICY_VERSION,
        canonical.text == draft.text,
        len(draft.kinds) == len(starts),
        all(0 <= link.start < link.end <= len(draft.text) for link in draft.links),
        pages == sorted(pages) and set(pages) <= set(starts),
    )
    if not all(agree):
        raise ValueError("not a draft: its parts contradict each other")
