import contextlib
import gzip
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpcore
import pytest

from articles.intake import network, url
from articles.intake.failures import BUSY, CLOSED, LIMIT, PRIVATE, SWITCHED_OFF, WAY_ON, FetchError
from articles.intake.network import Allowance
from articles.intake.reading import read
from articles.intake.url import Fetcher, fetch, user_agent
from articles.text.notes import Note, NoteKind, sentence
from factcheck.web import THREADS_PER_WORKER
from tests.intake.web import NEWS, OTHER, Web, bomb, leading_to, page, raw, repeating, silent

ARTICLE = b"The town falls\n\nIt fell on Wednesday, the army said."


@pytest.fixture
def web():
    with Web() as web:
        yield web


@pytest.fixture
def refused(web):
    """Fetches an address and returns the sentence of the refusal."""

    def refused(address, **options):
        with pytest.raises(FetchError) as caught:
            web.fetcher(**options).fetch(address)
        return str(caught.value)

    return refused


def test_a_page_is_fetched(web):
    web.pages["https://news.example/2013/town-falls.html?page=1"] = page(
        ARTICLE, "Content-Type: text/HTML; charset=UTF-8"
    )

    received = web.fetcher().fetch("https://news.example/2013/town-falls.html?page=1#top")

    assert received.raw == ARTICLE
    assert (received.media_type, received.charset) == ("text/html", "utf-8")
    assert received.address == "https://news.example/2013/town-falls.html?page=1"
    assert received.filename == "town-falls.html"
    assert received.report == ()
    assert (web.dialled, web.server_names) == ([(NEWS, 443)], ["news.example"])


def test_what_is_asked_says_who_asks_and_nothing_else(web):
    web.pages["http://news.example/a?b=c"] = page(ARTICLE)

    web.fetcher(agent=user_agent("desk@example.org")).fetch("http://news.example/a?b=c#part")

    (asked,) = web.asked
    lines = asked.decode().split("\r\n")
    assert lines[0] == "GET /a?b=c HTTP/1.1"
    assert re.fullmatch(
        r"User-Agent: Factcheck/\d+\.\d+\.\d+ \(a desk of fact-checkers; .+; desk@example\.org\)", lines[2]
    )
    names = [line.partition(":")[0] for line in lines[1:] if line]
    assert names == ["Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"]


