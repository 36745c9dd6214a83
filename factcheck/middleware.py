from collections.abc import Callable

from django.contrib.auth import middleware
from django.contrib.auth.views import redirect_to_login
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

HEALTH_PATH = "/healthz"


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Sends a signed-out htmx request to the sign-in page as a whole page.

    A plain redirect would be followed unseen and put the sign-in form into the element that was to be swapped; and
    after signing in, the person wants the page they were on, not the fragment that was asked for.
    """

    def handle_no_permission(  # type: ignore[override]  # the stubs know of one kind of redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        htmx = HtmxDetails(request)
        if not htmx:
            return super().handle_no_permission(request, view_func)
        page = htmx.current_url_abs_path or "/"
        login = redirect_to_login(page, self.get_login_url(view_func), self.get_redirect_field_name(view_func))
        return HttpResponseClientRedirect(login.url)


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
