import io
import struct
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.intake.docx import MEDIA_TYPE, read_docx
from articles.intake.draft import IntakeError
from articles.intake.reading import Received, read
from articles.text.blocks import BlockKind
from articles.text.canonical import canonicalise
from articles.text.guess import Guess
from articles.text.notes import NoteKind, sentence
from tests.intake import word
from tests.intake.word import document, paragraph, part, run, styles, table
from tests.text.strategies import texts

PROSE = "The town fell on Wednesday after three weeks, the army said in a statement."
STYLES = styles(Titel="Title", Uber1="heading 1", Zitat="Quote", Legende="caption", Liste="List Bullet", Verz="toc 1")


def _blocks(draft):
    return list(zip([kind.value for kind in draft.kinds], draft.text.split("\n\n"), strict=True))


def _sentences(draft):
    return [sentence(note) for note in draft.report]


def _refusal(raw):
    with pytest.raises(IntakeError) as refused:
        read_docx(raw)
    return str(refused.value)


def test_a_document_with_styles():
    raw = document(
        paragraph("The town falls", style="Titel"),
        paragraph("By Jane Doe"),
        paragraph(PROSE),
        paragraph("What is known", style="Uber1"),
        paragraph("Nobody was told.", style="Zitat"),
        paragraph("The bridge in June", style="Legende"),
        paragraph("One", style="Liste"),
        parts={"styles.xml": STYLES},
    )

    draft = read_docx(raw, filename="gazette.docx")

    assert _blocks(draft) == [
        ("headline", "The town falls"),
        ("byline", "By Jane Doe"),
        ("paragraph", PROSE),
        ("heading", "What is known"),
        ("quotation", "Nobody was told."),
        ("caption", "The bridge in June"),
        ("list_item", "One"),
    ]
    assert draft.report == ()
    assert draft.kept == draft.received
    assert (draft.raw, draft.media_type, draft.filename) == (raw, MEDIA_TYPE, "gazette.docx")
    assert draft.metadata.headline == Guess("The town falls", "first line")


def test_a_strict_document_is_read_the_same():
    body = (paragraph("The town falls", style="Titel"), paragraph(PROSE), table(["Dead", "70"]))

    transitional = read_docx(document(*body, parts={"styles.xml": STYLES}))
    strict = read_docx(document(*body, parts={"styles.xml": STYLES}, strict=True))

    assert _blocks(strict) == _blocks(transitional)


def test_it_is_recognised_by_its_bytes():
    assert read(Received(raw=document(paragraph(PROSE)), filename="article.txt")).media_type == MEDIA_TYPE


def test_the_properties_of_the_file_fill_what_is_not_printed():
    core = (
        "<dc:title>The fall of a town</dc:title><dc:creator>Jane Doe</dc:creator><dc:language>nb-NO</dc:language>"
        "<dcterms:created>2013-06-05T10:00:00Z</dcterms:created><dcterms:modified>2013-06-07T10:00:00Z</dcterms:modified>"
    )

    metadata = read_docx(document(paragraph("12:30. " * 40), core=core)).metadata

    assert metadata.headline == Guess("The fall of a town", "file properties")
    assert metadata.byline == Guess("Jane Doe", "file properties")
    assert metadata.published == Guess("2013-06-05", "file properties")
    assert metadata.updated == Guess("2013-06-07", "file properties")
    assert metadata.language == Guess("nb-NO", "file properties")


def test_what_is_printed_wins_over_the_properties():
    core = "<dc:title>Template</dc:title><dc:creator>Somebody Else</dc:creator>"

    metadata = read_docx(
        document(paragraph("The town falls"), paragraph("By Jane Doe"), paragraph(PROSE), core=core)
    ).metadata

    assert (metadata.headline.value, metadata.byline.value) == ("The town falls", "Jane Doe")


def test_the_name_of_a_program_is_no_author():
    assert read_docx(document(paragraph(PROSE), core="<dc:creator>python-docx</dc:creator>")).metadata.byline == Guess()


def test_tracked_changes_are_taken_as_accepted_and_counted():
    raw = document(
        paragraph(
            "About ",
            '<w:del w:author="Jane Doe"><w:r><w:delText>60,000</w:delText></w:r></w:del>',
            f'<w:ins w:author="Bob">{run("25,000 to 35,000")}</w:ins>',
            f'<w:moveFrom w:author="Bob">{run("fled")}</w:moveFrom>',
            " people ",
            f'<w:moveTo w:author="Bob">{run("fled")}</w:moveTo>',
            ".",
        )
    )

    draft = read_docx(raw)

    assert draft.text == "About 25,000 to 35,000 people fled."
    assert _sentences(draft) == [
        "3 tracked changes were taken as accepted: 1 deletion, 1 insertion and 1 move by Bob and Jane Doe."
    ]
    assert draft.received - draft.kept == len("60,000") + len("fled")