def test_no_proxy_and_no_cookie_of_the_environment_is_used(web, monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.pages["http://news.example/"] = leading_to("/again", "302 Found\r\nSet-Cookie: reader=1")
    web.pages["http://news.example/again"] = page(ARTICLE)

    assert web.fetcher().fetch("http://news.example/").raw == ARTICLE
    assert b"cookie" not in b"".join(web.asked).lower()


def test_a_packed_page_is_unpacked(web):
    web.pages["https://news.example/"] = page(gzip.compress(ARTICLE), "Content-Encoding: gzip")

    assert web.fetcher().fetch("https://news.example").raw == ARTICLE


def test_a_page_in_pieces_is_joined(web):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    web.pages["http://news.example/"] = raw(head + b"4\r\nIt f\r\n4\r\nell.\r\n0\r\n\r\n")

    assert web.fetcher().fetch("http://news.example").raw == b"It fell."


# Where a page leads


def test_a_redirect_is_followed_and_its_end_is_the_address(web):
    web.pages["http://news.example/"] = leading_to("https://news.example/a", "301 Moved Permanently")
    web.pages["https://news.example/a"] = leading_to("b?c", "308 Permanent Redirect")
    web.pages["https://news.example/b?c"] = page(ARTICLE)

    received = web.fetcher().fetch("http://news.example/")

    assert (received.raw, received.address, received.report) == (ARTICLE, "https://news.example/b?c", ())
    assert web.looked_up == ["news.example"] * 3


def test_a_redirect_that_gives_up_encryption_is_reported(web):
    web.pages["https://news.example/"] = leading_to("http://other.example/a")
    web.pages["http://other.example/a"] = page(ARTICLE)

    received = web.fetcher().fetch("https://news.example/")

    note = Note(NoteKind.ENCRYPTION_LOST, 1, "http://other.example/a")
    assert received.report == (note,)
    assert read(received).report[0] == note
    assert "http://other.example/a" in sentence(note)


@pytest.mark.parametrize(
    ("location", "because"),
    [
        ("http://127.0.0.1/", PRIVATE),
        ("http://169.254.169.254/latest/meta-data/", PRIVATE),
        ("http://[::1]/", PRIVATE),
        ("http://inside.example/", PRIVATE),
        ("http://news.example:8080/", "Pages are fetched from the ports 80 and 443 only"),
        ("file:///etc/passwd", "news.example leads on to an address that is not fetched. Only pages on the web"),
        ("http://alice:word@other.example/", "This address holds a name or a password"),
    ],
)
def test_every_redirect_is_checked_like_the_first_address(web, refused, location, because):
    web.names["inside.example"] = [["10.0.0.7"]]
    web.pages["http://news.example/"] = leading_to(location)

    assert because in refused("http://news.example/")
    assert web.dialled == [(NEWS, 80)]


def test_a_refusal_after_a_redirect_names_where_it_led(web, refused):
    web.names["inside.example"] = [["10.0.0.7"]]
    web.pages["http://news.example/"] = leading_to("http://inside.example/")

    assert refused("http://news.example/") == f"This address leads on to inside.example. {PRIVATE}"


def test_a_circle_is_noticed(web, refused):
    web.pages["http://news.example/"] = leading_to("/a")
    web.pages["http://news.example/a"] = leading_to("/#again")

    assert "leads round in a circle" in refused("http://news.example/")
    assert len(web.asked) == 2


def test_a_page_may_lead_on_five_times(web, refused):
    for number in range(6):
        web.pages[f"http://news.example/{number}"] = leading_to(f"/{number + 1}")
    web.pages["http://news.example/6"] = page(ARTICLE)

    assert web.fetcher().fetch("http://news.example/1").raw == ARTICLE
    assert "leads on more than 5 times" in refused("http://news.example/0")


def test_a_redirect_to_nowhere_is_an_answer(web, refused):
    web.pages["http://news.example/"] = page(b"", status="302 Found")

    assert refused("http://news.example/") == f"news.example answered “302 Found”. That is not the page. {WAY_ON}"


# Where nobody is sent


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://１２７.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "https://169.254.169.254/",
    ],
)
def test_the_real_resolver_leads_nobody_inside(address):
    class Dialler(httpcore.NetworkBackend):
        def connect_tcp(self, *arguments, **options):
            raise AssertionError(arguments)

    with pytest.raises(FetchError, match=re.escape(PRIVATE)):
        Fetcher(dialler=Dialler()).fetch(address)


def test_one_private_address_among_public_ones_is_enough(web, refused):
    web.names["news.example"] = [[NEWS, OTHER, "192.168.0.1"]]

    assert refused("http://news.example/") == PRIVATE
    assert web.dialled == []


def test_what_is_dialled_is_what_was_checked(web):
    web.names["news.example"] = [[NEWS], ["127.0.0.1"]]
    web.pages["https://news.example/"] = page(ARTICLE)

    assert web.fetcher().fetch("https://news.example/").raw == ARTICLE
    assert (web.looked_up, web.dialled) == (["news.example"], [(NEWS, 443)])


def test_a_name_that_moves_inside_is_refused_at_the_next_request(web, refused):
    web.names["news.example"] = [[NEWS], ["127.0.0.1"]]
    web.pages["http://news.example/"] = leading_to("/a")

    assert PRIVATE in refused("http://news.example/")
    assert web.dialled == [(NEWS, 80)]


def test_the_next_address_is_tried_when_one_does_not_answer(web):
    web.names["news.example"] = [[OTHER, NEWS]]
    web.pages["http://news.example/"] = page(ARTICLE)
    dial = web.connect_tcp

    def connect_tcp(host, port, **options):
        if host == OTHER:
            raise httpcore.ConnectError("unreachable")
        return dial(host, port, **options)

    web.connect_tcp = connect_tcp

    assert web.fetcher().fetch("http://news.example/").raw == ARTICLE
    assert web.dialled == [(NEWS, 80)]


