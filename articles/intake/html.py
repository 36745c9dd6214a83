"""A web page: pasted source, an uploaded file, or a page as a browser saved it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.intake.draft import Draft, IntakeError, Link
from articles.intake.page.about import About
from articles.intake.page.addresses import absolute
from articles.intake.page.body import body
from articles.intake.page.extraction import extracted
from articles.intake.page.kinds import kinds
from articles.intake.page.saved import is_packed, saved_from, unpack
from articles.intake.page.source import characters
from articles.intake.page.tree import parse
from articles.intake.page.walk import Shown, Walked, walk
from articles.intake.pieces import Joined, Piece, joined
from articles.text.blocks import BlockKind
from articles.text.canonical import cleaned, removed
from articles.text.guess import Metadata, guess
from articles.text.notes import Note, NoteKind

LIMIT = 10_000_000  # bytes, as many as are fetched
LONGEST_TEXT = 2_000_000  # characters; more than any article has, as for plain text


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that was understood, before it is put into one text."""

    about: About
    walked: Walked
    kinds: Sequence[BlockKind]
    is_certain: bool


def read_html(raw: bytes, *, filename: str = "", charset: str = "", address: str = "") -> Draft:
    """A draft of the page: every visible block is in it, as part of the article or as furniture.

    `charset` is what the server declared, `address` where the page was fetched. IntakeError: too large, nested too
    deep, or without visible text.
    """
    if len(raw) > LIMIT:
        raise IntakeError(f"This page has {len(raw) / 1e6:,.1f} MB; at most {LIMIT // 1_000_000} MB are read.")
    source, address, notes = _source(raw, charset, address)
    page = _understood(cleaned(source), address or saved_from(source))
    made, dropped = _joined(page)
    report = [*notes, *removed(source), *_report(page, made, dropped)]
    return Draft(
        text=made.canonical.text,
        kinds=made.kinds,
        policy=made.canonical.policy,
        report=tuple(report),
        metadata=_metadata(page, made, filename),
        received=made.canonical.received,
        raw=raw,
        media_type="multipart/related" if is_packed(raw) else "text/html",
        filename=filename,
        links=made.links,
    )


def _source(raw: bytes, charset: str, address: str) -> tuple[str, str, list[Note]]:
    if not is_packed(raw):
        source, notes = characters(raw, charset)
        return source, address, list(notes)
    packed = unpack(raw)
    source, notes = characters(packed.raw, packed.charset)
    others = [Note(NoteKind.PACKED_FILE, packed.others)] if packed.others else []
    return source, address or packed.address, [*notes, *others]


def _understood(source: str, address: str) -> _Page:
    tree = parse(source)
    walked = walk(tree)
    _refuse_unreadable(sum(len(block.text) for block in walked.blocks))
    about = About(tree, address)
    found = extracted(tree, walked.blocks)
    story = body(walked.blocks, found, about.titles)
    return _Page(about, walked, kinds(walked.blocks, story, about.headline().value, about.authors()), bool(found))


def _refuse_unreadable(length: int) -> None:
    if not length:
        raise IntakeError("There is no text: the page shows nothing that can be read.")
    if length > LONGEST_TEXT:
        raise IntakeError(f"This page shows {length:,} characters of text; at most {LONGEST_TEXT:,} are read.")


def _joined(page: _Page) -> tuple[Joined, int]:
    """The text, and how many links were left out."""
    base = page.about.base()
    links = [_links(block, base) for block in page.walked.blocks]
    pieces = [
        Piece(text=block.text, kind=kind, links=kept)
        for block, kind, kept in zip(page.walked.blocks, page.kinds, links, strict=True)
    ]
    made = joined(pieces)
    left_out = sum(len(block.links) - len(kept) for block, kept in zip(page.walked.blocks, links, strict=True))
    return made, made.dropped + left_out


def _links(block: Shown, base: str) -> tuple[Link, ...]:
    targets = ((start, end, absolute(base, href)) for start, end, href in block.links)
    return tuple(Link(start, end, target) for start, end, target in targets if target)


def _report(page: _Page, made: Joined, dropped: int) -> Iterator[Note]:
    yield from made.canonical.report
    embedded = Counter(page.walked.embedded)
    counts = {
        NoteKind.HIDDEN_TEXT: page.walked.hidden,
        NoteKind.PICTURE: embedded.pop("picture", 0),
        NoteKind.EMBEDDED: embedded.total(),
        NoteKind.LINK_DROPPED: dropped,
        NoteKind.METADATA_UNREADABLE: page.about.data.unreadable,
        NoteKind.BODY_UNKNOWN: 0 if page.is_certain else 1,
    }
    yield from (Note(kind, count) for kind, count in counts.items() if count)
    left = [block for block, kind in zip(page.walked.blocks, page.kinds, strict=True) if kind is BlockKind.FURNITURE]
    if left:
        size = sum(len(block.text) for block in left)
        yield Note(NoteKind.FURNITURE, len(left), f"{size:,} characters")


def _metadata(page: _Page, made: Joined, filename: str) -> Metadata:
    """What the page says about itself; what it does not say, as far as the text gives it away."""
    about = page.about
    by_text = guess(made.canonical.text, made.kinds, filename)
    pairs = list(zip(page.walked.blocks, page.kinds, strict=True))
    texts = {
        kind: [block.text for block, own in pairs if own is kind] for kind in (BlockKind.BYLINE, BlockKind.DATELINE)
    }
    first = next((block.element for block, kind in pairs if kind is not BlockKind.FURNITURE), None)
    published = about.published(texts[BlockKind.DATELINE])
    said = Metadata(
        headline=about.headline(),
        outlet=about.outlet(),
        byline=about.byline(texts[BlockKind.BYLINE]),
        published=published,
        updated=about.updated(published.value),
        language=about.language(),
        direction=about.direction(first),
        url=about.url(),
    )
    missing = {name: getattr(by_text, name) for name in Metadata.__slots__ if not getattr(said, name).value}
    return replace(said, **missing)
