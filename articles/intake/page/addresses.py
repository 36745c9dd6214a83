"""Addresses as pages write them: relative, broken, or none at all."""

import re
from urllib.parse import urljoin, urlsplit

from articles.text.canonical import cleaned


def is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def absolute(base: str, href: str) -> str:
    """Where a link leads, or nothing: into the page itself, to no address on the web, or from a base not known."""
    href = re.sub(r"[\n\t]", "", cleaned(href)).strip()
    target = "" if href.startswith("#") or not href else join(base, href)
    return target if is_web(target) else ""


def join(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def host(address: str) -> str:
    if not is_web(address):
        return ""
    return re.sub(r"^(?:www|m|amp|p|edition)\.", "", urlsplit(address).hostname or "")
