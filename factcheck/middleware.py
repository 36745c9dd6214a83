from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth import middleware
from django.contrib.auth.views import redirect_to_login
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from factcheck.second_factor import SecondFactorNeeded

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
        if not HtmxDetails(request) and request.method in SAFE:
            return super().handle_no_permission(request, view_func)
        # The page that asks may renew its session in place, and then does not go where the header leads.
        return _led_to(request, self.get_login_url(view_func), HTTPStatus.UNAUTHORIZED)


class SecondFactorMiddleware:
    """Leads a person whose session lacks the second factor that a desk asks for to where it is set up or given.

    A request by htmx is no success, so that nothing is swapped and what was typed is kept; the whole page goes there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SecondFactorNeeded):
            return None
        return _led_to(request, reverse("account_second_factor"), HTTPStatus.FORBIDDEN)


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


def _led_to(request: HttpRequest, door: str, status: HTTPStatus) -> HttpResponse:
    """Sends a person to that door, and from there back to the page they were on; for htmx with this status."""
    htmx = HtmxDetails(request)
    if htmx:
        page = htmx.current_url_abs_path
    else:
        page = request.get_full_path() if request.method in SAFE else _page_of_form(request)
    way = redirect_to_login(page or "/", door)
    return HttpResponseClientRedirect(way.url, status=status) if htmx else way


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