@pytest.mark.parametrize(
    "address", ["http://news.example:8080/", "http://a:b@news.example/", "ftp://news.example/", "x"]
)
def test_what_is_no_address_of_a_page_is_not_looked_up(web, refused, address):
    assert refused(address)
    assert web.looked_up == []


# What a site may do


@pytest.mark.parametrize(
    ("status", "sentences"),
    [
        ("404 Not here", "answered “404 Not Found”. It has no page there; check the address."),
        ("403 Forbidden", "answered “403 Forbidden”. It does not give this page to a program."),
        ("401 Unauthorized", "answered “401 Unauthorized”. It wants its readers to sign in."),
        ("451 Unavailable", "answered “451 Unavailable For Legal Reasons”. The page is withheld for legal reasons."),
        ("429 Slow down", "answered “429 Too Many Requests”. It was asked too often; try again later."),
        ("503 Busy", "answered “503 Service Unavailable”. The site itself fails just now; try again later."),
        ("599 Odd", "answered “599”. The site itself fails just now; try again later."),
        ("204 No Content", "answered “204 No Content”. That is not the page."),
        ("206 Partial Content", "answered “206 Partial Content”. That is not the page."),
    ],
)
def test_another_answer_is_told(web, refused, status, sentences):
    web.pages["http://news.example/"] = raw(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    assert refused("http://news.example/") == f"news.example {sentences} {WAY_ON}"


@pytest.mark.parametrize(
    "answer",
    [
        silent,
        repeating(b"a", pause=0.02),
        repeating(b"X-Slow: 1\r\n", head=b"HTTP/1.1 200 OK\r\n", pause=0.02),
        repeating(b"1\r\na\r\n", head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", pause=0.02),
        repeating(b"HTTP/1.1 103 Early Hints\r\n\r\n", head=b"", pause=0.02),
    ],
    ids=["silent", "body", "headers", "chunks", "hints"],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_slow_site_has_so_much_time_for_the_whole(web, refused, answer, scheme):
    web.pages[f"{scheme}://news.example/"] = answer
    began = time.monotonic()

    assert refused(f"{scheme}://news.example/", seconds=0.5) == (
        f"news.example did not send the page within 0.5 seconds. {WAY_ON}"
    )
    assert 0.4 < time.monotonic() - began < 10


def test_redirects_share_the_time(web, refused):
    def slowly(client, over):
        over.wait(0.2)
        leading_to("/b")(client, over)

    web.pages["http://news.example/"] = slowly
    web.pages["http://news.example/b"] = silent
    began = time.monotonic()

    assert "within 0.5 seconds" in refused("http://news.example/", seconds=0.5)
    assert time.monotonic() - began < 10


def test_a_handshake_that_never_ends_has_the_same_time():
    with socket.create_server(("127.0.0.1", 0)) as mute, Web() as web:
        web.listeners[443], listener = mute, web.listeners[443]
        try:
            with pytest.raises(FetchError, match=r"within 0\.5 seconds"):
                web.fetcher(seconds=0.5).fetch("https://news.example/")
        finally:
            web.listeners[443] = listener


@pytest.mark.parametrize(
    "answer",
    [
        repeating(bytes(65_536)),
        repeating(
            b"10000\r\n" + bytes(65_536) + b"\r\n", head=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        ),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10000001\r\n\r\n"),
        bomb(100),
    ],
    ids=["endless", "chunks", "declared", "bomb"],
)
def test_a_page_has_a_size(web, refused, answer):
    web.pages["http://news.example/"] = answer

    assert refused("http://news.example/").startswith("This page has more than 10 MB, and no more is fetched.")


def test_a_page_may_have_that_size(web):
    web.pages["http://news.example/"] = page(bytes(LIMIT))

    assert len(web.fetcher().fetch("http://news.example/").raw) == LIMIT


@pytest.mark.parametrize(
    "answer",
    [
        raw(b""),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nIt fell."),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nIt"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nIt f\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000),
        raw(b"220 mail.example ESMTP\r\n"),
        raw(b"\x15\x03\x01\x00\x02\x02\x46"),
        page(b"It fell.", "Content-Encoding: gzip"),
    ],
    ids=["nothing", "short", "two lengths", "negative", "no chunk", "cut", "long header", "mail", "TLS", "not packed"],
)
def test_an_answer_that_is_damaged(web, refused, answer):
    web.pages["http://news.example/"] = answer

    assert refused("http://news.example/") == f"What news.example sent broke off or is damaged. Try again. {WAY_ON}"


def test_what_comes_after_the_declared_length_is_not_part_of_the_page(web):
    web.pages["http://news.example/"] = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nIt fell.HTTP/1.1 200 OK")

    assert web.fetcher().fetch("http://news.example/").raw == b"It fell."


@pytest.mark.parametrize(
    "answer",
    [page(ARTICLE, *["X: y"] * 200), repeating(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000, head=b"")],
    ids=["many", "hints"],
)
def test_more_headers_than_any_page_needs(web, refused, answer):
    web.pages["http://news.example/"] = answer

    assert refused("http://news.example/") == f"The site sent more headers than any page needs. {WAY_ON}"


@pytest.mark.slow
def test_a_page_may_not_come_in_crumbs(web, refused):
    crumbs = b"1\r\na\r\n" * 1000
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    web.pages["http://news.example/"] = repeating(crumbs, head=head)

    assert refused("http://news.example/") == f"news.example sent the page in more than 50,000 pieces. {WAY_ON}"


# Whom to trust


def test_an_expired_certificate_is_refused():
    with Web("expired") as web, pytest.raises(FetchError, match=r"does not prove that it is this site: .*expired"):
        web.fetcher().fetch("https://news.example/")

    assert web.asked == []


def test_a_certificate_of_another_name_is_refused(web, refused):
    assert "other.example does not prove that it is this site: " in refused("https://other.example/")
    assert web.asked == []


def test_an_unknown_authority_is_refused(web):
    with pytest.raises(FetchError, match="does not prove that it is this site: unable to get local issuer"):
        Fetcher(look_up=web.look_up, dialler=web).fetch("https://news.example/")


def test_a_site_without_encryption_behind_its_port_is_refused(refused):
    assert refused("https://news.example:80/").startswith("No safe connection to news.example could be made.")


# What the network may do


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(101, "Network is unreachable"), CLOSED),
        (OSError(113, "No route to host"), CLOSED),
        (PermissionError(1, "Operation not permitted"), CLOSED),
        (
            ConnectionRefusedError(111, "Connection refused"),
            f"news.example takes no connections. Check the address. {WAY_ON}",
        ),
        (
            ConnectionResetError(104, "Connection reset"),
            f"What news.example sent broke off or is damaged. Try again. {WAY_ON}",
        ),
        (TimeoutError(), f"news.example did not send the page within 20 seconds. {WAY_ON}"),
    ],
)
def test_a_connection_that_fails_says_why(web, error, told, monkeypatch):
    def create_connection(*arguments, **options):
        raise error

    monkeypatch.setattr(socket, "create_connection", create_connection)

    with pytest.raises(FetchError) as caught:
        Fetcher(look_up=web.look_up).fetch("http://news.example/")
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            socket.EAI_NONAME,
            "No site named news.example is known here. Check the address; if it is right, this server has no",
        ),
        (socket.EAI_AGAIN, CLOSED),
        (socket.EAI_FAIL, CLOSED),
    ],
)
def test_a_name_that_is_not_found_says_why(code, told, monkeypatch):
    def getaddrinfo(*arguments, **options):
        raise socket.gaierror(code, "no")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    with pytest.raises(FetchError) as caught:
        fetch("http://news.example/")
    assert str(caught.value).startswith(told)


