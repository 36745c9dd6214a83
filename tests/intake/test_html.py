import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.draft import IntakeError
from articles.intake.html import LONGEST_TEXT, read_html
from articles.intake.page.source import characters
from articles.intake.reading import Received, read
from articles.text.blocks import BlockKind
from articles.text.canonical import canonicalise
from articles.text.notes import NoteKind
from tests.shared import SHARED
from tests.text.strategies import PIECES

PROSE = [
    "The town fell on Wednesday, the army said, after nearly three weeks of fighting that drove most people out.",
    "Hospitals in the capital counted more than 1,500 wounded, and doctors asked for blood, beds and clean water.",
    "“We have nothing left,” said Jane Roe, who runs the bakery at the northern gate, “and nowhere to take it.”",
]
DATA = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Elsewhere"},
        {
            "@type": ["NewsArticle"],
            "headline": "The town falls &amp; the bridge holds",
            "author": [{"@type": "Person", "name": "Jane Doe"}, {"@id": "#john"}],
            "publisher": {"@type": "Organization", "name": "The Gazette"},
            "datePublished": "2013-06-05T22:10:00Z",
            "dateModified": "2013-06-07",
            "inLanguage": "en",
        },
        {"@type": "Person", "@id": "#john", "name": "John Roe"},
    ],
}


def page(body="", *, head="", attributes=' lang="en"'):
    return f"<!doctype html><html{attributes}><head><title>x</title>{head}</head><body>{body}</body></html>".encode()


def article(*, head="", above="", below="", prose=PROSE):
    paragraphs = "".join(f"<p>{text}</p>\n" for text in prose)
    return page(
        f"<header><nav><ul><li><a href='/'>Home</a><li><a href='/world'>World</a></ul></nav></header>"
        f"<main><article><h1>The town falls</h1>{above}{paragraphs}</article></main>"
        f"<aside><h3>Most read</h3><a href='/1'>Bridge closed</a></aside>"
        f"<footer>© 2013 The Gazette</footer>{below}",
        head=head,
    )


def ld(value):
    text = value if isinstance(value, str) else json.dumps(value).replace("</", r"<\/")
    return f'<script type="application/ld+json">{text}</script>'


def by_kind(draft, kind):
    texts = draft.text.split("\n\n")
    return [text for text, own in zip(texts, draft.kinds, strict=True) if own is kind]


def notes(draft):
    return {note.kind: note for note in draft.report}


def words(draft, link):
    return draft.text[link.start : link.end]


def test_a_page_becomes_a_draft():
    draft = read_html(
        article(head='<meta property="og:title" content="The town falls | The Gazette">'), filename="a.html"
    )

    assert by_kind(draft, BlockKind.HEADLINE) == ["The town falls"]
    assert by_kind(draft, BlockKind.PARAGRAPH) == PROSE
    assert by_kind(draft, BlockKind.FURNITURE) == ["Home", "World", "Most read", "Bridge closed", "© 2013 The Gazette"]
    assert draft.metadata.headline.value == "The town falls"
    assert (draft.media_type, draft.filename) == ("text/html", "a.html")
    assert draft.kept == draft.received == len(draft.text)
    assert notes(draft)[NoteKind.FURNITURE].count == 5


def test_blocks_stand_in_the_order_of_the_page():
    draft = read_html(article())

    assert draft.text.split("\n\n") == [
        "Home",
        "World",
        "The town falls",
        *PROSE,
        "Most read",
        "Bridge closed",
        "© 2013 The Gazette",
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a  b\n\t c", "a b c"),
        ("<b>Wed</b>nesday <i>the</i> 5th", "Wednesday the 5th"),
        ("one<br>two", "one\ntwo"),
        ("one <br> two", "one\ntwo"),
        ("When <!-- -->Mr<!-- --> Roe came", "When Mr Roe came"),
        ("caf&eacute; &amp; &#146;s &lt;b&gt;", "café & ’s <b>"),
        ("a&nbsp;&nbsp;b", "a\u00a0\u00a0b"),
        ("non<wbr>stop so&shy;ft", "nonstop so\u00adft"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("a<script>evil()</script><style>p{}</style> b", "a b"),
        ("<table><tr><th>Town</th><td>12</td></tr></table>", "Town | 12"),
        ("<table><tr><td></td><td>12</td></tr></table>", "| 12"),
    ],
)
def test_text_is_what_a_browser_shows(markup, text):
    assert read_html(page(markup)).text == text


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("one<br><br>two", ["one", "two"]),
        ("before<div>inside</div>after", ["before", "inside", "after"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<a href=/x><h3>Title</h3><p>Teaser</p></a>", ["Title", "Teaser"]),
        ("<table><tr><td><p>a</p><p>b</p><p>c</p></td><td>d</td></tr></table>", ["a", "b", "c", "d"]),
        ("<p>&nbsp;</p><p>x</p><p>\u200b</p>", ["x"]),
    ],
)
def test_blocks_are_those_of_the_elements(markup, blocks):
    assert read_html(page(markup)).text.split("\n\n") == blocks