def test_a_deleted_end_of_a_paragraph_joins_two():
    deleted = '<w:rPr><w:del w:author="Bob"/></w:rPr>'

    draft = read_docx(document(paragraph("It fell ", properties=deleted), paragraph("on Wednesday.")))

    assert draft.text == "It fell on Wednesday."
    assert _sentences(draft) == ["1 tracked change was taken as accepted: 1 deletion by Bob."]


def test_a_deleted_row_is_gone():
    row = '<w:tr><w:trPr><w:del w:author="Bob"/></w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>'
    rows = "<w:tbl>" + row.format(paragraph("gone"), paragraph("1")) + table(["kept", "2"]).removeprefix("<w:tbl>")

    assert read_docx(document(rows)).text == "kept | 2"


def test_comments_are_kept_at_the_end_as_furniture():
    comment = part("comments", f'<w:comment w:id="0" w:author="Jane Doe">{paragraph("Is this so?")}</w:comment>')
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'

    draft = read_docx(document(paragraph(PROSE, mark), parts={"comments.xml": comment}))

    assert _blocks(draft) == [("paragraph", PROSE), ("furniture", "Comment by Jane Doe: Is this so?")]
    assert _sentences(draft) == ["1 comment is kept as furniture: by Jane Doe."]


def test_footnotes_come_after_the_text_in_the_order_of_their_marks():
    def note(kind, key, text):
        link = f'<w:hyperlink r:id="h">{run(text)}</w:hyperlink>'
        return f'<w:{kind} w:id="{key}">{paragraph(" ", link)}</w:{kind}>'

    def mark(kind, key):
        return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'

    parts = {
        "footnotes.xml": part("footnotes", note("footnote", 1, "Second."), note("footnote", 2, "First.")),
        "endnotes.xml": part("endnotes", note("endnote", 1, "Last.")),
        "_rels/footnotes.xml.rels": word.relations(("h", "hyperlink", "https://example.org/")),
    }
    marks = mark("footnote", 2), ", it ", mark("footnote", 1), " fell ", mark("endnote", 1)

    draft = read_docx(document(paragraph("Yes", *marks), parts=parts))

    assert draft.text == "Yes[1], it [2] fell [3]\n\n[1] First.\n\n[2] Second.\n\n[3] Last."
    assert [draft.text[link.start : link.end] for link in draft.links] == ["First.", "Second."]
    assert _sentences(draft)[0] == "3 footnotes or endnotes were put at the end of the text."


def test_running_heads_and_feet_are_furniture_once_each():
    sections = (
        '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="even" r:id="h2"/>'
        '<w:footerReference w:type="default" r:id="f"/></w:sectPr>'
    )
    parts = {
        "head1.xml": part("hdr", paragraph("The Gazette")),
        "head2.xml": part("hdr", paragraph("The Gazette")),
        "foot.xml": part("ftr", paragraph("Page 1")),
    }
    links = [("h1", "header", "head1.xml"), ("h2", "header", "head2.xml"), ("f", "footer", "foot.xml")]

    draft = read_docx(document(paragraph(PROSE), sections, parts=parts, links=links))

    assert _blocks(draft) == [("furniture", "The Gazette"), ("paragraph", PROSE), ("furniture", "Page 1")]
    assert _sentences(draft) == ["2 running heads, feet or page numbers are kept as furniture."]


def test_links_of_both_kinds():
    by_relation = f'<w:hyperlink r:id="h" w:anchor="part">{run("a report")}</w:hyperlink>'
    within = f'<w:hyperlink w:anchor="part">{run("below")}</w:hyperlink>'
    by_field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/b"</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("another")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="HYPERLINK &quot;https://example.org/c&quot;">{run("a third")}</w:fldSimple>'
    links = [("h", "hyperlink", "https://example.org/a")]

    draft = read_docx(document(paragraph("See ", by_relation, ", ", by_field, ", ", simple, ", ", within), links=links))

    assert draft.text == "See a report, another, a third, below"
    assert [(draft.text[link.start : link.end], link.target) for link in draft.links] == [
        ("a report", "https://example.org/a#part"),
        ("another", "https://example.org/b"),
        ("a third", "https://example.org/c"),
    ]


def test_rows_of_a_table():
    draft = read_docx(document(paragraph(PROSE), table(["Place", "Dead"], ["Qusair", "70"], ["", ""])))

    assert _blocks(draft)[1:] == [("table_row", "Place | Dead"), ("table_row", "Qusair | 70")]


def test_a_table_of_one_column_is_a_frame_around_text():
    assert _blocks(read_docx(document(table([PROSE])))) == [("paragraph", PROSE)]


def test_a_text_box_follows_its_paragraph_and_is_read_once():
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    draft = read_docx(document(paragraph("It ", both, "fell."), paragraph(PROSE)))

    assert draft.text == f"It fell.\n\nIn the box\n\n{PROSE}"
    assert _sentences(draft) == ["1 text box was put after the paragraph that it is fixed to."]


