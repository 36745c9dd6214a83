from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth import middleware
from django.contrib.auth.views import redirect_to_login
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

HEALTH_PATH = "/healthz"
SAFE = ("GET", "HEAD")


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Sends a signed-out person to sign in, and from there to the page they were on.

    After a form that is the page which showed it: the address it was sent to answers no GET. A plain redirect of an
    htmx request would be followed unseen and put the sign-in form into the element that was to be swapped, so the whole
    page goes there.
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs know of one kind of redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        htmx = HtmxDetails(request)
        if not htmx and request.method in SAFE:
            return super().handle_no_permission(request, view_func)
        page = htmx.current_url_abs_path if htmx else _page_of_form(request)
        login = redirect_to_login(page or "/", self.get_login_url(view_func), self.get_redirect_field_name(view_func))
        if not htmx:
            return login
        # The page that asks may renew its session in place, and then does not go where the header leads.
        return HttpResponseClientRedirect(login.url, status=HTTPStatus.UNAUTHORIZED)


def not_allowed_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Gives a person who opens the address of a form a page instead of nothing at all."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    return answer


def _page_of_form(request: HttpRequest) -> str:
    """The page of this site from which a form was sent, as the browser names it; empty when it does not."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return ""
    page = urlsplit(str(came_from))
    return urlunsplit(("", "", page.path, page.query, ""))


def health_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers the health check before host names, HTTPS and sessions matter: it is asked from inside, by address."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _health() if request.path_info == HEALTH_PATH else get_response(request)

    return answer


def _health() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("The database cannot be reached.\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
