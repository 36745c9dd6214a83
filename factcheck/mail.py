"""E-mail from one address of a mail server. Where none is given, nothing is ever sent."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKEND = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"smtp": 587, "smtps": 465}
HERE = ("localhost", "127.0.0.1", "::1")
TIMEOUT = 20  # seconds


def mailers(address: str) -> dict[str, dict[str, Any]]:
    """Django's MAILERS for ``smtp://user:password@host:587`` (STARTTLS) or ``smtps://…:465`` (TLS from the start).

    Only a server on this machine is spoken to without encryption.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(_HOW) from error
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(_HOW)
    options = {
        "host": parts.hostname,
        "port": port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and parts.hostname not in HERE,
        "timeout": TIMEOUT,
    }
    return {"default": {"BACKEND": BACKEND, "OPTIONS": options}}


def site_address(text: str) -> str:
    """With what links in e-mails begin. It is never taken from a request, whose headers anybody writes."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(f"FACTCHECK_SITE is {text!r}: write an address such as https://desk.example.org.")
    return text.rstrip("/")


_HOW = "FACTCHECK_SMTP_URL cannot be read: write smtp://user:password@mail.example.org:587, or smtps://…:465."
