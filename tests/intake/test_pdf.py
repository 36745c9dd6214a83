import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.draft import IntakeError, Page
from articles.intake.pdf import MEDIA_TYPE, PAGES, read_pdf
from articles.intake.reading import Received, read
from articles.text.canonical import canonicalise
from articles.text.guess import Guess
from articles.text.notes import NoteKind, sentence
from tests.intake.portable import HEIGHT, WIDTH, Words, file, lines, pdf, stream
from tests.shared import SHARED

DATA = SHARED / "data" / "pdf"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"PDF files are not in {DATA}; set FACTCHECK_SHARED")

PROSE = [
    "The town fell on Wednesday after three weeks of fighting, the army said in",
    "a statement that was read out on state television. Opposition fighters had",
    "left during the night through a corridor to the north.",
]
MORE = [
    "Residents spoke of empty streets and of a smell of smoke that would not go",
    "away, while aid workers waited at the bridge for leave to enter.",
]
JOINED, JOINED_MORE = " ".join(PROSE), " ".join(MORE)


def _blocks(draft):
    return list(zip([kind.value for kind in draft.kinds], draft.text.split("\n\n"), strict=True))


def _note(draft, kind):
    return next((sentence(note) for note in draft.report if note.kind is kind), "")


def _refusal(raw):
    with pytest.raises(IntakeError) as refused:
        read_pdf(raw)
    return str(refused.value)


def test_a_page_with_a_headline_and_two_paragraphs():
    raw = pdf(
        [
            *lines("The town falls", top=80, size=20),
            *lines("By Jane Doe", top=110),
            *lines(*PROSE, top=140),
            *lines("What is known", top=190, font="F2"),
            *lines(*MORE, top=215),
        ]
    )

    draft = read_pdf(raw, filename="gazette.pdf")

    assert _blocks(draft) == [
        ("headline", "The town falls"),
        ("byline", "By Jane Doe"),
        ("paragraph", JOINED),
        ("heading", "What is known"),
        ("paragraph", JOINED_MORE),
    ]
    assert _note(draft, NoteKind.LINE_JOINED) == "3 line ends within paragraphs became spaces."
    assert (draft.raw, draft.media_type, draft.filename) == (raw, MEDIA_TYPE, "gazette.pdf")
    assert draft.metadata.byline == Guess("Jane Doe", "byline")
    assert draft.pages == (Page(0, "1"),)


def test_it_is_recognised_by_its_bytes():
    assert read(Received(raw=b"\r\n" + pdf(lines(*PROSE)))).media_type == MEDIA_TYPE
    assert read(Received(raw=b"A text about %PDF-1.7 files, which begin so.")).media_type == "text/plain"


@pytest.mark.parametrize("second", [{"top": 148}, {"top": 136, "left": 84}])
def test_a_space_or_an_indent_begins_a_paragraph(second):
    first, *others = lines(*MORE, **second)
    following = [Words(words.text, 72, words.top) for words in others]

    assert read_pdf(pdf([*lines(*PROSE), first, *following])).text == f"{JOINED}\n\n{JOINED_MORE}"


def test_a_line_left_short_ends_a_paragraph():
    assert read_pdf(pdf(lines(*PROSE, *MORE))).text == f"{JOINED}\n\n{JOINED_MORE}"


def test_two_columns_are_read_one_after_the_other():
    left = [f"left {word} of this page has words" for word in ("one", "two", "three", "four", "five", "six")]
    right = [text.replace("left", "right") for text in left]
    mixed = [words for pair in zip(lines(*left), lines(*right, left=300), strict=True) for words in pair]
    title = Words("A headline that runs over both of the columns of the page", 72, 80, 16)

    draft = read_pdf(pdf([title, *mixed]))

    assert _blocks(draft) == [("headline", title.text), ("paragraph", " ".join([*left, *right]))]