@pytest.fixture
def mute_name_server(monkeypatch):
    """Answers nothing before the test is over. Two at a time may wait for it."""
    monkeypatch.setattr(network, "_look_ups", threading.BoundedSemaphore(2))
    over = threading.Event()

    def getaddrinfo(*arguments, **options):
        over.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    over.set()
    for thread in threading.enumerate():
        if thread.name.startswith("look up"):
            thread.join()


@pytest.mark.usefixtures("mute_name_server")
def test_a_slow_name_server_has_the_same_time():
    began = time.monotonic()

    with pytest.raises(FetchError, match=r"^news\.example did not send the page within 0\.3 seconds\."):
        Fetcher(seconds=0.3).fetch("http://news.example/")

    assert time.monotonic() - began < 10


@pytest.mark.usefixtures("mute_name_server")
def test_look_ups_that_hang_are_limited():
    for _ in range(2):
        with pytest.raises(FetchError, match=r"within 0\.05 seconds"):
            Fetcher(seconds=0.05).fetch("http://news.example/")

    with pytest.raises(FetchError, match=BUSY):
        Fetcher(seconds=0.05).fetch("http://news.example/")


# What it leaves to others


@pytest.mark.slow
def test_fewer_pages_are_fetched_at_a_time_than_a_process_has_threads(web, refused):
    assert url.MOST_AT_A_TIME < THREADS_PER_WORKER
    web.pages["http://news.example/"] = silent
    begun = threading.Semaphore(0)
    look_up = web.look_up

    def looking_up(host, seconds):
        begun.release()
        return look_up(host, seconds)

    web.look_up = looking_up
    with ThreadPoolExecutor() as pool:
        slow = [pool.submit(refused, "http://news.example/", seconds=1) for _ in range(url.MOST_AT_A_TIME)]
        for _ in slow:
            begun.acquire()
        assert refused("http://news.example/") == BUSY

    assert all("within 1 seconds" in each.result() for each in slow)


