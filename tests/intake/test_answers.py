import gzip
import tracemalloc

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.answers import LONGEST_HEADERS, LONGEST_NAME, MOST_HEADERS, Answer
from articles.intake.failures import LIMIT, FetchError


def _answer(headers=(), pieces=()):
    coded = [(name.encode(), value.encode()) for name, value in headers]
    return Answer(httpcore.Response(200, headers=coded, content=iter(pieces)), "news.example")


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html; charset=UTF-8", "text/html", "utf-8"),
        ('Text/HTML;charset="windows-1251"', "text/html", "windows-1251"),
        ("application/pdf", "application/pdf", ""),
        ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text", ""),
        ("html", "", ""),
        ("", "", ""),
        ("text/html; charset=ütf", "text/html", ""),
    ],
)
def test_what_the_site_says_of_the_format(header, media_type, charset):
    answer = _answer([("content-type", header)])

    assert (answer.media_type, answer.charset) == (media_type, charset)


@pytest.mark.parametrize(
    ("header", "target", "name"),
    [
        ("", "/2013/06/town-falls.html?page=1", "town-falls.html"),
        ("", "/a/b%C3%BCro.pdf", "büro.pdf"),
        ("", "/", ""),
        ("", "/a%2F..%2Fb", "b"),
        ("", "/a/..", ""),
        ('attachment; filename="report.pdf"', "/download?id=1", "report.pdf"),
        ("attachment; filename*=UTF-8''b%C3%BCro.pdf", "/", "büro.pdf"),
        ('attachment; filename="büro.pdf"', "/", "büro.pdf"),
        ('attachment; filename="../../etc/passwd"', "/", "passwd"),
        ('attachment; filename="C:\\\\papers\\\\report.docx"', "/", "report.docx"),
        ("inline", "/report.docx", "report.docx"),
    ],
)
def test_what_the_file_is_called(header, target, name):
    assert _answer([("content-disposition", header)] if header else []).filename(target) == name


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_no_header_breaks_the_reading(one, other):
    headers = [(b"content-type", b"text/html;" + one), (b"content-disposition", b"attachment; filename" + other)]
    answer = Answer(httpcore.Response(200, headers=headers), "news.example")

    assert isinstance(answer.charset, str)
    assert len(name := answer.filename("/")) <= LONGEST_NAME
    assert not set(name) & set("/\\\0\n")


def test_a_packed_body_is_unpacked_whatever_its_pieces():
    packed = gzip.compress(b"It fell ") + gzip.compress(b"on Wednesday.")

    for size in (1, 7, 1000):
        pieces = [packed[place : place + size] for place in range(0, len(packed), size)]
        assert _answer([("content-encoding", "GZIP")], pieces).body() == b"It fell on Wednesday."


def test_an_empty_packed_body_is_empty():
    assert _answer([("content-encoding", "gzip")]).body() == b""


@pytest.mark.parametrize(
    "packed",
    [gzip.compress(b"It fell.")[:-1], b"It fell.", gzip.compress(b"It fell.") + b"more"],
    ids=["cut", "not packed", "with more behind"],
)
def test_a_packed_body_that_is_damaged(packed):
    with pytest.raises(FetchError, match=r"^What news\.example sent broke off or is damaged\."):
        _answer([("content-encoding", "gzip")], [packed]).body()


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_only_what_was_offered_is_unpacked(coding):
    with pytest.raises(FetchError, match=rf"not asked for \({coding}\)"):
        _answer([("content-encoding", coding)], [b"..."]).body()


def test_a_body_may_have_as_much_as_the_limit():
    assert len(_answer(pieces=[bytes(LIMIT)]).body()) == LIMIT
    assert len(_answer([("content-encoding", "gzip")], [gzip.compress(bytes(LIMIT))]).body()) == LIMIT


@pytest.mark.parametrize(
    ("headers", "pieces"),
    [
        ([], [bytes(LIMIT), b"1"]),
        ([("content-length", str(LIMIT + 1))], []),
        ([("content-length", "9" * 5000)], []),
        ([("content-encoding", "gzip")], [gzip.compress(bytes(LIMIT + 1))]),
        ([("content-encoding", "gzip")], [gzip.compress(bytes(1_000_000))] * 11),
    ],
    ids=["too long", "said to be too long", "said to be longer than a number is read", "a bomb", "a bomb in pieces"],
)
def test_a_body_may_not_have_more(headers, pieces):
    with pytest.raises(FetchError, match=r"^This page has more than 10 MB, and no more is fetched\."):
        _answer(headers, pieces).body()


@pytest.mark.parametrize(
    "declared", ["0" * 5000 + "7", "0", "", "7 bytes", "²"], ids=["zeros before it", "none", "empty", "words", "raised"]
)
def test_a_length_that_is_short_or_none_stops_nothing(declared):
    assert _answer([("content-length", declared)], [b"It fell"]).body() == b"It fell"


@pytest.mark.slow
def test_a_bomb_is_never_unpacked_whole():
    packed = gzip.compress(bytes(200_000_000), 1)
    tracemalloc.start()
    try:
        with pytest.raises(FetchError, match="more than 10 MB"):
            _answer([("content-encoding", "gzip")], [packed]).body()
        assert tracemalloc.get_traced_memory()[1] < 4 * LIMIT
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("headers", [[("x", "")] * (MOST_HEADERS + 1), [("x", "a" * LONGEST_HEADERS)]])
def test_headers_are_limited(headers):
    with pytest.raises(FetchError, match=r"^The site sent more headers than any page needs\."):
        _answer(headers)
