"""A page whose head is sent before the rest is written: meanwhile a browser fetches and reads what the head names."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.contrib.messages import get_messages
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from articles.http import Request

logger = logging.getLogger(__name__)

END_OF_HEAD = "</head>\n"


def render_early(
    request: Request, template: str, head: Mapping[str, Any], rest: Callable[[], Mapping[str, Any]]
) -> HttpResponse | StreamingHttpResponse:
    """The page of a template that extends ``skeleton|default:"base.html"``, with what ``head`` and ``rest`` give.

    What may refuse the request has to be done before: once the head is sent, the status is. Whatever fails after it is
    logged, and said on the page in the place of what could not be written. Only a browser that opens a page gets it in
    parts; whoever else asks waits for all of it.
    """
    if request.headers.get("Sec-Fetch-Mode") != "navigate":
        return render(request, template, {**rest(), **head})
    # Both put something into the headers, which go first.
    get_token(request)
    list(get_messages(request))
    # A proxy must not wait for the rest, either.
    return StreamingHttpResponse(_parts(request, template, head, rest), headers={"X-Accel-Buffering": "no"})


def _parts(
    request: Request, template: str, head: Mapping[str, Any], rest: Callable[[], Mapping[str, Any]]
) -> Iterator[str]:
    yield render_to_string(template, {**head, "skeleton": "head.html"}, request).partition(END_OF_HEAD)[0] + END_OF_HEAD
    try:
        page = render_to_string(template, {**rest(), **head}, request)
    except Exception:
        logger.exception("The rest of %s could not be written.", request.path)
        page = render_to_string("broken.html", request=request)
    yield page.partition(END_OF_HEAD)[2]