def test_a_place_is_given_back_whatever_happens(web, refused):
    web.pages["http://news.example/"] = page(ARTICLE)

    for _ in range(url.MOST_AT_A_TIME + 1):
        assert refused("http://10.0.0.1/") == PRIVATE
        assert refused("https://news.example:80/")

    assert web.fetcher().fetch("http://news.example/").raw == ARTICLE


@pytest.mark.slow
def test_no_connection_is_left_open(web):
    streams = []
    dial = web.connect_tcp

    def connect_tcp(host, port, **options):
        streams.append(dial(host, port, **options))
        return streams[-1]

    web.connect_tcp = connect_tcp
    web.pages |= {
        "http://news.example/": leading_to("/big"),
        "http://news.example/big": repeating(bytes(65_536)),
        "https://news.example/": page(ARTICLE),
        "http://news.example/silent": silent,
    }

    for address in [*web.pages, "https://other.example/"]:
        with contextlib.suppress(FetchError):
            web.fetcher(seconds=1).fetch(address)

    assert len(streams) >= 5
    assert [stream.get_extra_info("socket").fileno() for stream in streams] == [-1] * len(streams)


def test_a_used_up_allowance_closes_the_connection(web):
    stream = web.connect_tcp(NEWS, 80)

    with pytest.raises(httpcore.TimeoutException):
        network.MeteredStream(stream, Allowance(-1)).read(1)

    assert stream.get_extra_info("socket").fileno() == -1


def test_a_newsroom_may_forbid_it(settings):
    settings.FETCH_PAGES = False

    with pytest.raises(FetchError) as caught:
        fetch("http://news.example/")
    assert str(caught.value) == SWITCHED_OFF
    assert WAY_ON in SWITCHED_OFF


def test_the_contact_is_told(settings, monkeypatch):
    settings.FETCH_CONTACT = "desk@example.org"
    agents = []
    monkeypatch.setattr(url.Fetcher, "fetch", lambda self, address: agents.append(self._agent))

    fetch("http://news.example/")

    assert agents == [user_agent("desk@example.org")]