def test_notes_in_a_margin_do_not_break_the_text():
    text = [f"Line {i} of a text that runs across most of the page and is long enough for it" for i in range(8)]

    draft = read_pdf(pdf([*lines(*text, left=150), *lines("A note", "beside it", left=72, top=124)]))

    assert _blocks(draft)[0] == ("paragraph", " ".join(text))
    assert draft.text.endswith("\n\nA note beside it")


def test_rows_of_a_table_stay_together():
    cells = [["Place", "Dead", "Wounded"], ["Qusair", "70", "1,500"], ["Homs", "12", "300"]]
    words = [Words(cell, 72 + 150 * j, 100 + 14 * i) for i, row in enumerate(cells) for j, cell in enumerate(row)]

    draft = read_pdf(pdf([*words, *lines(*PROSE, top=200)]))

    assert _blocks(draft)[:3] == [("table_row", " | ".join(row)) for row in cells]


def test_items_of_a_list():
    draft = read_pdf(
        pdf([*lines(*PROSE), *lines("• One", "• Two", top=160), Words("3.", 72, 190), Words("Three", 110, 190)])
    )

    assert _blocks(draft)[1:] == [("list_item", "• One"), ("list_item", "• Two"), ("list_item", "3. Three")]


def test_a_word_divided_at_the_end_of_a_line_is_mended_and_said():
    draft = read_pdf(pdf(lines("It was reported that the govern-", "ment had fallen.")))

    assert draft.text == "It was reported that the government had fallen."
    assert _note(draft, NoteKind.HYPHEN_MENDED) == "1 word divided at the end of a line was joined: government."
    assert draft.kept < draft.received


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("A well-known man. He is very well-", "known here.", "A well-known man. He is very well-known here."),
        ("They spoke of a state-of-the-", "art bridge.", "They spoke of a state-of-the-art bridge."),
        (
            "They met in the capital of Schleswig-",
            "Holstein again.",
            "They met in the capital of Schleswig-Holstein again.",
        ),
        ("He was for twenty years a vice-", "president here.", "He was for twenty years a vice-president here."),
        ("The COVID-", "19 wards were full.", "The COVID-19 wards were full."),
        ("They fought from 2011 -", "the year it began.", "They fought from 2011 - the year it began."),
    ],
)
def test_which_hyphens_stay(first, second, text):
    assert read_pdf(pdf(lines(first, second))).text == text


def test_hyphens_that_stay_are_said():
    draft = read_pdf(pdf(lines("They met in the capital of Schleswig-", "Holstein again.")))

    assert _note(draft, NoteKind.HYPHEN_KEPT).endswith("as it may belong to the word: Schleswig-Holstein.")


def test_heads_and_page_numbers_are_furniture_and_the_paragraph_goes_on():
    broken = PROSE[:2]
    pages = [
        [Words("The Gazette, 5 June", 72, 40), *lines(*broken, top=100), Words("- 11 -", 290, 800)],
        [Words("The Gazette, 6 June", 72, 40), *lines(PROSE[2], top=100), Words("- 12 -", 290, 800)],
    ]

    draft = read_pdf(pdf(*pages))

    assert _blocks(draft) == [
        ("furniture", "The Gazette, 5 June"),
        ("paragraph", JOINED),
        ("furniture", "- 11 -"),
        ("furniture", "The Gazette, 6 June"),
        ("furniture", "- 12 -"),
    ]
    assert draft.pages == (Page(0, "11"), Page(draft.text.index("The Gazette, 6"), "12"))
    assert _note(draft, NoteKind.RUNNING_HEAD) == "4 running heads, feet or page numbers are kept as furniture."


def test_a_sentence_that_two_pages_share_is_no_running_head():
    draft = read_pdf(pdf(lines(*PROSE, top=60), lines(*PROSE, top=60)))

    assert "furniture" not in [kind for kind, _ in _blocks(draft)]


def test_printed_labels_name_the_pages():
    labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 7 >>] >>"

    draft = read_pdf(pdf(lines(*PROSE), lines(*MORE), catalog=labels))

    assert [page.name for page in draft.pages] == ["i", "7"]