def test_line_breaks_symbols_and_hidden_text():
    content = (
        '<w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t><w:br w:type="page"/></w:r>',
        '<w:r><w:noBreakHyphen/><w:sym w:char="00A7"/></w:r>',
        run("secret", "<w:vanish/>"),
        run("shown", '<w:vanish w:val="0"/>'),
    )

    draft = read_docx(document(paragraph(*content)))

    assert draft.text == "One\ntwo\tthree\u2011§shown"
    assert _sentences(draft) == ["6 characters of hidden text were left out."]


def test_formulas_pictures_and_numbers_are_named():
    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>',
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>',
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    formula = "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"
    picture = (
        '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'
    )

    draft = read_docx(
        document(paragraph("First", formula, picture, properties=item), parts={"numbering.xml": numbering})
    )

    assert _blocks(draft) == [("list_item", "Firsta=b")]
    assert {note.kind for note in draft.report} == {NoteKind.FORMULA, NoteKind.PICTURE, NoteKind.NUMBERING}


def test_a_table_of_contents_is_furniture():
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Part one')}</w:sdtContent></w:sdt>"
    )

    draft = read_docx(
        document(contents, paragraph("Part two", style="Verz"), paragraph(PROSE), parts={"styles.xml": STYLES})
    )

    assert _blocks(draft)[:2] == [("furniture", "Part one"), ("furniture", "Part two")]


@pytest.mark.parametrize(
    ("body", "opening"),
    [
        ("", "This document is empty"),
        (
            '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml"/></w:pict></w:r></w:p>',
            "This document",
        ),
        (paragraph("<w:del><w:r><w:delText>all</w:delText></w:r></w:del>"), "This document has no text left"),
    ],
)
def test_a_document_without_text_says_why(body, opening):
    assert _refusal(document(body)).startswith(opening)


@pytest.mark.slow
def test_a_document_with_more_than_is_unpacked_is_refused():
    assert _refusal(document(paragraph("a" * 60_000_000))).startswith("This document unpacks to more than 50 MB")
    assert _refusal(document(paragraph("a" * 5_000_000))).startswith("This document unpacks to more than 50 MB, or to")


def test_a_document_that_lies_about_its_size_is_read_no_further():
    raw = bytearray(document(paragraph("a" * 30_000_000), parts={"media.bin": bytes(100)}))
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        directory = file.start_dir
    name = raw.index(b"word/document.xml", directory)
    struct.pack_into("<I", raw, name - 46 + 24, 1_000)

    assert _refusal(bytes(raw)).startswith("This document is damaged")


def test_a_document_with_too_many_parts_is_refused():
    parts = {f"media/{i}.bin": b"" for i in range(2_000)}

    assert _refusal(document(paragraph(PROSE), parts=parts)).startswith("This document has 2,004 parts")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_declaration_is_refused_in_any_part(encoding):
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>'.encode(encoding)

    for parts in ({"styles.xml": bomb}, {"document.xml": bomb}):
        assert "document type declaration" in _refusal(document(paragraph(PROSE), parts=parts))


@pytest.mark.parametrize(
    ("raw", "opening"),
    [
        (b"{\\rtf1 text}", "This is an RTF document."),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "This is an old Word document (.doc)."),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "This document is protected with a password."),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "This is an old spreadsheet"),
        (b"\xd0\xcf\x11\xe0", "This is an old office document."),
        (b"PK\x03\x04 and no more", "This document is damaged"),
        (word.archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "This is an OpenDocument text (.odt)."),
        (word.archive({"mimetype": "application/epub+zip"}), "This is an EPUB book."),
        (word.archive({"[Content_Types].xml": "spreadsheetml"}), "This is a spreadsheet"),
        (word.archive({"[Content_Types].xml": "presentationml"}), "This is a presentation"),
        (word.archive({"notes.txt": PROSE}), "This ZIP archive is no document."),
        (word.archive({}), "This ZIP archive is no document."),
    ],
)
def test_other_files_are_named(raw, opening):
    assert _refusal(raw).startswith(opening)
    with pytest.raises(IntakeError):
        read(Received(raw=raw))


def test_a_damaged_part_is_said():
    raw = bytearray(document(paragraph(PROSE)))
    place = raw.index(b"word/document.xml") + 40
    raw[place : place + 20] = bytes(20)

    assert _refusal(bytes(raw)).startswith("This document is damaged")
    assert _refusal(document("<w:p>")).startswith("This document is damaged")


def test_elements_nested_without_end_are_refused():
    deep = "<w:smartTag>" * 5_000 + "</w:smartTag>" * 5_000

    assert _refusal(document(paragraph(deep))).startswith("This document is damaged")


@given(st.lists(texts, min_size=1, max_size=6))
@example(["(\u2029a"])
def test_whatever_a_document_holds_its_text_is_canonical(held):
    written = (
        "".join(c for c in text if c in "\t\n" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd") for text in held
    )
    raw = document(*(paragraph(run(escape(text))) for text in written))

    try:
        draft = read_docx(raw)
    except IntakeError:
        return

    assert canonicalise(draft.text).text == draft.text
    assert len(draft.kinds) == draft.text.count("\n\n") + 1
    assert draft.kept <= draft.received
    assert BlockKind.TABLE_ROW not in draft.kinds
