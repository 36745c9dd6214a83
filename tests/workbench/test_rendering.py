import re
import zlib
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import rendering
from articles.rendering import Mark, Reading, shortened, write_apart, write_article, write_blocks
from articles.text.blocks import BlockKind, blocks

CLAIM, OTHER = "01a20000-0000-7000-8000-000000000001", "01a20000-0000-7000-8000-000000000002"
TEXT = 'Boats & storm\n\n<script>alert("sunk")</script> said nobody. Three were hurt.\n\nJon\'s list\n\nCookies'
KINDS = ["headline", "paragraph", "list_item", "furniture"]


class Page(HTMLParser):
    """What a browser makes of the HTML: the text of each block, and every start tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: dict[int, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[int | None] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        offset = given.get("data-o")
        self._open.append(int(offset) if offset else None)
        if offset:
            self.blocks[int(offset)] = ""

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        inside = next((offset for offset in reversed(self._open) if offset is not None), None)
        if inside is not None:
            self.blocks[inside] += data

    def marks(self) -> list[dict[str, str | None]]:
        return [given for tag, given in self.tags if tag == "mark"]

    def links(self) -> list[dict[str, str | None]]:
        return [given for tag, given in self.tags if given.get("class") == "no"]


def reading(*marks: Mark, text: str = TEXT, kinds: Sequence[str] | None = None, **options: bool | str) -> Reading:
    numbers = {claim: number for number, claim in enumerate(dict.fromkeys(mark.claim for mark in marks), 1)}
    made = Reading(text, blocks(text, kinds or KINDS), sorted(marks, key=lambda m: (m.start, -m.end)), numbers)
    return replace(made, **options)  # type: ignore[arg-type]  # fields of several types


def mark(quote: str, claim: str = CLAIM, status: str = "open", stance: str = "") -> Mark:
    start = TEXT.index(quote)
    return Mark(start, start + len(quote), claim, status, f"highlight of {claim}", stance)


def whole(made: Reading) -> Page:
    return Page("".join(write_article(made)))


def offsets(text: str) -> dict[int, str]:
    return {
        block.start: text[block.start : block.end] for block in blocks(text, ["paragraph"] * (text.count("\n\n") + 1))
    }


words = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x00"), min_size=1, max_size=30)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    texts = draw(st.lists(words, min_size=1, max_size=5))
    text = "\n\n".join(texts)
    kinds = draw(st.lists(st.sampled_from(list(BlockKind)), min_size=len(texts), max_size=len(texts)))
    places = draw(
        st.lists(st.tuples(*[st.integers(0, len(text))] * 2).filter(lambda pair: pair[0] != pair[1]), max_size=8)
    )
    claims = st.sampled_from([CLAIM, OTHER, "third"])
    marks = [Mark(min(a, b), max(a, b), draw(claims), "open", f"{a}-{b}") for a, b in places]
    return reading(
        *marks,
        text=text,
        kinds=kinds,
        by_sentence=draw(st.booleans()),
        by_block=draw(st.booleans()),
        flat=draw(st.booleans()),
    )


@given(readings())
def test_every_block_says_exactly_its_text(made: Reading) -> None:
    expected = offsets(made.text)

    assert whole(made).blocks == expected
    assert Page("".join(write_apart(made))).blocks == expected


@given(readings())
def test_marks_are_flat_and_name_what_covers_them(made: Reading) -> None:
    page = whole(replace(made, flat=False))

    covered = {claim for given in page.marks() for claim in (given["data-claims"] or "").split()}
    beginning = {one.claim for one in made.marks if not _is_gap(made, one)}
    assert covered >= beginning
    assert len(page.links()) == sum(_begins_in_a_block(made, one) for one in made.marks)


def _begins_in_a_block(made: Reading, one: Mark) -> bool:
    return any(block.start <= one.start < block.end for block in made.blocks)


def _is_gap(made: Reading, one: Mark) -> bool:
    return not any(block.start < one.end and one.start < block.end for block in made.blocks)


def test_what_the_text_says_is_never_markup() -> None:
    html = "".join(write_article(reading(mark('<script>alert("sunk")'))))

    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "Boats &amp; storm" in html


def test_a_label_keeps_within_its_attribute() -> None:
    page = whole(reading(by_sentence=True))

    labels = [given["aria-label"] for tag, given in page.tags if tag == "button"]
    assert 'Mark this sentence: <script>alert("sunk")</script> said nobody.' in labels


def test_kinds_become_elements() -> None:
    html = "".join(write_article(reading()))

    assert '<h1 id="b0" data-o="0">Boats' in html
    assert "<ul><li" in html
    assert '<details class="fold"><summary>Furniture: <q>Cookies</q></summary><p id=' in html


def test_a_page_has_one_heading() -> None:
    html = "".join(write_article(reading(kinds=["paragraph", "headline", "headline", "paragraph"])))

    assert (html.count("<h1"), html.count("<h2")) == (1, 1)


def test_a_fold_with_a_mark_is_open() -> None:
    assert '<details class="fold" open>' in write_article(reading(mark("Cookies"))).body


def test_the_shortest_mark_gives_the_look_and_the_others_are_named() -> None:
    longer, shorter = mark("Three were hurt."), mark("were hurt", OTHER, "approved")

    page = whole(reading(longer, shorter, in_hand=CLAIM))

    assert [(given["data-status"], given["data-claims"], given.get("data-overlap")) for given in page.marks()] == [
        ("open", CLAIM, None),
        ("approved", f"{OTHER} {CLAIM}", "2"),
        ("open", CLAIM, None),
    ]
    assert all("data-active" in given for given in page.marks())


def test_each_claim_has_one_labelled_link_where_it_begins() -> None:
    (link,) = whole(reading(mark("Three were hurt", status="in_review"), query="?mode=sentences&amp;")).links()

    assert link["aria-label"] == "Claim 1, in review"
    assert link["data-no"] == "1"
    assert (link["href"] or "").startswith(f"?mode=sentences&claim={CLAIM}")


def test_a_passage_shows_its_stance_and_no_number() -> None:
    page = whole(reading(mark("Three were hurt", status="", stance="refutes")))

    assert page.marks()[0]["data-stance"] == "refutes"
    assert page.links()[0]["aria-label"] == "Evidence: refutes"
    assert "data-no" not in page.links()[0]


def test_blocks_are_written_one_by_one() -> None:
    made = reading(mark("Three were hurt"))

    (element,) = write_blocks(made, [made.blocks[1]], attributes=' hx-swap-oob="true"')

    assert element.startswith('<p id="b15" data-o="15" hx-swap-oob="true">')
    assert Page(element).blocks == {15: made.text[15 : made.blocks[1].end]}


def test_long_words_are_shortened_between_two_of_them() -> None:
    assert shortened("Three were\n\nhurt", 40) == "Three were hurt"
    assert shortened("Three were hurt in the harbour", 12) == "Three were…"


def test_a_link_on_shared_words_says_how_many_claims_stand_there() -> None:
    longer, shorter = mark("Three were hurt."), mark("were hurt", OTHER, "approved")

    first, second = whole(reading(longer, shorter)).links()

    assert (first["aria-label"], first.get("data-others")) == ("Claim 1, open", None)
    assert (second["aria-label"], second["data-others"]) == ("Claim 2, approved, 2 claims on these words", "1")
    assert second["aria-haspopup"] == "menu"
    assert {link["aria-details"] for link in (first, second)} == {"panel"}


def test_a_link_says_the_status_only_where_its_mark_has_another() -> None:
    around, within = mark("Three were hurt", status="approved"), mark("were", claim=OTHER, status="open")
    passage = mark("nobody", status="", stance="refutes")
    first, second, third = Page(write_article(reading(around, within, passage)).body).links()

    assert (first["data-claim"], first["data-stance"], first.get("data-status")) == (CLAIM, "refutes", None)
    assert "data-status" not in second
    assert "data-status" not in third

    above = mark("Three were", claim=OTHER, status="open")
    first, second = Page(write_article(reading(around, above)).body).links()
    assert {(first["data-claim"], first.get("data-status")), (second["data-claim"], second.get("data-status"))} == {
        (CLAIM, "approved"),
        (OTHER, None),
    }


def test_a_flat_block_holds_its_highlights_as_data_and_one_link() -> None:
    longer, shorter = mark("Three were hurt."), mark("were hurt", OTHER, "approved")._replace(is_faint=True)
    evidence = mark("said nobody", OTHER, "", "refutes")

    page = whole(reading(longer, shorter, evidence, flat=True, query="?mode=sentences&amp;"))

    (block,) = [given for _, given in page.tags if "data-spans" in given]
    assert block["data-spans"] == f"46 57 refutes {OTHER};59 75 open {CLAIM};65 74 approved {OTHER} faint"
    (link,) = [given for tag, given in page.tags if tag == "a" and given.get("class") == "several"]
    assert (link["aria-label"], link["href"]) == ("2 claims in this paragraph", "?mode=sentences&block=15#b15")
    assert page.marks() == page.links() == []


def test_a_flat_highlight_across_blocks_is_cut_at_their_edges() -> None:
    across = Mark(5, 25, CLAIM, "open", "one")

    page = whole(reading(across, flat=True))

    said = [given["data-spans"] for _, given in page.tags if "data-spans" in given]
    assert said == [f"5 13 open {CLAIM}", f"15 25 open {CLAIM}"]


def test_a_page_that_opens_with_very_many_marks_is_painted_before_most_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "MARKED", 3)
    monkeypatch.setattr(rendering, "MARKED_AT_ONCE", 1)
    marks = [mark("Boats"), mark("Three were hurt", OTHER), mark("Jon's", "third"), mark("Cookies", "fourth")]
    paragraphs = ["headline", *["paragraph"] * 3]

    def late(made: Reading) -> list[str | None]:
        return [given["data-o"] for _, given in whole(made).tags if "data-late" in given]

    assert late(reading(*marks, is_opening=True, kinds=paragraphs)) == ["77", "89"]
    assert late(reading(*marks, is_opening=True)) == ["77", "89"]
    # What is in hand is scrolled to, and a block that is swapped is painted already.
    assert late(reading(*marks, is_opening=True, in_hand="third", kinds=paragraphs)) == ["89"]
    assert late(reading(*marks)) == late(reading(*marks[:3], is_opening=True)) == []
    # Without scripts sentences are marked by buttons, which have to be there.
    assert late(reading(*marks, is_opening=True, by_sentence=True)) == []


@given(readings())
def test_late_blocks_are_packed_as_they_are_to_be(made: Reading) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "MARKED", 0)
        patch.setattr(rendering, "MARKED_AT_ONCE", 0)
        late = write_article(replace(made, is_opening=True))
    at_once = "".join(write_article(made))

    packed = iter(zlib.decompress(b64decode(late.late)).decode().split("<!---->") if late.late else [])
    begun = "".join(late[:3])
    block = re.compile(r"<(\w+) [^>]*? data-late>[^<]*</\1>")
    assert block.sub(lambda _: next(packed), begun) == at_once
    assert next(packed, None) is None
    assert Page(begun).blocks == Page(at_once).blocks
