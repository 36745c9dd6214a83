"""The gallery, served with the product's static files and Content Security Policy, without a database."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings

TEMPLATES = Path(__file__).parent / "templates"
NO_DATABASE = {
    "ROOT_URLCONF": "tests.interface.gallery",
    "MESSAGE_STORAGE": "django.contrib.messages.storage.cookie.CookieStorage",
    "MIDDLEWARE": [
        "django.middleware.csp.ContentSecurityPolicyMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [settings.BASE_DIR / "templates", TEMPLATES],
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.template.context_processors.csp",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
}


@pytest.fixture
def without_database() -> Iterator[None]:
    with override_settings(**NO_DATABASE):
        yield


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class names it
        """Say nothing: a test reports by itself."""


@pytest.fixture(scope="module")
def gallery_server() -> Iterator[str]:
    with override_settings(**NO_DATABASE):
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(WSGIHandler()))
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