def test_links_have_their_words():
    area = f"/Rect [100 {HEIGHT - 102} 150 {HEIGHT - 90}]"
    link = f"<< /Type /Annot /Subtype /Link {area} /A << /S /URI /URI (https://example.org/a) >> >>"

    draft = read_pdf(pdf([Words("See", 72), Words("the report", 100), Words("for more.", 152)], annotations=link))

    assert [(draft.text[link.start : link.end], link.target) for link in draft.links] == [
        ("the report", "https://example.org/a")
    ]


def test_what_the_file_says_about_itself():
    info = "/Title (The fall of a town) /Author (Jane Doe) /CreationDate (D:20130605120000Z) /ModDate (D:201307)"

    metadata = read_pdf(pdf(lines("12:30. " * 9), info=info, catalog="/Lang (nb-NO)")).metadata

    assert metadata.headline == Guess("The fall of a town", "file properties")
    assert metadata.byline == Guess("Jane Doe", "file properties")
    assert metadata.published == Guess("2013-06-05", "file properties")
    assert metadata.updated == Guess("2013-07", "file properties")
    assert metadata.language == Guess("nb-NO", "file properties")


def test_the_name_of_a_file_is_no_title():
    metadata = read_pdf(pdf(lines(*PROSE), info="/Title (Microsoft Word - final_2.doc)")).metadata

    assert metadata.headline.origin == "first words"


def test_letters_printed_twice_are_there_once():
    twice = [Words("Printed bold", 72.3, 100), Words("between", 300, 100), Words("Printed bold", 72, 100)]

    assert read_pdf(pdf([*twice, *lines(*PROSE, top=140)])).text.count("Printed bold") == 1


def test_an_invisible_layer_is_said():
    draft = read_pdf(pdf([Words("Seen by a machine", before="3 Tr")]))

    assert draft.text == "Seen by a machine"
    assert _note(draft, NoteKind.INVISIBLE_TEXT).startswith("14 characters are from an invisible layer")


def test_a_page_without_text_among_others_is_said():
    assert _note(read_pdf(pdf(lines(*PROSE), [])), NoteKind.PAGE_WITHOUT_TEXT) == (
        "1 page has no text, only a picture or nothing: 2."
    )


def test_a_turned_page_is_read_upright():
    words = b"".join(each.operators() for each in lines(*PROSE, top=400))

    assert read_pdf(_with_content(b"q 0 1 -1 0 595 0 cm\n" + words + b"Q")).text == JOINED


def test_comments_and_fields_are_kept():
    comment = "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Jane Doe) /Contents (Is this so?) >>"
    widget = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (Place) /V (Qusair) /Rect [9 9 99 20] >>"

    draft = read_pdf(
        pdf(
            lines(*PROSE),
            annotations=f"{comment} 20 0 R",
            catalog="/AcroForm << /Fields [20 0 R] >>",
            extra=[widget],
        )
    )

    assert _blocks(draft)[1:] == [("furniture", "Comment by Jane Doe: Is this so?"), ("paragraph", "Place: Qusair")]
    assert _note(draft, NoteKind.FORM_FIELD).startswith("1 filled-in field")
    assert _note(draft, NoteKind.COMMENT).endswith("by Jane Doe.")


def test_a_scan_is_recognised():
    picture = stream(
        b"\xff", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )

    assert _refusal(_with_content(b"q 500 0 0 700 0 0 cm /P Do Q", picture)).startswith("This PDF is a scan")


@pytest.mark.parametrize(
    ("raw", "opening"),
    [
        (pdf([]), "This PDF is empty"),
        (pdf(), "This PDF has no pages."),
        (b"%PDF-1.7\n", "This PDF is damaged"),
        (b"%PDF-1.7\n" + b"1 0 obj << >> endobj" * 9, "This PDF is damaged"),
        (pdf(*[[]] * (PAGES + 1)), f"This PDF has {PAGES + 1} pages"),
    ],
)
def test_what_has_no_text_says_why(raw, opening):
    assert _refusal(raw).startswith(opening)


