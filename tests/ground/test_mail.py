"""The mail server's address is read strictly; only a server on this machine is spoken to in the clear."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.mail import mailers, site_address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "", False, True)),
        ("smtps://erin:a%40b@mail.example.org", ("mail.example.org", 465, "a@b", True, False)),
        ("smtp://erin:pw@mail.example.org:2525", ("mail.example.org", 2525, "pw", False, True)),
        ("smtp://localhost:25", ("localhost", 25, "", False, False)),
    ],
)
def test_a_mail_server(address: str, expected: tuple[object, ...]) -> None:
    options = mailers(address)["default"]["OPTIONS"]

    assert tuple(options[name] for name in ("host", "port", "password", "use_ssl", "use_tls")) == expected


@pytest.mark.parametrize(
    "address", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://a:b", "smtp://a/b", "smtp://a?x=1"]
)
def test_what_cannot_be_read_says_how_it_is_written(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write smtp://user:password@"):
        mailers(address)


def test_the_sites_address() -> None:
    assert site_address("https://desk.example.org/") == "https://desk.example.org"
    for wrong in ("desk.example.org", "ftp://desk.example.org", "https://desk.example.org/d/x", ""):
        with pytest.raises(ImproperlyConfigured, match="FACTCHECK_SITE"):
            site_address(wrong)
