"""How a person likes to work. Without htmx it leads back to the page that asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from articles.actions import preferences as actions
from articles.errors import Refused
from articles.forms.highlights import first_error
from articles.forms.preferences import CloseForm, KeyForm, SwitchForm

if TYPE_CHECKING:
    from articles.http import Request


@require_POST
def preference_close(request: Request) -> HttpResponse:
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _refused(first_error(form))
    actions.close_for_good(by=request.user, name=form.cleaned_data["name"])
    return _done(request)


@require_POST
def preference_key(request: Request) -> HttpResponse:
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _refused(first_error(form))
    try:
        actions.change_key(by=request.user, name=form.cleaned_data["name"], key=form.cleaned_data["key"])
    except Refused as refusal:
        return _refused(refusal.sentence)
    return _done(request)


@require_POST
def preference_keys_reset(request: Request) -> HttpResponse:
    actions.reset_keys(by=request.user)
    return _done(request)


@require_POST
def preference_switch(request: Request) -> HttpResponse:
    form = SwitchForm(request.POST)
    if not form.is_valid():
        return _refused(first_error(form))
    actions.switch(by=request.user, name=form.cleaned_data["name"], on=form.cleaned_data["on"])
    return _done(request)


def _done(request: Request) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204)
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return redirect(asked if safe and asked.startswith("/") else "articles:home")


def _refused(sentence: str) -> HttpResponse:
    return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