@pytest.mark.slow
def test_a_stream_that_unpacks_to_more_than_memory_is_refused():
    packed = stream(zlib.compress(bytes(101_000_000)), "/Filter /FlateDecode")

    assert _refusal(pdf(lines(*PROSE), extra=[packed])) == (
        "This PDF unpacks to more than 100 MB. Paste its text instead."
    )


def test_a_large_picture_is_not_unpacked():
    picture = stream(zlib.compress(bytes(101_000_000)), "/Subtype /Image /Filter /FlateDecode")

    assert read_pdf(pdf(lines(*PROSE), extra=[picture])).text == JOINED


def test_a_pdf_past_the_limit_is_refused():
    assert _refusal(b"%PDF-1.7" + bytes(50_000_001)).startswith("This PDF has 50.0 MB")


@needs_data
@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("pdfplumber/tests__pdfs__password-example.pdf", "This PDF is protected with a password."),
        ("docling/ocr_test.pdf", "This PDF is a scan"),
        ("pdfplumber/tests__pdfs__issue-297-example.pdf", "This PDF is empty"),
    ],
)
def test_real_files_that_cannot_be_read_say_why(name, opening):
    assert _refusal((DATA / name).read_bytes()).startswith(opening)


@needs_data
def test_characters_that_a_font_does_not_tell_are_said():
    draft = read_pdf((DATA / "sample-files" / "015-arabic__habibi.pdf").read_bytes())

    assert draft.text.count("\ufffd") == 5
    assert _note(draft, NoteKind.UNMAPPED).startswith("5 characters cannot be told by their fonts")


def test_a_pdf_with_fonts_that_tell_nothing_is_refused():
    untold = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [9 0 R] >>"
    descendant = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> >>"
    )
    words = b"BT /F1 10 Tf 1 0 0 1 72 700 Tm <0003000400050006> Tj ET"

    assert _refusal(_with_content(words, font=untold, more={9: descendant})).startswith("The fonts of this PDF do not")


@needs_data
def test_the_columns_of_a_real_article_are_read_in_order():
    draft = read_pdf((DATA / "sample-files" / "026-latex-multicolumn__multicolumn.pdf").read_bytes())

    assert "Duis eget orci sit amet orci dignissim rutrum." in draft.text
    assert ("furniture", "1") in _blocks(draft)


@needs_data
def test_a_page_that_lies_on_its_side_has_the_same_text():
    upright, turned = (
        read_pdf((DATA / "pdfplumber" / f"tests__pdfs__nics-background-checks-2015-11{name}.pdf").read_bytes())
        for name in ("", "-rotated")
    )

    assert turned.text == upright.text


_PLACES = st.tuples(
    st.text(st.characters(codec="cp1252", exclude_characters="\r\n"), min_size=1, max_size=40),
    st.integers(0, WIDTH),
    st.integers(0, HEIGHT),
    st.sampled_from([6, 10, 10, 10, 24]),
)


@settings(max_examples=60)
@given(st.lists(st.lists(_PLACES, max_size=12), min_size=1, max_size=3))
def test_whatever_stands_on_the_pages_the_text_is_canonical(pages):
    raw = pdf(*([Words(text, left, top, size) for text, left, top, size in page] for page in pages))

    try:
        draft = read_pdf(raw)
    except IntakeError:
        return

    assert canonicalise(draft.text).text == draft.text
    assert len(draft.kinds) == draft.text.count("\n\n") + 1
    assert draft.kept <= draft.received
    assert [page.start for page in draft.pages] == sorted({page.start for page in draft.pages})


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _with_content(content, picture=b"null", font=FONT, more=()):
    return file(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Count 1 /Kids [6 0 R] >>",
            3: font,
            5: b"<< >>",
            6: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 7 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /P 8 0 R >> >> >>",
            7: stream(content),
            8: picture,
            **dict(more),
        }
    )