@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>secret</p>",
        "<div style='color:red; display: none'><p>secret</p></div>",
        "<span style='visibility:hidden'>secret</span>",
        "<noscript><p>secret</p></noscript>",
        "<template><p>secret</p></template>",
        "<dialog>secret</dialog>",
        "<select><option>secret</option></select>",
        "<span class='x sr-only'>secret</span>",
        "<iframe>secret</iframe>",
        "<script>secret</script>",
    ],
)
def test_what_a_reader_does_not_see_is_not_offered(markup):
    draft = read_html(page(f"{markup}<p>Seen.</p>"))

    assert draft.text == "Seen."


def test_what_was_left_out_is_counted():
    draft = read_html(page("<p hidden>secret</p><img src=a><img src=b><iframe></iframe><video></video><p>Seen.</p>"))

    assert notes(draft)[NoteKind.HIDDEN_TEXT].count == len("secret")
    assert notes(draft)[NoteKind.PICTURE].count == 2
    assert notes(draft)[NoteKind.EMBEDDED].count == 2


def test_a_page_that_hides_itself_until_a_program_runs_is_read():
    assert read_html(b"<html><body style='display:none'><p>Seen.</p></body></html>").text == "Seen."


def test_text_that_is_only_not_read_aloud_is_visible():
    assert read_html(page("<p aria-hidden='true'>Pulled quote.</p>")).text == "Pulled quote."


def test_kinds_follow_the_elements():
    more = (
        "<h2>What next</h2><ul><li>Bread for the northern gate.</li></ul><blockquote><p>Nobody came.</p></blockquote>"
        "<table><tr><td>Dead</td><td>12</td></tr></table><figure><img><figcaption>The gate.</figcaption></figure>"
        f"<p>{PROSE[0]}</p>"
    )
    draft = read_html(article(prose=[PROSE[0], PROSE[1] + "</p>" + more + "<p>" + PROSE[2]]))

    assert by_kind(draft, BlockKind.HEADING) == ["What next"]
    assert by_kind(draft, BlockKind.LIST_ITEM) == ["Bread for the northern gate."]
    assert by_kind(draft, BlockKind.QUOTATION) == ["Nobody came."]
    assert by_kind(draft, BlockKind.TABLE_ROW) == ["Dead | 12"]
    assert by_kind(draft, BlockKind.CAPTION) == ["The gate."]


def test_lines_between_headline_and_story_say_who_and_when():
    draft = read_html(article(above="<p>By Jane Doe</p><div>June 5, 2013</div><div>Share</div>"))

    assert by_kind(draft, BlockKind.BYLINE) == ["By Jane Doe"]
    assert by_kind(draft, BlockKind.DATELINE) == ["June 5, 2013"]
    assert "Share" in by_kind(draft, BlockKind.FURNITURE)
    assert (draft.metadata.byline.value, draft.metadata.published.value) == ("Jane Doe", "2013-06-05")


def test_an_article_cut_in_pieces_is_put_together():
    part = '<div class="grid g{}"><div class="body"><p>{}</p><p>{}</p></div><div class="ad">Advertisement</div></div>'
    pieces = [part.format(i, PROSE[0].replace("three", f"{i} and three"), PROSE[1]) for i in range(2, 6)]
    draft = read_html(page(f"<main><article><h1>The town falls</h1>{''.join(pieces)}</article></main>"))

    assert len(by_kind(draft, BlockKind.PARAGRAPH)) == 8
    assert by_kind(draft, BlockKind.FURNITURE) == ["Advertisement"] * 4


