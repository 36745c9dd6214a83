"""Why a page could not be fetched, as sentences for the person who asked for it, with a way on."""

import contextlib
import errno
import http
import socket
import ssl
from collections.abc import Iterator

import httpcore

from articles.intake.draft import IntakeError

LIMIT = 10_000_000  # bytes of one page, as it comes and after it was unpacked
SECONDS = 20.0  # for all of it, from the name to the last byte

WAY_ON = "You can paste the text instead, or upload the saved page."
SWITCHED_OFF = f"This newsroom does not fetch pages from the web. {WAY_ON}"
BUSY = "Other pages are being fetched just now. Try again in a moment."
PRIVATE = "This address leads into a private network, and only public pages are fetched."
CLOSED = f"This server has no way out to the network, so it cannot fetch pages. {WAY_ON}"

# What the system answers when a network is missing or a firewall stands before it.
_NO_WAY_OUT = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EACCES, errno.EPERM, errno.EADDRNOTAVAIL}
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
_STATUS = {
    401: "It wants its readers to sign in.",
    402: "It wants its readers to pay.",
    403: "It does not give this page to a program.",
    404: "It has no page there; check the address.",
    410: "The page was taken away for good.",
    429: "It was asked too often; try again later.",
    451: "The page is withheld for legal reasons.",
}
_SITE_FAILS = "The site itself fails just now; try again later."


class FetchError(IntakeError):
    """The page cannot be fetched. The message is a sentence for a person."""


def timed_out(host: str, seconds: float) -> FetchError:
    return FetchError(f"{host} did not send the page within {seconds:g} seconds. {WAY_ON}")


def too_large() -> FetchError:
    return FetchError(f"This page has more than {LIMIT // 1_000_000} MB, and no more is fetched. {WAY_ON}")


def too_many_headers() -> FetchError:
    return FetchError(f"The site sent more headers than any page needs. {WAY_ON}")


def no_such_site(host: str) -> FetchError:
    """A closed network often answers like this, too, so that it cannot be told from a mistyped name."""
    check = "Check the address; if it is right, this server has no way out to the network"
    return FetchError(f"No site named {host} is known here. {check}. {WAY_ON}")


def damaged(host: str) -> FetchError:
    return FetchError(f"What {host} sent broke off or is damaged. Try again. {WAY_ON}")


def unanswered_name(host: str, error: OSError) -> FetchError:
    """The name servers did not give an address: because there is none, or because they cannot be reached."""
    if error.errno in _NO_SUCH_NAME:
        return no_such_site(host)
    return FetchError(CLOSED)


def answered(host: str, status: int) -> FetchError:
    """The site answered with something else than the page."""
    try:
        name = f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        name = str(status)
    reason = _STATUS.get(status) or (_SITE_FAILS if status >= 500 else "That is not the page.")
    return FetchError(f"{host} answered “{name}”. {reason} {WAY_ON}")


@contextlib.contextmanager
def in_words(host: str, seconds: float) -> Iterator[None]:
    """Whatever goes wrong while `host` is asked, as a FetchError. `seconds` is what the whole was allowed."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise timed_out(host, seconds) from error
    except httpcore.NetworkError as error:
        raise _disconnected(host, error.__cause__) from error
    except httpcore.ProtocolError as error:
        raise damaged(host) from error


def _disconnected(host: str, cause: BaseException | None) -> FetchError:
    if isinstance(cause, ssl.SSLCertVerificationError):
        because = cause.verify_message.rstrip(".")
        return FetchError(f"{host} does not prove that it is this site: {because}. {WAY_ON}")
    if isinstance(cause, ssl.SSLError):
        return FetchError(f"No safe connection to {host} could be made. {WAY_ON}")
    if isinstance(cause, OSError) and cause.errno in _NO_WAY_OUT:
        return FetchError(CLOSED)
    if isinstance(cause, ConnectionRefusedError):
        return FetchError(f"{host} takes no connections. Check the address. {WAY_ON}")
    return damaged(host)
