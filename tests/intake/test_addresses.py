import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake.addresses import LONGEST, WebAddress
from articles.intake.failures import FetchError


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("https://news.example/a?b=c", "https://news.example/a?b=c"),
        ("  http://News.Example  ", "http://news.example/"),
        ("HTTPS://news.example:443/", "https://news.example/"),
        ("http://news.example:443/", "http://news.example:443/"),
        ("https://news.example./a#part", "https://news.example/a"),
        ("https://news.example?q=1", "https://news.example/?q=1"),
        ("https://news.example/a b/ü?q=„x“", "https://news.example/a%20b/%C3%BC?q=%E2%80%9Ex%E2%80%9C"),
        ("https://news.example/a%20b%2Fc?d=%26", "https://news.example/a%20b%2Fc?d=%26"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://новости.рф/", "https://xn--b1amnebsh.xn--p1ai/"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),
        ("http://0x7f000001/", "http://0x7f000001/"),
        ("http://[2606:2800:0:0::1]:80/", "http://[2606:2800::1]/"),
    ],
)
def test_an_address_is_read(text, read):
    assert str(WebAddress.parse(text)) == read


def test_a_sharp_s_is_not_two():
    assert WebAddress.parse("https://faß.example/").host == "xn--fa-hia.example"


@pytest.mark.parametrize(
    "text",
    [
        "https://",
        "https:///path",
        "http://.",
        "https://news..example/",
        "https://ne ws.example/",
        "https://news.example\\@other.example\\",
        "https://news%2eexample/",
        "https://[::1/",
        "https://[news]/",
        "https://[fe80::1%25eth0]/",
        "https://news.example:port/",
        "https://news.example:99999/",
        "https://news.example/a\nb",
        "https://news.example/\x00",
        "https://news.example/\ud83d",
        "https://ne\u2100ws.example/",
        f"https://{'a' * 64}.example/",
        f"https://{'a.' * 127}example/",
    ],
)
def test_what_is_no_address_of_a_page(text):
    with pytest.raises(FetchError):
        WebAddress.parse(text)


@pytest.mark.parametrize("text", ["", "news.example/a", "ftp://news.example/", "file:///etc/passwd", "//news.example"])
def test_only_the_web_is_read(text):
    with pytest.raises(FetchError, match=r"^Only pages on the web are fetched: write the whole address"):
        WebAddress.parse(text)


@pytest.mark.parametrize(
    "text", ["https://alice@news.example/", "https://alice:word@news.example/", "http://@a.example"]
)
def test_names_and_passwords_are_not_sent(text):
    with pytest.raises(FetchError, match=r"^This address holds a name or a password before the @\. Take them out\.$"):
        WebAddress.parse(text)


@pytest.mark.parametrize("port", [0, 22, 8080, 5432, 65535])
def test_other_ports_are_refused(port):
    with pytest.raises(FetchError, match=rf"^Pages are fetched from the ports 80 and 443 only, not from {port}\.$"):
        WebAddress.parse(f"http://news.example:{port}/")


def test_an_address_has_a_length():
    WebAddress.parse("https://a.example/".ljust(LONGEST, "a"))

    with pytest.raises(FetchError, match=r"^This address has 4,001 characters; at most 4,000 are read\.$"):
        WebAddress.parse("https://a.example/".ljust(LONGEST + 1, "a"))


@pytest.mark.parametrize(
    ("location", "onward"),
    [
        ("/b", "https://news.example/b"),
        ("c?d", "https://news.example/a/c?d"),
        ("//other.example/", "https://other.example/"),
        ("http://other.example", "http://other.example/"),
        ("#part", "https://news.example/a/b"),
        ("/ü", "https://news.example/%C3%BC"),
    ],
)
def test_where_a_page_leads(location, onward):
    assert str(WebAddress.parse("https://news.example/a/b").onward(location)) == onward


@pytest.mark.parametrize(
    "location", ["http://[", "gopher://news.example/", "https://a:b@news.example/", "http://x:22/"]
)
def test_where_no_page_may_lead(location):
    with pytest.raises(FetchError):
        WebAddress.parse("https://news.example/").onward(location)


@given(st.text() | st.text(string.printable).map("http://{}".format) | st.text().map("https://news.example{}".format))
def test_whatever_is_typed_is_read_for_good_or_refused(text):
    try:
        address = WebAddress.parse(text)
    except FetchError:
        return

    assert WebAddress.parse(str(address)) == address
    assert str(address).isascii()
    assert address.port in {80, 443}
    assert not set(f"{address.host}{address.target}") & set('\r\n\t #\\<>"')
    assert "@" not in address.authority