def test_a_repeated_paragraph_is_kept():
    draft = read_html(article(prose=[PROSE[0], PROSE[1], PROSE[0], PROSE[2]]))

    assert by_kind(draft, BlockKind.PARAGRAPH) == [PROSE[0], PROSE[1], PROSE[0], PROSE[2]]


def test_links_to_other_stories_inside_the_story_are_furniture():
    related = '</p><p><a href="/2">Read more: Bridge closed</a></p><p>'
    draft = read_html(article(prose=[PROSE[0] + related + PROSE[1], PROSE[2]]))

    assert "Read more: Bridge closed" in by_kind(draft, BlockKind.FURNITURE)


def test_links_are_spans_with_absolute_targets():
    draft = read_html(
        page('<p>See <a href="report.pdf"> the <b>report</b> </a>, <a href="//other.org/x">there</a>.</p>'),
        address="https://example.org/news/town",
    )

    assert draft.text == "See the report , there."
    assert [(words(draft, link), link.target) for link in draft.links] == [
        ("the report", "https://example.org/news/report.pdf"),
        ("there", "https://other.org/x"),
    ]


@pytest.mark.parametrize(
    ("head", "target"),
    [
        ('<base href="https://cdn.example.org/a/">', "https://cdn.example.org/a/x"),
        ('<base href="/b/">', "https://example.org/b/x"),
        ("", "https://example.org/news/x"),
    ],
)
def test_the_base_of_a_page_is_minded(head, target):
    draft = read_html(page("<p><a href=x>words</a></p>", head=head), address="https://example.org/news/town")

    assert [link.target for link in draft.links] == [target]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", " java\nscript:x", "#top", "mailto:a@b.org", "http://["]
)
def test_links_that_lead_nowhere_are_left_out_and_counted(href):
    draft = read_html(page(f'<p><a href="{href}">words</a></p>'), address="https://example.org/")

    assert draft.links == ()
    assert notes(draft)[NoteKind.LINK_DROPPED].count == 1


def test_json_ld_says_most():
    metadata = read_html(article(head=ld(DATA)), address="https://gazette.example/2013/town").metadata

    assert metadata.headline.value == "The town falls & the bridge holds"
    assert metadata.headline.origin == "JSON-LD of the page"
    assert metadata.byline.value == "Jane Doe, John Roe"
    assert metadata.outlet.value == "The Gazette"
    assert (metadata.published.value, metadata.updated.value) == ("2013-06-05", "2013-06-07")
    assert (metadata.language.value, metadata.direction.value) == ("en", "ltr")
    assert metadata.url.value == "https://gazette.example/2013/town"


def test_a_printed_date_wins_over_the_same_moment_elsewhere():
    draft = read_html(
        article(head=ld({"@type": "Article", "datePublished": "2013-06-06T02:10:00Z"}), above="<p>June 5, 2013</p>")
    )

    assert (draft.metadata.published.value, draft.metadata.published.origin) == ("2013-06-05", "date line")


@pytest.mark.parametrize(
    ("stated", "kept"), [("2013", "2013"), ("2013-06", "2013-06"), ("2013-06-05T10:00", "2013-06-05"), ("soon", "2013")]
)
def test_a_date_is_never_more_than_what_is_there(stated, kept):
    assert read_html(article(head=ld({"@type": "Article", "datePublished": stated}))).metadata.published.value == kept


@pytest.mark.parametrize(
    "script",
    [
        ld('{"@type": "NewsArticle", "headline": "The town falls",}'),
        ld('<!-- [{"@type": "NewsArticle", "headline": "The town\nfalls"}] -->'),
        ld('//<![CDATA[\n{"@type": "https://schema.org/NewsArticle", "headline": ["The town falls"]}\n//]]>'),
        ld({"@type": "WebPage", "mainEntity": {"@type": "BlogPosting", "headline": "<b>The town</b> falls"}}),
    ],
)
def test_json_ld_is_understood_as_pages_write_it(script):
    assert read_html(page(f"<p>{PROSE[0]}</p>", head=script)).metadata.headline.value == "The town falls"


