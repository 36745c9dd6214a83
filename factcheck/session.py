"""Who is signed in, and a token for their forms: asked by a page that has outlived its session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseForbidden, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_not_required
@never_cache
def session(request: HttpRequest) -> HttpResponse:
    """``{"person": id or null, "token": …}``. The cookie of the token cannot be read by scripts."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return HttpResponseForbidden()
    person = str(request.user.pk) if request.user.is_authenticated else None
    return JsonResponse({"person": person, "token": get_token(request)})