@pytest.mark.parametrize("script", [ld("{not json"), ld("[" * 100_000), ld('{"a": ' + "1" * 5000 + "}")])
def test_damaged_json_ld_is_reported(script):
    assert notes(read_html(page("<p>Words.</p>", head=script)))[NoteKind.METADATA_UNREADABLE].count == 1


def test_half_a_character_in_json_ld_is_dropped():
    draft = read_html(page("<p>Words.</p>", head=ld(r'{"@type": "Article", "headline": "The \ud83d town"}')))

    assert draft.metadata.headline.value == "The town"


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        (ld({"@type": "Article", "author": "By Jane Doe"}), "Jane Doe"),
        (ld({"@type": "Article", "author": [{"name": ["Jane Doe", "John Roe"]}]}), "Jane Doe, John Roe"),
        ('<meta name="author" content="Jane Doe">', "Jane Doe"),
        (
            '<meta property="article:author" content="https://example.org/j"><meta name="byl" content="By Jane Doe">',
            "Jane Doe",
        ),
        ('<meta property="article:author" content="https://example.org/jane">', ""),
    ],
)
def test_a_byline_is_people_and_not_addresses(head, byline):
    assert read_html(page(f"<p>{PROSE[0]}</p>", head=head)).metadata.byline.value == byline


@pytest.mark.parametrize(
    ("title", "name", "headline"),
    [
        ("The town falls | The Gazette", "The Gazette", "The town falls"),
        ("The Gazette - The town falls", "The Gazette", "The town falls"),
        ("The town falls – what now", "The Gazette", "The town falls – what now"),
        ("Peace | War", "", "Peace | War"),
    ],
)
def test_only_the_name_of_the_site_is_taken_from_a_title(title, name, headline):
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{name}">'

    assert read_html(page(f"<p>{PROSE[0]}</p>", head=head)).metadata.headline.value == headline


def test_the_heading_says_where_a_title_ends():
    draft = read_html(
        page(
            f"<h1>Peace | War</h1><p>{PROSE[0]}</p>", head='<meta property="og:title" content="Peace | War | A Paper">'
        )
    )

    assert draft.metadata.headline.value == "Peace | War"


@pytest.mark.parametrize(
    ("head", "address", "url"),
    [
        ('<link rel="canonical" href="/town">', "https://example.org/amp/town", "https://example.org/town"),
        ('<link rel="canonical" href="https://example.org/">', "https://example.org/town", "https://example.org/town"),
        ('<meta property="og:url" content="https://example.org/town">', "", "https://example.org/town"),
        ('<link rel="canonical" href="javascript:1">', "", ""),
    ],
)
def test_the_address_of_a_page(head, address, url):
    assert read_html(page("<p>Words.</p>", head=head), address=address).metadata.url.value == url


def test_a_saved_page_says_where_it_was_saved():
    source = (
        b"<!DOCTYPE html>\n<!-- saved from url=(0028)https://example.org/news/town -->\n<p><a href='x'>Words</a></p>"
    )

    draft = read_html(source)

    assert draft.metadata.url.value == "https://example.org/news/town"
    assert draft.links[0].target == "https://example.org/news/x"


def test_a_web_archive_is_unpacked():
    archive = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/town\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://example.org/town\r\n\r\n"
        b'<meta charset=3D"utf-8"><p>Caf=C3=A9 <a href=3D"x">there</a></p>\r\n'
        b"--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    )

    draft = read(Received(raw=archive, filename="town.mhtml"))

    assert draft.text == "Café there"
    assert draft.links[0].target == "https://example.org/x"
    assert draft.media_type == "multipart/related"
    assert notes(draft)[NoteKind.PACKED_FILE].count == 1


def test_an_archive_without_a_page_is_refused():
    headers = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"

    with pytest.raises(IntakeError, match=r"^There is no page in this web archive\.$"):
        read_html(headers + b"--b\nContent-Type: image/png\n\nx\n--b--")


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("“café”".encode("cp1252"), "iso-8859-1", "“café”"),
        ("“café”".encode("cp1252"), '"LATIN1"', "“café”"),
        (b"<meta charset=iso-8859-1>" + "“café”".encode("cp1252"), "", "“café”"),
        (b"<meta http-equiv=x content='text/html; charset=koi8-r'>" + "Город".encode("koi8_r"), "", "Город"),
        (b'<?xml version="1.0" encoding="shift_jis"?>' + "街が落ちた".encode("cp932"), "", "街が落ちた"),
        (b"<!-- <meta charset=koi8-r> -->" + "café “x” ü".encode(), "", "café “x” ü"),
        (b"<meta charset=utf-16>" + "café".encode(), "", "café"),
        (codecs.BOM_UTF8 + "café".encode(), "koi8-r", "café"),
        (codecs.BOM_UTF16_LE + "café".encode("utf-16-le"), "utf-8", "café"),
        ("café".encode("cp1252"), "iso-8859-1", "café"),
        ("街が落ちた".encode("gb18030"), "gb2312", "街が落ちた"),
    ],
)
def test_a_charset_is_what_browsers_take_it_for(raw, charset, text):
    assert characters(raw, charset)[0].endswith(text)


def test_pasted_source_keeps_a_declaration_that_is_no_longer_true():
    draft = read_html("<meta charset='iso-8859-1'><p>café “x” ü</p>".encode())

    assert draft.text == "café “x” ü"
    assert notes(draft)[NoteKind.CHARSET_CONTRADICTED].detail == "iso-8859-1"


def test_a_charset_that_is_none_is_reported():
    draft = read_html("<meta charset='x-klingon'><p>café</p>".encode())

    assert draft.text == "café"
    assert notes(draft)[NoteKind.CHARSET_UNKNOWN].detail == "x-klingon"


@pytest.mark.parametrize("charset", ["rot13", "hex", "zlib", "idna", "unknown", "a" * 10_000, "utf-8\0", "\ud83d"])
def test_no_label_does_anything_but_decode(charset):
    assert characters(b"<p>words</p>", charset)[0] == "<p>words</p>"


@pytest.mark.parametrize(
    ("attributes", "language"),
    [
        (' lang="en-GB"', "en"),
        (' lang="pt_BR"', "pt"),
        (' xml:lang="de"', "de"),
        (' lang="zh-Hant-TW"', "zh-hant"),
        ("", "en"),
    ],
)
def test_the_language_of_a_page(attributes, language):
    assert read_html(page(f"<p>{PROSE[0]}</p>", attributes=attributes)).metadata.language.value == language


def test_the_direction_is_what_is_declared_around_the_article():
    draft = read_html(page("<div dir=rtl><p>Words from right to left, which is only declared here.</p></div>"))

    assert draft.metadata.direction.value == "rtl"
    assert draft.metadata.direction.origin == "direction of the page"


def test_characters_that_cannot_be_kept_are_removed_and_reported():
    draft = read_html(b"<p>a\0b\x07c&#1;d&#xFFFE;e</p>")

    assert draft.text == "abcde"
    assert {NoteKind.NUL, NoteKind.CONTROL} <= set(notes(draft))


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"<div>" * 200_000 + b"x", "nested more than 256 deep"),
        (b"<div></span>" * 100_000, "nested more than 256 deep"),
        (b'<p ="> ' + b"<b>" * 5_000 + b'">', "nested more than 256 deep"),
        (b"<p>" * 200_000, "more than 150,000 elements"),
        (b"<p " + b" ".join(b"a%d=1" % i for i in range(2_000)) + b">x", "more than 1,000 attributes"),
        (b"<p>" + b"word " * (LONGEST_TEXT // 5 + 1), "at most 2,000,000 are read"),
        (b"x" * 10_000_001, "at most 10 MB are read"),
        (b"", "There is no text"),
        (b"<p>&nbsp;</p>", "There is no text"),
        (b"<!-- only this -->", "There is no text"),
        (b"<script>" * 1000, "There is no text"),
    ],
)
def test_what_cannot_be_a_page_is_refused(raw, sentence):
    with pytest.raises(IntakeError, match=sentence):
        read_html(raw)


def test_two_hundred_levels_are_read():
    assert read_html(b"<div>" * 200 + b"deep").text == "deep"


@pytest.mark.parametrize(
    ("received", "media_type"),
    [
        (Received(raw=article()), "text/html"),
        (Received(raw=b"\xef\xbb\xbf <!-- x --> <HTML><p>Words"), "text/html"),
        (Received(raw="<html><p>Words".encode("utf-16")), "text/html"),
        (Received(raw=b"<div class='a'><p>One.</p><p>Two.</p></div>"), "text/html"),
        (Received(raw=b"Words and <b>more</b>", filename="a.HTM"), "text/html"),
        (Received(raw=b"Words and <b>more</b>", media_type="text/html"), "text/html"),
        (Received(raw=b"Words and <b>more</b>"), "text/plain"),
        (Received(raw=b"The <p> element begins a paragraph, </p> ends it, and so does </p>."), "text/plain"),
        (Received(raw=b"<p> is an element."), "text/plain"),
        (Received(raw=b"Only words", filename="a.html"), "text/plain"),
        (Received(raw=b"# Title", filename="a.md"), "text/markdown"),
        (Received(raw=b"---\ntitle: A\n---\nWords"), "text/markdown"),
        (Received(raw=b"---\nWords\n---\nMore"), "text/plain"),
    ],
)
def test_formats_are_told_by_content_then_by_name(received, media_type):
    assert read(received).media_type == media_type


_TAGS = [
    "p",
    "div",
    "b",
    "a href='/x'",
    "li",
    "h1",
    "br",
    "td",
    "tr",
    "table",
    "span hidden",
    "script",
    "pre",
    "blockquote",
    "article",
]
_TEXTS = [text for text in PIECES if "<" not in text]
markup = st.lists(
    st.sampled_from(
        [*(f"<{tag}>" for tag in _TAGS), *(f"</{tag.split()[0]}>" for tag in _TAGS), "&amp;", "&#1;", "<", *_TEXTS]
    ),
    max_size=40,
).map("".join)


@given(markup)
def test_whatever_the_page_its_text_is_canonical(source):
    raw = source.encode("utf-8", "surrogatepass")
    try:
        draft = read_html(raw)
    except IntakeError:
        return

    assert canonicalise(draft.text).text == draft.text
    assert len(draft.kinds) == draft.text.count("\n\n") + 1
    assert all(words(draft, link) == words(draft, link).strip() != "" for link in draft.links)
    assert [link.start for link in draft.links] == sorted(link.start for link in draft.links)
    again = read_html(raw)
    assert (again.text, again.kinds, again.report, again.links) == (draft.text, draft.kinds, draft.report, draft.links)


@given(
    st.lists(
        st.sampled_from([*PROSE, "Share", "By Jane Doe", "<b>Bold</b> words", "<i>a</i><i>b</i>"]),
        min_size=1,
        max_size=8,
    )
)
def test_every_word_is_there_in_order(texts):
    draft = read_html(page("".join(f"<p>{text}</p>" for text in texts)))

    shown = [text.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "") for text in texts]
    assert draft.text.split("\n\n") == shown


_PAYLOADS = SHARED / "data" / "dompurify-expect"


@pytest.mark.skipif(not _PAYLOADS.is_dir(), reason=f"payloads against sanitisers are not in {_PAYLOADS}")
def test_payloads_against_sanitisers_are_inert():
    (file,) = _PAYLOADS.glob("*.json")
    for case in json.loads(file.read_text(encoding="utf-8")):
        payload = case["payload"] if isinstance(case, dict) else case[0]
        try:
            draft = read_html(page(f"<p>Words.</p>{payload}"), address="https://example.org/")
        except IntakeError:
            continue
        assert canonicalise(draft.text).text == draft.text
        assert all(link.target.startswith(("http://", "https://")) for link in draft.links)


_STRINGS = SHARED / "data" / "blns" / "blns.json"


@pytest.mark.skipif(not _STRINGS.is_file(), reason=f"naughty strings are not in {_STRINGS}")
def test_naughty_strings_are_inert():
    for string in json.loads(_STRINGS.read_text(encoding="utf-8")):
        raw = page(f"<p>Words.</p>{string}", head=ld({"@type": "Article", "headline": string}))
        draft = read_html(raw)
        assert canonicalise(draft.text).text == draft.text
